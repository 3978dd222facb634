"""Numbers drawn from vault-wide series: committed before they are used, so that none is ever given twice.

Nothing but the last number is kept here: what a number was used for is in the register of a compartment, and one that
never got an entry shows there as void.
"""

from __future__ import annotations

from cloison.vault.database import Database


class NumberSeries:
    """The series of a vault, in ``shared.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draw(self, kind: str, year: int) -> int:
        """The next number of that kind in that year, from 1."""
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO series VALUES (?, ?, 1) ON CONFLICT (kind, year) DO UPDATE SET last = last + 1",
                (kind, year),
            )
            ((last,),) = self._database.rows("SELECT last FROM series WHERE kind = ? AND year = ?", (kind, year))
        return int(last)

    def raise_to(self, kind: str, year: int, last: int) -> None:
        """Give no number up to ``last`` any more."""
        self._database.execute(
            "INSERT INTO series VALUES (?, ?, ?) "
            "ON CONFLICT (kind, year) DO UPDATE SET last = max(last, excluded.last)",
            (kind, year, last),
        )
