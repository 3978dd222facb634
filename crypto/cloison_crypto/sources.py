"""Where bytes come from and go to: any binary file will do, seeking is never needed."""

from collections.abc import Callable
from typing import Protocol

from cloison_crypto.secrets import Buffer

_BLOCK = 64 * 1024


class ByteSource(Protocol):
    """What can be read from: a binary file, an ArmorReader."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class ByteTarget(Protocol):
    """What can be written to; it takes all the bytes it is given, as a buffered binary file does."""

    def write(self, content: Buffer, /) -> object:
        """Take every byte."""
        ...


class LookAheadSource:
    """Reads by lines first and in bulk afterwards, without losing the bytes in between."""

    __slots__ = ("_ahead", "_readinto", "_source")

    def __init__(self, source: ByteSource) -> None:
        """Wrap `source`, which must not be read elsewhere any more."""
        self._source = source
        self._readinto: Callable[[memoryview], int | None] | None = getattr(source, "readinto", None)
        self._ahead = bytearray()

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, still to be read."""
        while len(self._ahead) < size and self._extend():
            pass
        return bytes(self._ahead[:size])

    def line(self, limit: int) -> bytes:
        """Up to and including the next line feed; less at the end of the source or where `limit` is reached."""
        end = self._ahead.find(b"\n")
        while end < 0 and len(self._ahead) < limit:
            searched = len(self._ahead)
            if not self._extend():
                break
            end = self._ahead.find(b"\n", searched)
        size = min(limit, end + 1 if end >= 0 else len(self._ahead))
        return self._cut(size)

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        return self._cut(size) if self._ahead else self._source.read(size)

    def fill(self, buffer: memoryview) -> int:
        """Read into `buffer` until it is full or the source at its end; the number of bytes read."""
        filled = min(len(self._ahead), len(buffer))
        if filled:
            buffer[:filled] = self._cut(filled)
        while filled < len(buffer) and (count := self._read_into(buffer[filled:])):
            filled += count
        return filled

    def _read_into(self, buffer: memoryview) -> int:
        if self._readinto is not None:
            return self._readinto(buffer) or 0
        content = self._source.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def _extend(self) -> bool:
        block = self._source.read(_BLOCK)
        self._ahead += block
        return bool(block)

    def _cut(self, size: int) -> bytes:
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        return taken
