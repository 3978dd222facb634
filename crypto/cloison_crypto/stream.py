"""The payload of an age v1 file: STREAM over ChaCha20-Poly1305 in chunks of 64 KiB (C2SP age, "Payload").

A nonce is the chunk's number (11 bytes) and a byte that is 1 on the last chunk only, so chunks cannot be dropped,
reordered or added unseen. Sixteen chunks are handled at a time in buffers that are used again: one read, one write per
MiB, and no copy in between.
"""

import mmap

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto.errors import PayloadError
from cloison_crypto.secrets import Buffer, SecretKey
from cloison_crypto.sources import ByteTarget, LookAheadSource

CHUNK = 64 * 1024
TAG = 16
_SEALED_CHUNK = CHUNK + TAG
_BATCH = 16
_COUNTER_LENGTH = 11
_ORDINARY = b"\0"
_FINAL = b"\1"


class StreamSealer:
    """Seals what it is given; nothing is a valid payload before `close`."""

    __slots__ = ("_chunks", "_cipher", "_filled", "_is_closed", "_plain", "_sealed", "_target")

    def __init__(self, payload_key: SecretKey, target: ByteTarget) -> None:
        """Write to `target` under a 32-byte key used for nothing else."""
        self._cipher = ChaCha20Poly1305(payload_key.view)
        self._target = target
        # One byte more than a batch shows that the batch is not the last one. A buffer that begins a page is read into
        # four times as fast on some processors as one that begins sixteen bytes later, where a bytearray does.
        self._plain = mmap.mmap(-1, _BATCH * CHUNK + 1)
        self._sealed = bytearray(_BATCH * _SEALED_CHUNK)
        self._filled = 0
        self._chunks = 0
        self._is_closed = False

    def write(self, content: Buffer) -> None:
        """Seal `content`, after what was written before. Raises ValueError once closed."""
        if self._is_closed:
            raise ValueError("this payload has been closed")
        left = memoryview(content).cast("B")
        while left:
            space = self._space()
            taken = min(len(space), len(left))
            space[:taken] = left[:taken]
            self._filled += taken
            left = left[taken:]

    def write_from(self, source: LookAheadSource) -> None:
        """Seal all that `source` gives."""
        while count := source.fill(self._space()):
            self._filled += count

    def close(self) -> None:
        """Seal what is left with the final flag. Harmless a second time."""
        if self._is_closed:
            return
        self._space()
        # A full chunk can be the last one; an empty one is last only where there is no other.
        last = max(self._filled - 1, 0) // CHUNK * CHUNK
        length = self._seal(range(0, last, CHUNK), _ORDINARY)
        length += self._seal(range(last, last + 1), _FINAL)
        self._target.write(memoryview(self._sealed)[:length])
        self._is_closed = True
        self._plain[:] = bytes(len(self._plain))

    def _space(self) -> memoryview:
        """Room for more, once a batch that something follows is sealed."""
        if self._filled == len(self._plain):
            length = self._seal(range(0, self._filled - 1, CHUNK), _ORDINARY)
            self._target.write(memoryview(self._sealed)[:length])
            self._plain[0] = self._plain[-1]
            self._filled = 1
        return memoryview(self._plain)[self._filled :]

    def _seal(self, starts: range, flag: bytes) -> int:
        """Seal the chunks that begin at `starts` into their places; the number of bytes that makes."""
        plain, sealed = memoryview(self._plain)[: self._filled], memoryview(self._sealed)
        length = 0
        for start in starts:
            chunk = plain[start : start + CHUNK]
            position = start // CHUNK * _SEALED_CHUNK
            nonce = self._chunks.to_bytes(_COUNTER_LENGTH, "big") + flag
            length += self._cipher.encrypt_into(nonce, chunk, None, sealed[position : position + len(chunk) + TAG])
            self._chunks += 1
        return length


class StreamOpener:
    """Gives a payload back, batch by batch, never a byte that was not authenticated."""

    __slots__ = ("_ahead", "_chunks", "_cipher", "_fault", "_is_at_end", "_plain", "_sealed", "_source")

    def __init__(self, payload_key: SecretKey, source: LookAheadSource) -> None:
        """Read from `source` to its end."""
        self._cipher = ChaCha20Poly1305(payload_key.view)
        self._source = source
        # One byte more than a batch shows whether the batch is the last one.
        self._sealed = bytearray(_BATCH * _SEALED_CHUNK + 1)
        self._plain = bytearray(_BATCH * CHUNK)
        self._ahead = 0
        self._chunks = 0
        self._fault: str | None = None
        self._is_at_end = False

    def next_batch(self) -> memoryview:
        """The next bytes, valid until the next call; none at the end.

        Raises PayloadError where the payload is damaged, after giving out all that came before the fault.
        """
        opened = 0 if self._fault or self._is_at_end else self._open_batch()
        if self._fault and not opened:
            raise PayloadError(self._fault)
        return memoryview(self._plain)[:opened].toreadonly()

    def _open_batch(self) -> int:
        sealed = memoryview(self._sealed)
        filled = self._ahead + self._source.fill(sealed[self._ahead :])
        self._is_at_end = filled < len(sealed)
        self._ahead = 0 if self._is_at_end else 1
        end = filled - self._ahead
        opened = 0
        for start in range(0, max(end, 1), _SEALED_CHUNK):
            chunk = sealed[start : min(start + _SEALED_CHUNK, end)]
            is_last = self._is_at_end and start + len(chunk) == end
            opened += self._open_chunk(chunk, opened, _FINAL if is_last else _ORDINARY)
            if self._fault:
                break
        sealed[: self._ahead] = sealed[len(sealed) - self._ahead :]
        return opened

    def _open_chunk(self, chunk: memoryview, position: int, flag: bytes) -> int:
        """Open one chunk into its place; the number of bytes. Notes what is wrong with it, or with what follows it."""
        length = len(chunk) - TAG
        if length < 0 or (length == 0 and self._chunks):
            self._fault = "cut short" if length < 0 else "the last chunk is empty"
            return 0
        if self._opens(chunk, position, flag):
            self._chunks += 1
            return length
        return self._open_misplaced(chunk, position, flag)

    def _open_misplaced(self, chunk: memoryview, position: int, flag: bytes) -> int:
        """A full chunk may be true and yet stand in the wrong place: last without its flag, or flagged but not last."""
        length = len(chunk) - TAG
        other = _ORDINARY if flag == _FINAL else _FINAL
        if length < CHUNK or not self._opens(chunk, position, other):
            self._fault = "a chunk is damaged"
            return 0
        self._fault = "cut short" if flag == _FINAL else "bytes follow the last chunk"
        return length

    def _opens(self, chunk: memoryview, position: int, flag: bytes) -> bool:
        plain = memoryview(self._plain)[position : position + len(chunk) - TAG]
        nonce = self._chunks.to_bytes(_COUNTER_LENGTH, "big") + flag
        try:
            self._cipher.decrypt_into(nonce, chunk, None, plain)
        except InvalidTag:
            return False
        return True
