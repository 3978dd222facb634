"""Blobs (`cloison/blob/v1`): one long file under a random key of its own, which is kept elsewhere.

A mark, then the payload of an age file (`stream`, C2SP age, "Payload") under ChaCha20-Poly1305, whose key is the blob's
and seals nothing else. Chunks cannot be changed, dropped, moved or added unseen, and no byte is given out before it is
authenticated; a blob of another key is a damaged one.
"""

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto.errors import HeaderError
from cloison_crypto.secrets import SecretKey
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource
from cloison_crypto.stream import CHUNK, TAG, StreamOpener, StreamSealer

MAGIC = b"cloison/blob/v1\n"
KEY_LENGTH = 32


def seal_blob(target: ByteTarget, key: SecretKey) -> StreamSealer:
    """Write the mark, and give what takes the content; nothing opens before that is closed."""
    target.write(MAGIC)
    return StreamSealer(ChaCha20Poly1305(key.view), target)


def open_blob(source: ByteSource, key: SecretKey) -> StreamOpener:
    """Read the mark, and give what gives out the content; raises HeaderError, and what is given PayloadError."""
    ahead = LookAheadSource(source)
    if ahead.peek(len(MAGIC)) != MAGIC:
        raise HeaderError("not a blob, or one of a later version")
    ahead.read(len(MAGIC))
    return StreamOpener(ChaCha20Poly1305(key.view), ahead)


def blob_length(size: int) -> int:
    """The bytes of a blob that holds `size` bytes."""
    return len(MAGIC) + size + TAG * max(1, -(-size // CHUNK))
