"""What changes of marks say together: what unmarked portions are at least worth, and what differs between two notes."""

from __future__ import annotations

from collections.abc import Iterable

from cloison.labels.label import Label
from cloison.labels.succession import same_course
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note


def floors_in(changes: Iterable[LabelChange]) -> dict[str, Label]:
    """The last label recorded for each portion: what one that is unmarked in the note is at least worth."""
    return {change.portion_uid: change.after for change in changes}


def changed_marks(before: Note | None, after: Note) -> tuple[LabelChange, ...]:
    """The parts whose mark is another one in ``after``, and a raise of the whole that ``before`` has not."""
    known = {} if before is None else {part.uid: part.label for part in before.parts.values()}
    changes = tuple(
        LabelChange(portion_uid=part.uid, before=known.get(part.uid), after=part.label, reason=None)
        for part in after.parts.values()
        if part.label is not None and not _is_same(known.get(part.uid), part.label)
    )
    raised = after.raised
    if raised is None or (before is not None and before.raised == raised):
        return changes
    return (*changes, LabelChange(portion_uid=after.uid, before=None, after=raised.label, reason=raised.reason))


def _is_same(before: Label | None, after: Label) -> bool:
    return before is not None and same_course(before, after)
