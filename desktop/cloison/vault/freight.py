"""A note as the rows it lies in: read in one file, put into another under new ids, taken out of the first.

Rows go as they are, byte for byte; only the ids inside a file are given anew. In its new place a note counts as the one
saved last, since ids grow with every save. Revisions are read one after the other: they may hold many megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cloison.vault.belongings import BELONGINGS, Belonging
from cloison.vault.database import Database, Row
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRows:
    """A revision, and what it did to marks."""

    revision: Row
    changes: tuple[Row, ...]
    decisions: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freight:
    """All of a note; ``revisions`` can be gone through once, while nothing else happens in the file."""

    note: Row
    title: str
    body: str
    revisions: Iterator[RevisionRows]
    dates: tuple[Row, ...]
    sources: tuple[Row, ...]
    belongings: tuple[tuple[Belonging, tuple[Row, ...]], ...]


def load(database: Database, uid: str) -> Freight:
    """All of the note of that uid; raises ``UnknownIdError``."""
    note_id, latest = _place(database, uid)
    (note,) = database.rows(_NOTE, (note_id,))
    ((title, body),) = database.rows("SELECT title, body FROM searchable WHERE id = ?", (latest,))
    return Freight(
        note=note,
        title=title,
        body=body,
        revisions=_revisions(database, note_id),
        dates=tuple(database.rows("SELECT at, kind, number FROM due WHERE note = ?", (note_id,))),
        sources=tuple(database.rows("SELECT name FROM sources WHERE note = ?", (note_id,))),
        belongings=tuple((one, one.rows(database, uid)) for one in BELONGINGS),
    )


def unload(database: Database, freight: Freight) -> None:
    """Put a note into the file; call it inside an act."""
    note_id = database.insert(_ADD_NOTE, freight.note)
    latest = 0
    for one in freight.revisions:
        latest = _add_revision(database, note_id, one)
    database.execute("UPDATE notes SET latest = ? WHERE id = ?", (latest, note_id))
    database.execute("INSERT INTO bodies VALUES (?, ?)", (latest, freight.body))
    database.execute("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", (latest, freight.title, freight.body))
    for row in freight.dates:
        database.execute("INSERT INTO due VALUES (?, ?, ?, ?)", (note_id, *row))
    for row in freight.sources:
        database.execute("INSERT INTO sources VALUES (?, ?)", (note_id, *row))
    for belonging, rows in freight.belongings:
        belonging.add(database, rows)


def remove(database: Database, uid: str) -> None:
    """Take all of a note out of the file; it must be on its way out, and the act under way."""
    note_id, latest = _place(database, uid)
    _take_words_out(database, latest)
    for belonging in reversed(BELONGINGS):
        belonging.remove(database, uid)
    for statement in _REMOVE:
        database.execute(statement, (note_id,))


def press(database: Database) -> None:
    """Rewrite the search index, so that no word is left in it of revisions that are gone.

    The index marks what is deleted and lets the words lie until it is merged; this merges all of it, in about a second
    for 10,000 notes.
    """
    database.execute("INSERT INTO search(search) VALUES ('optimize')")


def _take_words_out(database: Database, latest: int) -> None:
    ((title, body),) = database.rows("SELECT title, body FROM searchable WHERE id = ?", (latest,))
    database.execute("INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)", (latest, title, body))


def _place(database: Database, uid: str) -> tuple[int, int]:
    row = database.row("SELECT id, latest FROM notes WHERE uid = ?", (uid,))
    if row is None:
        raise UnknownIdError("note", uid)
    note_id, latest = row
    return note_id, latest


def _revisions(database: Database, note_id: int) -> Iterator[RevisionRows]:
    for (id,) in database.rows("SELECT id FROM revisions WHERE note = ? ORDER BY id", (note_id,)):
        (revision,) = database.rows("SELECT number, saved_at, author, label, packed FROM revisions WHERE id = ?", (id,))
        changes = database.rows(
            "SELECT portion, before, after, reason FROM label_changes WHERE revision = ? ORDER BY rowid", (id,)
        )
        decisions = database.rows(
            "SELECT portion, authority, reference, day FROM label_decisions WHERE revision = ? ORDER BY rowid", (id,)
        )
        yield RevisionRows(revision=revision, changes=tuple(changes), decisions=tuple(decisions))


def _add_revision(database: Database, note_id: int, one: RevisionRows) -> int:
    id = database.insert(
        "INSERT INTO revisions(note, number, saved_at, author, label, packed) VALUES (?, ?, ?, ?, ?, ?)",
        (note_id, *one.revision),
    )
    for row in one.changes:
        database.execute("INSERT INTO label_changes VALUES (?, ?, ?, ?, ?)", (id, *row))
    for row in one.decisions:
        database.execute("INSERT INTO label_decisions VALUES (?, ?, ?, ?, ?)", (id, *row))
    return id


_NOTE = """SELECT uid, reference, title, title_label, label, level, modified, revision, binned_at, binned_by
    FROM notes WHERE id = ?"""
_ADD_NOTE = """INSERT INTO notes(
        uid, reference, title, title_label, label, level, modified, revision, binned_at, binned_by, latest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"""
# Revisions before the departure that lets them go, and the departure before the note it is of.
_REMOVE = (
    "DELETE FROM bodies WHERE id IN (SELECT id FROM revisions WHERE note = ?)",
    "DELETE FROM label_changes WHERE revision IN (SELECT id FROM revisions WHERE note = ?)",
    "DELETE FROM label_decisions WHERE revision IN (SELECT id FROM revisions WHERE note = ?)",
    "DELETE FROM due WHERE note = ?",
    "DELETE FROM sources WHERE note = ?",
    "DELETE FROM revisions WHERE note = ?",
    "DELETE FROM departures WHERE note = ?",
    "DELETE FROM notes WHERE id = ?",
)
