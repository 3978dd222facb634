"""The checks of a package on the screen: a picture and a sentence each, read out as one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cloison.ui import sizes
from cloison.ui.arrivals.checks import Check, Found
from cloison.ui.clerk import Clerk
from cloison.ui.icons import SMALL, picture
from cloison.ui.palette import Palette
from cloison.ui.plain import PlainLabel


class CheckList(QWidget):
    """Shows checks."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._words = clerk.words
        self._theme = clerk.kit.theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(sizes.SPACE_2)
        self._grid.setVerticalSpacing(sizes.SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self.checks: tuple[Check, ...] = ()
        self._theme.palette_changed.connect(self._draw)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these."""
        self.checks = tuple(checks)
        self._draw()

    def _draw(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, check in enumerate(self.checks):
            mark = QLabel()
            mark.setPixmap(_picture(check.found, self._theme.palette, self.devicePixelRatioF()))
            mark.setAccessibleName(self._state(check.found))
            line = PlainLabel(check.sentence, role="muted" if check.found is Found.NOT_LOOKED_AT else "")
            line.setAccessibleName(f"{self._state(check.found)}: {check.sentence}")
            self._grid.addWidget(mark, number, 0)
            self._grid.addWidget(line, number, 1)

    def _state(self, found: Found) -> str:
        words = self._words
        if found is Found.HOLDS:
            return words.text("holds")
        return words.text("does not hold") if found is Found.FAILS else words.text("not looked at")


def _picture(found: Found, palette: Palette, scale: float) -> QPixmap:
    colours = {Found.HOLDS: palette.ok, Found.FAILS: palette.danger, Found.NOT_LOOKED_AT: palette.muted}
    return picture(found.value, colours[found], pixels=SMALL, scale=scale)
