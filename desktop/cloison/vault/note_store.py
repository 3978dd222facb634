"""The notes of a compartment: every saved revision kept, a small row for lists, an index for search.

Revisions are never changed, and never deleted alone: all of a note leaves at once (``departure_store``). Notes in the
bin or on their way out are not in use: nothing here knows them, and nothing is saved of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from cloison.notes.note import Note
from cloison.vault.ceiling import Ceiling
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.errors import UnknownIdError
from cloison.vault.mark_changes import add_changes, changes_in
from cloison.vault.note_listing import list_and_index, row_for
from cloison.vault.note_packing import packed, unpacked
from cloison.vault.note_rows import (
    DueRow,
    NoteRow,
    RevisionFacts,
    RevisionRow,
    StoredNote,
    note_row,
)
from cloison.vault.note_search import Always, Meaning, Order, search_rows
from cloison.vault.search_query import Filter, read_query
from cloison_crypto.fields import time_text


class NoteStore:
    """The notes of one open compartment."""

    def __init__(self, file: CompartmentFile, ceiling: Ceiling) -> None:
        self._file = file
        self._ceiling = ceiling

    def save(self, note: Note, facts: RevisionFacts) -> int:
        """Add a revision and drop the draft, all or nothing; the revision's number, from 1.

        Raises ``CeilingError``, ``NotInUseError``, ``PutAwayError``, ``NoteTooLargeError``, and ``NoteFormatError`` for
        a note that could not be read again.
        """
        self._ceiling.check(facts.label_xml)
        packed_note = packed(note)
        unpacked(packed_note)
        with self._file.act() as database:
            self._file.insist_on_place(note.uid)
            note_id, number = row_for(database, note)
            revision_id = database.insert(
                "INSERT INTO revisions(note, number, saved_at, author, label, packed) VALUES (?, ?, ?, ?, ?, ?)",
                (note_id, number, time_text(facts.saved_at), facts.author, _text(facts.label_xml), packed_note),
            )
            add_changes(database, revision_id, facts.changes)
            list_and_index(database, note_id, revision_id, note, facts, number)
            database.execute("DELETE FROM drafts WHERE uid = ?", (note.uid,))
        return number

    def get(self, uid: str) -> StoredNote:
        """The latest revision; raises ``UnknownIdError``."""
        return self._stored(uid, f"{_REVISIONS} WHERE revisions.id = notes.latest AND notes.uid = ?", (uid,))

    def revision(self, uid: str, number: int) -> StoredNote:
        """One revision; raises ``UnknownIdError``."""
        return self._stored(uid, f"{_REVISIONS} WHERE notes.uid = ? AND revisions.number = ?", (uid, number))

    def revisions(self, uid: str) -> tuple[RevisionRow, ...]:
        """The history of a note, first revision first; raises ``UnknownIdError``."""
        database = self._file.database
        rows = database.rows(
            """SELECT revisions.id, number, saved_at, author, revisions.label
               FROM revisions JOIN in_use AS notes ON notes.id = revisions.note WHERE notes.uid = ? ORDER BY number""",
            (uid,),
        )
        if not rows:
            raise UnknownIdError("note", uid)
        return tuple(
            RevisionRow(
                revision=number,
                saved_at=datetime.fromisoformat(saved_at),
                author=author,
                label_xml=_bytes(label),
                changes=changes_in(database, revision_id),
            )
            for revision_id, number, saved_at, author, label in rows
        )

    def row(self, uid: str) -> NoteRow:
        """The line of one note; raises ``UnknownIdError``."""
        row = self._file.database.row(f"{_ROWS} WHERE uid = ?", (uid,))
        if row is None:
            raise UnknownIdError("note", uid)
        return note_row(row)

    def list(self, *, limit: int, before: int | None = None) -> tuple[NoteRow, ...]:
        """The latest saved first, at most ``limit``; ``before`` is the position of the last row already there."""
        rows = self._file.database.rows(
            f"{_ROWS} WHERE ?1 IS NULL OR latest < ?1 ORDER BY latest DESC LIMIT ?2", (before, limit)
        )
        return tuple(map(note_row, rows))

    def rows(self, uids: Sequence[str]) -> tuple[NoteRow, ...]:
        """The lines of those of ``uids`` that lie here, in no order."""
        rows = self._file.database.rows(f"{_ROWS} {_AMONG}", (json.dumps(uids),))
        return tuple(map(note_row, rows))

    def count(self) -> int:
        """How many notes there are."""
        ((count,),) = self._file.database.rows("SELECT count(*) FROM in_use")
        return int(count)

    def search(
        self,
        typed: str,
        *,
        limit: int,
        order: Order = Order.NEWEST,
        meaning_of: Callable[[Filter], Meaning] = lambda _: Always(holds=False),
    ) -> tuple[NoteRow, ...]:
        """The notes that a search finds as ``typed``, at most ``limit``, the latest saved or the most relevant first.

        ``meaning_of`` says what a ``field:value`` stands for in this compartment. Raises ``SearchCancelledError`` where
        another thread interrupts it.
        """
        query = read_query(typed)
        if query is None:
            return ()
        rows = search_rows(self._file.database, _ROWS, query, meaning_of=meaning_of, order=order, limit=limit)
        return tuple(map(note_row, rows))

    def moved(self, *, by: datetime) -> tuple[NoteRow, ...]:
        """The notes that carry a date which has come ``by`` then: their labels may count otherwise than saved."""
        rows = self._file.database.rows(f"{_ROWS} {_MOVED}", (time_text(by),))
        return tuple(map(note_row, rows))

    def due(self, *, until: datetime | None, limit: int) -> tuple[DueRow, ...]:
        """The dates on the notes as they are now up to ``until``, the earliest first, note by note."""
        rows = self._file.database.rows(
            """SELECT uid, at, kind, number FROM due JOIN in_use AS notes ON notes.id = due.note
               WHERE ?1 IS NULL OR at <= ?1 ORDER BY at, notes.id, kind, number LIMIT ?2""",
            (None if until is None else time_text(until), limit),
        )
        return tuple(
            DueRow(uid=uid, at=datetime.fromisoformat(at), kind=kind, number=number) for uid, at, kind, number in rows
        )

    def _stored(self, uid: str, sql: str, parameters: tuple[object, ...]) -> StoredNote:
        row = self._file.database.row(sql, parameters)
        if row is None:
            raise UnknownIdError("note", uid)
        content, number, saved_at, author, label = row
        return StoredNote(
            note=unpacked(content),
            revision=number,
            saved_at=datetime.fromisoformat(saved_at),
            author=author,
            label_xml=_bytes(label),
        )


_REVISIONS = """SELECT packed, number, saved_at, author, revisions.label
    FROM revisions JOIN in_use AS notes ON notes.id = revisions.note"""
_AMONG = "WHERE uid IN (SELECT value FROM json_each(?))"
_MOVED = "WHERE notes.id IN (SELECT note FROM due WHERE at <= ?)"
_ROWS = """SELECT uid, reference, notes.title, title_label, label, modified, revision, latest
    FROM in_use AS notes"""


def _text(xml: bytes | None) -> str | None:
    return None if xml is None else xml.decode()


def _bytes(xml: str | None) -> bytes | None:
    return None if xml is None else xml.encode()
