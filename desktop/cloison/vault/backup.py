"""Backups (``cloison/backup/v1``): a folder outside the vault that holds every file of it as it stood at one moment.

While one is made, files hold still: each log is brought in first and then left alone, so that what people go on
writing lies in the logs, and any thread may copy the files. That gives what SQLite's own backup gives, byte for byte
and without a second connection. Each copy is read back and compared; those of open files, and the blobs these know, are
then opened and looked through, the others are marked as not yet opened, since nobody here has their keys at hand.

The folder is written under ``.part`` and renamed last. Of the backups of one vault beside each other the newest stay.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from cloison.vault.backup_list import FILE_NAME, Backup, BackupFile, Seen, digest_of, is_listed
from cloison.vault.errors import BackupInsideVaultError, DamagedError, DiskError, DiskProblem
from cloison.vault.files import disk_errors, make_folder, make_folders, sync_folder, write_new, write_pieces
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.vault import Vault

EXTENSION: Final = ".backup"
_PART: Final = ".part"
_PIECE: Final = 1024 * 1024

Step = Callable[[int, int], None]
"""Told how many bytes were copied, and of how many; raises to break off."""


class BackupRun:
    """One backup being made: ``copy`` from any thread, the rest from the thread of the vault; then ``end``, always."""

    def __init__(self, vault: Vault, destination: Path, *, at: datetime) -> None:
        """Make the files hold still; raises ``BackupInsideVaultError``, ``DiskError``, ``DamagedError``."""
        if destination.resolve().is_relative_to(vault.folder.resolve()):
            raise BackupInsideVaultError
        self._vault = vault
        self._destination = destination
        self._at = at.replace(microsecond=0)
        self._name = f"{vault.id[:12]}-{self._at:%Y%m%dT%H%M%SZ}{EXTENSION}"
        self._part = destination / f"{self._name}{_PART}"
        self._copies: list[BackupFile] = []
        self._held = vault.hold_still()
        self._blobs = {blob.file: blob for blob in vault.blobs()}
        try:
            with disk_errors(destination.name):
                make_folders(destination)
                _sweep(destination, vault.id)
            if (destination / self._name).exists():
                raise DiskError(DiskProblem.EXISTS, file=self._name)
            make_folder(self._part)
            self._names = tuple(_names(vault.folder, self._held))
            for missing in self._blobs.keys() - set(self._names):
                raise DamagedError(missing)
        except BaseException:
            self.end()
            raise

    def copy(self, step: Step) -> None:
        """Copy every file and read it back; raises ``DamagedError`` and ``DiskError``."""
        sources = [(name, self._vault.folder / name) for name in self._names]
        with disk_errors(self._name):
            total, done = sum(path.stat().st_size for _, path in sources), 0
        for name, path in sources:
            target = self._part / name
            make_folder(target.parent)
            with disk_errors(name):
                size, digest = copy_file(path, target, partial(_step_from, step, done, total))
            done += size
            if name in self._blobs:
                self._blobs[name].copied_to(self._part).verify()
            is_seen = name == HEADER or name in self._held or name in self._blobs
            seen = Seen.VERIFIED if is_seen else Seen.UNOPENED
            self._copies.append(BackupFile(name=name, size=size, sha256=digest, seen=seen))

    def finish(self, *, keep: int) -> tuple[Path, Backup]:
        """Look into the copies of open files, write the list, give the folder its name, let the oldest go beyond
        ``keep``; raises ``DamagedError`` and ``DiskError``."""
        self._vault.verify_copies(self._part)
        # A copy that was opened says no more that it is in use: it is another file by a few bytes.
        files = tuple(_measured(self._part, one) if one.name in self._held else one for one in self._copies)
        backup = Backup(vault_id=self._vault.id, life=self._vault.life, at=self._at, files=files)
        backup = replace(backup, mac=self._vault.mark(backup.body()))
        path = self._destination / self._name
        with disk_errors(self._name):
            write_new(self._part / FILE_NAME, backup.to_bytes())
            for folder in (*(one for one in self._part.iterdir() if one.is_dir()), self._part):
                sync_folder(folder)
            self._part.rename(path)
            sync_folder(self._destination)
        self._vault.tell_backup(self._at)
        for old in backups_in(self._destination, self._vault.id)[keep:]:
            shutil.rmtree(old, ignore_errors=True)
        return path, backup

    def end(self) -> None:
        """Let the files go on; what was not finished is removed. Harmless a second time."""
        self._vault.move_again()
        shutil.rmtree(self._part, ignore_errors=True)


def back_up(vault: Vault, destination: Path, *, at: datetime, keep: int, step: Step) -> tuple[Path, Backup]:
    """A backup of the vault in ``destination``, which is made where it is not there, and where it lies."""
    run = BackupRun(vault, destination, at=at)
    try:
        run.copy(step)
        return run.finish(keep=keep)
    finally:
        run.end()


def backups_in(folder: Path, vault_id: str | None) -> tuple[Path, ...]:
    """The finished backups of that vault, or of every one, the newest first."""
    whose = "*" if vault_id is None else vault_id[:12]
    with disk_errors(folder.name):
        found = folder.glob(f"{whose}-*{EXTENSION}")
        return tuple(sorted(found, key=lambda path: path.name.partition("-")[2], reverse=True))


def copy_file(source: Path, target: Path, step: Callable[[int], None]) -> tuple[int, str]:
    """Copy a file to one that is not there yet, bring it to the disk, read it back; its size and SHA-256 in hex.

    Raises ``OSError``, and ``DiskError`` where the copy is not what was written.
    """
    digest, count = hashlib.sha256(), 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        with source.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                count += len(piece)
                step(count)
                yield piece

    write_pieces(target, pieces())
    if digest_of(target) != digest.hexdigest():
        raise DiskError(DiskProblem.FAILED, file=target.name)
    return count, digest.hexdigest()


def _step_from(step: Step, done: int, total: int, count: int) -> None:
    step(done + count, total)


def _measured(folder: Path, one: BackupFile) -> BackupFile:
    path = folder / one.name
    with disk_errors(one.name):
        return replace(one, size=path.stat().st_size, sha256=digest_of(path))


def _names(folder: Path, held: frozenset[str]) -> Iterator[str]:
    """Every file of the vault but the log of one that holds still, which is what people write meanwhile.

    What else lies in the folder stays there: a list that names it is none of a vault, and nobody could restore it. What
    a link leads to is another's file, whoever put the link there.
    """
    with disk_errors(folder.name):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            is_one = path.is_file() and not path.is_symlink() and is_listed(name)
            if is_one and name.removesuffix("-wal") not in held - {name}:
                yield name


def _sweep(destination: Path, vault_id: str) -> None:
    for part in destination.glob(f"{vault_id[:12]}-*{EXTENSION}{_PART}"):
        with suppress(OSError):
            shutil.rmtree(part)
