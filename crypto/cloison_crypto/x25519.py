"""The X25519 recipient of age v1: an ephemeral share, HKDF-SHA256, ChaCha20-Poly1305 (C2SP age, "The X25519 type")."""

from collections.abc import Sequence
from typing import Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from cloison_crypto import bech32
from cloison_crypto.errors import HeaderError, KeyFormatError
from cloison_crypto.recipients import (
    Stanza,
    encode_base64,
    insist_on_wrapped_length,
    open_file_key,
    seal_file_key,
    sole_argument,
)
from cloison_crypto.secrets import Buffer, Randomness, SecretKey, hkdf_sha256

STANZA_TYPE = "X25519"
KEY_LENGTH = 32
RECIPIENT_PREFIX = "age"
IDENTITY_PREFIX = "AGE-SECRET-KEY-"
_INFO = b"age-encryption.org/v1/X25519"


class X25519Recipient:
    """A public key written `age1…`."""

    __slots__ = ("_public", "key")

    def __init__(self, key: bytes) -> None:
        """Take the raw 32 bytes; raises KeyFormatError for a wrong length or a point of low order."""
        self._public = checked_share(key)
        self.key = key

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1…`; raises KeyFormatError."""
        return cls(bytes(bech32.decode_as(RECIPIENT_PREFIX, text)))

    def wrap(self, file_key: SecretKey, *, randomness: Randomness) -> Stanza:
        """Wrap the file key under a fresh share."""
        with SecretKey.random(KEY_LENGTH, randomness) as ephemeral_key:
            ephemeral = X25519PrivateKey.from_private_bytes(ephemeral_key.view)
        share = ephemeral.public_key().public_bytes_raw()
        with _wrap_key(ephemeral.exchange(self._public), share=share, recipient=self.key) as wrap_key:
            body = seal_file_key(wrap_key, file_key)
        return Stanza(type=STANZA_TYPE, arguments=(encode_base64(share),), body=body)

    def __str__(self) -> str:
        """`age1…`."""
        return bech32.encode(RECIPIENT_PREFIX, self.key)


class X25519Identity:
    """A private key written `AGE-SECRET-KEY-1…`."""

    __slots__ = ("_private", "_public_key")

    def __init__(self, key: Buffer) -> None:
        """Take the raw 32 bytes, which the caller wipes; raises KeyFormatError for a wrong length."""
        if len(key) != KEY_LENGTH:
            raise KeyFormatError("an X25519 key has 32 bytes")
        self._private = X25519PrivateKey.from_private_bytes(key)
        self._public_key = self._private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, randomness: Randomness) -> Self:
        """Draw a new key."""
        with SecretKey.random(KEY_LENGTH, randomness) as key:
            return cls(key.view)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-1…`; raises KeyFormatError."""
        with SecretKey.take(bech32.decode_as(IDENTITY_PREFIX, text)) as key:
            return cls(key.view)

    def recipient(self) -> X25519Recipient:
        """The public half."""
        return X25519Recipient(self._public_key)

    def secret_text(self) -> str:
        """`AGE-SECRET-KEY-1…`, for the file of a person who asked for one; a `str` cannot be wiped."""
        return bech32.encode(IDENTITY_PREFIX, self._private.private_bytes_raw())

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretKey | None:
        """The file key, or None; raises HeaderError for a malformed X25519 stanza."""
        for stanza in stanzas:
            if stanza.type == STANZA_TYPE and (file_key := self._unwrap(stanza)):
                return file_key
        return None

    def _unwrap(self, stanza: Stanza) -> SecretKey | None:
        share = sole_argument(stanza, KEY_LENGTH)
        insist_on_wrapped_length(stanza)
        try:
            shared_key = self._private.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise HeaderError("the share is a point of low order") from error
        with _wrap_key(shared_key, share=share, recipient=self._public_key) as wrap_key:
            return open_file_key(wrap_key, stanza.body)

    def __repr__(self) -> str:
        """Name the public half only."""
        return f"<X25519Identity of {self.recipient()}>"


def checked_share(key: bytes) -> X25519PublicKey:
    """A usable public key; raises KeyFormatError for a wrong length or a point of low order."""
    try:
        public = X25519PublicKey.from_public_bytes(key)
        # Every private key is a multiple of the cofactor, so any one of them finds out a point of low order.
        X25519PrivateKey.from_private_bytes(bytes(KEY_LENGTH)).exchange(public)
    except ValueError as error:
        raise KeyFormatError("not a usable X25519 key") from error
    return public


def _wrap_key(shared_key: bytes, *, share: bytes, recipient: bytes) -> SecretKey:
    return hkdf_sha256(shared_key, salt=share + recipient, info=_INFO)
