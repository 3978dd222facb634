"""A file on its way out: written under ``.part``, read back, and given its name only when everything else is done."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cloison.vault.errors import DiskError, DiskProblem
from cloison.vault.files import disk_errors, sync_folder, write_new

PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """A complete, verified file that still bears the name ``part``; ``sha256`` in hex."""

    part: Path
    path: Path
    sha256: str

    def publish(self) -> Path:
        """Give the file its name; raises ``DiskError``, and then it bears none. An existing file is never replaced."""
        _refuse_existing(self.path)
        with disk_errors(self.path.name):
            self.part.rename(self.path)
            try:
                sync_folder(self.path.parent)
            except BaseException:
                self.path.unlink(missing_ok=True)
                raise
        return self.path

    def discard(self) -> None:
        """Remove it."""
        with suppress(OSError):
            self.part.unlink()


def write_part(path: Path, content: bytes) -> PartFile:
    """Write ``content`` beside ``path``, bring it to the disk, read it back and compare; raises ``DiskError``."""
    _refuse_existing(path)
    part = path.with_name(path.name + PART)
    written = PartFile(part=part, path=path, sha256=hashlib.sha256(content).hexdigest())
    try:
        with disk_errors(path.name):
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            write_new(part, content)
            is_whole = _from_the_medium(part) == content
    except BaseException:
        written.discard()
        raise
    if not is_whole:
        written.discard()
        raise DiskError(DiskProblem.FAILED, file=path.name)
    return written


def _refuse_existing(path: Path) -> None:
    with disk_errors(path.name):
        is_there = path.exists()
    if is_there:
        raise DiskError(DiskProblem.EXISTS, file=path.name)


def _from_the_medium(path: Path) -> bytes:
    """The file as the medium gives it back: the system lets go of its own copy of it first, where it can be asked to.

    That copy is what was written, whatever became of it on the way.
    """
    with path.open("rb") as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
