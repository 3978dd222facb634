"""The wraps of compartment keys in ``shared.db``: rows that do not say whom they are for.

A member finds their own by trying: what they keep for themselves opens under a key of their own, what was handed to
them with their identity. So a copy of ``shared.db`` tells the other members how many wraps there are, and not who holds
how many. Copies of before and after a session of somebody can be compared, though.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloison.vault.database import Database
from cloison_crypto.secrets import Randomness

_UID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapRow:
    """One wrap, and the id of its row."""

    id: str
    sealed: bytes


class WrapStore:
    """The wraps of a vault."""

    def __init__(self, database: Database, randomness: Randomness) -> None:
        self._database = database
        self._randomness = randomness

    @property
    def file(self) -> str:
        """The name of the file they lie in."""
        return self._database.file

    def new_id(self) -> str:
        """The id of a row to be."""
        return self._randomness(_UID_BYTES).hex()

    def put(self, id: str, wrap: bytes) -> None:
        """Keep a wrap, in the place of the one in that row, if there is one."""
        self._database.execute(
            "INSERT INTO wraps VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed", (id, wrap)
        )

    def drop(self, id: str) -> None:
        """Remove a row; nothing happens where there is none."""
        self._database.execute("DELETE FROM wraps WHERE id = ?", (id,))

    def rows(self) -> tuple[WrapRow, ...]:
        """Every row, in the order they came."""
        rows = self._database.rows("SELECT id, sealed FROM wraps ORDER BY rowid")
        return tuple(WrapRow(id=id, sealed=sealed) for id, sealed in rows)
