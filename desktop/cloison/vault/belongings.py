"""What belongs to a note beside its revisions, by the note's uid: it goes where the note goes, and ends with it.

A table that comes later and has rows of its own for notes gets its place here: moving copies them as they are, in the
order they were made; then, or when the note is destroyed, they are deleted from the last table to the first.
Attachments have blobs beside their rows and go by their own store.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cloison.vault.database import Database, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """The rows of one table: ``select`` and ``delete`` take the note's uid, ``insert`` what ``select`` gives."""

    select: str
    insert: str
    delete: str

    def rows(self, database: Database, uid: str) -> tuple[Row, ...]:
        """Those of a note, in the order they were made."""
        return tuple(database.rows(self.select, (uid,)))

    def add(self, database: Database, rows: tuple[Row, ...]) -> None:
        """Put them in another file; what is there already stays."""
        for row in rows:
            database.execute(self.insert, row)

    def remove(self, database: Database, uid: str) -> None:
        """Delete those of a note."""
        database.execute(self.delete, (uid,))


BELONGINGS: Final = (
    Belonging(
        select="SELECT uid, packed, saved_at FROM drafts WHERE uid = ?",
        insert="INSERT OR IGNORE INTO drafts(uid, packed, saved_at) VALUES (?, ?, ?)",
        delete="DELETE FROM drafts WHERE uid = ?",
    ),
    Belonging(
        select="""SELECT draft, position, portion, before, after, reason FROM draft_changes
            WHERE draft = ? ORDER BY position""",
        insert="""INSERT OR IGNORE INTO draft_changes(draft, position, portion, before, after, reason)
            VALUES (?, ?, ?, ?, ?, ?)""",
        delete="DELETE FROM draft_changes WHERE draft = ?",
    ),
    Belonging(
        select="SELECT id, note, number, body, withdrawn_at FROM consents WHERE note = ? ORDER BY rowid",
        insert="INSERT OR IGNORE INTO consents(id, note, number, body, withdrawn_at) VALUES (?, ?, ?, ?, ?)",
        delete="DELETE FROM consents WHERE note = ?",
    ),
    Belonging(
        select="SELECT digest, package, note, body FROM receipts WHERE note = ? ORDER BY rowid",
        insert="INSERT OR IGNORE INTO receipts(digest, package, note, body) VALUES (?, ?, ?, ?)",
        delete="DELETE FROM receipts WHERE note = ?",
    ),
    Belonging(
        select="""SELECT id, note, package, sender, sender_fingerprint, text, label, at, closed_at, closed_by, reason
            FROM requirements WHERE note = ? ORDER BY rowid""",
        insert="""INSERT OR IGNORE INTO requirements(
                id, note, package, sender, sender_fingerprint, text, label, at, closed_at, closed_by, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        delete="DELETE FROM requirements WHERE note = ?",
    ),
    Belonging(
        select="""SELECT requirement, note, at, by FROM answers
            WHERE requirement IN (SELECT id FROM requirements WHERE note = ?) ORDER BY rowid""",
        insert="INSERT OR IGNORE INTO answers(requirement, note, at, by) VALUES (?, ?, ?, ?)",
        delete="DELETE FROM answers WHERE requirement IN (SELECT id FROM requirements WHERE note = ?)",
    ),
    Belonging(
        select="SELECT note FROM templates WHERE note = ?",
        insert="INSERT OR IGNORE INTO templates(note) VALUES (?)",
        delete="DELETE FROM templates WHERE note = ?",
    ),
    Belonging(
        select="SELECT note, kind, target, at, by FROM links WHERE note = ? ORDER BY rowid",
        insert="INSERT OR IGNORE INTO links(note, kind, target, at, by) VALUES (?, ?, ?, ?, ?)",
        delete="DELETE FROM links WHERE note = ?",
    ),
)
