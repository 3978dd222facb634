"""Revisions as a table model: number, date, who, what the note was worth before and after, how many marks changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cloison.actions.note_history import RevisionLine
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.ui.chips import mark_text
from cloison.ui.marked_cells import LABEL_ROLE
from cloison.ui.plain import on_one_line
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import minute

_COLUMNS: Final[tuple[tuple[str, int | None], ...]] = (
    (N_("Revision"), 90),
    (N_("Date"), 150),
    (N_("Kept by"), None),
    (N_("Mark before"), 130),
    (N_("Mark after"), 130),
    (N_("Marks changed"), 130),
)
_LABELS: Final[dict[int, Callable[[RevisionLine], Label | None]]] = {
    3: lambda line: line.before,
    4: lambda line: line.after,
}

Index = QModelIndex | QPersistentModelIndex


def column_widths() -> tuple[int | None, ...]:
    """Pixels of each column; None takes what is left."""
    return tuple(width for _, width in _COLUMNS)


class RevisionModel(QAbstractTableModel):
    """Revisions in the order they are given."""

    def __init__(self, policy: Policy, words: Catalogue, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self.lines: tuple[RevisionLine, ...] = ()

    def show_lines(self, lines: Sequence[RevisionLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Revisions."""
        return 0 if parent.isValid() else len(self.lines)

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
        line, column = self.lines[index.row()], index.column()
        label = _LABELS[column](line) if column in _LABELS else None
        if role == LABEL_ROLE:
            return label
        text = self._text(line, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if label is not None else text
        return text if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _text(self, line: RevisionLine, column: int) -> str:
        if column in _LABELS:
            label = _LABELS[column](line)
            return "–" if label is None else mark_text(self._policy, label, is_settled=True)
        told = (str(line.number), minute(line.at, self._words), on_one_line(line.author), "", "", str(line.changes))
        return told[column]
