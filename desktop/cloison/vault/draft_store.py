"""What is being written: one draft of each note, until a revision takes its place. No search finds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.errors import PutAwayError
from cloison.vault.mark_changes import change_from_row, change_values
from cloison.vault.note_packing import packed, unpacked
from cloison.vault.note_rows import DraftRow
from cloison_crypto.fields import time_text


class DraftStore:
    """The drafts of one open compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def save(self, note: Note, changes: Sequence[LabelChange] = ()) -> None:
        """Keep what is being written, in place of the draft before; no revision, no search.

        ``changes`` are those that no revision holds: a note cannot say what its unmarked portions are at least worth.
        Raises ``PutAwayError``.
        """
        if self._file.is_put_away:
            raise PutAwayError(self._file.compartment_id)
        database = self._file.database
        with database.transaction():
            database.execute("DELETE FROM drafts WHERE uid = ?", (note.uid,))
            database.execute(
                "INSERT INTO drafts VALUES (?, ?, ?)", (note.uid, packed(note), time_text(self._file.clock()))
            )
            for position, change in enumerate(changes):
                database.execute(
                    "INSERT INTO draft_changes VALUES (?, ?, ?, ?, ?, ?)", (note.uid, position, *change_values(change))
                )

    def get(self, uid: str) -> Note | None:
        """The draft of that note, if there is one."""
        row = self._file.database.row("SELECT packed FROM drafts WHERE uid = ?", (uid,))
        return unpacked(row[0]) if row else None

    def changes(self, uid: str) -> tuple[LabelChange, ...]:
        """What became of marks between the last revision and the draft of that note, in order."""
        rows = self._file.database.rows(
            "SELECT portion, before, after, reason FROM draft_changes WHERE draft = ? ORDER BY position", (uid,)
        )
        return tuple(change_from_row(row) for row in rows)

    def all(self) -> tuple[DraftRow, ...]:
        """Every draft, the latest first."""
        rows = self._file.database.rows("SELECT uid, saved_at FROM drafts ORDER BY saved_at DESC, uid")
        return tuple(DraftRow(uid=uid, saved_at=datetime.fromisoformat(saved_at)) for uid, saved_at in rows)

    def drop(self, uid: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        self._file.database.execute("DELETE FROM drafts WHERE uid = ?", (uid,))
