"""The table note × reader on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from cloison.actions.batch_plan import NotePlan
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.batch_model import BatchModel
from cloison.ui.dissemination.plan_table import share_room
from cloison.ui.marked_cells import ROW_OF_TWO, MarkedCells, dress_table


class BatchTable(QTableView):
    """``sentence`` is all that a cell says."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._model = BatchModel(clerk.policy, clerk.words, self)
        self.setModel(self._model)
        self.setItemDelegate(MarkedCells(clerk.kit.theme, clerk.policy, self))
        dress_table(self, clerk.words.text("Who receives what of which note"))
        self.verticalHeader().setDefaultSectionSize(ROW_OF_TWO)

    @property
    def notes(self) -> tuple[NotePlan, ...]:
        """What it shows."""
        return self._model.notes

    def show_notes(self, notes: Sequence[NotePlan]) -> None:
        """Show these, with the readers of the first that has any."""
        tables = [one.table for one in notes if one.table is not None]
        readers = [row.contact.card.name for row in tables[0].rows] if tables else []
        self._model.show_notes(notes, readers)
        share_room(self)

    def sentence(self, index: QModelIndex) -> str:
        """All that a cell says."""
        return self._model.sentence(index)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the room anew."""
        super().resizeEvent(event)
        share_room(self)
