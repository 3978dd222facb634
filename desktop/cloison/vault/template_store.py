"""Which notes of a compartment are templates: they are notes like others, and others are begun with what they say."""

from __future__ import annotations

from cloison.vault.compartment_file import CompartmentFile


class TemplateStore:
    """The templates of one open compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def add(self, uid: str) -> None:
        """Make the note of that uid a template; one that is stays one."""
        with self._file.act() as database:
            database.execute("INSERT OR IGNORE INTO templates VALUES (?)", (uid,))

    def remove(self, uid: str) -> bool:
        """Make it a note like others again; whether it was a template."""
        with self._file.act() as database:
            return database.execute("DELETE FROM templates WHERE note = ?", (uid,)) > 0

    def uids(self) -> tuple[str, ...]:
        """Those in use, by title."""
        rows = self._file.database.rows(
            "SELECT uid FROM in_use AS notes JOIN templates ON templates.note = uid ORDER BY title, uid"
        )
        return tuple(uid for (uid,) in rows)
