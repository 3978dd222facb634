"""The compartments one member is read into: which there are, which are open, making a new one.

At unlock every one of them is opened. One that cannot be is left closed, with a finding, and keeps nobody from the
others. A crash while one is being made leaves at most an empty file behind, whose key nobody has.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.vault.attachment_store import AttachmentStore
from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.compartment import FOLDER, Compartment
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.compartment_schema import COMPARTMENT
from cloison.vault.database import KEY_LENGTH, Database
from cloison.vault.errors import (
    CompartmentClosedError,
    DamagedError,
    DiskError,
    NewerFormatError,
    UnknownIdError,
    VaultError,
    WrapRefusedError,
)
from cloison.vault.exchange import ExchangeStore
from cloison.vault.kept_wraps import is_kept, open_kept, seal_kept
from cloison.vault.keys import COMMITMENT_ID_PURPOSE, COMMITMENT_PURPOSE, FILE_PURPOSE, derived_key
from cloison.vault.marked_file import FileMark, create_file, open_file
from cloison.vault.names import check_name
from cloison.vault.policies import PolicyStore
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.salvage_facts import Loss
from cloison.vault.salvage_mending import salvage_compartment
from cloison.vault.states import StateMirror
from cloison.vault.wrap_store import WrapStore
from cloison.vault.wraps import Grant, Subject, open_own_wrap
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.secrets import Clock, Randomness, SecretKey

_UID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentSummary:
    """A compartment the member is read into; nothing of its content.

    ``is_put_away``: it is kept for its register alone.
    """

    id: str
    name: str
    is_open: bool
    need_to_know: bool
    ceiling: bytes | None
    is_put_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every compartment of an open vault shares; ``own_key`` seals what the member keeps for themselves."""

    folder: Path
    vault_id: str
    member_id: str
    identities: tuple[Identity, ...]
    entitled: tuple[PublicIdentity, ...]
    own_key: SecretKey
    shared: Database
    exchange: ExchangeStore
    policies: PolicyStore
    clock: Clock
    randomness: Randomness


