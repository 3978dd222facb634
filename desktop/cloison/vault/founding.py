"""Making a vault: folders, ``shared.db``, and last the header, without which the folder is no vault."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.compartment import FOLDER as COMPARTMENTS
from cloison.vault.database import KEY_LENGTH
from cloison.vault.errors import FolderNotEmptyError
from cloison.vault.files import disk_errors, make_folder
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import Header, HeaderMember, write_header
from cloison.vault.lock import FILE_NAME as LOCK
from cloison.vault.lock import FolderLock
from cloison.vault.member_box import MAC_KEY_LENGTH, MemberSecrets
from cloison.vault.names import check_name
from cloison.vault.shared_file import create_shared
from cloison.vault.unlocking import NewLock, PassphraseSecret, RecoverySecret, locked_anew, new_slot_id
from cloison.vault.vault import INBOX, Vault
from cloison.vault.wraps import Grant, Subject, seal_wrap
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Clock, Randomness, SecretKey
from cloison_crypto.slots import Argon2Cost, new_recovery_code

FIRST_GENERATION = 1
UID_BYTES = 16


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
        secrets = _new_secrets(randomness)
        member, shared_grant = _new_member(secrets, alias, randomness)
        code = new_recovery_code(randomness)
        locks = _first_locks(passphrase, code, cost=cost, randomness=randomness)
        locked = locked_anew(member, secrets, locks, vault_id=shared_grant.vault_id, randomness=randomness)
        header = Header(
            vault_id=shared_grant.vault_id,
            life=_uid(randomness),
            generation=FIRST_GENERATION,
            members=(locked,),
        ).sealed(secrets.mac_key)
        with shared_grant.key:
            create_shared(path, shared_grant, policy_id=policy_id, generation=FIRST_GENERATION, now=clock()).close()
        write_header(path, header, randomness=randomness)
        vault = Vault(path, header, locked, secrets, lock=lock, clock=clock, randomness=randomness)
    except BaseException:
        # Nobody has seen the recovery code: what there is of the vault is worth nothing, and is in the way.
        empty_folder(path)
        lock.release()
        raise
    return CreatedVault(vault=vault, recovery_code=code)


def _first_locks(passphrase: bytearray, code: str, *, cost: Argon2Cost, randomness: Randomness) -> tuple[NewLock, ...]:
    by_passphrase = PassphraseSecret(passphrase=passphrase)
    return (
        NewLock(slot_id=new_slot_id(randomness), secret=by_passphrase, cost=cost),
        NewLock(slot_id=new_slot_id(randomness), secret=RecoverySecret(code=code)),
    )


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


def _new_secrets(randomness: Randomness) -> MemberSecrets:
    identity = Identity.generate(randomness)
    secrets = MemberSecrets(
        mac_key=SecretKey.random(MAC_KEY_LENGTH, randomness),
        seeds=(identity.seeds(),),
        entitled=(identity.public,),
    )
    identity.wipe()
    return secrets


def _new_member(secrets: MemberSecrets, alias: str, randomness: Randomness) -> tuple[HeaderMember, Grant]:
    """The first member, not locked yet, and the grant of ``shared.db`` wrapped in it."""
    vault_id = _uid(randomness)
    grant = Grant(
        vault_id=vault_id,
        subject=Subject.SHARED,
        id=vault_id,
        file=vault_id,
        epoch=1,
        key=SecretKey.random(KEY_LENGTH, randomness),
    )
    identity = Identity.from_seeds(secrets.seeds[0])
    wrap = seal_wrap(grant, identity.public, signer=identity, randomness=randomness)
    identity.wipe()
    return HeaderMember(id=_uid(randomness), alias=alias, slots=(), box=b"", shared_wrap=wrap), grant


def _uid(randomness: Randomness) -> str:
    return randomness(UID_BYTES).hex()
