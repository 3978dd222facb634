"""A box to choose from that the wheel does not turn: whoever scrolls past it would choose without seeing it."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """The wheel over it scrolls the page; arrows, letters and the list itself choose."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave it to whatever scrolls."""
        event.ignore()
