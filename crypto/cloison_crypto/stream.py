"""The payload of a sealed file: STREAM over an AEAD in chunks of 64 KiB (C2SP age, "Payload").

A nonce is the chunk's number (11 bytes) and a byte that is 1 on the last chunk only, so chunks cannot be dropped,
reordered or added unseen. A few chunks are handled at a time, in buffers that are used again and small enough to stay
in a processor's cache: one read, one write per batch, and no copy in between. age takes ChaCha20-Poly1305 and suite 2
AES-256-GCM; any cipher with nonces of 12 bytes and tags of 16 will do, under a key used for one payload only.
"""

import mmap
from typing import Protocol

from cryptography.exceptions import InvalidTag

from cloison_crypto.errors import PayloadError
from cloison_crypto.secrets import Buffer
from cloison_crypto.sources import ByteTarget, LookAheadSource

CHUNK = 64 * 1024
TAG = 16
_SEALED_CHUNK = CHUNK + TAG
_BATCH = 4
_NONCE_LENGTH = 12
_ORDINARY = 0
_FINAL = 1


class ChunkCipher(Protocol):
    """An AEAD with its key, as `cryptography` offers them."""

    def encrypt_into(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None, buf: Buffer) -> int:
        """Seal `data` into `buf`, which has room for the tag too."""
        ...

    def decrypt_into(self, nonce: Buffer, data: Buffer, associated_data: Buffer | None, buf: Buffer) -> int:
        """The reverse; raises InvalidTag."""
        ...


class StreamSealer:
    """Seals what it is given; nothing is a valid payload before `close`."""

    __slots__ = ("_chunks", "_cipher", "_filled", "_is_closed", "_places", "_plain", "_sealed", "_target")

    def __init__(self, cipher: ChunkCipher, target: ByteTarget) -> None:
        """Write to `target` with a cipher whose key is used for nothing else."""
        self._cipher = cipher
        self._target = target
        self._plain = _page(_BATCH * CHUNK + 1)  # The byte beyond shows that the batch is not the last one.
        self._sealed = memoryview(bytearray(_BATCH * _SEALED_CHUNK))
        self._places = _places(self._plain, self._sealed)
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
        followed = _followed(self._filled, CHUNK)
        self._seal_ordinary(followed)
        last = self._plain[followed * CHUNK : self._filled]
        length = followed * _SEALED_CHUNK + len(last) + TAG
        place = self._sealed[followed * _SEALED_CHUNK : length]
        self._cipher.encrypt_into(_nonce(self._chunks, _FINAL), last, None, place)
        self._target.write(self._sealed[:length])
        self._is_closed = True
        self._plain[:] = bytes(len(self._plain))

    def _space(self) -> memoryview:
        """Room for more, once a batch that something follows is sealed."""
        if self._filled == len(self._plain):
            self._seal_ordinary(_BATCH)
            self._target.write(self._sealed)
            self._plain[0] = self._plain[-1]
            self._filled = 1
        return self._plain[self._filled :]

    def _seal_ordinary(self, count: int) -> None:
        """Seal the first `count` chunks, which others follow, into their places."""
        for number, (plain, sealed) in enumerate(self._places[:count], self._chunks):
            self._cipher.encrypt_into(_nonce(number, _ORDINARY), plain, None, sealed)
        self._chunks += count


