"""Salvage: what can still be read of a damaged vault goes into a new one, and the rest is listed.

The damaged vault is left as it is: its files are copied first, zeros in place of what the medium does not give, and the
copies are read. The new vault has the same keys, members and ways in, and a new life (see ``restoring``). Its header is
written last: until then the folder is no vault. Without a sound header or the first pages of ``shared.db`` there are no
keys, and then only a backup helps.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from cloison.keystore.devices import Keyring
from cloison.vault import shared_file
from cloison.vault.backup import Step
from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.compartment import FOLDER as COMPARTMENTS
from cloison.vault.enrolment import UID_BYTES
from cloison.vault.errors import DamagedError, DiskError, StorageError
from cloison.vault.files import disk_errors, make_folder, sync_folder
from cloison.vault.founding import empty_folder, take_folder
from cloison.vault.header import Header, HeaderMember, read_header, write_header
from cloison.vault.keyring_memory import latest_generation
from cloison.vault.keys import FILE_PURPOSE, HEADER_PURPOSE
from cloison.vault.lock import FILE_NAME as LOCK
from cloison.vault.lock import FolderLock
from cloison.vault.salvage_facts import Loss, LossKind, losses_of
from cloison.vault.salvage_mending import mend_shared
from cloison.vault.salvaged_file import copy_readable, salvage_file
from cloison.vault.unlocking import Unlocked, member_of, unlock
from cloison.vault.vault import Vault
from cloison.vault.ways import Secret
from cloison.vault.wraps import Grant
from cloison_crypto.secrets import Clock, Randomness

_SCRATCH: Final = "salvage.part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """The new vault, open, and what is not in it."""

    vault: Vault
    losses: tuple[Loss, ...]


class Salvaging:
    """One salvage of the vault in ``folder`` into ``target``, a new or empty folder."""

    def __init__(
        self,
        folder: Path,
        target: Path,
        *,
        clock: Clock,
        randomness: Randomness,
        keyring: Callable[[], Keyring] | None = None,
    ) -> None:
        self._folder = folder
        self._target = target
        self._scratch = target / _SCRATCH
        self._clock = clock
        self._randomness = randomness
        self._keyring = keyring
        self._losses: list[Loss] = []

    def run(self, *, alias: str | None, secret: Secret, step: Step) -> Salvaged:
        """Do it; ``step`` hears how many bytes were copied. Nothing is left of ``target`` where this raises.

        Raises ``NotAVaultError``, ``VaultBusyError``, ``FolderNotEmptyError``, what unlocking does, ``DiskError``, and
        ``DamagedError`` naming the file without which there are no keys.
        """
        header = read_header(self._folder)
        member = member_of(header, alias)
        unlocked = unlock(header, member, secret)
        try:
            with _held(self._folder):
                lock = take_folder(self._target)
                try:
                    return self._fill(header, member, unlocked, lock, step)
                except BaseException:
                    empty_folder(self._target)
                    lock.release()
                    raise
        except BaseException:
            unlocked.wipe()
            raise

    def _fill(self, header: Header, member: HeaderMember, unlocked: Unlocked, lock: FolderLock, step: Step) -> Salvaged:
        self._copy(shared_file.name_of(unlocked.shared), step)
        life = self._randomness(UID_BYTES).hex()
        generation = latest_generation(header, self._keyring) + 1
        with unlocked.shared.derived(HEADER_PURPOSE) as mac_key:
            anew = replace(header, life=life, generation=generation).sealed(mac_key)
        self._salvage_shared(unlocked.shared, generation=generation)
        vault = Vault(self._target, anew, member, unlocked, lock=lock, clock=self._clock, randomness=self._randomness)
        try:
            self._losses += vault.salvage_compartments(self._scratch)
            self._keep_unopened()
            self._losses += _bad_blobs(vault)
            with disk_errors(_SCRATCH):
                shutil.rmtree(self._scratch)
                for one in (COMPARTMENTS, BLOBS):
                    sync_folder(self._target / one)
            write_header(self._target, vault.ways.header, randomness=self._randomness)
        except BaseException:
            vault.close()
            raise
        return Salvaged(vault=vault, losses=tuple(self._losses))

    def _copy(self, shared: str, step: Step) -> None:
        names = tuple(_names(self._folder, shared))
        with disk_errors(self._folder.name):
            sizes = {name: (self._folder / name).stat().st_size for name in names}
        total, done = sum(sizes.values()), 0
        for name, size in sizes.items():
            aim = self._target if name.startswith(BLOBS) else self._scratch
            for folder in (aim, (aim / name).parent):
                make_folder(folder)
            copy_readable(self._folder / name, aim / name, partial(_step_from, step, done, total))
            done += size

    def _salvage_shared(self, grant: Grant, *, generation: int) -> None:
        name = shared_file.name_of(grant)
        with grant.derived(FILE_PURPOSE) as key:
            try:
                gaps = salvage_file(
                    self._scratch / name,
                    self._target / name,
                    key,
                    shared_file.mark_of(grant),
                    now=self._clock(),
                    mend=partial(mend_shared, generation=generation),
                )
            except DiskError:
                raise
            except StorageError as error:
                raise DamagedError(name) from error
        self._losses += losses_of(gaps, file=name, compartment=None)

    def _keep_unopened(self) -> None:
        """Files no key of this member opens: theirs who are read in, copied as they are."""
        ours = {one.file for one in self._losses if one.kind is LossKind.FILE}
        ours |= {f"{COMPARTMENTS}/{path.name}" for path in (self._target / COMPARTMENTS).iterdir()}
        for path in sorted((self._scratch / COMPARTMENTS).glob("*")):
            name = f"{COMPARTMENTS}/{path.name}"
            if name.removesuffix("-wal").removesuffix("-shm") in ours or name.endswith("-shm"):
                continue
            with disk_errors(path.name):
                path.rename(self._target / name)
            if not name.endswith("-wal"):
                self._losses.append(Loss(kind=LossKind.NOT_OPENED, file=name))


def _step_from(step: Step, done: int, total: int, count: int) -> None:
    step(done + count, total)


def _bad_blobs(vault: Vault) -> Iterator[Loss]:
    for one in vault.compartments():
        if one.is_open:
            for problem in vault.compartment(one.id).attachments.check():
                yield Loss(kind=LossKind.BLOB, file=problem.file, compartment=one.name)


def _names(folder: Path, shared: str) -> Iterator[str]:
    with disk_errors(folder.name):
        for place in (shared, COMPARTMENTS, BLOBS):
            path = folder / place
            found = (path, path.with_name(f"{place}-wal")) if place == shared else path.glob("*")
            for one in sorted(found):
                if one.is_file() and not one.name.endswith(("-shm", ".part")):
                    yield one.relative_to(folder).as_posix()


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Nobody else has the damaged vault open; a medium that cannot be written cannot be locked either."""
    lock: FolderLock | None = None
    with suppress(DiskError):
        lock = FolderLock(folder / LOCK)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
