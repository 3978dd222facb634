"""A box to tick, drawn here: style sheets tick with a picture from a file only, and Fusion's box is lost on white."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from cloison.ui import sizes
from cloison.ui.icons import picture
from cloison.ui.palette import Palette
from cloison.ui.theme import Theme

BOX: Final = 18
_TICK: Final = 14
_RADIUS: Final = 3


class CheckBox(QCheckBox):
    """A labelled box."""

    def __init__(self, theme: Theme, text: str, *, parent: QWidget | None = None) -> None:
        """Not ticked."""
        super().__init__(text.replace("&", "&&"), parent)
        self._theme = theme
        self._text = text
        self.setAccessibleName(text)
        theme.palette_changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """Another label."""
        self._text = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Box, gap, text, and room for the ring around them."""
        width = self.fontMetrics().horizontalAdvance(self._text)
        return QSize(width + BOX + sizes.SPACE_2 + 2 * sizes.SPACE_1, sizes.TARGET)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The text is never cut."""
        return self.sizeHint()

    def hitButton(self, where: object) -> bool:  # noqa: N802 - Qt's name
        """All of it answers to a click."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw box, text, ring."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - BOX) // 2
        draw_box(painter, QRect(sizes.SPACE_1, top, BOX, BOX), palette, is_ticked=self.isChecked())
        painter.setPen(QColor(palette.text if self.isEnabled() else palette.muted))
        left = sizes.SPACE_1 + BOX + sizes.SPACE_2
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._text)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(palette.accent), sizes.FOCUS_RING))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), sizes.RADIUS_CHIP, sizes.RADIUS_CHIP)


def draw_box(painter: QPainter, box: QRect, palette: Palette, *, is_ticked: bool) -> None:
    """A box, ticked or not."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.accent if is_ticked else palette.border), 1))
    painter.setBrush(QColor(palette.accent if is_ticked else palette.panel))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    if is_ticked:
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        inset = (box.width() - _TICK) // 2
        tick = picture("check", palette.on_accent, pixels=_TICK, scale=scale)
        painter.drawPixmap(box.left() + inset, box.top() + inset, tick)
    painter.restore()
