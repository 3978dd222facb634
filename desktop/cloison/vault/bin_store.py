"""The bin: deleted notes, whole, until they are taken back or destroyed. They are in no list and in no search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison.vault.errors import UnknownIdError
from cloison.vault.note_rows import NoteRow, note_row
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class BinRow:
    """A note in the bin, since when, and who put it there."""

    row: NoteRow
    at: datetime
    by: str


class BinStore:
    """The bin of one open compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def put(self, uid: str, *, at: datetime, by: str) -> None:
        """Put a note that is in use into the bin; raises ``UnknownIdError``."""
        with self._file.act() as database:
            changed = database.execute(
                "UPDATE notes SET binned_at = ?, binned_by = ? WHERE id = (SELECT id FROM in_use WHERE uid = ?)",
                (time_text(at), by, uid),
            )
            if not changed:
                raise UnknownIdError("note", uid)

    def take_back(self, uid: str) -> None:
        """Let a note in the bin be in use again; raises ``UnknownIdError``."""
        with self._file.act() as database:
            changed = database.execute(
                """UPDATE notes SET binned_at = NULL, binned_by = NULL
                   WHERE uid = ? AND binned_at NOT NULL AND id NOT IN (SELECT note FROM departures)""",
                (uid,),
            )
            if not changed:
                raise UnknownIdError("note in the bin", uid)

    def get(self, uid: str) -> BinRow:
        """One note in the bin; raises ``UnknownIdError``."""
        row = self._file.database.row(f"{_ROWS} AND uid = ?", (uid,))
        if row is None:
            raise UnknownIdError("note in the bin", uid)
        return _bin_row(row)

    def all(self) -> tuple[BinRow, ...]:
        """Every note in the bin, the one longest in it first."""
        rows = self._file.database.rows(f"{_ROWS} ORDER BY binned_at, id")
        return tuple(map(_bin_row, rows))


_ROWS = """SELECT binned_at, binned_by, uid, reference, title, title_label, label, modified, revision, latest
    FROM notes WHERE binned_at NOT NULL AND id NOT IN (SELECT note FROM departures)"""


def _bin_row(row: Row) -> BinRow:
    at, by, *columns = row
    return BinRow(row=note_row(tuple(columns)), at=datetime.fromisoformat(at), by=by)
