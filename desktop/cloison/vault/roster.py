"""Who is read into a compartment: a table in its own file, so that nobody else can tell.

Each reader is there with the fingerprint their key was sealed to and the row of ``shared.db`` it lies in, which lets
any reader hand the others another key. It is no more than a list to work from: keys are sealed to nobody on its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cloison.vault.database import Database

if TYPE_CHECKING:
    from cloison.vault.compartment_file import CompartmentFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRow:
    """A member who is read in; ``wrap`` is the row of ``shared.db`` that holds their key."""

    member: str
    alias: str
    fingerprint: bytes
    wrap: str


class Roster:
    """The readers of one compartment. Whoever was one stays on it, without a key: they have signed what was entered."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def readers(self) -> tuple[ReaderRow, ...]:
        """Everybody who is read in, in the order they were."""
        rows = self._file.database.rows(
            "SELECT member, alias, fingerprint, wrap FROM readers WHERE wrap NOT NULL ORDER BY rowid"
        )
        return tuple(
            ReaderRow(member=member, alias=alias, fingerprint=fingerprint, wrap=wrap)
            for member, alias, fingerprint, wrap in rows
        )

    def fingerprints(self) -> tuple[bytes, ...]:
        """The fingerprints of all who are or were read in."""
        rows = self._file.database.rows("SELECT fingerprint FROM readers ORDER BY rowid")
        return tuple(bytes(fingerprint) for (fingerprint,) in rows)

    def put(self, row: ReaderRow) -> None:
        """Enter a reader, in the place of what was said of them."""
        if row in self.readers():
            return
        database = self._file.database
        with database.transaction():
            take_off(database, row.member)
            database.execute(
                """INSERT INTO readers VALUES (?, ?, ?, ?) ON CONFLICT (member, fingerprint) DO UPDATE
                   SET alias = excluded.alias, wrap = excluded.wrap""",
                (row.member, row.alias, row.fingerprint, row.wrap),
            )

    def drop(self, member: str) -> None:
        """A member is on the list no longer."""
        with self._file.database.transaction():
            take_off(self._file.database, member)


def take_off(database: Database, member: str) -> None:
    """In this file a member is read in no longer."""
    database.execute("UPDATE readers SET wrap = NULL WHERE member = ?", (member,))
