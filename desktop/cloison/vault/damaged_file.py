"""Reading a damaged file: every row of a table that can still be had, whatever lies between.

A bad page gives an error and poisons the connection, which is then opened anew. Rows are read in the order of their
rowids; where one cannot be had, the next that can is looked for at growing distances and then closed in on. What lies
in between is counted as one gap: how many rows were in it, nobody can say.

Such a file is a copy, which opening may change; the damaged vault itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cloison.vault.database import Row, open_database
from cloison.vault.errors import StorageError
from cloison_crypto.secrets import SecretKey

_AT_ONCE: Final = 64
_EACH: Final = 256
"""So many rowids are tried one by one; beyond, the distance grows by half each time."""
_FURTHEST: Final = 2**40


class DamagedFile:
    """A damaged file under its key, which the caller wipes; ``gaps`` counts per table where rows could not be had.

    Raises ``StorageError`` where not even the first page can be.
    """

    def __init__(self, path: Path, key: SecretKey) -> None:
        self._path = path
        self._key = key
        self._database = open_database(path, key)
        self.gaps: dict[str, int] = {}

    def value(self, sql: str) -> Row | None:
        """The first row of a query that reads little; raises ``StorageError``."""
        try:
            return self._database.row(sql)
        except StorageError:
            self._reopen()
            raise

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table as this file has them; none where it has no such table."""
        return tuple(str(row[1]) for row in self._database.rows(f'PRAGMA table_info("{table}")'))

    def rows(self, table: str) -> Iterator[Row]:
        """Every row that can be had, each after its rowid."""
        names = ", ".join(f'"{name}"' for name in self.columns(table))
        select = f"SELECT rowid, {names} {_from(table)} rowid >= ? ORDER BY rowid LIMIT "
        start: int | None = -(2**63)
        while start is not None:
            try:
                found = self._database.rows(f"{select}{_AT_ONCE}", (start,))
            except StorageError:
                self._reopen()
                found, start = self._one(f"{select}1", table, start)
                yield from found
                continue
            yield from found
            start = found[-1][0] + 1 if len(found) == _AT_ONCE else None

    def close(self) -> None:
        """Let go of it."""
        self._database.close()

    def _one(self, select: str, table: str, start: int) -> tuple[list[Row], int | None]:
        """The first row from ``start`` on, or a gap; and where to go on."""
        try:
            found = self._database.rows(select, (start,))
        except StorageError:
            self._reopen()
        else:
            return found, found[0][0] + 1 if found else None
        self.gaps[table] = self.gaps.get(table, 0) + 1
        # The row may be there, and only what it continues on be lost.
        next_id = self._next_id(table, start)
        return [], next_id + 1 if isinstance(next_id, int) else self._beyond(table, start)

    def _beyond(self, table: str, start: int) -> int | None:
        """The first rowid after ``start`` from which reading goes on; None where it never does."""
        bad, distance = start, 1
        start = max(start, 0)
        while distance < _FURTHEST:
            found = self._next_id(table, start + distance)
            if found is None:
                return None
            if isinstance(found, int):
                return self._close_in(table, bad, start + distance)
            bad = start + distance
            distance += 1 if distance < _EACH else distance // 2
        return None

    def _close_in(self, table: str, bad: int, good: int) -> int:
        while good - bad > 1:
            middle = (bad + good) // 2
            if self._next_id(table, middle) is _UNREADABLE:
                bad = middle
            else:
                good = middle
        return good

    def _next_id(self, table: str, start: int) -> int | _Unreadable | None:
        """The first rowid from ``start`` on, None where there is none."""
        try:
            row = self._database.row(f"SELECT rowid {_from(table)} rowid >= ? ORDER BY rowid LIMIT 1", (start,))
        except StorageError:
            self._reopen()
            return _UNREADABLE
        return None if row is None else int(row[0])

    def _reopen(self) -> None:
        self._database.close()
        self._database = open_database(self._path, self._key)


def _from(table: str) -> str:
    """The rows themselves and no index, which may be sound where they are not; names are of our own schema."""
    return f'FROM "{table}" NOT INDEXED WHERE'


class _Unreadable:
    """No rowid and not the end either."""


_UNREADABLE: Final = _Unreadable()
