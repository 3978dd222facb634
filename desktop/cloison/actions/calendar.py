"""The declassification calendar of the open compartments: what falls due, dates set and changed, decisions carried out.

What has fallen due by succession needs nobody: it has happened wherever the label is looked at. The list says so, so
that whoever keeps the papers can mark them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from cloison.actions.session import Session
from cloison.actions.write_note import Saved, save_note, settled_note
from cloison.labels.declassification import AuthorityDecision, DueKind
from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, label_from_xml
from cloison.labels.succession import in_force, same_course
from cloison.notes.dating import Dates, downgrade_parts, set_dates
from cloison.notes.note import Note
from cloison.notes.relabelling import RAISE
from cloison.vault.compartment import Compartment
from cloison.vault.note_rows import DueRow

MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """One date of a note: ``numbers`` are the parts of one mark it is on, ``becomes`` what they are then.

    ``becomes`` is None for a review.
    ``is_due``: the day has come. A succession has then happened by itself; a review waits for a person.
    """

    at: datetime
    kind: DueKind
    uid: str
    reference: str
    compartment: str
    numbers: tuple[int, ...]
    label: Label
    becomes: Label | None
    is_due: bool


def due_list(session: Session, *, until: datetime | None = None) -> tuple[DueLine, ...]:
    """Every date up to ``until`` (None: all), the earliest first, of the notes in open compartments."""
    found = [
        line
        for compartment in session.open_compartments()
        for line in _lines(compartment, until=until, now=session.now())
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.reference, one.kind.value, one.numbers))[:MOST_LINES])


def date_note(
    session: Session, uid: str, numbers: Sequence[int] | None, dates: Dates, *, decision: AuthorityDecision
) -> Saved:
    """The note with other dates, as a new revision; raises ``NotesError``, ``LabelsError``, ``UnknownIdError``."""
    compartment, stored = settled_note(session, uid)
    note, changes = set_dates(session.policy, stored.note, numbers, dates, decision=decision, now=session.now())
    if not changes:
        return Saved(note=stored.note, revision=stored.revision)
    return save_note(session, compartment, note, changes=changes)


def downgrade_note(
    session: Session,
    uid: str,
    numbers: Sequence[int] | None,
    *,
    classification: str,
    categories: Iterable[CategoryRef] = (),
    decision: AuthorityDecision,
) -> Saved:
    """The note lowered by a decision, as a new revision; raises ``NotesError``, ``LabelsError``, ``UnknownIdError``."""
    compartment, stored = settled_note(session, uid)
    note, changes = downgrade_parts(
        session.policy,
        stored.note,
        numbers,
        classification=classification,
        categories=tuple(categories),
        decision=decision,
        now=session.now(),
    )
    if not changes:
        return Saved(note=stored.note, revision=stored.revision)
    return save_note(session, compartment, note, changes=changes)


def clock_set_back(session: Session) -> datetime | None:
    """When a note was last kept, where the clock now stands before that; None where it goes on.

    What had fallen by itself then shows as it was before, which is the safe side, and is to be said aloud.
    """
    latest = [row.modified for one in session.open_compartments() for row in one.notes.list(limit=1)]
    return next((at for at in sorted(latest, reverse=True)[:1] if at > session.now()), None)


def former_dates(session: Session, uid: str) -> tuple[Label, ...]:
    """The whole as it was dated before each decision that changed its date, the oldest first: struck out on paper."""
    compartment, _ = session.find_note(uid)
    former: list[Label] = []
    before: Label | None = None
    for row in compartment.notes.revisions(uid):
        whole = None if row.label_xml is None else label_from_xml(row.label_xml)
        is_decided = any(change.decision is not None for change in row.changes)
        if is_decided and before is not None and whole is not None and _is_redated(before, whole):
            former.append(before)
        before = whole
    return tuple(former)


def _is_redated(before: Label, after: Label) -> bool:
    was, now = ((one.succession, one.review) for one in (before, after))
    return was not in ((None, None), now)


def _lines(compartment: Compartment, *, until: datetime | None, now: datetime) -> Iterable[DueLine]:
    rows = compartment.notes.due(until=until, limit=MOST_LINES)
    notes: dict[str, Note] = {}
    for (uid, at, kind), group in groupby(rows, key=lambda row: (row.uid, row.at, row.kind)):
        note = notes.setdefault(uid, compartment.notes.get(uid).note)
        yield from _line(compartment, note, tuple(group), at=at, kind=DueKind(kind), now=now)


def _line(
    compartment: Compartment, note: Note, rows: tuple[DueRow, ...], *, at: datetime, kind: DueKind, now: datetime
) -> Iterable[DueLine]:
    marked: list[tuple[Label, list[int]]] = []
    for row in rows:
        label = _label(note, row.number)
        same = next((numbers for one, numbers in marked if label is not None and same_course(one, label)), None)
        if same is not None:
            same.append(row.number)
        elif label is not None:
            marked.append((label, [row.number]))
    for label, numbers in marked:
        yield DueLine(
            at=at,
            kind=kind,
            uid=note.uid,
            reference=note.reference,
            compartment=compartment.name,
            numbers=tuple(numbers),
            label=label,
            becomes=in_force(label, now=at) if kind is DueKind.SUCCESSION else None,
            is_due=at <= now,
        )


def _label(note: Note, number: int) -> Label | None:
    if number == RAISE:
        return None if note.raised is None else note.raised.label
    part = note.parts.get(number)
    return None if part is None else part.label
