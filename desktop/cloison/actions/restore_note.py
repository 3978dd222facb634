"""Putting an earlier revision of a note in the place of the latest: one more revision, and no mark falls by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.actions.write_note import save_note, settled_note
from cloison.notes.note import Note
from cloison.notes.restoring import Step, restored
from cloison.vault.compartment import Compartment
from cloison.vault.note_rows import RevisionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The note as it was saved, the number of that revision, and the portions whose mark stays above what it was."""

    note: Note
    revision: int
    kept_high: tuple[int, ...]


def restore_revision(session: Session, uid: str, revision: int) -> Restored:
    """Bring back that revision's text as a new revision; what was being written is kept as one before.

    Raises ``UnknownIdError`` for a note or a revision that is not there, and ``CeilingError``.
    """
    compartment, _ = session.find_note(uid)
    old = compartment.notes.revision(uid, revision).note
    settled_note(session, uid)
    rows = compartment.notes.revisions(uid)
    found = restored(
        session.policy,
        old,
        before=[change for row in rows[:revision] for change in row.changes],
        since=_steps(compartment, uid, rows[revision:]),
        now=session.now(),
    )
    saved = save_note(session, compartment, found.note, changes=found.changes)
    return Restored(note=saved.note, revision=saved.revision, kept_high=found.kept_high)


def _steps(compartment: Compartment, uid: str, rows: Iterable[RevisionRow]) -> Iterator[Step]:
    """One after the other: a note may hold many megabytes of images."""
    for row in rows:
        yield Step(note=compartment.notes.revision(uid, row.revision).note, changes=row.changes)
