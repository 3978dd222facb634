"""Opening a vault with one member's secret."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.errors import NotAVaultError
from cloison.vault.files import sweep_parts
from cloison.vault.header import FILE_NAME as HEADER
from cloison.vault.header import read_header
from cloison.vault.lock import FILE_NAME as LOCK
from cloison.vault.lock import FolderLock
from cloison.vault.unlocking import Secret, member_of, unlock
from cloison.vault.vault import Vault
from cloison_crypto.secrets import Clock, Randomness


def open_vault(path: Path, *, alias: str | None, secret: Secret, clock: Clock, randomness: Randomness) -> Vault:
    """Open a vault as the member of that alias or id; None does where there is only one.

    Raises ``NotAVaultError``, ``VaultBusyError``, ``UnknownIdError`` (no such member), ``AliasOfSeveralError``,
    ``WrongPassphraseError``, ``NewerFormatError``, ``DamagedError``, ``WrapRefusedError``, ``DiskError``. What is found
    wrong without keeping the member out is in ``Vault.problems``.
    """
    if not (path / HEADER).is_file():
        raise NotAVaultError
    lock = FolderLock(path / LOCK)
    try:
        sweep_parts(path)
        sweep_parts(path / BLOBS)
        header = read_header(path)
        member = member_of(header, alias)
        unlocked = unlock(header, member, secret)
        try:
            vault = Vault(path, header, member, unlocked, lock=lock, clock=clock, randomness=randomness)
        except BaseException:
            unlocked.wipe()
            raise
        vault.heed_keyring(secret)
        return vault
    except BaseException:
        lock.release()
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A member, and the kinds of the slots that open the vault for them; an alias that several have is their id."""

    alias: str
    kinds: tuple[str, ...]


def read_doors(path: Path) -> tuple[Door, ...]:
    """The ways in a vault names, without opening it: unverified, good for a choice of fields and nothing else."""
    members = read_header(path).members
    aliases = Counter(member.alias for member in members)
    return tuple(
        Door(
            alias=member.alias if aliases[member.alias] == 1 else member.id,
            kinds=tuple(slot.kind for slot in member.slots),
        )
        for member in members
    )


def read_members(path: Path) -> tuple[str, ...]:
    """The aliases a vault knows, without opening it: unverified, good for a list to choose from and nothing else."""
    return tuple(member.alias for member in read_header(path).members)
