"""A note's row for lists, and what it is found by: its words, the dates and the sources of its latest revision."""

from __future__ import annotations

from cloison.labels.declassification import calendar
from cloison.labels.label import label_from_xml
from cloison.notes.note import Note
from cloison.notes.relabelling import RAISE
from cloison.vault.database import Database
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.sources import source_names
from cloison_crypto.fields import time_text


def row_for(database: Database, note: Note) -> tuple[int, int]:
    """The id of the note's row, made where it is new, and the next revision's number; the old words leave the index."""
    row = database.row(
        """SELECT notes.id, revision, latest, title, body
           FROM notes JOIN bodies ON bodies.id = latest WHERE uid = ?""",
        (note.uid,),
    )
    if row is None:
        note_id = database.insert(
            "INSERT INTO notes(uid, reference, title, modified, revision, latest) VALUES (?, '', '', '', 0, 0)",
            (note.uid,),
        )
        return note_id, 1
    note_id, number, latest, title, body = row
    database.execute("INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)", (latest, title, body))
    database.execute("DELETE FROM bodies WHERE id = ?", (latest,))
    return note_id, number + 1


def list_and_index(
    database: Database, note_id: int, revision_id: int, note: Note, facts: RevisionFacts, number: int
) -> None:
    """Fill the row with the revision that is the latest from now on, and let it be found."""
    title_label = note.title.label
    database.execute(
        """UPDATE notes SET reference = ?, title = ?, title_label = ?, label = ?, level = ?, modified = ?, revision = ?,
           latest = ? WHERE id = ?""",
        (
            note.reference,
            note.title.text,
            None if title_label is None else title_label.to_xml().decode(),
            None if facts.label_xml is None else facts.label_xml.decode(),
            _level(facts.label_xml),
            time_text(facts.saved_at),
            number,
            revision_id,
            note_id,
        ),
    )
    _note_dates(database, note_id, note)
    _note_sources(database, note_id, note)
    body = "\n".join(portion.text for portion in (*note.portions, *note.attachments))
    database.execute("INSERT INTO bodies VALUES (?, ?)", (revision_id, body))
    database.execute("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", (revision_id, note.title.text, body))


def _note_dates(database: Database, note_id: int, note: Note) -> None:
    database.execute("DELETE FROM due WHERE note = ?", (note_id,))
    labels = {number: part.label for number, part in note.parts.items()}
    if note.raised is not None:
        labels[RAISE] = note.raised.label
    dated = {number: label for number, label in labels.items() if label is not None}
    for one in calendar(tuple(dated.values())):
        number = tuple(dated)[one.index]
        database.execute("INSERT INTO due VALUES (?, ?, ?, ?)", (note_id, time_text(one.at), one.kind.value, number))


def _note_sources(database: Database, note_id: int, note: Note) -> None:
    database.execute("DELETE FROM sources WHERE note = ?", (note_id,))
    for name in source_names(note):
        database.execute("INSERT INTO sources VALUES (?, ?)", (note_id, name))


def _level(label_xml: bytes | None) -> str | None:
    return None if label_xml is None else label_from_xml(label_xml).classification
