"""What a recipient type of age v1 must offer, and the stanzas it wraps file keys in (C2SP age, "Recipient stanza")."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto.errors import HeaderError
from cloison_crypto.secrets import Buffer, Randomness, SecretKey

FILE_KEY_LENGTH = 16
WRAPPED_LENGTH = FILE_KEY_LENGTH + 16
_ZERO_NONCE = bytes(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """One recipient stanza: its type, arguments and body."""

    type: str
    arguments: tuple[str, ...]
    body: bytes


class Recipient(Protocol):
    """Somebody a file can be sealed to."""

    def wrap(self, file_key: SecretKey, *, randomness: Randomness) -> Stanza:
        """Wrap the 16-byte file key."""
        ...


class AgeIdentity(Protocol):
    """Somebody who may open a file."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretKey | None:
        """The file key from whichever stanza is for this identity, or None.

        Raises HeaderError for a malformed stanza of the identity's own type.
        """
        ...


def sole_argument(stanza: Stanza, length: int) -> bytes:
    """The only argument, decoded, exactly `length` bytes long; raises HeaderError."""
    if len(stanza.arguments) != 1:
        raise HeaderError(f"{stanza.type} takes one argument")
    content = decode_base64(stanza.arguments[0])
    if len(content) != length:
        raise HeaderError(f"the argument of {stanza.type} has the wrong length")
    return content


def seal_file_key(wrap_key: SecretKey, file_key: SecretKey) -> bytes:
    """ChaCha20-Poly1305 under a key used once, hence the zero nonce."""
    return ChaCha20Poly1305(wrap_key.view).encrypt(_ZERO_NONCE, file_key.view, None)


def open_file_key(wrap_key: SecretKey, body: bytes) -> SecretKey | None:
    """The reverse; None where the wrap is for somebody else."""
    file_key = bytearray(FILE_KEY_LENGTH)
    try:
        ChaCha20Poly1305(wrap_key.view).decrypt_into(_ZERO_NONCE, body, None, file_key)
    except InvalidTag:
        return None
    return SecretKey.take(file_key)


def insist_on_wrapped_length(stanza: Stanza) -> None:
    """Refuse a body that would not hold a file key: other lengths allow partitioning oracle attacks."""
    if len(stanza.body) != WRAPPED_LENGTH:
        raise HeaderError(f"the body of {stanza.type} has the wrong length")


def encode_base64(content: Buffer) -> str:
    """Standard base64 without padding, as age writes it."""
    return base64.b64encode(content).decode().rstrip("=")


def decode_base64(text: str) -> bytes:
    """The reverse, in the only spelling; raises HeaderError."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise HeaderError("not base64") from error
    if encode_base64(content) != text:
        raise HeaderError("not canonical base64")
    return content
