"""The table note × reader for several notes: what each reader would receive of each note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.actions.dissemination_plan import Plan, plan_for
from cloison.actions.people import Contact
from cloison.actions.session import Session
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label
from cloison.notes.errors import NotesError
from cloison.notes.note import Note, note_label


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlan:
    """One note and the ``table`` of its readers; where there is none, ``problem`` says why it cannot be sealed."""

    note: Note
    label: Label | None
    table: Plan | None
    problem: NotesError | LabelsError | None = None

    @property
    def sendable(self) -> tuple[str, ...]:
        """The ids of the readers to whom it can be sealed."""
        if self.table is None or self._lacks_recovery:
            return ()
        refused = {row.contact.id for row in self.table.refused}
        return tuple(row.contact.id for row in self.table.rows if row.contact.id not in refused)

    @property
    def packages(self) -> int:
        """How many packages it makes: one for each of those, and for recovery where the policy asks."""
        recovery = None if self.table is None else self.table.recovery
        extra = recovery is not None and recovery.is_extra
        return len(self.sendable) + 1 if extra and self.sendable else len(self.sendable)

    @property
    def _lacks_recovery(self) -> bool:
        recovery = None if self.table is None else self.table.recovery
        return recovery is not None and recovery.problem is not None


def plan_note(session: Session, uid: str, readers: Sequence[Contact]) -> NotePlan:
    """The row of one note for readers who were looked up before; raises ``UnknownIdError``."""
    _, stored = session.find_note(uid)
    rolled = note_label(session.policy, stored.note, now=session.now())
    label = None if rolled is None else rolled.label
    try:
        table = plan_for(session, uid, readers)
    except (NotesError, LabelsError) as problem:
        return NotePlan(note=stored.note, label=label, table=None, problem=problem)
    return NotePlan(note=stored.note, label=label, table=table)
