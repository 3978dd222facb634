"""An open compartment: its own file, key, search index, registers. Closed, nothing of it can be read or searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from cloison.vault.attachment_store import AttachmentStore
from cloison.vault.bin_store import BinStore
from cloison.vault.ceiling import Ceiling
from cloison.vault.chain_store import ChainStore
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.consent_store import ConsentStore
from cloison.vault.database import Database
from cloison.vault.departure_store import DepartureStore
from cloison.vault.draft_store import DraftStore
from cloison.vault.errors import DamagedError, NotesLeftError
from cloison.vault.freight import press
from cloison.vault.label_shelf import LabelShelf
from cloison.vault.link_store import LinkStore
from cloison.vault.note_places import NotePlaces
from cloison.vault.note_store import NoteStore
from cloison.vault.policies import PolicyStore
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.receipt_store import ReceiptStore
from cloison.vault.received_store import ReceivedStore
from cloison.vault.requirement_store import RequirementStore
from cloison.vault.roster import Roster
from cloison.vault.states import StateMirror
from cloison.vault.template_store import TemplateStore
from cloison.vault.wraps import Grant
from cloison_crypto.fields import time_text

FOLDER = "compartments"


class Compartment:
    """One open compartment. After ``close`` every use raises ``CompartmentClosedError``."""

    def __init__(
        self, file: CompartmentFile, grant: Grant, policies: PolicyStore, attachments: AttachmentStore
    ) -> None:
        self.id = grant.id
        self.name = grant.name
        self.need_to_know = grant.need_to_know
        self.ceiling = grant.ceiling
        self._ceiling = ceiling = Ceiling(grant.id, grant.ceiling, policies)
        self.notes = NoteStore(file, ceiling)
        self.places = NotePlaces(file)
        self.drafts = DraftStore(file)
        self.attachments = attachments
        self.bin = BinStore(file)
        self.departures = DepartureStore(file)
        self.links = LinkStore(file)
        self.chain = ChainStore(file)
        self.received = ReceivedStore(file)
        self.receipts = ReceiptStore(file, ceiling)
        self.requirements = RequirementStore(file, ceiling)
        self.consents = ConsentStore(file)
        self.labels = LabelShelf(file)
        self.templates = TemplateStore(file)
        self.roster = Roster(file)
        self._file = file
        self._is_put_away: bool | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One act: everything in it is committed together, or nothing is."""
        with self._file.act():
            yield

    def check_ceiling(self, label_xml: bytes | None) -> None:
        """Raise ``CeilingError`` for a label that is not shown to lie at or under the ceiling."""
        self._ceiling.check(label_xml)

    @property
    def is_put_away(self) -> bool:
        """Whether it was put away: its register is kept, and no note comes into it any more."""
        if self._is_put_away is None:  # asked at every turn, and changed once
            self._is_put_away = self._file.is_put_away
        return self._is_put_away

    def put_away(self, *, at: datetime, by: str) -> None:
        """Keep it for its register alone, for everybody read in; raises ``NotesLeftError``."""
        with self._file.act() as database:
            if database.row("SELECT 1 FROM notes UNION ALL SELECT 1 FROM drafts"):
                raise NotesLeftError(self.id)
            database.execute("INSERT OR IGNORE INTO put_away VALUES (1, ?, ?)", (time_text(at), by))
            press(database)
        self._is_put_away = None

    @property
    def file_name(self) -> str:
        """The name of its file inside the vault."""
        return f"{FOLDER}/{self._file.database.file}"

    def hold_still(self) -> None:
        """Leave the file as it is: what is written stays in its log, until ``move_again``."""
        self._file.database.hold_still()
        self.attachments.hold_still()

    def move_again(self) -> None:
        """Bring the log in as usual."""
        self._file.database.move_again()
        self.attachments.move_again()

    def check_in_parts(self) -> Iterator[tuple[Problem, ...]]:
        """What is wrong with the pages, the structure and the search index of the file, then with the blobs it knows.

        In slices, so that others may go on in between.
        """
        database = self._file.database
        if database.faults():
            yield (self._problem(ProblemKind.DAMAGED, database.file),)
            return
        try:
            database.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
            yield ()
        except DamagedError:
            yield (self._problem(ProblemKind.INDEX_DAMAGED, database.file),)
        yield from self.attachments.check_in_parts()

    def check(self) -> tuple[Problem, ...]:
        """The same at once."""
        return tuple(problem for found in self.check_in_parts() for problem in found)

    def copy_to(self, copy: Callable[[Database], Database]) -> Database:
        """What ``copy`` makes of the file."""
        return copy(self._file.database)

    def move_to(self, database: Database, mirror: StateMirror) -> None:
        """From now on be another file, which has all that is in this one."""
        self._file.move_to(database, mirror)

    def forget_state(self) -> None:
        """The file is to go, and what ``shared.db`` knows of it with it, in the transaction under way."""
        self._file.forget_state()

    def accept_state(self) -> None:
        """A person accepts the file as it is, after a finding; until then the finding comes back at every opening."""
        self._file.accept_state()

    def interrupt(self) -> None:
        """End a running search, from any thread."""
        self._file.interrupt()

    def close(self) -> None:
        """Let go of the connection and the keys."""
        self._file.close()

    def _problem(self, kind: ProblemKind, file: str) -> Problem:
        return Problem(kind=kind, file=f"{FOLDER}/{file}", compartment_id=self.id)
