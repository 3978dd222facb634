"""A table inside a note: one portion under one mark, whatever its number of rows.

Cells hold plain text, with line feeds where a cell has several paragraphs. The bounds are those of a sheet of paper:
26 columns (A to Z) are what the width of A4 holds with a few characters in each, and a table goes on for pages but is
not a data base. Rows are objects when stored, so that a row may one day say more about itself than its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.notes.errors import TableProblem, TableRefusedError
from cloison_crypto.fields import Fields, Json

MOST_ROWS = 2_000
MOST_COLUMNS = 26
MOST_CELL = 10_000  # characters: a cell of three pages
MOST_TABLE = 1_000_000  # characters in all, as in a run of text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells, all of one length; made by ``table_of``. With ``has_header`` the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    has_header: bool

    @property
    def columns(self) -> int:
        """How many cells each row has."""
        return len(self.rows[0])

    @property
    def text(self) -> str:
        """The words alone: a line for each row, a tab between cells."""
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in self.rows)

    def to_json(self) -> Json:
        """The stored form."""
        return {"has_header": self.has_header, "rows": [{"cells": list(row)} for row in self.rows]}


def table_of(rows: Sequence[Sequence[str]], *, has_header: bool) -> Table:
    """The checked door for tables; raises ``TableRefusedError``."""
    columns = len(rows[0]) if rows else 0
    if not columns:
        raise TableRefusedError("rows", TableProblem.EMPTY)
    if len(rows) > MOST_ROWS:
        raise TableRefusedError("rows", TableProblem.TOO_MANY_ROWS)
    if columns > MOST_COLUMNS:
        raise TableRefusedError("rows[0]", TableProblem.TOO_MANY_COLUMNS)
    for number, row in enumerate(rows):
        _check_row(row, columns, path=f"rows[{number}]")
    if sum(len(cell) for row in rows for cell in row) > MOST_TABLE:
        raise TableRefusedError("rows", TableProblem.TOO_MUCH_TEXT)
    return Table(rows=tuple(tuple(row) for row in rows), has_header=has_header)


def table_from_json(fields: Fields) -> Table:
    """The checked door for stored tables; raises ``CanonicalError`` or ``TableRefusedError``."""
    has_header = fields.flag("has_header")
    rows: list[list[str]] = []
    for row in fields.items("rows"):
        rows.append(row.texts("cells", limit=MOST_CELL))
        row.finish()
    fields.finish()
    return table_of(rows, has_header=has_header)


def _check_row(row: Sequence[str], columns: int, *, path: str) -> None:
    if len(row) != columns:
        raise TableRefusedError(path, TableProblem.NOT_RECTANGULAR)
    for number, cell in enumerate(row):
        if len(cell) > MOST_CELL:
            raise TableRefusedError(f"{path}[{number}]", TableProblem.CELL_TOO_LONG)
