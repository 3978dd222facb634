"""Backing a vault up, and making a vault of a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.keystore.devices import Keyring
from cloison.settings.values import Settings
from cloison.vault.backup import Step, back_up
from cloison.vault.backup_list import Backup
from cloison.vault.founding import empty_folder
from cloison.vault.restoring import restore_backup
from cloison.vault.ways import Secret
from cloison_crypto.secrets import Clock, Randomness


def make_backup(session: Session, destination: Path, *, step: Step) -> tuple[Path, Backup]:
    """A backup of the whole vault in ``destination``; the oldest beyond what the settings keep goes.

    Raises ``BackupInsideVaultError``, ``DamagedError`` and ``DiskError``: nothing is left of it then.
    """
    return back_up(session.vault, destination, at=session.now(), keep=session.settings.backups_kept, step=step)


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
