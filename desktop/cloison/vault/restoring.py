"""Restoring a backup into a new folder, as a vault with a new life.

Packages count their serials within a life: the restored vault would otherwise give numbers a second time that it gave
after the backup, and every reader would take its packages for forgeries. Nothing of the vault the backup is of is
touched. The header is written last: until then the folder is no vault. Its generation follows the last one that the
keyring of this machine has seen, where a way in leads over it: an older one would be taken for a header put back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.keystore.devices import Keyring
from cloison.vault.backup import Step, copy_file
from cloison.vault.backup_list import FILE_NAME, Backup, digest_of, read_backup
from cloison.vault.enrolment import UID_BYTES
from cloison.vault.errors import DamagedError
from cloison.vault.files import disk_errors, make_folder, sync_folder
from cloison.vault.founding import empty_folder, take_folder
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import Header, read_header, write_header
from cloison.vault.keyring_memory import latest_generation
from cloison.vault.keys import HEADER_PURPOSE, is_same, keyed_mark
from cloison.vault.unlocking import member_of, unlock
from cloison.vault.ways import Secret
from cloison_crypto.secrets import Randomness, SecretKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A backup as it lies there, before a secret says who wrote its list: ``damaged`` names what does not agree."""

    backup: Backup
    members: tuple[str, ...]
    damaged: tuple[str, ...]


def inspect_backup(folder: Path) -> Inspection:
    """Read every file of a backup against its list; raises ``NotABackupError`` and ``DamagedError``."""
    backup = read_backup(folder)
    damaged = tuple(one.name for one in backup.files if not _is_as_listed(folder / one.name, one.sha256))
    if HEADER in damaged or HEADER not in {one.name for one in backup.files}:
        raise DamagedError(HEADER)
    members = tuple(member.alias for member in read_header(folder).members)
    return Inspection(backup=backup, members=members, damaged=damaged)


def restore_backup(
    folder: Path,
    target: Path,
    *,
    alias: str | None,
    secret: Secret,
    keyring: Callable[[], Keyring] | None = None,
    step: Step,
    randomness: Randomness,
) -> Backup:
    """Make a vault in ``target``, a new or empty folder, of the backup in ``folder``. ``keyring`` is asked only where
    a member has a way in over one.

    Raises ``NotABackupError``, ``UnknownIdError`` (no such member), ``WrongPassphraseError``, ``FolderNotEmptyError``,
    ``DiskError``, and ``DamagedError`` naming the first file that is not as listed: nothing is left of the new folder.
    """
    backup = read_backup(folder)
    header = read_header(folder)
    unlocked = unlock(header, member_of(header, alias), secret)
    try:
        with unlocked.shared.derived(HEADER_PURPOSE) as mac_key:
            _check_list(backup, header, mac_key)
            generation = latest_generation(header, keyring) + 1
            anew = replace(header, life=randomness(UID_BYTES).hex(), generation=generation).sealed(mac_key)
            _fill(folder, target, backup, anew, step=step, randomness=randomness)
    finally:
        unlocked.wipe()
    return backup


def _check_list(backup: Backup, header: Header, mac_key: SecretKey) -> None:
    if backup.vault_id != header.vault_id or not is_same(backup.mac, keyed_mark(mac_key, backup.body())):
        raise DamagedError(FILE_NAME)


def _fill(
    folder: Path,
    target: Path,
    backup: Backup,
    header: Header,
    *,
    step: Step,
    randomness: Randomness,
) -> None:
    lock = take_folder(target)
    try:
        done = 0
        for one in backup.files:
            if one.name != HEADER:
                _copy(folder / one.name, target / one.name, one.sha256)
            done += one.size
            step(done, backup.size)
        with disk_errors(target.name):
            for inside in (one for one in target.iterdir() if one.is_dir()):
                sync_folder(inside)
        write_header(target, header, randomness=randomness)
    except BaseException:
        empty_folder(target)
        raise
    finally:
        lock.release()


def _copy(source: Path, target: Path, sha256: str) -> None:
    make_folder(target.parent)
    with disk_errors(source.name):
        _, found = copy_file(source, target, lambda _: None)
    if found != sha256:
        raise DamagedError(source.name)


def _is_as_listed(path: Path, sha256: str) -> bool:
    try:
        return digest_of(path) == sha256
    except OSError:
        return False
