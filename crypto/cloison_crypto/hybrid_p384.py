"""The sealing keys of suite 2: ML-KEM-1024 and P-384 at once, through HPKE (RFC 9180, draft-ietf-hpke-pq).

A public key is the ML-KEM key (1,568 bytes) ‖ the P-384 point (97); what wraps a file key is laid out in `sealed`.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PrivateKey, MLKEM1024PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM1024P384PrivateKey,
    MLKEM1024P384PublicKey,
    Suite,
)

from cloison_crypto import p384
from cloison_crypto.errors import KeyFormatError, NoMatchError
from cloison_crypto.secrets import Buffer, SecretKey

_MLKEM_KEY_LENGTH = 1568
_MLKEM_CIPHERTEXT_LENGTH = 1568
MLKEM_SEED_LENGTH = 64
RECIPIENT_KEY_LENGTH = _MLKEM_KEY_LENGTH + p384.POINT_LENGTH
WRAPPED_LENGTH = _MLKEM_CIPHERTEXT_LENGTH + p384.POINT_LENGTH + 32 + 16


class HybridP384Recipient:
    """A public key of 1,665 bytes."""

    __slots__ = ("_public", "key")

    def __init__(self, key: bytes) -> None:
        """Take the raw bytes, ML-KEM key first; raises KeyFormatError when either half is not a usable key."""
        if len(key) != RECIPIENT_KEY_LENGTH:
            raise KeyFormatError("a sealing key of suite 2 has 1665 bytes")
        point = p384.public_key(key[_MLKEM_KEY_LENGTH:])
        try:
            mlkem = MLKEM1024PublicKey.from_public_bytes(key[:_MLKEM_KEY_LENGTH])
        except ValueError as error:
            raise KeyFormatError("not an ML-KEM-1024 key") from error
        self._public = MLKEM1024P384PublicKey(mlkem, point)
        self.key = key

    def wrap(self, file_key: SecretKey, *, info: bytes) -> bytes:
        """Wrap a 32-byte file key under a fresh encapsulation, drawn by the library: 1,713 bytes."""
        return _suite().encrypt(file_key.view, self._public, info)


class HybridP384Identity:
    """A private key. It goes with this object: pyca's keys cannot be wiped."""

    __slots__ = ("_private", "_public_key")

    def __init__(self, *, mlkem_seed: Buffer, p384_seed: Buffer) -> None:
        """Take two 64-byte seeds, which the caller wipes; raises KeyFormatError for a wrong length."""
        if len(mlkem_seed) != MLKEM_SEED_LENGTH:
            raise KeyFormatError("the seed of an ML-KEM key has 64 bytes")
        mlkem, point = MLKEM1024PrivateKey.from_seed_bytes(mlkem_seed), p384.private_key(p384_seed)
        self._private = MLKEM1024P384PrivateKey(mlkem, point)
        self._public_key = mlkem.public_key().public_bytes_raw() + p384.point_of(point.public_key())

    def recipient(self) -> HybridP384Recipient:
        """The public half."""
        return HybridP384Recipient(self._public_key)

    def unwrap(self, wrapped: bytes, *, info: bytes) -> SecretKey:
        """The file key; raises NoMatchError where it was wrapped for somebody else, or is malformed."""
        try:
            return SecretKey.copy_of(_suite().decrypt(wrapped, self._private, info))
        except InvalidTag as error:
            raise NoMatchError("no identity opens this file") from error

    def __repr__(self) -> str:
        """Say what it is and nothing of the key."""
        return "<HybridP384Identity>"


def _suite() -> Suite:
    return Suite(KEM.MLKEM1024_P384, KDF.HKDF_SHA384, AEAD.AES_256_GCM)
