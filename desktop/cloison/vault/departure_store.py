"""Notes on their way out of a compartment: to another one, or destroyed.

Two files cannot be written in one transaction, so a note goes in three steps, each of them whole:

1. here: the note is entered as gone and put among the departures. From then on it is not in use here: it is in no list,
   nothing can be saved of it, and so nothing saved of it can be lost;
2. there: the note as it lies here is put into the other file with its register entry, unless that entry is there
   already;
3. here: the note and its departure are deleted.

A session that ends between two of them leaves the departure behind; whoever opens both compartments next takes the
remaining steps. The departure names the other compartment by its id alone, and until the last step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.errors import UnknownIdError
from cloison.vault.freight import Freight, load, press, remove, unload
from cloison.vault.note_rows import NoteRow, note_row
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A note that goes: under which register number, to which compartment (None: destroyed), since when, by whom."""

    uid: str
    number: str
    target: str | None
    at: datetime
    by: str


class DepartureStore:
    """What leaves one open compartment, and what comes into it."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def begin(self, one: Departure) -> None:
        """The note is on its way; call it inside the act that enters it. Raises ``UnknownIdError``."""
        with self._file.act() as database:
            added = database.execute(
                """INSERT INTO departures(note, number, target, begun_at, begun_by)
                   SELECT id, ?, ?, ?, ? FROM notes WHERE uid = ?""",
                (one.number, one.target, time_text(one.at), one.by, one.uid),
            )
            if not added:
                raise UnknownIdError("note", one.uid)

    def pending(self) -> tuple[Departure, ...]:
        """What an interrupted session left on its way, in the order it was begun."""
        rows = self._file.database.rows(
            """SELECT uid, number, target, begun_at, begun_by
               FROM departures JOIN notes ON notes.id = departures.note ORDER BY number"""
        )
        return tuple(
            Departure(uid=uid, number=number, target=target, at=datetime.fromisoformat(at), by=by)
            for uid, number, target, at, by in rows
        )

    def uids(self) -> tuple[str, ...]:
        """Every note that lies here and is not on its way out, those in the bin included, the latest saved last."""
        rows = self._file.database.rows(
            "SELECT uid FROM notes WHERE id NOT IN (SELECT note FROM departures) ORDER BY latest"
        )
        return tuple(uid for (uid,) in rows)

    def row(self, uid: str) -> NoteRow:
        """The line of a note that lies here, in use or not; raises ``UnknownIdError``."""
        row = self._file.database.row(_ROW, (uid,))
        if row is None:
            raise UnknownIdError("note", uid)
        return note_row(row)

    def labels(self, uid: str) -> tuple[bytes, ...]:
        """The roll-up of each revision of a note, and the labels of what readers asked of it."""
        rows = self._file.database.rows(
            """SELECT revisions.label FROM revisions JOIN notes ON notes.id = revisions.note WHERE uid = ?1
               UNION SELECT label FROM requirements WHERE note = ?1""",
            (uid,),
        )
        return tuple(label.encode() for (label,) in rows if label is not None)

    def load(self, uid: str) -> Freight:
        """All of a note, to be put into another compartment at once; raises ``UnknownIdError``."""
        return load(self._file.database, uid)

    def holds(self, uid: str) -> bool:
        """Whether a note of that uid lies here, in use or not."""
        return self._file.database.row("SELECT 1 FROM notes WHERE uid = ?", (uid,)) is not None

    def unload(self, freight: Freight) -> None:
        """Take in a note that comes from another compartment; call it inside the act that enters it."""
        with self._file.act() as database:
            unload(database, freight)

    def finish(self, uid: str) -> None:
        """Delete all of a note that is on its way out; raises ``UnknownIdError``.

        Single words of it stay in the index until that is merged: those read in here could read them in the note.
        """
        with self._file.act() as database:
            remove(database, uid)

    def press(self) -> None:
        """Leave none of those words in the index, nor in the pages of the file, once ``settle`` was called after it."""
        with self._file.act() as database:
            press(database)

    def settle(self) -> None:
        """After the act: bring the log in, so that the pages it took the place of are gone."""
        self._file.database.checkpoint()


_ROW = """SELECT uid, reference, title, title_label, label, modified, revision, latest FROM notes WHERE uid = ?"""