class StreamOpener:
    """Gives a payload back, never a byte that was not authenticated. The whole is, once it gave out nothing."""

    __slots__ = (
        "_ahead",
        "_batch",
        "_chunks",
        "_cipher",
        "_fault",
        "_is_at_end",
        "_places",
        "_plain",
        "_sealed",
        "_source",
    )

    def __init__(self, cipher: ChunkCipher, source: LookAheadSource) -> None:
        """Read from `source` to its end."""
        self._cipher = cipher
        self._source = source
        self._sealed = _page(_BATCH * _SEALED_CHUNK + 1)  # The byte beyond shows whether the batch is the last one.
        self._plain = memoryview(bytearray(_BATCH * CHUNK))
        self._places = _places(self._plain, self._sealed)
        self._ahead = 0
        self._chunks = 0
        self._fault: str | None = None
        self._is_at_end = False
        self._batch = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, fewer only at the end; all there are where `size` is negative.

        Raises PayloadError, before giving out less than was asked for.
        """
        parts: list[bytes] = []
        left = size
        while left and (self._batch or self._next_batch()):
            part = bytes(self._batch[:left] if left > 0 else self._batch)
            self._batch = self._batch[len(part) :]
            parts.append(part)
            left -= len(part) if left > 0 else 0
        return b"".join(parts)

    def write_to(self, target: ByteTarget) -> None:
        """Write all that is left to `target`; raises PayloadError after all that is authenticated."""
        while self._batch or self._next_batch():
            target.write(self._batch)
            self._batch = memoryview(b"")

    def _next_batch(self) -> bool:
        """Open the next bytes into the batch, which is valid until the next call; false at the end.

        Raises PayloadError where the payload is damaged, after giving out all that came before the fault.
        """
        opened = 0 if self._fault or self._is_at_end else self._open_batch()
        if self._fault and not opened:
            raise PayloadError(self._fault)
        self._batch = self._plain[:opened].toreadonly()
        return opened > 0

    def _open_batch(self) -> int:
        """Read a batch and open it; the number of bytes that are in order."""
        filled = self._ahead + self._source.fill(self._sealed[self._ahead :])
        self._is_at_end = filled < len(self._sealed)
        followed = _followed(filled, _SEALED_CHUNK)
        opened = 0
        for plain, sealed in self._places[:followed]:
            opened += self._open_chunk(sealed, plain, _ORDINARY)
            if self._fault:
                return opened
        if self._is_at_end:
            return opened + self._open_chunk(
                self._sealed[followed * _SEALED_CHUNK : filled], self._plain[followed * CHUNK :], _FINAL
            )
        self._sealed[0] = self._sealed[-1]
        self._ahead = 1
        return opened

    def _open_chunk(self, sealed: memoryview, place: memoryview, flag: int) -> int:
        """Open one chunk into its place; the number of bytes. Notes what is wrong with it, or with what follows it."""
        length = len(sealed) - TAG
        if length < 0 or (length == 0 and self._chunks):
            self._fault = "cut short" if length < 0 else "the last chunk is empty"
            return 0
        if self._opens(sealed, place[:length], flag):
            self._chunks += 1
            return length
        return self._open_misplaced(sealed, place[:length], flag)

    def _open_misplaced(self, sealed: memoryview, place: memoryview, flag: int) -> int:
        """A full chunk may be true and yet stand in the wrong place: last without its flag, or flagged but not last."""
        other = _ORDINARY if flag == _FINAL else _FINAL
        if len(place) < CHUNK or not self._opens(sealed, place, other):
            self._fault = "a chunk is damaged"
            return 0
        self._fault = "cut short" if flag == _FINAL else "bytes follow the last chunk"
        return len(place)

    def _opens(self, sealed: memoryview, place: memoryview, flag: int) -> bool:
        try:
            self._cipher.decrypt_into(_nonce(self._chunks, flag), sealed, None, place)
        except InvalidTag:
            return False
        return True


def _nonce(number: int, flag: int) -> bytes:
    return (number << 8 | flag).to_bytes(_NONCE_LENGTH, "big")


def _followed(filled: int, size: int) -> int:
    """How many whole chunks of `size` something follows. A full chunk can be the last; an empty one only if alone."""
    return max(filled - 1, 0) // size


def _page(size: int) -> memoryview:
    """A buffer that begins a page: on some processors it is read into four times as fast as a bytearray, which begins
    sixteen bytes later.
    """
    return memoryview(mmap.mmap(-1, size))


def _places(plain: memoryview, sealed: memoryview) -> tuple[tuple[memoryview, memoryview], ...]:
    """Where each whole chunk of a batch lies, plain and sealed."""
    return tuple(
        (
            plain[number * CHUNK : (number + 1) * CHUNK],
            sealed[number * _SEALED_CHUNK : (number + 1) * _SEALED_CHUNK],
        )
        for number in range(_BATCH)
    )
