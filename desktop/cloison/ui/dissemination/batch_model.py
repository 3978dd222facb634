"""The table note × reader as a model: what each reader receives of each note, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cloison.actions.batch_plan import NotePlan
from cloison.actions.dissemination_plan import Row
from cloison.labels.policy import Policy
from cloison.ui.chips import mark_text
from cloison.ui.dissemination.verdicts import recovery_sentence, share_text, verdict_text
from cloison.ui.marked_cells import LABEL_ROLE, TICK_ROLE
from cloison.ui.plain import on_one_line, tooltip
from cloison.ui.window.on_screen import Shown
from cloison.wording.catalogue import Catalogue
from cloison.wording.errors import sentence_for

Index = QModelIndex | QPersistentModelIndex
_TEXTS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class BatchModel(QAbstractTableModel):
    """One row per note, one column per reader."""

    def __init__(self, policy: Policy, words: Catalogue, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self.notes: tuple[NotePlan, ...] = ()
        self._readers: tuple[str, ...] = ()

    def show_notes(self, notes: Sequence[NotePlan], readers: Sequence[str]) -> None:
        """Show these; ``readers`` are the names of the recipients of every table, in order."""
        self.beginResetModel()
        self.notes, self._readers = tuple(notes), tuple(readers)
        self.endResetModel()

    def sentence(self, index: Index) -> str:
        """All that a cell says, for a line below the table."""
        if not index.isValid():
            return ""
        text = str(self.data(index, Qt.ItemDataRole.AccessibleTextRole) or "")
        if index.column() == 0:
            return text
        reference = self.notes[index.row()].note.reference
        return f"{self._readers[index.column() - 1]}, {reference} – {text}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Notes."""
        return 0 if parent.isValid() else len(self.notes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """The note and its readers."""
        return 0 if parent.isValid() else len(self._readers) + 1

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The readers' names."""
        if orientation is Qt.Orientation.Vertical or role not in (*_TEXTS, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._words.text("Note") if section == 0 else self._readers[section - 1]
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else on_one_line(text)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        planned = self.notes[index.row()]
        if index.column() == 0:
            return self._note(planned, role)
        if planned.table is None or self._recovery_problem(planned):
            return self._unplanned(planned, role)
        return self._share(planned, planned.table.rows[index.column() - 1], role)

    def _note(self, planned: NotePlan, role: int) -> Any:
        title = planned.note.title
        shown = Shown(label=title.label or planned.label, is_settled=title.label is not None)
        if role == LABEL_ROLE:
            return shown
        text = on_one_line(title.text) or self._words.text("Untitled")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark = mark_text(self._policy, shown.label, is_settled=shown.is_settled)
            return f"[{mark}] {text}, {planned.note.reference}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(f"{planned.note.reference}  {text}")
        return text if role in _TEXTS else None

    def _unplanned(self, planned: NotePlan, role: int) -> Any:
        if role == TICK_ROLE:
            return False
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.text("cannot be sealed")
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._recovery_problem(planned)
        if planned.problem is not None:
            text = sentence_for(planned.problem, self._words) or ""
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _recovery_problem(self, planned: NotePlan) -> str:
        """Why nothing of a note leaves, where that is for want of the recovery the policy asks for."""
        recovery = None if planned.table is None else planned.table.recovery
        return "" if recovery is None or recovery.problem is None else recovery_sentence(recovery, self._words)

    def _share(self, planned: NotePlan, row: Row, role: int) -> Any:
        if planned.table is None:
            return None
        if role == TICK_ROLE:
            return False if row.is_refused else None
        if role == LABEL_ROLE:
            return None if row.is_refused or row.rendition is None else row.rendition.label
        if role == Qt.ItemDataRole.DisplayRole:
            return share_text(planned.table, row, self._words)
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = verdict_text(self._policy, planned.table, row, self._words)
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text