class CompartmentSet:
    """The compartments of one member in an open vault."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._wraps = WrapStore(around.shared, around.randomness)
        self._open: dict[str, Compartment] = {}
        self._grants: dict[str, Grant] = {}
        self._put_away: set[str] = set()
        self.problems: list[Problem] = []
        for wrap in self._wraps.of_member(around.member_id):
            self._take(wrap)

    def open_all(self) -> None:
        """Open every compartment that can be."""
        for id in self._grants:
            with suppress(VaultError):  # a finding says why
                self.open(id)

    def summaries(self) -> tuple[CompartmentSummary, ...]:
        """Every compartment, in the order they were made known."""
        return tuple(
            CompartmentSummary(
                id=grant.id,
                name=grant.name,
                is_open=grant.id in self._open,
                need_to_know=grant.need_to_know,
                ceiling=grant.ceiling,
                is_put_away=self._is_put_away(grant.id),
            )
            for grant in self._grants.values()
        )

    def get(self, id: str) -> Compartment:
        """An open compartment; raises ``UnknownIdError`` and ``CompartmentClosedError``."""
        self._grant(id)
        if id not in self._open:
            raise CompartmentClosedError(id)
        return self._open[id]

    def opened(self) -> tuple[Compartment, ...]:
        """Those that are open."""
        return tuple(self._open.values())

    def open(self, id: str) -> Compartment:
        """Open a compartment; one that is open already is returned as it is. Raises ``UnknownIdError``,
        ``DamagedError``, ``DiskError`` and ``NewerFormatError``."""
        grant = self._grant(id)
        if id in self._open:
            return self._open[id]
        try:
            file = self._settled_file(grant)
        except (DamagedError, DiskError, NewerFormatError) as error:
            self._find(_kind(error, self._path(grant)), grant)
            raise
        self._open[id] = self._compartment(file, grant)
        self._open[id].attachments.settle()
        return self._open[id]

    def close(self, id: str) -> None:
        """Let go of a compartment and its keys; one that is closed stays so. Raises ``UnknownIdError``."""
        self._grant(id)
        if self._is_put_away(id):
            self._put_away.add(id)
        compartment = self._open.pop(id, None)
        if compartment is not None:
            compartment.close()

    def add(self, name: str, *, ceiling_xml: bytes | None, need_to_know: bool) -> Compartment:
        """Make a compartment and open it: file first, then key and first state in one transaction of ``shared.db``.

        Raises ``UnusableNameError`` and ``DiskError``.
        """
        check_name(name)
        around = self._around
        grant = Grant(
            vault_id=around.vault_id,
            subject=Subject.COMPARTMENT,
            id=around.randomness(_UID_BYTES).hex(),
            file=around.randomness(_UID_BYTES).hex(),
            epoch=1,
            key=SecretKey.random(KEY_LENGTH, around.randomness),
            name=name,
            need_to_know=need_to_know,
            ceiling=ceiling_xml,
        )
        with self._derived(grant, FILE_PURPOSE) as key:
            file = self._file(grant, create_file(self._path(grant), key, _mark(grant), now=around.clock()))
        try:
            file.begin()
            wrap = seal_kept(grant, around.own_key, member_id=around.member_id, randomness=around.randomness)
            with around.shared.transaction():
                self._wraps.add(around.member_id, wrap)
                file.accept_state()
        except BaseException:
            file.close()
            self._path(grant).unlink(missing_ok=True)
            raise
        self._grants[grant.id] = grant
        self._open[grant.id] = self._compartment(file, grant)
        return self._open[grant.id]

    def verify_copies(self, folder: Path) -> None:
        """Look through the copies in ``folder`` of all that is open; raises ``DamagedError``."""
        for id in self._open:
            grant = self._grants[id]
            path = folder / FOLDER / f"{grant.file}.db"
            with self._derived(grant, FILE_PURPOSE) as key:
                copy = open_file(path, key, _mark(grant), now=self._around.clock())
            with closing(copy):
                if copy.faults():
                    raise DamagedError(copy.file)

    def salvage(self, folder: Path) -> tuple[Loss, ...]:
        """Make the file of each compartment of what the damaged one in ``folder``, a copy, still gives, and open it."""
        losses: list[Loss] = []
        for grant in self._grants.values():
            path = self._path(grant)
            with self._derived(grant, FILE_PURPOSE) as key:
                losses += salvage_compartment(
                    folder / FOLDER / path.name,
                    path,
                    key,
                    _mark(grant),
                    compartment=grant.name,
                    now=self._around.clock(),
                    randomness=self._around.randomness,
                )
            with suppress(VaultError):  # a finding says why
                self.open(grant.id).accept_state()
        self.problems = [one for one in self.problems if one.compartment_id not in self._open]
        return tuple(losses)

    def renew_identity(self, identities: tuple[Identity, ...], entitled: tuple[PublicIdentity, ...]) -> None:
        """From now on keys are handed over by the first of ``identities``."""
        self._around = replace(self._around, identities=identities, entitled=entitled)

    def forget(self, problem: Problem) -> None:
        """A finding was dealt with."""
        self.problems = [one for one in self.problems if one != problem]

    def close_all(self) -> None:
        """Let go of every compartment and of every key."""
        for compartment in self._open.values():
            compartment.close()
        self._open.clear()
        for grant in self._grants.values():
            grant.key.wipe()
        self._grants.clear()
        self._around.own_key.wipe()

    def _take(self, wrap: bytes) -> None:
        around = self._around
        try:
            grant = self._granted(wrap)
        except WrapRefusedError:
            self.problems.append(Problem(kind=ProblemKind.WRAP_REFUSED, file=around.shared.file))
            return
        known = self._grants.get(grant.id)
        if grant.subject is Subject.COMPARTMENT and (known is None or known.epoch < grant.epoch):
            self._grants[grant.id] = grant

    def _granted(self, wrap: bytes) -> Grant:
        around = self._around
        if is_kept(wrap):
            return open_kept(wrap, around.own_key, vault_id=around.vault_id, member_id=around.member_id)
        return open_own_wrap(wrap, around.identities, vault_id=around.vault_id, entitled=around.entitled)

    def _is_put_away(self, id: str) -> bool:
        """Whether it is put away, as far as it was ever open: a closed one says nothing of itself."""
        return self._open[id].is_put_away if id in self._open else id in self._put_away

    def _grant(self, id: str) -> Grant:
        if id not in self._grants:
            raise UnknownIdError("compartment", id)
        return self._grants[id]

    def _path(self, grant: Grant) -> Path:
        return self._around.folder / FOLDER / f"{grant.file}.db"

    def _derived(self, grant: Grant, purpose: bytes, length: int = 32) -> SecretKey:
        return derived_key(grant.key, purpose, vault_id=grant.vault_id, uid=grant.id, epoch=grant.epoch, length=length)

    def _settled_file(self, grant: Grant) -> CompartmentFile:
        with self._derived(grant, FILE_PURPOSE) as key:
            file = self._file(grant, open_file(self._path(grant), key, _mark(grant), now=self._around.clock()))
        try:
            finding = file.settle(grant.head)
        except BaseException:
            file.close()
            raise
        if finding is not None:
            self._find(finding, grant)
        return file

    def _file(self, grant: Grant, database: Database) -> CompartmentFile:
        around = self._around
        with self._derived(grant, COMMITMENT_ID_PURPOSE, length=_UID_BYTES) as id_key:
            commitment_id = bytes(id_key.view).hex()
        mirror = StateMirror(
            database,
            around.shared,
            key=self._derived(grant, COMMITMENT_PURPOSE),
            id=commitment_id,
            randomness=around.randomness,
        )
        return CompartmentFile(
            database,
            compartment_id=grant.id,
            member_id=around.member_id,
            mirror=mirror,
            exchange=around.exchange,
            clock=around.clock,
        )

    def _compartment(self, file: CompartmentFile, grant: Grant) -> Compartment:
        around = self._around
        attachments = AttachmentStore(file, around.folder / BLOBS, randomness=around.randomness)
        return Compartment(file, grant, around.policies, attachments)

    def _find(self, kind: ProblemKind, grant: Grant) -> None:
        problem = Problem(kind=kind, file=f"{FOLDER}/{grant.file}.db", compartment_id=grant.id)
        if problem not in self.problems:
            self.problems.append(problem)


def _mark(grant: Grant) -> FileMark:
    return FileMark(schema=COMPARTMENT, uid=grant.id, epoch=grant.epoch)


def _kind(error: VaultError, path: Path) -> ProblemKind:
    if isinstance(error, NewerFormatError):
        return ProblemKind.NEWER
    if isinstance(error, DiskError):
        return ProblemKind.UNREADABLE
    return ProblemKind.DAMAGED if path.exists() else ProblemKind.MISSING
