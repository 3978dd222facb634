"""Lines as a table – of a register, of the calendar, of the history of a note: each column says one thing of a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cloison.labels.label import Label
from cloison.ui.clerk import Clerk
from cloison.ui.marked_cells import LABEL_ROLE, MarkedCells, dress_table
from cloison.ui.plain import on_one_line, tooltip
from cloison.wording.catalogue import Catalogue

L = TypeVar("L")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[L]):
    """``name`` is in English, for the catalogue; ``width`` in pixels, None takes what is left.

    Where ``label`` gives one it is drawn in place of the text, which is then only read out.
    """

    name: str
    width: int | None
    text: Callable[[L], str]
    label: Callable[[L], Label | None] = lambda line: None


class LineModel(QAbstractTableModel, Generic[L]):
    """Lines, in the order they are given."""

    def __init__(self, columns: Sequence[Column[L]], words: Catalogue, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._words = words
        self.columns = tuple(columns)
        self.lines: tuple[L, ...] = ()

    def show_lines(self, lines: Sequence[L]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(self.columns[section].name)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role == LABEL_ROLE:
            return column.label(line)
        text = on_one_line(column.text(line))
        if role == Qt.ItemDataRole.DisplayRole:
            return text if column.label(line) is None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None


def line_table(clerk: Clerk, model: LineModel[L], name: str) -> QTableView:
    """A table of ``model`` in which a row is chosen whole; ``name`` is for assistive technology."""
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(MarkedCells(clerk.kit.theme, clerk.policy, table))
    dress_table(table, name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    for number, column in enumerate(model.columns):
        if column.width is None:
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        else:
            header.resizeSection(number, column.width)
    return table
