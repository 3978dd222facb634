"""What age vectors are put together from: headers, MACs, payloads and armors that are malformed on purpose.

They come from primitives, apart from the library's own code, so that a fault shared by its two sides would show.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto.hybrid import HybridIdentity
from cloison_crypto.passphrase import PassphraseRecipient
from cloison_crypto.recipients import Recipient
from cloison_crypto.secrets import SecretKey
from cloison_crypto.x25519 import X25519Identity

FILE_KEY = b"Cloison file key"
NONCE = hashlib.sha256(b"nonce").digest()[:16]
CHUNK = 64 * 1024
TEXT = "Le convoi est passé à 5 h 40.\n".encode()
LOW_ORDER = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
ORDINARY, FINAL = 0, 1
BEGIN, END = (f"-----{word} AGE ENCRYPTED FILE-----".encode() for word in ("BEGIN", "END"))

X25519 = X25519Identity(hashlib.sha256(b"x25519").digest())
X25519_STRANGER = X25519Identity(hashlib.sha256(b"x25519 stranger").digest())
HYBRID = HybridIdentity(hashlib.sha256(b"hybrid").digest())
HYBRID_STRANGER = HybridIdentity(hashlib.sha256(b"hybrid stranger").digest())
PASSPHRASE = "mirabelle quetsche"

X25519_SECRET = "identity: " + X25519.secret_text()
HYBRID_SECRET = "identity: " + HYBRID.secret_text()
PASSPHRASE_SECRET = "passphrase: " + PASSPHRASE


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVector:
    """A file and what must come of it; `given` is all that may be given out."""

    expect: str
    content: bytes
    given: bytes | None = None
    secret: str = X25519_SECRET
    is_armored: bool = False

    def to_bytes(self) -> bytes:
        """The head, an empty line, the file, deflated when it is large."""
        lines = [f"expect: {self.expect}", self.secret]
        if self.given is not None:
            lines.append(f"payload: {hashlib.sha256(self.given).hexdigest()}")
        if self.is_armored:
            lines.append("armored: yes")
        if len(self.content) < 10_000:
            return "\n".join([*lines, "", ""]).encode() + self.content
        return "\n".join([*lines, "compressed: zlib", "", ""]).encode() + zlib.compress(self.content, 9)


Named = Iterator[tuple[str, NewVector]]


def draw(length: int) -> bytes:
    """Repeatable in place of random."""
    return hashlib.shake_256(b"vectors").digest(length)


def unpadded(content: bytes) -> str:
    """Base64 as in headers."""
    return base64.b64encode(content).decode().rstrip("=")


def stanza(*words: str, body: bytes) -> str:
    """A stanza's text."""
    encoded = unpadded(body)
    columns = [encoded[start : start + 64] for start in range(0, len(encoded) + 1, 64)]
    return "\n".join(["-> " + " ".join(words), *columns, ""])


def wrap(recipient: Recipient) -> str:
    """The stanza of a recipient, as text."""
    wrapped = recipient.wrap(SecretKey.copy_of(FILE_KEY), randomness=draw)
    return stanza(wrapped.type, *wrapped.arguments, body=wrapped.body)


def hkdf(salt: bytes, info: bytes) -> bytes:
    """RFC 5869 over the file key, one block."""
    return hmac.digest(hmac.digest(salt or bytes(32), FILE_KEY, "sha256"), info + b"\1", "sha256")


def header(*stanzas: str, version: str = "age-encryption.org/v1\n") -> bytes:
    """A header whose MAC is true of its text, whatever that text is."""
    signed = (version + "".join(stanzas) + "---").encode()
    mac = hmac.digest(hkdf(b"", b"header"), signed, "sha256")
    return signed + f" {unpadded(mac)}\n".encode()


def chunk(number: int, flag: int, plain: bytes) -> bytes:
    """One sealed chunk; any number, any flag."""
    return ChaCha20Poly1305(hkdf(NONCE, b"payload")).encrypt(number.to_bytes(11, "big") + bytes([flag]), plain, None)


def payload(*chunks: tuple[bytes, int]) -> bytes:
    """The nonce and these chunks, each with its flag, numbered from zero."""
    return NONCE + b"".join(chunk(number, flag, plain) for number, (plain, flag) in enumerate(chunks))


def key_stream(number: int, flag: int) -> bytes:
    """A chunk that seals to zeros, so that a long vector is small once deflated."""
    return chunk(number, flag, bytes(CHUNK))[:CHUNK]


def flipped(content: bytes, position: int) -> bytes:
    """One bit changed."""
    changed = bytearray(content)
    changed[position] ^= 1
    return bytes(changed)


def armor(content: bytes, *, columns: int = 64, end: str = "\n") -> bytes:
    """An armor of any width and any end of line."""
    encoded = base64.b64encode(content)
    lines = [encoded[start : start + columns] for start in range(0, len(encoded), columns)]
    return end.encode().join([BEGIN, *lines, END, b""])


SMALL = payload((TEXT, FINAL))
X25519_STANZA = wrap(X25519.recipient())
HYBRID_STANZA = wrap(HYBRID.recipient())
SCRYPT_STANZA = wrap(PassphraseRecipient(PASSPHRASE.encode(), work_factor=10))
FILE = header(X25519_STANZA) + SMALL
