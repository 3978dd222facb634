"""Files and folders of a vault: made for their owner alone, replaced in one step, on the disk before we go on."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from cloison.vault.errors import DiskError, DiskProblem
from cloison_crypto.secrets import Randomness

if sys.platform == "darwin":
    import fcntl

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_PART = ".part"
_PROBLEMS = {
    errno.ENOSPC: DiskProblem.FULL,
    errno.EDQUOT: DiskProblem.FULL,
    errno.EROFS: DiskProblem.READ_ONLY,
    errno.EACCES: DiskProblem.NOT_ALLOWED,
    errno.EPERM: DiskProblem.NOT_ALLOWED,
    errno.EEXIST: DiskProblem.EXISTS,
    errno.ENOENT: DiskProblem.MISSING,
}


@contextmanager
def disk_errors(file: str) -> Iterator[None]:
    """Turn the system's errors on ``file`` into ``DiskError``."""
    try:
        yield
    except OSError as error:
        raise DiskError(problem_of(error), file=file) from error


def problem_of(error: OSError) -> DiskProblem:
    """What an error of the system means for a file."""
    return _PROBLEMS.get(error.errno or 0, DiskProblem.FAILED)


def make_folder(path: Path) -> None:
    """Make a folder that nobody else may enter; one that is there already is kept."""
    with disk_errors(path.name), suppress(FileExistsError):
        path.mkdir(FOLDER_MODE)
        sync_folder(path.parent)


def make_folders(path: Path) -> None:
    """Make a folder outside the vault and those it lies in, as anybody's are, each on the disk; raises ``OSError``."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for folder in reversed(missing):
        with suppress(FileExistsError):
            folder.mkdir()
        sync_folder(folder.parent)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def make_empty_file(path: Path) -> None:
    """Make a file of no length that nobody else may read; raises ``DiskError`` where one is there already."""
    with disk_errors(path.name):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
        sync_folder(path.parent)


def replace_file(path: Path, content: bytes, *, randomness: Randomness) -> None:
    """Put ``content`` in place of the file in one step: after a crash the old or the new one is there, whole."""
    part = path.with_name(f"{path.name}.{randomness(8).hex()}{_PART}")
    with disk_errors(path.name):
        try:
            write_new(part, content)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        sync_folder(path.parent)


def sweep_parts(folder: Path) -> None:
    """Remove what was being written when a session was cut off; one process at a time has the vault."""
    for part in folder.glob(f"*{_PART}"):
        with suppress(OSError):
            part.unlink()


def remove_database(path: Path) -> None:
    """Remove a database file and its log, as far as the system allows; what stays is swept another time.

    What is gone is gone from the disk as well, before anybody forgets that it was to go.
    """
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()
    with suppress(OSError):
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Bring the folder's own entries to the disk. Windows cannot open a folder, and needs no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        _sync(descriptor)
    finally:
        os.close(descriptor)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, for its owner alone, and bring it to the disk; raises ``OSError``."""
    write_pieces(path, (content,))


def write_whole(path: Path, content: bytes) -> None:
    """The same under its name on the disk; raises ``DiskError``, and where it could not be finished nothing is left."""
    with disk_errors(path.name):
        try:
            write_new(path, content)
            sync_folder(path.parent)
        except FileExistsError:
            raise
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for what comes piece by piece; what cannot be finished is left for the caller to remove."""
    with open_new(path) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def open_new(path: Path) -> Iterator[BinaryIO]:
    """A file that is not there yet, for its owner alone, to be written; at the end of the block it is on the disk."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        _sync(descriptor)


class NamedSource:
    """A source whose faults are told under its own name: those of what is written have another."""

    def __init__(self, source: RawIOBase | BinaryIO, name: str) -> None:
        self._source = source
        self._name = name

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; raises ``DiskError``."""
        with disk_errors(self._name):
            return self._source.read(size) or b""

    def readinto(self, buffer: memoryview, /) -> int:
        """Read into ``buffer``; the number of bytes, 0 at the end. Raises ``DiskError``."""
        with disk_errors(self._name):
            # Every binary file of the library has it, though the type of streams does not say so.
            count: int = self._source.readinto(buffer) or 0  # type: ignore[union-attr]
        return count


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        # macOS alone: its fsync leaves what was written in the drive.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)
