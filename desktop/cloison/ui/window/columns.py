"""List, page and inspector side by side; where the window is narrow the inspector is a drawer over the page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from cloison.ui import sizes

_NARROW_BELOW: Final = sizes.DRAWER_BELOW - sizes.RAIL_WIDTH


class Columns(QWidget):
    """Lays the three out by hand, so that the drawer keeps its place in the order of Tab.

    ``narrowed`` says whether the inspector is a drawer now; ``drawer_changed`` whether it is open.
    """

    narrowed = Signal(bool)
    drawer_changed = Signal(bool)

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget, *, parent: QWidget | None = None) -> None:
        """All three are shown."""
        super().__init__(parent)
        self._left, self._middle, self._right = left, middle, right
        self._is_middle_alone = False
        self._is_narrow = False
        self._is_drawer_open = False
        for one in (left, middle, right):
            one.setParent(self)

    @property
    def is_narrow(self) -> bool:
        """Whether the inspector is a drawer."""
        return self._is_narrow

    @property
    def is_drawer_open(self) -> bool:
        """Whether that drawer is open."""
        return self._is_drawer_open

    def show_middle_alone(self, *, is_alone: bool) -> None:
        """Give everything to the page, or show all three."""
        self._is_middle_alone = is_alone
        self._left.setVisible(not is_alone)
        self.close_drawer()
        self._lay_out()

    def toggle_drawer(self) -> None:
        """Open or close the drawer."""
        self._move_drawer(is_open=not self._is_drawer_open)

    def close_drawer(self) -> None:
        """Close it."""
        self._move_drawer(is_open=False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the window."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW_BELOW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._is_drawer_open = False
            self.narrowed.emit(is_narrow)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes the drawer."""
        if event.key() == Qt.Key.Key_Escape and self._is_drawer_open:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def _move_drawer(self, *, is_open: bool) -> None:
        if is_open == self._is_drawer_open or (is_open and not self._is_narrow):
            return
        self._is_drawer_open = is_open
        self._lay_out()
        self.drawer_changed.emit(is_open)

    def _lay_out(self) -> None:
        width, height = self.width(), self.height()
        is_right_shown = not self._is_middle_alone and (not self._is_narrow or self._is_drawer_open)
        first = 0 if self._is_middle_alone else sizes.LIST_WIDTH
        end = width - (sizes.INSPECTOR_WIDTH if is_right_shown and not self._is_narrow else 0)
        self._left.setGeometry(QRect(0, 0, sizes.LIST_WIDTH, height))
        self._middle.setGeometry(QRect(first, 0, max(0, end - first), height))
        self._right.setGeometry(QRect(width - sizes.INSPECTOR_WIDTH, 0, sizes.INSPECTOR_WIDTH, height))
        self._right.setVisible(is_right_shown)
        self._right.raise_()
