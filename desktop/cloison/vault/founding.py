"""Making a vault: folders, ``shared.db``, and last the header, without which the folder is no vault."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.compartment import FOLDER as COMPARTMENTS
from cloison.vault.database import KEY_LENGTH
from cloison.vault.enrolment import UID_BYTES, enrol
from cloison.vault.errors import FolderNotEmptyError
from cloison.vault.files import disk_errors, make_folder
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import Header, write_header
from cloison.vault.keys import HEADER_PURPOSE
from cloison.vault.ledger import Ledger
from cloison.vault.lock import FILE_NAME as LOCK
from cloison.vault.lock import FolderLock
from cloison.vault.member_box import MemberSecrets
from cloison.vault.names import check_name
from cloison.vault.shared_file import create_shared
from cloison.vault.unlocking import Unlocked
from cloison.vault.vault import INBOX, Vault
from cloison.vault.wraps import Grant, Subject
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Clock, Randomness, SecretKey
from cloison_crypto.slots import Argon2Cost

FIRST_GENERATION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedVault:
    """A new vault, open, and the recovery code its member must write down now."""

    vault: Vault
    recovery_code: str = field(repr=False)


def create_vault(
    path: Path,
    *,
    alias: str,
    passphrase: bytearray,
    policy_id: str,
    cost: Argon2Cost,
    clock: Clock,
    randomness: Randomness,
) -> CreatedVault:
    """Make a vault in a new or empty folder, with one member, who is entitled to read others in.

    The caller wipes ``passphrase``. Raises ``FolderNotEmptyError``, ``UnusableNameError`` and ``DiskError``.
    """
    check_name(alias)
    lock = take_folder(path)
    try:
        header, code, unlocked = _new_header(alias, passphrase, cost=cost, randomness=randomness)
        create_shared(path, unlocked.shared, policy_id=policy_id, generation=FIRST_GENERATION, now=clock()).close()
        write_header(path, header, randomness=randomness)
        (member,) = header.members
        vault = Vault(path, header, member, unlocked, lock=lock, clock=clock, randomness=randomness)
    except BaseException:
        # Nobody has seen the recovery code: what there is of the vault is worth nothing, and is in the way.
        empty_folder(path)
        lock.release()
        raise
    return CreatedVault(vault=vault, recovery_code=code)


def _new_header(
    alias: str, passphrase: bytearray, *, cost: Argon2Cost, randomness: Randomness
) -> tuple[Header, str, Unlocked]:
    vault_id = _uid(randomness)
    grant = Grant(
        vault_id=vault_id,
        subject=Subject.SHARED,
        id=vault_id,
        file=vault_id,
        epoch=1,
        key=SecretKey.random(KEY_LENGTH, randomness),
    )
    identity = Identity.generate(randomness)
    enrolled = enrol(
        identity,
        alias=alias,
        passphrase=passphrase,
        cost=cost,
        shared=grant,
        signer=identity,
        ledger=Ledger(),
        randomness=randomness,
    )
    unlocked = Unlocked(
        secrets=MemberSecrets(seeds=(identity.seeds(),)),
        identities=(identity,),
        ledger=Ledger().holding(grant),
        shared=grant,
    )
    header = Header(vault_id=vault_id, life=_uid(randomness), generation=FIRST_GENERATION, members=(enrolled.entry,))
    with grant.derived(HEADER_PURPOSE) as mac_key:
        return header.sealed(mac_key), enrolled.recovery_code, unlocked


def take_folder(path: Path) -> FolderLock:
    """Make the folder and lock it; raises ``FolderNotEmptyError`` where anything is in it."""
    if path.exists():
        with disk_errors(path.name):
            if not path.is_dir() or any(path.iterdir()):
                raise FolderNotEmptyError
    make_folder(path)
    lock = FolderLock(path / LOCK)
    if (path / HEADER).exists():  # made by another process in the meantime
        lock.release()
        raise FolderNotEmptyError
    for name in (COMPARTMENTS, BLOBS, INBOX):
        make_folder(path / name)
    return lock


def empty_folder(path: Path) -> None:
    """Remove what there is of a vault that was never finished."""
    for found in path.iterdir():
        with suppress(OSError):
            if found.is_dir():
                shutil.rmtree(found)
            else:
                found.unlink()


def _uid(randomness: Randomness) -> str:
    return randomness(UID_BYTES).hex()
