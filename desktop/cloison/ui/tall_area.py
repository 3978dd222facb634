"""A column that scrolls from top to bottom, in which nothing is squeezed, whatever changed out of sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class TallArea(QScrollArea):
    """As high inside as what is in it needs.

    Qt remembers how high each part wants to be and asks those that changed out of sight again one after the other, over
    several rounds: until then lines lie over each other. So all are asked at once when the column comes into sight,
    by whoever changes much of it, and once more after anything in it asked for another place.
    """

    # Of the class as well: Qt still tells what happens when the object is half made, or half taken apart.
    _is_settling = True

    def __init__(self, content: QWidget, *, parent: QWidget | None = None) -> None:
        """Show ``content``."""
        super().__init__(parent)
        self._content = content
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self._is_settling = False
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._settle_quietly)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What asked for another place may have done so before all of it was there."""
        if not self._is_settling and watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self._later.start()
        return super().eventFilter(watched, event)

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

    def _settle_quietly(self) -> None:
        # Its own requests come before the next timer; to follow those as well would never end.
        self._is_settling = True
        self.settle()
        QTimer.singleShot(0, self, self._heed_again)

    def _heed_again(self) -> None:
        self._is_settling = False
