"""A QR code, drawn module by module: dark on white in both palettes, since many scanners read no other.

The white of its quiet zone (four modules, ISO/IEC 18004) is part of it, so that it reads on a dark window as well.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET: Final = 4
MODULE: Final = 5  # pixels: about 4.5 cm a side, read at arm's length
SMALL_MODULE: Final = 4
_DARK: Final = "#000000"
_GROUND: Final = "#FFFFFF"

Modules = tuple[tuple[bool, ...], ...]


class QrView(QWidget):
    """One code, of a fixed size."""

    def __init__(self, *, module: int = MODULE, parent: QWidget | None = None) -> None:
        """No code yet; ``module`` is the side of its smallest square in pixels."""
        super().__init__(parent)
        self._module = module
        self._modules: Modules = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_code(self, modules: Modules, name: str) -> None:
        """Show a code; ``name`` tells assistive technology what is in it."""
        self._modules = modules
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The code and its quiet zone."""
        side = (len(self._modules) + 2 * QUIET) * self._module
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it; whole pixels, without smoothing."""
        painter = QPainter(self)
        side = self._module
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(self.rect(), QColor(_GROUND))
        for row, line in enumerate(self._modules, start=QUIET):
            for column, is_dark in enumerate(line, start=QUIET):
                if is_dark:
                    painter.fillRect(QRect(column * side, row * side, side, side), QColor(_DARK))
