"""P-384 (FIPS 186-5, SEC 1) as suite 2 wants it: one spelling for every point and every signature.

A public key is its point uncompressed, 04 ‖ x ‖ y. A private key comes from 64 secret bytes c as the scalar
(c mod (n − 1)) + 1 of FIPS 186-5 A.2.1, "extra random bits": 128 bits more than n has, so no scalar is likelier than
another by more than 2^-128, and no candidate is ever thrown away.

A signature is ECDSA with SHA-384, r ‖ s of 48 bytes each, most significant byte first, and s not above (n − 1) / 2:
(r, n − s) holds as well, and a signature that anybody can spell otherwise would not identify what it signs. The secret
number of each signature is that of RFC 6979, and depends on no randomness that could fail.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from cloison_crypto.errors import KeyFormatError
from cloison_crypto.secrets import Buffer

POINT_LENGTH = 97
SEED_LENGTH = 64
SIGNATURE_LENGTH = 96
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973
_NUMBER_LENGTH = 48


def private_key(seed: Buffer) -> ec.EllipticCurvePrivateKey:
    """The private key of 64 secret bytes, which the caller wipes; raises KeyFormatError for another length.

    The scalar passes through an `int`, which cannot be wiped: pyca takes it in no other form.
    """
    if len(seed) != SEED_LENGTH:
        raise KeyFormatError("the seed of a P-384 key has 64 bytes")
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP384R1())


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """Read a point in its only spelling; raises KeyFormatError for another, and for what is not on the curve."""
    if len(point) != POINT_LENGTH or point[0] != 4:
        raise KeyFormatError("a P-384 key has 97 bytes, the first of them 04")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP384R1(), point)
    except ValueError as error:
        raise KeyFormatError("not a point of P-384") from error


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The 97 bytes of a public key."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class VerifyingKey:
    """The public key of signatures."""

    __slots__ = ("_public",)

    def __init__(self, point: bytes) -> None:
        """Take 97 bytes; raises KeyFormatError."""
        self._public = public_key(point)

    def verify(self, signature: bytes, data: bytes) -> None:
        """Check a signature in its only spelling; raises InvalidSignature."""
        r, s = (int.from_bytes(half, "big") for half in (signature[:_NUMBER_LENGTH], signature[_NUMBER_LENGTH:]))
        if len(signature) != SIGNATURE_LENGTH or s > ORDER // 2:
            raise InvalidSignature
        self._public.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA384()))

    def public_bytes_raw(self) -> bytes:
        """The 97 bytes."""
        return point_of(self._public)


class SigningKey:
    """The private key of signatures."""

    __slots__ = ("_private",)

    def __init__(self, seed: Buffer) -> None:
        """Take 64 secret bytes, which the caller wipes; raises KeyFormatError for another length."""
        self._private = private_key(seed)

    def sign(self, data: bytes) -> bytes:
        """The 96 bytes of a signature."""
        r, s = decode_dss_signature(self._private.sign(data, ec.ECDSA(hashes.SHA384(), deterministic_signing=True)))
        return b"".join(number.to_bytes(_NUMBER_LENGTH, "big") for number in (r, min(s, ORDER - s)))

    def public_key(self) -> VerifyingKey:
        """The public half."""
        return VerifyingKey(point_of(self._private.public_key()))
