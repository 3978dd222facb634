"""What revisions and drafts did to marks, as rows: every act on each portion, in order, with the decision behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import label_from_xml
from cloison.notes.marking import LabelChange
from cloison.vault.database import Database, Row


def add_changes(database: Database, revision_id: int, changes: Iterable[LabelChange]) -> None:
    """Keep what a revision did to marks."""
    for change in changes:
        database.execute("INSERT INTO label_changes VALUES (?, ?, ?, ?, ?)", (revision_id, *change_values(change)))
        if change.decision is not None:
            decided = change.decision
            database.execute(
                "INSERT INTO label_decisions VALUES (?, ?, ?, ?, ?)",
                (revision_id, change.portion_uid, decided.authority, decided.reference, decided.day.isoformat()),
            )


def changes_in(database: Database, revision_id: int) -> tuple[LabelChange, ...]:
    """What a revision did to marks, in order."""
    rows = database.rows(
        "SELECT portion, before, after, reason FROM label_changes WHERE revision = ? ORDER BY rowid", (revision_id,)
    )
    decisions = _decisions(database, revision_id)
    found = (change_from_row(row) for row in rows)
    return tuple(replace(one, decision=decisions.get(one.portion_uid)) for one in found)


def change_values(change: LabelChange) -> tuple[str, str | None, str, str | None]:
    """The columns of a change, but for its decision."""
    before = None if change.before is None else change.before.to_xml().decode()
    return change.portion_uid, before, change.after.to_xml().decode(), change.reason


def change_from_row(row: Row) -> LabelChange:
    """The change those columns hold."""
    portion, before, after, reason = row
    return LabelChange(
        portion_uid=portion,
        before=None if before is None else label_from_xml(before.encode()),
        after=label_from_xml(after.encode()),
        reason=reason,
    )


def _decisions(database: Database, revision_id: int) -> dict[str, AuthorityDecision]:
    rows = database.rows(
        "SELECT portion, authority, reference, day FROM label_decisions WHERE revision = ?", (revision_id,)
    )
    return {
        portion: AuthorityDecision(authority=authority, reference=reference, day=date.fromisoformat(day))
        for portion, authority, reference, day in rows
    }
