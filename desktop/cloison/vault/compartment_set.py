"""The compartments one member is read into: which there are, which are open, making a new one.

At unlock every one of them is opened. One that cannot be is left closed, with a finding, and keeps nobody from the
others. A crash while one is being made leaves at most a file behind whose key nobody has, and which goes at the next
opening.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.vault.attachment_store import AttachmentStore
from cloison.vault.blob_files import FOLDER as BLOBS
from cloison.vault.compartment import FOLDER, Compartment
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.compartment_files import CompartmentFiles, Surroundings, mark_of
from cloison.vault.database import KEY_LENGTH
from cloison.vault.errors import (
    CompartmentClosedError,
    DamagedError,
    DiskError,
    NewerFormatError,
    StorageError,
    VaultBusyError,
    VaultError,
)
from cloison.vault.handed_keys import HandedKeys
from cloison.vault.keys import FILE_PURPOSE
from cloison.vault.leftovers import Leftovers
from cloison.vault.names import check_name
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.roster import ReaderRow
from cloison.vault.salvage_facts import Loss
from cloison.vault.salvage_mending import salvage_compartment
from cloison.vault.wraps import Grant, Subject
from cloison_crypto.secrets import SecretKey

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


class CompartmentSet:
    """The compartments of one member in an open vault; ``me`` is how the member is entered among the readers."""

    def __init__(self, around: Surroundings, keys: HandedKeys, leftovers: Leftovers, me: ReaderRow) -> None:
        self.keys = keys
        self.files = CompartmentFiles(around)
        self.leftovers = leftovers
        self._around = around
        self._me = me
        self._open: dict[str, Compartment] = {}
        self._put_away: set[str] = set()
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found wrong with keys and files."""
        return (*self.keys.problems, *self._problems)

    def open_all(self) -> None:
        """Open every compartment that can be; files that nothing leads to are removed first."""
        with suppress(StorageError, VaultBusyError):
            in_use = (self.files.name(grant) for grant in self.keys.grants())
            self.leftovers.sweep({self._around.shared.file, *in_use})
        for grant in self.keys.grants():
            with suppress(VaultError):  # a finding says why
                self.open(grant.id)

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
            for grant in self.keys.grants()
        )

    def get(self, id: str) -> Compartment:
        """An open compartment; raises ``UnknownIdError`` and ``CompartmentClosedError``."""
        self.keys.grant(id)
        if id not in self._open:
            raise CompartmentClosedError(id)
        return self._open[id]

    def opened(self) -> tuple[Compartment, ...]:
        """Those that are open."""
        return tuple(self._open.values())

    def open(self, id: str) -> Compartment:
        """Open a compartment; one that is open already is returned as it is. Raises ``UnknownIdError``,
        ``DamagedError``, ``DiskError`` and ``NewerFormatError``."""
        grant = self.keys.grant(id)
        if id in self._open:
            return self._open[id]
        try:
            file = self._settled_file(grant)
        except (DamagedError, DiskError, NewerFormatError) as error:
            self._find(_kind(error, self.files.path(grant)), grant)
            raise
        self._opened(file, grant).attachments.settle()
        return self._open[id]

    def close(self, id: str) -> None:
        """Let go of a compartment and its keys; one that is closed stays so. Raises ``UnknownIdError``."""
        self.keys.grant(id)
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
            vault_id=self.keys.vault_id,
            subject=Subject.COMPARTMENT,
            id=around.randomness(_UID_BYTES).hex(),
            file=around.randomness(_UID_BYTES).hex(),
            epoch=1,
            key=SecretKey.random(KEY_LENGTH, around.randomness),
            name=name,
            need_to_know=need_to_know,
            ceiling=ceiling_xml,
        )
        self.leftovers.add(self.files.name(grant))
        file = self.files.create(grant)
        try:
            file.begin()
            with around.shared.transaction():
                self.keys.keep(grant)
                file.accept_state()
                self.leftovers.keep(self.files.name(grant))
        except BaseException:
            file.close()
            self.files.path(grant).unlink(missing_ok=True)
            raise
        self.keys.take(grant)
        return self._opened(file, grant)

    def verify_copies(self, folder: Path) -> None:
        """Look through the copies in ``folder`` of all that is open; raises ``DamagedError``."""
        for id in self._open:
            with closing(self.files.open_in(folder, self.keys.grant(id))) as copy:
                if copy.faults():
                    raise DamagedError(copy.file)

    def salvage(self, folder: Path) -> tuple[Loss, ...]:
        """Make the file of each compartment of what the damaged one in ``folder``, a copy, still gives, and open it."""
        losses: list[Loss] = []
        for grant in self.keys.grants():
            path = self.files.path(grant)
            with grant.derived(FILE_PURPOSE) as key:
                losses += salvage_compartment(
                    folder / FOLDER / path.name,
                    path,
                    key,
                    mark_of(grant),
                    compartment=grant.name,
                    now=self._around.clock(),
                    randomness=self._around.randomness,
                )
            with suppress(VaultError):  # a finding says why
                self.open(grant.id).accept_state()
        self._problems = [one for one in self._problems if one.compartment_id not in self._open]
        return tuple(losses)

    def accept(self, problem: Problem) -> None:
        """A person takes what was found for good; raises ``UnknownIdError``, ``CompartmentClosedError``."""
        if problem.compartment_id is not None:
            if problem.kind is ProblemKind.KEY_GONE:
                self.keys.accept_loss(problem.compartment_id)
            elif problem not in self.keys.problems:
                self.get(problem.compartment_id).accept_state()
        self._problems = [one for one in self._problems if one != problem]
        self.keys.problems = [one for one in self.keys.problems if one != problem]

    def close_all(self) -> None:
        """Let go of every compartment and of every key."""
        for compartment in self._open.values():
            compartment.close()
        self._open.clear()
        self.keys.wipe()

    def _opened(self, file: CompartmentFile, grant: Grant) -> Compartment:
        around = self._around
        attachments = AttachmentStore(file, around.folder / BLOBS, randomness=around.randomness)
        compartment = Compartment(file, grant, around.policies, attachments)
        self._open[grant.id] = compartment
        with suppress(StorageError, VaultBusyError):  # then the next opening enters it
            compartment.roster.put(replace(self._me, wrap=self.keys.row(grant.id)))
        return compartment

    def _is_put_away(self, id: str) -> bool:
        """Whether it is put away, as far as it was ever open: a closed one says nothing of itself."""
        return self._open[id].is_put_away if id in self._open else id in self._put_away

    def _settled_file(self, grant: Grant) -> CompartmentFile:
        file = self.files.open(grant)
        try:
            finding = file.settle(grant.head)
        except BaseException:
            file.close()
            raise
        if finding is not None:
            self._find(finding, grant)
        return file

    def _find(self, kind: ProblemKind, grant: Grant) -> None:
        problem = Problem(kind=kind, file=f"{FOLDER}/{grant.file}.db", compartment_id=grant.id)
        if problem not in self._problems:
            self._problems.append(problem)


def _kind(error: VaultError, path: Path) -> ProblemKind:
    if isinstance(error, NewerFormatError):
        return ProblemKind.NEWER
    if isinstance(error, DiskError):
        return ProblemKind.UNREADABLE
    return ProblemKind.DAMAGED if path.exists() else ProblemKind.MISSING
