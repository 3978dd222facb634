"""What the draft of a note owes its next revision."""

from __future__ import annotations

from cloison.notes.changes import changed_marks
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.vault.compartment import Compartment


def owed_by_draft(compartment: Compartment, stored: Note | None, draft: Note) -> tuple[LabelChange, ...]:
    """What the draft says of itself, then the marks that differ from ``stored`` and of which it says nothing."""
    told = compartment.drafts.changes(draft.uid)
    uids = {change.portion_uid for change in told}
    return (*told, *(change for change in changed_marks(stored, draft) if change.portion_uid not in uids))
