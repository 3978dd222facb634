"""Due dates as a table model: date, what happens, mark, reference, part, compartment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cloison.actions.calendar import DueLine
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.ui.marked_cells import LABEL_ROLE
from cloison.ui.plain import on_one_line, tooltip
from cloison.wording.calendar import due_text
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import short_day
from cloison.wording.policy_changes import part_names

COLUMNS: Final[tuple[tuple[str, int | None], ...]] = (
    (N_("Date"), 120),
    (N_("What happens"), None),
    (N_("Mark"), 80),
    (N_("Note"), 130),
    (N_("Paragraphs"), 150),
    (N_("Compartment"), 150),
)
_MARK: Final = 2

Index = QModelIndex | QPersistentModelIndex


class CalendarModel(QAbstractTableModel):
    """Lines, in the order they are given."""

    def __init__(self, policy: Policy, words: Catalogue, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self._lines: tuple[DueLine, ...] = ()
        self._cells: tuple[Callable[[DueLine], str], ...] = (
            lambda line: short_day(line.at, words, zone=UTC),
            self._what,
            lambda line: portion_mark(policy, line.label).strip("[]"),
            lambda line: line.reference,
            lambda line: part_names(line.numbers, words),
            lambda line: line.compartment,
        )

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> DueLine:
        """The line of that row."""
        return self._lines[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(COLUMNS[section][0])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LABEL_ROLE and index.column() == _MARK:
            return line.label if line.label.policy_id == self._policy.id else None
        text = on_one_line(self._cells[index.column()](line))
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if index.column() == _MARK else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return text
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None

    def _what(self, line: DueLine) -> str:
        becomes = "" if line.becomes is None else portion_mark(self._policy, line.becomes)
        return due_text(line, becomes, self._words)
