"""A file on its way out: written under ``.part``, read back, and given its name only when everything else is done."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cloison.vault.errors import DiskError, DiskProblem
from cloison.vault.files import disk_errors, make_folders, open_new, sync_folder
from cloison_crypto.secrets import Buffer
from cloison_crypto.sources import ByteTarget

PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """A complete, verified file that still bears the name ``part``; ``sha256`` in hex."""

    part: Path
    path: Path
    sha256: str

    def publish(self) -> Path:
        """Give the file its name; raises ``DiskError``, and then nothing is left of it. An existing file is never
        replaced."""
        try:
            return self.give_name()
        except BaseException:
            self.discard()
            raise

    def give_name(self) -> Path:
        """The same, but what cannot have its name goes on bearing that of the part."""
        _refuse_existing(self.path)
        with disk_errors(self.path.name):
            self.part.rename(self.path)
            try:
                sync_folder(self.path.parent)
            except BaseException:
                self.take_name()
                raise
        return self.path

    def take_name(self) -> None:
        """Let the file be a part again, where it has its name already."""
        with suppress(OSError):
            if not self.part.exists():
                self.path.rename(self.part)

    def discard(self) -> None:
        """Remove it."""
        with suppress(OSError):
            self.part.unlink()


def write_part(path: Path, content: bytes) -> PartFile:
    """Write ``content`` beside ``path``, bring it to the disk, read it back and compare; raises ``DiskError``."""
    return write_part_with(path, lambda target: target.write(content))


def write_part_with(path: Path, give: Callable[[ByteTarget], object]) -> PartFile:
    """The same for what ``give`` writes piece by piece; what it raises is raised, and nothing stays."""
    _refuse_existing(path)
    part = path.with_name(path.name + PART)
    try:
        with disk_errors(path.name):
            make_folders(path.parent)
            part.unlink(missing_ok=True)
            with open_new(part) as opened:
                target = _Hashed(opened)
                give(target)
            # What a register says of the file may be on the disk before the file has its name: it is there by then.
            sync_folder(path.parent)
            is_whole = _from_the_medium(part) == target.sha256
        if not is_whole:
            raise DiskError(DiskProblem.FAILED, file=path.name)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return PartFile(part=part, path=path, sha256=target.sha256)


def _refuse_existing(path: Path) -> None:
    with disk_errors(path.name):
        is_there = path.exists()
    if is_there:
        raise DiskError(DiskProblem.EXISTS, file=path.name)


def _from_the_medium(path: Path) -> str:
    """SHA-256 of the file as the medium gives it back: the system lets go of its own copy first, where it can be asked.

    That copy is what was written, whatever became of it on the way.
    """
    with path.open("rb") as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Hashed:
    """A file that is written, and the digest of what it was given."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._digest = hashlib.sha256()

    def write(self, content: Buffer, /) -> None:
        self._digest.update(content)
        self._target.write(content)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()
