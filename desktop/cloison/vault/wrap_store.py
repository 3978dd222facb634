"""The wraps of compartment keys in ``shared.db``: rows that say which member they are for, and nothing else."""

from __future__ import annotations

from cloison.vault.database import Database
from cloison_crypto.secrets import Randomness


class WrapStore:
    """The wraps of a vault."""

    def __init__(self, database: Database, randomness: Randomness) -> None:
        self._database = database
        self._randomness = randomness

    def add(self, member_id: str, wrap: bytes) -> None:
        """Keep a wrap, in the transaction under way or alone."""
        self._database.execute("INSERT INTO wraps VALUES (?, ?, ?)", (self._randomness(16).hex(), member_id, wrap))

    def of_member(self, member_id: str) -> tuple[bytes, ...]:
        """Every wrap for that member."""
        rows = self._database.rows("SELECT sealed FROM wraps WHERE member = ? ORDER BY rowid", (member_id,))
        return tuple(wrap for (wrap,) in rows)
