"""A column that scrolls from top to bottom, in which nothing is squeezed, whatever changed out of sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class TallArea(QScrollArea):
    """As high inside as what is in it needs.

    Qt remembers how high each part wants to be and asks those that changed out of sight again one after the other, over
    several rounds: until then lines lie over each other. So all are asked at once when the column comes into sight,
    and by whoever changes much of it.
    """

    def __init__(self, content: QWidget, *, parent: QWidget | None = None) -> None:
        """Show ``content``."""
        super().__init__(parent)
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Something may have changed meanwhile."""
        super().showEvent(event)
        self.settle()

    def settle(self) -> None:
        """Ask every part how high it wants to be, from the innermost outwards."""
        for one in (*reversed(self._content.findChildren(QWidget)), self._content):
            inside = one.layout()
            if inside is not None:
                inside.invalidate()
                inside.activate()
            one.updateGeometry()
