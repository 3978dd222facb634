"""Backing a vault up, and making a vault of a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.keystore.devices import Keyring
from cloison.settings.values import Settings
from cloison.vault.backup import BackupRun, Step, back_up, backups_in
from cloison.vault.backup_list import FILE_NAME, Backup, read_backup
from cloison.vault.errors import VaultError
from cloison.vault.founding import empty_folder
from cloison.vault.restoring import restore_backup
from cloison.vault.ways import Secret
from cloison_crypto.secrets import Clock, Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackup:
    """A backup where it lies; what it says of itself is unverified, and None where that cannot be read."""

    path: Path
    backup: Backup | None


def make_backup(session: Session, destination: Path, *, step: Step) -> tuple[Path, Backup]:
    """A backup of the whole vault in ``destination``; the oldest beyond what the settings keep goes.

    Raises ``BackupInsideVaultError``, ``DamagedError`` and ``DiskError``: nothing is left of it then.
    """
    return back_up(session.vault, destination, at=session.now(), keep=session.settings.backups_kept, step=step)


def begin_backup(session: Session, destination: Path) -> BackupRun:
    """A backup about to be made: ``copy`` from any thread, the rest from that of the vault; then ``end``, always.

    Raises ``BackupInsideVaultError`` and ``DiskError``.
    """
    return BackupRun(session.vault, destination, at=session.now())


def finish_backup(session: Session, run: BackupRun) -> tuple[Path, Backup]:
    """Look the copies through and let the oldest backups go; raises ``DamagedError`` and ``DiskError``."""
    return run.finish(keep=session.settings.backups_kept)


def list_backups(folder: Path, vault_id: str) -> tuple[KeptBackup, ...]:
    """The backups of that vault in a folder, the newest first, by what they say of themselves; raises ``DiskError``."""
    return tuple(map(_kept, backups_in(folder, vault_id)))


def find_backups(folder: Path) -> tuple[KeptBackup, ...]:
    """The folder itself where it is a backup, else those of any vault in it, the newest first; raises ``DiskError``."""
    if (folder / FILE_NAME).is_file():
        return (_kept(folder),)
    return tuple(map(_kept, backups_in(folder, None)))


def _kept(path: Path) -> KeptBackup:
    try:
        return KeptBackup(path=path, backup=read_backup(path))
    except VaultError:
        return KeptBackup(path=path, backup=None)


def restore(
    folder: Path,
    target: Path,
    *,
    alias: str | None,
    secret: Secret,
    keyring: Callable[[], Keyring] | None = None,
    settings: Settings,
    step: Step,
    clock: Clock,
    randomness: Randomness,
) -> tuple[Session, Backup]:
    """The vault of a backup in a new or empty folder, open; raises ``VaultError``, and nothing is left there then."""
    backup = restore_backup(
        folder, target, alias=alias, secret=secret, keyring=keyring, step=step, randomness=randomness
    )
    try:
        session = unlock(target, alias=alias, secret=secret, settings=settings, clock=clock, randomness=randomness)
    except BaseException:
        empty_folder(target)
        raise
    return session, backup
