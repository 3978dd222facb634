"""What notes of a compartment say of others: a kind, and the uid of a note that may lie in any compartment.

Somebody who reads this file alone learns from a link that there is a note of that uid, and nothing of it.
"""

from __future__ import annotations

from datetime import datetime

from cloison.notes.link import Link, LinkKind
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison_crypto.fields import time_text


class LinkStore:
    """The links from notes of one open compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def add(self, link: Link, *, at: datetime, by: str) -> None:
        """Keep a link; the same once more changes nothing."""
        with self._file.act() as database:
            database.execute(
                "INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?)",
                (link.note, link.kind.value, link.target, time_text(at), by),
            )

    def remove(self, link: Link) -> bool:
        """Forget a link; whether there was one."""
        with self._file.act() as database:
            return bool(
                database.execute(
                    "DELETE FROM links WHERE note = ? AND kind = ? AND target = ?",
                    (link.note, link.kind.value, link.target),
                )
            )

    def of(self, uid: str) -> tuple[Link, ...]:
        """What the note of that uid says of others, in the order it was said."""
        return self._links(f"{_LINKS} WHERE note = ? ORDER BY rowid", uid)

    def to(self, uid: str) -> tuple[Link, ...]:
        """What notes here say of the note of that uid, wherever it lies."""
        return self._links(f"{_LINKS} WHERE target = ? ORDER BY rowid", uid)

    def forget(self, uid: str) -> None:
        """Drop what notes here say of a note that is no more."""
        if self.to(uid):
            with self._file.act() as database:
                database.execute("DELETE FROM links WHERE target = ?", (uid,))

    def _links(self, sql: str, uid: str) -> tuple[Link, ...]:
        return tuple(map(_link, self._file.database.rows(sql, (uid,))))


_LINKS = "SELECT note, kind, target FROM links"


def _link(row: Row) -> Link:
    note, kind, target = row
    return Link(note=note, kind=LinkKind(kind), target=target)
