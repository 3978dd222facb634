"""age v1 files, written and read in one pass (C2SP age): standard files that the `age` program opens, and the reverse.

age proves nothing about the sender; what travels sealed carries its signature inside.
"""

from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto import hybrid, passphrase
from cloison_crypto.errors import HeaderError, NoMatchError, RecipientsError
from cloison_crypto.header import MOST_STANZAS, Header
from cloison_crypto.hybrid import HybridIdentity, HybridRecipient
from cloison_crypto.recipients import FILE_KEY_LENGTH, AgeIdentity, Recipient, Stanza
from cloison_crypto.secrets import Buffer, Randomness, SecretKey, hkdf_sha256
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource
from cloison_crypto.stream import StreamOpener, StreamSealer
from cloison_crypto.x25519 import X25519Identity, X25519Recipient

_NONCE_LENGTH = 16


def encrypt(source: ByteSource, target: ByteTarget, recipients: Sequence[Recipient], *, randomness: Randomness) -> None:
    """Seal all of `source` to `recipients`; raises RecipientsError before anything is written."""
    writer = Writer(target, recipients, randomness=randomness)
    writer.write_from(source)
    writer.close()


def decrypt(source: ByteSource, target: ByteTarget, identities: Sequence[AgeIdentity]) -> None:
    """Open all of `source` into `target`.

    Raises HeaderError, NoMatchError or HmacError before anything is written, PayloadError after authenticated bytes
    only; `target` then holds a part of the file that the caller throws away.
    """
    Reader(source, identities).write_to(target)


class Writer:
    """An age file being written. One that was never closed does not open."""

    __slots__ = ("_stream",)

    def __init__(self, target: ByteTarget, recipients: Sequence[Recipient], *, randomness: Randomness) -> None:
        """Write the header; raises RecipientsError before anything is written."""
        with SecretKey.random(FILE_KEY_LENGTH, randomness) as file_key:
            stanzas = _wrapped(file_key, recipients, randomness)
            header = Header.seal(stanzas, file_key)
            nonce = randomness(_NONCE_LENGTH)
            with _payload_key(file_key, nonce) as payload_key:
                self._stream = StreamSealer(ChaCha20Poly1305(payload_key.view), target)
        target.write(header.to_bytes() + nonce)

    def write(self, content: Buffer) -> None:
        """Seal `content`, after what was written before."""
        self._stream.write(content)

    def write_from(self, source: ByteSource) -> None:
        """Seal all that `source` gives."""
        self._stream.write_from(LookAheadSource(source))

    def close(self) -> None:
        """Finish the file; `target` stays open. Harmless a second time."""
        self._stream.close()


class Reader:
    """An age file being read. What it gives out is authenticated; the file as a whole is, once it gave out nothing."""

    __slots__ = ("_stream", "stanza_types")

    def __init__(self, source: ByteSource, identities: Sequence[AgeIdentity]) -> None:
        """Read and verify the header; raises HeaderError, NoMatchError or HmacError."""
        ahead = LookAheadSource(source)
        header = Header.read(ahead)
        self.stanza_types = tuple(stanza.type for stanza in header.stanzas)
        """The type of each stanza, in order: a format narrower than age insists on what it finds here."""
        with _file_key(header.stanzas, identities) as file_key:
            header.verify(file_key)
            with _payload_key(file_key, _read_nonce(ahead)) as payload_key:
                self._stream = StreamOpener(ChaCha20Poly1305(payload_key.view), ahead)

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, fewer only at the end; all there are where `size` is negative.

        Raises PayloadError, before giving out less than was asked for.
        """
        return self._stream.read(size)

    def write_to(self, target: ByteTarget) -> None:
        """Write all that is left to `target`; raises PayloadError after all that is authenticated."""
        self._stream.write_to(target)


def parse_recipient(text: str) -> Recipient:
    """Read `age1pq1…` or `age1…`; raises KeyFormatError."""
    if text.startswith(hybrid.RECIPIENT_PREFIX + "1"):
        return HybridRecipient.parse(text)
    return X25519Recipient.parse(text)


def parse_identity(text: str) -> X25519Identity | HybridIdentity:
    """Read `AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`; raises KeyFormatError."""
    if text.startswith(hybrid.IDENTITY_PREFIX + "1"):
        return HybridIdentity.parse(text)
    return X25519Identity.parse(text)


def _wrapped(file_key: SecretKey, recipients: Sequence[Recipient], randomness: Randomness) -> tuple[Stanza, ...]:
    if not recipients:
        raise RecipientsError("there is no recipient")
    if len(recipients) > MOST_STANZAS:
        raise RecipientsError(f"more than {MOST_STANZAS} recipients")
    stanzas = tuple(recipient.wrap(file_key, randomness=randomness) for recipient in recipients)
    types = {stanza.type for stanza in stanzas}
    if passphrase.STANZA_TYPE in types and len(stanzas) > 1:
        raise RecipientsError("a passphrase must be the only recipient")
    if hybrid.STANZA_TYPE in types and len(types) > 1:
        raise RecipientsError("post-quantum and other recipients cannot be mixed")
    return stanzas


def _file_key(stanzas: tuple[Stanza, ...], identities: Sequence[AgeIdentity]) -> SecretKey:
    if len(stanzas) > 1 and any(stanza.type == passphrase.STANZA_TYPE for stanza in stanzas):
        raise HeaderError("a scrypt stanza must be alone")
    for identity in identities:
        file_key = identity.unwrap(stanzas)
        if file_key is not None:
            return file_key
    raise NoMatchError("no identity opens this file")


def _read_nonce(source: LookAheadSource) -> bytes:
    nonce = bytearray(_NONCE_LENGTH)
    if source.fill(memoryview(nonce)) < _NONCE_LENGTH:
        raise HeaderError("the payload's nonce is cut short")
    return bytes(nonce)


def _payload_key(file_key: SecretKey, nonce: bytes) -> SecretKey:
    return hkdf_sha256(file_key, salt=nonce, info=b"payload")
