"""Files of compartments that are to go: named in ``shared.db`` before they are made, or once another took their place.

Whoever is not read in cannot know which files are still used, so nothing is ever swept that is not named here.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from cloison.vault.database import Database
from cloison.vault.files import remove_database


class Leftovers:
    """What is to be removed from one folder."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def add(self, file: str) -> None:
        """Name a file that is to go unless something happens."""
        self._database.execute("INSERT OR IGNORE INTO leftovers VALUES (?)", (file,))

    def keep(self, file: str) -> None:
        """A file is to stay."""
        self._database.execute("DELETE FROM leftovers WHERE file = ?", (file,))

    def sweep(self, used: Collection[str]) -> None:
        """Remove every file named here but those in use; one that the system holds on to is tried another time."""
        for (file,) in self._database.rows("SELECT file FROM leftovers"):
            path = self._folder / Path(file).name
            if path.name not in used:
                remove_database(path)
            if not path.exists() or path.name in used:
                self.keep(file)
