"""A card: who somebody is and their public keys, self-signed.

Envelope ``cloison/card/v1``: signatures by the card's own keys, one for each suite and lowest first; where the card
takes the place of another, those by the previous card's keys follow in the same order. The previous keys are not in the
card: whoever knows that card checks with ``check_succession`` that its holder made the new one, and for anybody else
the card is one like any other. Clearance and nationality are never taken from a card: only an endorsement gives them.
The body has to be parsed before the self-signature can be checked, since the keys are in it: it is parsed strictly, and
nothing of it is used before the signature holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from unicodedata import category, normalize

from cloison.directory.errors import CardError, CardProblem, CardRefusedError
from cloison_crypto import canonical
from cloison_crypto.envelope import Envelope, open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.signing import CARD, signer_of

FORMAT = "cloison/card/v1"
MOST_BYTES = 64 * 1024
MOST_NAME = 200
FINGERPRINT_LENGTH = 64
_KEPT = 1024
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs")


class Role(Enum):
    """What the holder of a card does."""

    MEMBER = "member"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The content of a card. ``previous`` is the fingerprint of the card it replaces, if any."""

    identity: PublicIdentity
    name: str
    role: Role
    issued: datetime
    expires: datetime
    serial: int
    previous: bytes | None = None

    @property
    def fingerprint(self) -> bytes:
        """The fingerprint of its keys, 32 bytes."""
        return self.identity.fingerprint

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": FORMAT,
                "identity": self.identity.to_json(),
                "name": self.name,
                "role": self.role.value,
                "issued": time_text(self.issued),
                "expires": time_text(self.expires),
                "serial": self.serial,
                "previous": None if self.previous is None else self.previous.hex(),
            }
        )


def sign_card(card: Card, identity: Identity, previous: Identity | None = None) -> bytes:
    """The envelope of ``card``, signed under every suite by its own keys and those of the card it names as previous.

    Raises ``CardError`` when the keys are not those.
    """
    named = None if previous is None else previous.public.fingerprint
    if identity.public != card.identity or named != card.previous:
        raise CardError
    body = card.body()
    by_previous = () if previous is None else previous.sign_every(CARD, body)
    return seal(CARD, body, (*identity.sign_every(CARD, body), *by_previous))


@lru_cache(maxsize=_KEPT)
def read_card(data: bytes) -> Card:
    """The checked door for a card envelope; raises ``CardError`` for every way in which it may be wrong.

    The very same bytes are not verified twice in one session: a directory is read often and changes seldom.
    """
    try:
        envelope = open_envelope(CARD, data, limit=MOST_BYTES)
        card = _card_from_fields(Fields(canonical.read(envelope.body, limit=MOST_BYTES)))
        own, others = _by_signer(envelope, card.fingerprint)
        card.identity.verify_every(CARD, envelope.body, own)
        _check_named(others, card.previous)
    except (CryptoError, ValueError) as error:
        raise CardError from error
    return card


def _check_name(name: str) -> None:
    """A name is what people know a card by: it is not empty, and nothing in it is unseen or turns the rest about."""
    if not name.strip() or any(category(one) in _UNSEEN for one in name):
        raise CardError


def check_reissue(new: Card, known: Card) -> None:
    """Whether ``new`` may take the place of ``known``, a card of the same keys; raises ``CardRefusedError``.

    What was compared goes on holding, so the name must be the one it was compared under.
    """
    if new == known:
        return
    if new.serial < known.serial:
        raise CardRefusedError(CardProblem.OLDER, name=known.name)
    if new.serial == known.serial:
        raise CardRefusedError(CardProblem.SAME_SERIAL, name=known.name)
    if normalize("NFC", new.name) != normalize("NFC", known.name):
        raise CardRefusedError(CardProblem.OTHER_NAME, name=known.name)


def check_succession(data: bytes, previous: Card) -> None:
    """Check that the holder of ``previous`` made the card ``data``, which names it; raises ``CardError``."""
    card = read_card(data)
    envelope = open_envelope(CARD, data, limit=MOST_BYTES)
    if card.previous != previous.fingerprint:
        raise CardError
    try:
        previous.identity.verify_every(CARD, envelope.body, _by_signer(envelope, card.fingerprint)[1])
    except CryptoError as error:
        raise CardError from error


def _by_signer(envelope: Envelope, own: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The signatures by the card's own keys, which come first, and the rest."""
    count = sum(signer_of(one) == own for one in envelope.signatures)
    return envelope.signatures[:count], envelope.signatures[count:]


def _check_named(others: tuple[bytes, ...], previous: bytes | None) -> None:
    if {signer_of(one) for one in others} != (set() if previous is None else {previous}):
        raise CardError


def _card_from_fields(fields: Fields) -> Card:
    if fields.text("format", limit=40) != FORMAT:
        raise CardError
    card = Card(
        identity=PublicIdentity.from_json(fields.object("identity")),
        name=fields.text("name", limit=MOST_NAME),
        role=Role(fields.text("role", limit=20)),
        issued=fields.time("issued"),
        expires=fields.time("expires"),
        serial=fields.integer("serial", low=1, high=2**31),
        previous=bytes.fromhex(fields.hex("previous", FINGERPRINT_LENGTH)) if fields.has("previous") else None,
    )
    fields.finish()
    _check_name(card.name)
    return card
