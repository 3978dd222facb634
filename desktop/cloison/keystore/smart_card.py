"""A smart card through its PKCS#11 library (v2.40): ECDH with a private key that never leaves it.

The PIN goes to one card and no other: to the one a slot was made for, or, for a new slot, to the only one in a reader.
The library is native code that runs in this process, so it is named by an absolute path, in the settings or below, and
never searched for along a path that others could write to. Tried with SoftHSM; cards with RSA keys alone do not serve.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cloison.keystore.errors import (
    CardAbsentError,
    CardKeyMissingError,
    CardLibraryError,
    CardRefusedError,
    PinBlockedError,
    SeveralCardsError,
    WrongPinError,
)
from cloison_crypto.card_key import TOKEN_DIGITS, CardKey, Curve, ask_card
from cloison_crypto.secrets import Randomness

if TYPE_CHECKING:
    import pkcs11

KNOWN_LIBRARIES: Final = (
    Path("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"),
    Path("/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so"),
    Path("/usr/lib64/opensc-pkcs11.so"),
    Path("/Library/OpenSC/lib/opensc-pkcs11.so"),
    Path("C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll"),
)
"""Where OpenSC, which knows most cards, puts its library."""
# The object identifiers of the curves (RFC 5480), as DER.
_CURVES: Final = {
    bytes.fromhex("06082a8648ce3d030107"): Curve.P256,
    bytes.fromhex("06052b81040022"): Curve.P384,
}
_SECRET_BITS: Final = {Curve.P256: 256, Curve.P384: 384}


class SmartCard:
    """See ``devices.Card``. ``library`` None takes the first of ``KNOWN_LIBRARIES`` that is there."""

    def __init__(self, pin: str, *, library: Path | None) -> None:
        """Nothing is loaded before it is asked."""
        self._pin = pin
        self._library = library

    def ask_new(self, randomness: Randomness) -> CardKey:
        """A new question to the first key of the only card."""
        tokens = _tokens(self._library)
        if len(tokens) > 1:
            raise SeveralCardsError
        if not tokens:
            raise CardAbsentError
        with self._logged_in(tokens[0]) as session:
            key, curve = _first_key(session)
            key_id = _value(key, "ID")
        return ask_card(token=_name(tokens[0]), key_id=key_id, curve=curve, randomness=randomness)

    def answer(self, key: CardKey) -> bytearray:
        """What the card of a question answers to it."""
        for token in _tokens(self._library):
            if _name(token) == key.token:
                with self._logged_in(token) as session:
                    return _agreed(_key_of(session, key), key)
        raise CardAbsentError

    @contextmanager
    def _logged_in(self, token: pkcs11.Token) -> Iterator[pkcs11.Session]:
        from pkcs11 import TokenFlag, exceptions

        try:
            with token.open(user_pin=self._pin) as session:
                yield session
        except (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid) as error:
            flags = token.slot.get_token().flags
            if flags & TokenFlag.USER_PIN_LOCKED:
                raise PinBlockedError from error
            raise WrongPinError(is_last_try=bool(flags & TokenFlag.USER_PIN_FINAL_TRY)) from error
        except exceptions.PinLocked as error:
            raise PinBlockedError from error
        except exceptions.PKCS11Error as error:
            raise CardRefusedError from error


def _tokens(library: Path | None) -> list[pkcs11.Token]:
    """The cards in the readers."""
    import pkcs11

    path = library or next((one for one in KNOWN_LIBRARIES if one.is_file()), None)
    if path is None or not path.is_absolute():
        raise CardLibraryError
    try:
        found = [slot.get_token() for slot in pkcs11.lib(str(path)).get_slots(token_present=True)]
        return [token for token in found if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]
    except pkcs11.exceptions.PKCS11Error as error:
        raise CardLibraryError from error


def _name(token: pkcs11.Token) -> str:
    """What stands for a card: nobody reads its number in it, though who knows the number can tell."""
    parts = (token.manufacturer_id, token.model, token.serial)
    content = b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return hashlib.sha256(content).hexdigest()[:TOKEN_DIGITS]


def _first_key(session: pkcs11.Session) -> tuple[Any, Curve]:
    for key in _keys(session):
        curve = _CURVES.get(_value(key, "EC_PARAMS"))
        if curve is not None and _value(key, "DERIVE"):
            return key, curve
    raise CardKeyMissingError


def _key_of(session: pkcs11.Session, asked: CardKey) -> Any:
    for key in _keys(session):
        if _value(key, "ID") == asked.key_id and _CURVES.get(_value(key, "EC_PARAMS")) is asked.curve:
            return key
    raise CardKeyMissingError


def _keys(session: pkcs11.Session) -> list[Any]:
    from pkcs11 import Attribute, KeyType, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.KEY_TYPE: KeyType.EC}
    return list(session.get_objects(wanted))


def _value(key: Any, attribute: str) -> Any:
    from pkcs11 import Attribute

    return key[Attribute[attribute]]


def _agreed(key: Any, asked: CardKey) -> bytearray:
    """The shared secret, as an object that lives for this session alone and can be read once."""
    from pkcs11 import KDF, Attribute, KeyType

    passing = {Attribute.TOKEN: False, Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True}
    derived = key.derive_key(
        KeyType.GENERIC_SECRET,
        _SECRET_BITS[asked.curve],
        mechanism_param=(KDF.NULL, None, asked.point),
        template=passing,
    )
    return bytearray(derived[Attribute.VALUE])
