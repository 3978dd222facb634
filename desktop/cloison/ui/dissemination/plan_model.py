"""The table paragraph × recipient as a model: what goes out, what stays and why, and each reader's own banner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cloison.actions.dissemination_plan import Plan, Row
from cloison.actions.distribution import Shown
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Portion
from cloison.ui.dissemination.verdicts import distribution_text, share_text, verdict_text
from cloison.ui.marked_cells import LABEL_ROLE, TICK_ROLE
from cloison.ui.plain import on_one_line, tooltip
from cloison.wording.catalogue import Catalogue
from cloison.wording.evaluation import part_text
from cloison.wording.portions import portion_name
from cloison.wording.reasons import portion_refusal_text

_EXCERPT: Final = 160

Index = QModelIndex | QPersistentModelIndex


class PlanModel(QAbstractTableModel):
    """One row per part of the note, the title first, then one for the banner; a column per recipient.

    A last row says what each copy tells of the others, where one does.
    """

    def __init__(self, policy: Policy, words: Catalogue, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._policy = policy
        self._words = words
        self.plan: Plan | None = None
        self._told: Mapping[str, Shown] = {}

    def show_plan(self, plan: Plan | None, told: Mapping[str, Shown]) -> None:
        """Show ``plan``; ``told`` is what each copy tells of the others, by contact id."""
        self.beginResetModel()
        self.plan = plan
        self._told = {id: shown for id, shown in told.items() if shown.number is not None or shown.holders}
        self.endResetModel()

    @property
    def banner_row(self) -> int:
        """The number of the row below the paragraphs."""
        return 0 if self.plan is None else len(self.plan.note.parts)

    def recipient(self, column: int) -> Row | None:
        """The recipient of a column."""
        if self.plan is None or not 0 < column <= len(self.plan.packages):
            return None
        return self.plan.packages[column - 1]

    def is_recovery(self, column: int) -> bool:
        """Whether a column is of the recovery contact, whom nobody chose: the policy asks for their package."""
        return self.plan is not None and column > len(self.plan.rows)

    def number(self, row: int) -> int | None:
        """The number of the part in a row; None for the rows below the parts."""
        return self._numbers[row] if 0 <= row < len(self._numbers) else None

    def sentence(self, index: Index) -> str:
        """All that a cell says, for a line below the table."""
        row = self.recipient(index.column())
        text = str(self.data(index, Qt.ItemDataRole.AccessibleTextRole) or "")
        if row is None or self.plan is None or index.row() >= self.banner_row:
            return text if row is None else f"{row.contact.card.name} – {text}"
        return f"{row.contact.card.name}, {self._where(index.row())} – {text}"

    def _where(self, number: int) -> str:
        return portion_name(self._numbers[number], self._words)

    @property
    def _numbers(self) -> tuple[int, ...]:
        return () if self.plan is None else tuple(self.plan.note.parts)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Paragraphs, the banner, and what copies tell."""
        return 0 if self.plan is None or parent.isValid() else len(self.plan.note.parts) + (2 if self._told else 1)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """The text and the recipients."""
        return 0 if self.plan is None or parent.isValid() else len(self.plan.packages) + 1

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The recipients' names; numbers of paragraphs, T for the title."""
        if orientation is Qt.Orientation.Vertical or self.plan is None:
            return None
        row = self.recipient(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.text("Paragraph") if row is None else on_one_line(self._heading(section, row))
        if role == Qt.ItemDataRole.ToolTipRole and row is not None:
            return tooltip(self._heading(section, row))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if self.plan is None or not index.isValid():
            return None
        if index.column() == 0:
            return self._paragraph(index.row(), role)
        return self._cell(self.plan.packages[index.column() - 1], index.row(), role)

    def _heading(self, section: int, row: Row) -> str:
        name = row.contact.card.name
        return self._words.text("Recovery: {name}", name=name) if self.is_recovery(section) else name

    def _paragraph(self, row: int, role: int) -> Any:
        if self.plan is None or row >= self.banner_row:
            below = (self._words.text("What they receive"), self._words.text("What their copy tells of others"))
            return below[row - self.banner_row] if role in _TEXTS else None
        part = self.plan.note.parts[self._numbers[row]]
        if role in _TEXTS:
            return self._excerpt(part, row, is_spoken=role == Qt.ItemDataRole.AccessibleTextRole)
        if role == LABEL_ROLE:
            return part.label
        return tooltip(part_text(part, self._words)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _excerpt(self, part: Portion | Evaluation, number: int, *, is_spoken: bool) -> str:
        text = on_one_line(part_text(part, self._words)[:_EXCERPT])
        where = self._where(number)
        mark = f" {portion_mark(self._policy, part.label)}" if is_spoken and part.label is not None else ""
        return f"{where}{mark}  {text}"

    def _cell(self, row: Row, number: int, role: int) -> Any:
        if number == self.banner_row:
            return self._banner(row, role)
        if number > self.banner_row:
            return self._copy(row, role)
        judged = row.decisions[number]
        is_released = judged.is_released and row.rendition is not None
        if role == TICK_ROLE:
            return is_released
        if role not in (*_TEXTS, Qt.ItemDataRole.ToolTipRole):
            return None
        reason = portion_refusal_text(judged, self._words)
        text = self._words.text("goes out") if is_released else reason or self._words.text("stays")
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _copy(self, row: Row, role: int) -> Any:
        if role not in (*_TEXTS, Qt.ItemDataRole.ToolTipRole):
            return None
        shown = self._told.get(row.contact.id)
        text = self._words.text("nothing") if shown is None else distribution_text(shown, self._words)
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _banner(self, row: Row, role: int) -> Any:
        label = None if row.rendition is None else row.rendition.label
        if role == LABEL_ROLE:
            return label
        if role not in (*_TEXTS, Qt.ItemDataRole.ToolTipRole):
            return None
        if self.plan is None:
            return None
        is_short = role == Qt.ItemDataRole.DisplayRole and label is not None
        text = (
            share_text(self.plan, row, self._words)
            if is_short
            else verdict_text(self._policy, self.plan, row, self._words)
        )
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text


_TEXTS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
