"""The history of a note as it is looked at: its revisions in a list, and what differs between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.labels.rollup import roll_up
from cloison.notes.comparing import ComparedPortion, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionLine:
    """One revision: who kept it and when, what the note was worth before and after, how many marks it changed."""

    number: int
    at: datetime
    author: str
    before: Label | None
    after: Label | None
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs, and what all of it together is worth; ``is_settled``: nothing in either is unmarked."""

    portions: tuple[ComparedPortion, ...]
    label: Label | None
    is_settled: bool


def list_revisions(session: Session, uid: str) -> tuple[RevisionLine, ...]:
    """The latest first; raises ``UnknownIdError``."""
    compartment, _ = session.find_note(uid)
    found: list[RevisionLine] = []
    before: Label | None = None
    for row in compartment.notes.revisions(uid):
        after = None if row.label_xml is None else label_from_xml(row.label_xml)
        found.append(
            RevisionLine(
                number=row.revision,
                at=row.saved_at,
                author=row.author,
                before=before,
                after=after,
                changes=len(row.changes),
            )
        )
        before = after
    return tuple(reversed(found))


def compare_revisions(session: Session, uid: str, *, earlier: int, later: int) -> Comparison:
    """The two beside each other; with one and the same, its text. Raises ``UnknownIdError``."""
    compartment, _ = session.find_note(uid)
    first, second = (compartment.notes.revision(uid, number).note for number in (earlier, later))
    shown = (*first.numbered.values(), *second.numbered.values())
    labels = [one.label for one in shown if one.label is not None]
    return Comparison(
        portions=compare(first, second),
        label=roll_up(session.policy, labels, created=session.now()).label if labels else None,
        is_settled=len(labels) == len(shown),
    )
