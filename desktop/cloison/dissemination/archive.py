"""The tar stream inside a package: POSIX ustar (IEEE Std 1003.1), written and read in one pass, one spelling only.

Each header block is a function of the entry's name and size alone (mode 0600, ids and time zero, no owner). Reading
rebuilds the block that must come next and compares all 512 bytes, so that no other tar feature is ever interpreted: no
links, no long names, no devices, no paths.
"""

from __future__ import annotations

import hashlib
import hmac
import tarfile
from collections.abc import Callable
from typing import Protocol

from cloison.dissemination.errors import ForgedPackageError
from cloison_crypto.secrets import Buffer

BLOCK = 512
_END = bytes(2 * BLOCK)
_SIZE_FIELD = slice(124, 136)  # IEEE Std 1003.1, "ustar Header Block"


class Source(Protocol):
    """Something that gives authenticated bytes."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; fewer only at the end."""
        ...


class Sink(Protocol):
    """Something that takes bytes."""

    def write(self, content: Buffer, /) -> object:
        """Take all of ``content``."""
        ...


def header_block(name: str, size: int) -> bytes:
    """The 512 bytes in front of an entry of that name and size."""
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry.tobuf(tarfile.USTAR_FORMAT)


class ArchiveWriter:
    """Writes entries one after the other, then the two zero blocks."""

    def __init__(self, sink: Sink) -> None:
        """Write to ``sink``."""
        self._sink = sink

    def add(self, name: str, content: bytes) -> None:
        """One entry."""
        self.add_from(name, len(content), lambda sink: sink.write(content))

    def add_from(self, name: str, size: int, give: Callable[[Sink], object]) -> None:
        """One entry of ``size`` bytes, which ``give`` writes."""
        self._sink.write(header_block(name, size))
        give(self._sink)
        self._sink.write(_padding(size))

    def finish(self) -> None:
        """The end of the archive."""
        self._sink.write(_END)


class ArchiveReader:
    """Reads entries whose names are known beforehand; anything else is a forgery (``ForgedPackageError``)."""

    def __init__(self, source: Source) -> None:
        """Read from ``source``."""
        self._source = source

    def take(self, name: str, size: int) -> bytes:
        """The next entry, which must bear exactly this name and size."""
        self._expect(header_block(name, size))
        return self._content(size)

    def take_into(self, name: str, size: int, take: Callable[[Source], object]) -> None:
        """The next entry, as ``take`` does, but given to ``take`` as it comes, which must take all of it."""
        self._expect(header_block(name, size))
        entry = _Entry(self._source, size)
        take(entry)
        if entry.left:
            raise ForgedPackageError
        self._expect(_padding(size))

    def take_up_to(self, name: str, limit: int) -> bytes:
        """The next entry, which must bear this name and be at most ``limit`` bytes long."""
        block = _exactly(self._source, BLOCK)
        field = block[_SIZE_FIELD]
        if not (field[:11].isdigit() and field[11:] == b"\0"):
            raise ForgedPackageError
        try:
            size = int(field[:11], 8)
        except ValueError as error:
            raise ForgedPackageError from error
        if size > limit or block != header_block(name, size):
            raise ForgedPackageError
        return self._content(size)

    def finish(self) -> None:
        """Insist on the two zero blocks and nothing after them."""
        self._expect(_END)
        if self._source.read(1):
            raise ForgedPackageError

    def _content(self, size: int) -> bytes:
        content = _exactly(self._source, size)
        self._expect(_padding(size))
        return content

    def _expect(self, wanted: bytes) -> None:
        if not hmac.compare_digest(_exactly(self._source, len(wanted)), wanted):
            raise ForgedPackageError


class _Entry:
    """The content of one entry as a source; it ends with the entry, and the archive may not end before."""

    def __init__(self, source: Source, size: int) -> None:
        self._source = source
        self.left = size

    def read(self, size: int, /) -> bytes:
        piece = self._source.read(min(size, self.left))
        if self.left and size and not piece:
            raise ForgedPackageError
        self.left -= len(piece)
        return piece


class HashedSource:
    """A source that works out the digest of what it gave."""

    def __init__(self, source: Source) -> None:
        """Read from ``source``."""
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes."""
        piece = self._source.read(size)
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        """The digest so far, in hex."""
        return self._digest.hexdigest()


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _exactly(source: Source, size: int) -> bytes:
    pieces: list[bytes] = []
    missing = size
    while missing:
        piece = source.read(min(missing, 1 << 20))
        if not piece:
            raise ForgedPackageError
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
