"""The table paragraph × recipient on the screen: chips, ticks and crosses with the reason beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from cloison.actions.dissemination_plan import Plan, Row
from cloison.actions.distribution import Shown
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.plan_model import PlanModel
from cloison.ui.marked_cells import ROW_OF_TWO, MarkedCells, dress_table

_LEAST_TEXT: Final = 150
_SHARE_OF_TEXT: Final = 0.34
_LEAST_RECIPIENT: Final = 118
_MOST_RECIPIENT: Final = 240


class PlanTable(QTableView):
    """``looked_at`` carries the name of the recipient in whose column one is, ``cell_said`` all that the cell says.

    ``cell_changed``: ``present`` is another one.
    """

    looked_at = Signal(str)
    cell_said = Signal(str)
    cell_changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._model = PlanModel(clerk.policy, clerk.words, self)
        self.setModel(self._model)
        self.setItemDelegate(MarkedCells(clerk.kit.theme, clerk.policy, self))
        dress_table(self, clerk.words.text("Who receives which paragraph"))
        self.verticalHeader().setDefaultSectionSize(ROW_OF_TWO)
        self.selectionModel().currentChanged.connect(self._look)

    @property
    def plan(self) -> Plan | None:
        """What it shows."""
        return self._model.plan

    @property
    def present(self) -> tuple[Row, int] | None:
        """The recipient in whose column one is, and the number of the part in whose row; None elsewhere."""
        index = self.currentIndex()
        row, number = self._model.recipient(index.column()), self._model.number(index.row())
        return None if row is None or number is None else (row, number)

    def show_plan(self, plan: Plan | None, told: Mapping[str, Shown]) -> None:
        """Show ``plan``, and what each copy tells of the others, by contact id."""
        self._model.show_plan(plan, told)
        share_room(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room anew."""
        super().resizeEvent(event)
        share_room(self)

    def _look(self, index: QModelIndex) -> None:
        row = self._model.recipient(index.column())
        if row is not None:
            self.looked_at.emit(row.contact.card.name)
        self.cell_said.emit(self._model.sentence(index))
        self.cell_changed.emit()


def share_room(table: QTableView) -> None:
    """Recipients get enough for a reason, the text in the first column what is left."""
    recipients = table.model().columnCount() - 1
    room = table.viewport().width()
    if recipients < 1:
        table.setColumnWidth(0, room)
        return
    text = max(_LEAST_TEXT, round(room * _SHARE_OF_TEXT))
    each = max(_LEAST_RECIPIENT, min(_MOST_RECIPIENT, (room - text) // recipients))
    table.setColumnWidth(0, max(_LEAST_TEXT, room - each * recipients))
    for column in range(1, recipients + 1):
        table.setColumnWidth(column, each)
