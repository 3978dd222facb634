"""The cells of a table, written in one by one.

Words that are pasted into a cell bring their worth along, as in the field of the find bar; typed ones are worth the
table. Cells nobody wrote into stay as they were stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cloison.notes.table import MOST_CELL, MOST_COLUMNS, MOST_ROWS, Table
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.controls import button
from cloison.ui.editor.clips import Clip, ClipShelf
from cloison.ui.editor.replacement_field import ReplacementField
from cloison.ui.kit import Kit
from cloison.ui.plain import visible

Index = QModelIndex | QPersistentModelIndex

_COLUMN_WIDTH: Final = 150


class _CellField(QStyledItemDelegate):
    """Writes each change of a cell into the table at once: a lock does not wait for the end of a cell."""

    def __init__(self, shelf: ClipShelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.brought: list[Clip] = []

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A field whose pastes are known."""
        field = ReplacementField(self._shelf, parent=parent)
        field.setMaxLength(MOST_CELL)
        field.textChanged.connect(lambda: self.commitData.emit(field))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """What the field is filled with is no change."""
        editor.blockSignals(True)  # noqa: FBT003 - Qt's argument
        super().setEditorData(editor, index)
        editor.blockSignals(False)  # noqa: FBT003 - Qt's argument

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """What came into the field by the clipboard is told before the words are."""
        if isinstance(editor, ReplacementField):
            self.brought += [one for one in editor.brought if one not in self.brought]
            if editor.text() != index.data():
                model.setData(index, editor.text())


class TableForm(QWidget):
    """``changed`` carries rows of cells and whether the first names the columns."""

    changed = Signal(object, bool)

    def __init__(self, kit: Kit, shelf: ClipShelf, *, parent: QWidget | None = None) -> None:
        """No table yet."""
        super().__init__(parent)
        words = kit.words
        self._cells: list[list[str]] = [[""]]
        self._delegate = _CellField(shelf, self)
        self.grid = QTableWidget()
        self.grid.setItemDelegate(self._delegate)
        self.grid.setAccessibleName(words.text("Cells of the table"))
        self.grid.setTabKeyNavigation(False)
        self.grid.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.horizontalHeader().setDefaultSectionSize(_COLUMN_WIDTH)
        self.header = CheckBox(kit.theme, words.text("The first row names the columns"))
        self.add_row = button(words.text("Add a row"))
        self.add_column = button(words.text("Add a column"))
        self.drop_row = button(words.text("Remove the row"))
        self.drop_column = button(words.text("Remove the column"))
        self._place()
        self._connect()

    @property
    def brought(self) -> list[Clip]:
        """The clips that words in the cells came from."""
        return self._delegate.brought

    def show_table(self, table: Table) -> None:
        """Show ``table``; nothing was brought into it yet."""
        self._delegate.brought.clear()
        self._cells = [list(row) for row in table.rows]
        self.header.blockSignals(True)  # noqa: FBT003 - Qt's argument
        self.header.setChecked(table.has_header)
        self.header.blockSignals(False)  # noqa: FBT003 - Qt's argument
        self._fill(row=0, column=0)

    def _fill(self, *, row: int, column: int) -> None:
        self.grid.blockSignals(True)  # noqa: FBT003 - Qt's argument
        self.grid.setRowCount(len(self._cells))
        self.grid.setColumnCount(len(self._cells[0]))
        for number, cells in enumerate(self._cells):
            for place, cell in enumerate(cells):
                self.grid.setItem(number, place, QTableWidgetItem(visible(cell)))
        self.grid.setCurrentCell(min(row, len(self._cells) - 1), min(column, len(self._cells[0]) - 1))
        self.grid.blockSignals(False)  # noqa: FBT003 - Qt's argument
        self._offer()

    def _written(self, item: QTableWidgetItem) -> None:
        self._cells[item.row()][item.column()] = item.text()
        self._tell()

    def _add_row(self) -> None:
        row = self.grid.currentRow() + 1
        self._cells.insert(row, [""] * len(self._cells[0]))
        self._changed(row, self.grid.currentColumn())

    def _add_column(self) -> None:
        column = self.grid.currentColumn() + 1
        for cells in self._cells:
            cells.insert(column, "")
        self._changed(self.grid.currentRow(), column)

    def _drop_row(self) -> None:
        row = self.grid.currentRow()
        del self._cells[row]
        self._changed(row, self.grid.currentColumn())

    def _drop_column(self) -> None:
        column = self.grid.currentColumn()
        for cells in self._cells:
            del cells[column]
        self._changed(self.grid.currentRow(), column)

    def _changed(self, row: int, column: int) -> None:
        self._fill(row=row, column=column)
        self._tell()
        self.grid.setFocus()

    def _tell(self) -> None:
        self.changed.emit([list(cells) for cells in self._cells], self.header.isChecked())

    def _offer(self) -> None:
        rows, columns = len(self._cells), len(self._cells[0])
        self.add_row.setEnabled(rows < MOST_ROWS)
        self.add_column.setEnabled(columns < MOST_COLUMNS)
        self.drop_row.setEnabled(rows > 1)
        self.drop_column.setEnabled(columns > 1)

    def _connect(self) -> None:
        self.grid.itemChanged.connect(self._written)
        self.header.toggled.connect(self._tell)
        for one, act in self._acts():
            one.clicked.connect(act)

    def _acts(self) -> tuple[tuple[QPushButton, Callable[[], None]], ...]:
        return (
            (self.add_row, self._add_row),
            (self.drop_row, self._drop_row),
            (self.add_column, self._add_column),
            (self.drop_column, self._drop_column),
        )

    def _place(self) -> None:
        acts = QGridLayout()
        acts.setSpacing(sizes.SPACE_2)
        for number, (one, _) in enumerate(self._acts()):
            acts.addWidget(one, number // 2, number % 2)
        acts.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addLayout(acts)
        layout.addWidget(self.header, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.grid, 1)
