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

    def __init__(
        self, left: QWidget, middle: QWidget, right: QWidget, *, below: int, parent: QWidget | None = None
    ) -> None:
        """All three are shown; ``below`` is how much of the page's end the drawer leaves free, in pixels."""
        super().__init__(parent)
        self._left, self._middle, self._right = left, middle, right
        self._below = below
        self._is_left_wanted = self._is_right_wanted = True
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

    def show_only(self, *, left: bool, right: bool) -> None:
        """Show the page with the list at its left or without, and with the inspector at its right or without."""
        self._is_left_wanted, self._is_right_wanted = left, right
        self._left.setVisible(left)
        if not right:
            self.close_drawer()
        self._lay_out()

    def put_right_last(self) -> None:
        """Let the inspector come after everything else in the order of Tab, the order in which widgets were added."""
        self._right.setParent(None)
        self._right.setParent(self)
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
        is_beside = self._is_right_wanted and not self._is_narrow
        is_drawn = self._is_right_wanted and self._is_drawer_open
        first = sizes.LIST_WIDTH if self._is_left_wanted else 0
        end = width - (sizes.INSPECTOR_WIDTH if is_beside else 0)
        # What is below the page stays in reach, the button of the drawer with it.
        depth = height if is_beside else height - self._below
        self._left.setGeometry(QRect(0, 0, sizes.LIST_WIDTH, height))
        self._middle.setGeometry(QRect(first, 0, max(0, end - first), height))
        self._right.setGeometry(QRect(width - sizes.INSPECTOR_WIDTH, 0, sizes.INSPECTOR_WIDTH, max(0, depth)))
        self._right.setVisible(is_beside or is_drawn)
        self._right.raise_()
