"""The rows of a picker as a model; a refused row stays in reach of the keyboard, so that its reason is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cloison.ui.picker.rows import PickRow, RowKind
from cloison.ui.plain import on_one_line, tooltip

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractListModel):
    """Shows rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._rows: tuple[PickRow, ...] = ()

    def show_rows(self, rows: Sequence[PickRow]) -> None:
        """Show these; where the same choices stay, those that changed are drawn anew and the present row stays."""
        new = tuple(rows)
        if [_key(one) for one in new] != [_key(one) for one in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        before, self._rows = self._rows, new
        for number, (old, now) in enumerate(zip(before, new, strict=True)):
            if old != now:
                self.dataChanged.emit(self.index(number), self.index(number))

    def row(self, number: int) -> PickRow | None:
        """The row of that number."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is nothing to be chosen."""
        row = self.row(index.row())
        if row is None or row.kind is RowKind.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return on_one_line(row.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return on_one_line(row.read_out)
        if role == Qt.ItemDataRole.ToolTipRole and row.refused:
            return tooltip(row.read_out)
        if role == Qt.ItemDataRole.CheckStateRole and row.kind is not RowKind.HEADING:
            return Qt.CheckState.Checked if row.is_picked else Qt.CheckState.Unchecked
        return None


def _key(row: PickRow) -> tuple[RowKind, str]:
    return (row.kind, row.text)
