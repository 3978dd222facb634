"""What a slot asks of a smart card: ECDH (SP 800-56A, 5.7.1.2) of a key that never leaves it with the slot's own point.

The point is the public half of a pair made for the slot, whose private half is forgotten at once: from then on only the
card can compute the shared secret. The same question gives the same answer, and to another slot the card says something
else. A point that is not on its curve is refused before a card ever sees it (it could be made to spell its key out).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cloison_crypto.errors import CanonicalError, KeyFormatError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.secrets import Randomness

LONGEST_KEY_ID = 255
_BYTES = re.compile(r"([0-9a-f]{2})*")
TOKEN_DIGITS = 32
_SURPLUS: Final = 8
"""Random bytes beyond the size of the order, so that no private key is likelier than another (FIPS 186-5, A.2.1)."""


class Curve(Enum):
    """The curves that cards have."""

    P256 = "P-256"
    P384 = "P-384"


_CURVES: Final[Mapping[Curve, ec.EllipticCurve]] = MappingProxyType(
    {Curve.P256: ec.SECP256R1(), Curve.P384: ec.SECP384R1()}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKey:
    """A key on a card, and the point it is asked about; raises KeyFormatError where that is not on the curve.

    `token` stands for the card without naming it: 32 hexadecimal digits. `key_id` is the key's CKA_ID.
    """

    token: str
    key_id: bytes
    curve: Curve
    point: bytes

    def __post_init__(self) -> None:
        """Check the point."""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[self.curve], self.point)
        except ValueError as error:
            raise KeyFormatError("the point of a card slot is not on its curve") from error

    def to_json(self) -> dict[str, Json]:
        """As stored, and as bound into the slot."""
        return {
            "curve": self.curve.value,
            "key": self.key_id.hex(),
            "point": base64_text(self.point),
            "token": self.token,
        }

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read what is stored; raises CanonicalError or KeyFormatError."""
        fields = Fields.of(value)
        key = cls(
            token=fields.hex("token", TOKEN_DIGITS),
            key_id=_key_id(fields),
            curve=_curve(fields),
            point=fields.base64("point", limit=256),
        )
        fields.finish()
        return key


def ask_card(*, token: str, key_id: bytes, curve: Curve, randomness: Randomness) -> CardKey:
    """A new question to a key on a card."""
    order = _CURVES[curve].group_order
    number = int.from_bytes(randomness((order.bit_length() + 7) // 8 + _SURPLUS), "big")
    public = ec.derive_private_key(number % (order - 1) + 1, _CURVES[curve]).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return CardKey(token=token, key_id=key_id, curve=curve, point=point)


def _key_id(fields: Fields) -> bytes:
    digits = fields.text("key", limit=2 * LONGEST_KEY_ID)
    if not _BYTES.fullmatch(digits):
        raise CanonicalError(fields.path, "the id of the card's key is not lower-case hexadecimal")
    return bytes.fromhex(digits)


def _curve(fields: Fields) -> Curve:
    try:
        return Curve(fields.text("curve"))
    except ValueError as error:
        raise CanonicalError(fields.path, "unknown curve") from error
