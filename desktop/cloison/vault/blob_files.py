"""A file attached to a note as bytes: on its way in from anywhere, and as it is kept.

Both are used from any thread: they know a key and a place in the vault's folder of blobs, and no connection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from cloison.vault.errors import DamagedError
from cloison.vault.files import NamedSource, disk_errors, open_new
from cloison_crypto.blobs import KEY_LENGTH, open_blob, seal_blob
from cloison_crypto.errors import SealedFileError
from cloison_crypto.secrets import Buffer, Randomness, SecretKey
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource

FOLDER: Final = "blobs"
MOST_SMALL: Final = 1024 * 1024
PART: Final = ".part"
_NAME_BYTES: Final = 16
_SLICE: Final = 16 * 1024 * 1024
_NAME: Final = re.compile(f"[0-9a-f]{{{2 * _NAME_BYTES}}}")

Step = Callable[[int], None]
"""Told how many bytes have passed; raises to break off."""


def watched_by_nobody(_: int) -> None:
    """Nobody waits for it."""


def is_blob_name(name: str) -> bool:
    """Whether it is one a blob can have. Whoever is read in can write any other into the tables: no file is removed on
    their word that is no blob."""
    return _NAME.fullmatch(name) is not None


class IncomingFile:
    """A file on its way in. ``size`` is known once it is filled; ``small`` are its bytes where it makes no blob.

    ``content`` is the random name that its blob will have.
    """

    def __init__(self, folder: Path, content: str, key: SecretKey) -> None:
        self.content = content
        self.key = key
        self.size = 0
        self.small: bytes | None = None
        self.part = folder / f"{content}{PART}"

    @classmethod
    def new(cls, folder: Path, *, randomness: Randomness) -> Self:
        """One that will lie in that folder of blobs; nothing is written yet."""
        return cls(folder, randomness(_NAME_BYTES).hex(), SecretKey.random(KEY_LENGTH, randomness))

    def fill(self, source: ByteSource, step: Step = watched_by_nobody, *, most_small: int = MOST_SMALL) -> None:
        """Take all that ``source`` gives; beyond ``most_small`` bytes it makes a blob, written as it comes.

        Raises ``DiskError`` for what is written; what reading raises is the source's.
        """
        ahead = LookAheadSource(source)
        head = ahead.peek(most_small + 1)
        if len(head) <= most_small:
            self.small, self.size = head, len(head)
            return
        del head
        with disk_errors(f"{FOLDER}/{self.content}"), open_new(self.part) as target:
            self.size = seal_into(target, self.key, ahead, step)

    def discard(self) -> None:
        """Forget the key, and remove what has not got its name."""
        self.key.wipe()
        with suppress(OSError):
            self.part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """The bytes of one attachment, to be read from any thread; ``file`` is its name in the vault where it is a blob."""

    content: str
    size: int
    file: str
    small: bytes | None = field(repr=False)
    path: Path
    key: SecretKey

    def write_to(self, target: ByteTarget, step: Step = watched_by_nobody) -> None:
        """Give all of it to ``target``: never a byte that was not authenticated, and all of them unless this raises.

        Raises ``DamagedError`` and ``DiskError`` for what is read; what writing raises is the target's.
        """
        if self.small is not None:
            target.write(self.small)
            return
        with self._opened() as source:
            try:
                counting = _CountingTarget(target, step)
                open_blob(source, self.key).write_to(counting)
            except SealedFileError as error:
                raise DamagedError(self.file) from error
        if counting.count != self.size:
            raise DamagedError(self.file)

    def verify(self) -> None:
        """Read it to its end; raises ``DamagedError`` and ``DiskError``."""
        for _ in self.verify_in_parts():
            pass

    def verify_in_parts(self) -> Iterator[None]:
        """The same in slices of a few hundredths of a second."""
        if self.small is not None:
            return
        count = 0
        with self._opened() as source:
            try:
                opener = open_blob(source, self.key)
                while piece := opener.read(_SLICE):
                    count += len(piece)
                    yield
            except SealedFileError as error:
                raise DamagedError(self.file) from error
        if count != self.size:
            raise DamagedError(self.file)

    def copied_to(self, folder: Path) -> KeptFile:
        """The same as it lies in a copy of the vault in ``folder``."""
        return replace(self, path=folder / self.file)

    def read(self) -> bytes:
        """All of it at once; raises ``DamagedError`` and ``DiskError``."""
        whole = bytearray()
        self.write_to(_Memory(whole))
        return bytes(whole)

    @contextmanager
    def _opened(self) -> Iterator[ByteSource]:
        with disk_errors(self.file):
            if not self.path.is_file():
                raise DamagedError(self.file)
            source = self.path.open("rb", buffering=0)
        with source:
            yield NamedSource(source, self.file)


def seal_into(target: ByteTarget, key: SecretKey, source: LookAheadSource, step: Step = watched_by_nobody) -> int:
    """Seal all that ``source`` gives as a blob; how many bytes that was."""
    counted = _Counted(source, step)
    sealer = seal_blob(target, key)
    sealer.write_from(LookAheadSource(counted))
    sealer.close()
    return counted.count


class _Counted:
    """A source that counts what was read."""

    def __init__(self, source: LookAheadSource, step: Step) -> None:
        self._source = source
        self._step = step
        self.count = 0

    def read(self, size: int, /) -> bytes:
        piece = self._source.read(size)
        self._count(len(piece))
        return piece

    def readinto(self, buffer: memoryview, /) -> int:
        count = self._source.fill(buffer)
        self._count(count)
        return count

    def _count(self, count: int) -> None:
        self.count += count
        self._step(self.count)


class _CountingTarget:
    """A target that counts what it was given."""

    def __init__(self, target: ByteTarget, step: Step) -> None:
        self._target = target
        self._step = step
        self.count = 0

    def write(self, content: Buffer, /) -> None:
        self._target.write(content)
        self.count += len(content)
        self._step(self.count)


class _Memory:
    """Takes everything into one buffer."""

    def __init__(self, whole: bytearray) -> None:
        self._whole = whole

    def write(self, content: Buffer, /) -> None:
        self._whole += content
