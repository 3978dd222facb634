"""The mlkem768x25519 recipient of age v1: HPKE with X-Wing, ML-KEM-768 beside X25519 (C2SP age, RFC 9180).

The file stays closed as long as either of the two holds, so such a recipient must never share a file with a weaker one.
A private key is a 32-byte seed; SHAKE-256 makes it the 64-byte seed of ML-KEM and the X25519 key (draft X-Wing, 5.2).
pyca draws the encapsulation's randomness itself, from the system: HPKE offers no way to hand it in.
"""

import hashlib
from collections.abc import Sequence
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from cloison_crypto import bech32
from cloison_crypto.errors import HeaderError, KeyFormatError
from cloison_crypto.recipients import Stanza, encode_base64, insist_on_wrapped_length, sole_argument
from cloison_crypto.secrets import Buffer, Randomness, SecretKey
from cloison_crypto.x25519 import checked_share

STANZA_TYPE = "mlkem768x25519"
SEED_LENGTH = 32
RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-"

_MLKEM_KEY_LENGTH = 1184
_MLKEM_CIPHERTEXT_LENGTH = 1088
_MLKEM_SEED_LENGTH = 64
_SHARE_LENGTH = 32
RECIPIENT_KEY_LENGTH = _MLKEM_KEY_LENGTH + _SHARE_LENGTH
_ENCAPSULATION_LENGTH = _MLKEM_CIPHERTEXT_LENGTH + _SHARE_LENGTH
_INFO = b"age-encryption.org/mlkem768x25519"


class HybridRecipient:
    """A public key of 1,216 bytes, written `age1pq1…`."""

    __slots__ = ("_public", "key")

    def __init__(self, key: bytes) -> None:
        """Take the raw bytes, ML-KEM key first; raises KeyFormatError when either half is not a usable key."""
        if len(key) != RECIPIENT_KEY_LENGTH:
            raise KeyFormatError("a hybrid key has 1216 bytes")
        share = checked_share(key[_MLKEM_KEY_LENGTH:])
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(key[:_MLKEM_KEY_LENGTH])
        except ValueError as error:
            raise KeyFormatError("not an ML-KEM-768 key") from error
        self._public = MLKEM768X25519PublicKey(mlkem, share)
        self.key = key

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1pq1…`; raises KeyFormatError."""
        return cls(bytes(bech32.decode_as(RECIPIENT_PREFIX, text)))

    def wrap(self, file_key: SecretKey, *, randomness: Randomness) -> Stanza:
        """Wrap the file key under a fresh encapsulation, drawn by the library and not by `randomness`."""
        sealed = _suite().encrypt(file_key.view, self._public, _INFO)
        encapsulation, body = sealed[:_ENCAPSULATION_LENGTH], sealed[_ENCAPSULATION_LENGTH:]
        return Stanza(type=STANZA_TYPE, arguments=(encode_base64(encapsulation),), body=body)

    def __str__(self) -> str:
        """`age1pq1…`."""
        return bech32.encode(RECIPIENT_PREFIX, self.key)


class HybridIdentity:
    """A private key, written `AGE-SECRET-KEY-PQ-1…`."""

    __slots__ = ("_private", "_public_key", "_seed", "_share")

    def __init__(self, seed: Buffer) -> None:
        """Copy the 32-byte seed; raises KeyFormatError for a wrong length."""
        if len(seed) != SEED_LENGTH:
            raise KeyFormatError("a hybrid seed has 32 bytes")
        expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_LENGTH + _SHARE_LENGTH)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_LENGTH])
        self._share = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_LENGTH:])
        self._private = MLKEM768X25519PrivateKey(mlkem, self._share)
        self._public_key = mlkem.public_key().public_bytes_raw() + self._share.public_key().public_bytes_raw()
        self._seed = SecretKey.copy_of(seed)

    @classmethod
    def generate(cls, randomness: Randomness) -> Self:
        """Draw a new seed."""
        with SecretKey.random(SEED_LENGTH, randomness) as seed:
            return cls(seed.view)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-PQ-1…`; raises KeyFormatError."""
        with SecretKey.take(bech32.decode_as(IDENTITY_PREFIX, text)) as seed:
            return cls(seed.view)

    def recipient(self) -> HybridRecipient:
        """The public half."""
        return HybridRecipient(self._public_key)

    def secret_text(self) -> str:
        """`AGE-SECRET-KEY-PQ-1…`, for the file of a person who asked for one; a `str` cannot be wiped."""
        return bech32.encode(IDENTITY_PREFIX, self._seed.view)

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretKey | None:
        """The file key, or None; raises HeaderError for a malformed mlkem768x25519 stanza."""
        for stanza in stanzas:
            if stanza.type == STANZA_TYPE and (file_key := self._unwrap(stanza)):
                return file_key
        return None

    def wipe(self) -> None:
        """Zero the seed; what pyca copied out of it goes with this object."""
        self._seed.wipe()

    def _unwrap(self, stanza: Stanza) -> SecretKey | None:
        encapsulation = sole_argument(stanza, _ENCAPSULATION_LENGTH)
        insist_on_wrapped_length(stanza)
        try:
            file_key = _suite().decrypt(encapsulation + stanza.body, self._private, _INFO)
        except InvalidTag:
            self._refuse_low_order(encapsulation[_MLKEM_CIPHERTEXT_LENGTH:])
            return None
        return SecretKey.copy_of(file_key)

    def _refuse_low_order(self, share: bytes) -> None:
        """HPKE reports a share of low order as any other wrong key; age wants it told apart, as a forged header."""
        try:
            self._share.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise HeaderError("the share is a point of low order") from error

    def __repr__(self) -> str:
        """Say what it is and nothing of the key; the public half is 2,000 characters long."""
        return "<HybridIdentity>"


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
