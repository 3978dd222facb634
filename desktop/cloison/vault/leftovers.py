"""Database files that are to go: named in ``shared.db`` before they are made, or once another took their place.

Whoever is not read in cannot know which files are still used, and of two ``shared.db`` an older header would lead to
the older: so nothing is ever swept that is not named here. Names are of files in the vault and can be nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from cloison.vault.database import Database
from cloison.vault.files import remove_database

_NAME: Final = re.compile(r"(shared(-[0-9a-f]{32})?|compartments/[0-9a-f]{32})\.db")


class Leftovers:
    """What is to be removed from the vault in ``folder``; names are as from there."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def add(self, name: str) -> None:
        """Name a file that is to go unless something happens."""
        add_leftover(self._database, name)

    def keep(self, name: str) -> None:
        """A file is to stay, or has gone."""
        keep_leftover(self._database, name)

    def sweep(self, used: Collection[str]) -> None:
        """Remove every file named here but those in use; one that the system holds on to is tried another time."""
        for (name,) in self._database.rows("SELECT file FROM leftovers"):
            if _NAME.fullmatch(name) and name not in used:
                remove_database(self._folder / name)
                if (self._folder / name).exists():
                    continue
            self.keep(name)


def add_leftover(database: Database, name: str) -> None:
    """The same in a ``shared.db`` that is not in use yet."""
    database.execute("INSERT OR IGNORE INTO leftovers VALUES (?)", (name,))


def keep_leftover(database: Database, name: str) -> None:
    """The same in a ``shared.db`` that is not in use yet."""
    database.execute("DELETE FROM leftovers WHERE file = ?", (name,))
