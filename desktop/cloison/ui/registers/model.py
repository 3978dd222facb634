"""Register lines as a table model: number, date, what happened, mark, who, compartment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cloison.actions.registers import Line
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.ui.marked_cells import LABEL_ROLE
from cloison.ui.plain import on_one_line, tooltip
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import minute
from cloison.wording.registers import entry_text

_COLUMNS: Final[tuple[tuple[str, int | None], ...]] = (
    (N_("Number"), 130),
    (N_("Date"), 140),
    (N_("Entry"), None),
    (N_("Mark"), 80),
    (N_("Entered by"), 150),
    (N_("Compartment"), 150),
)
_MARK: Final = 3

Index = QModelIndex | QPersistentModelIndex


def column_widths() -> tuple[int | None, ...]:
    """Pixels of each column; None takes what is left."""
    return tuple(width for _, width in _COLUMNS)


class RegisterModel(QAbstractTableModel):
    """Lines, in the order they are given."""

    def __init__(self, policy: Policy, words: Catalogue, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self._lines: tuple[Line, ...] = ()
        self._cells: tuple[Callable[[Line], str], ...] = (
            lambda line: line.entry.number,
            lambda line: minute(line.entry.at, words),
            lambda line: entry_text(line.entry.facts, words),
            self._mark,
            lambda line: line.entry.by,
            lambda line: line.compartment,
        )

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(_COLUMNS[section][0])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LABEL_ROLE and index.column() == _MARK:
            return self._label(line)
        text = on_one_line(self._cells[index.column()](line))
        if role == Qt.ItemDataRole.DisplayRole:
            return text if index.column() != _MARK or self._label(line) is None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None

    def _mark(self, line: Line) -> str:
        label = self._label(line)
        return "?" if label is None else portion_mark(self._policy, label).strip("[]")

    def _label(self, line: Line) -> Label | None:
        """The label of the entry; None for one that this vault's policy cannot read."""
        try:
            label = label_from_xml(line.entry.facts.label.encode())
        except LabelsError:
            return None
        return label if label.policy_id == self._policy.id else None
