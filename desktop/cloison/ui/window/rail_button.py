"""One entry of the rail: an icon, a name that ends in … where there is no room, and a count at the end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from cloison.ui import sizes
from cloison.ui.fonts import font
from cloison.ui.icons import BEFORE_WORDS, BESIDE, icon_before_words
from cloison.ui.plain import on_one_line, tooltip
from cloison.ui.theme import Theme

_ICON_BOX: Final = QSize(BESIDE + BEFORE_WORDS, BESIDE)
_BEFORE: Final = _ICON_BOX.width() + sizes.SPACE_3  # the padding, and what Qt leaves after a picture


class RailButton(QPushButton):
    """Dressed for the rail, which is dark in both palettes."""

    def __init__(
        self, theme: Theme, name: str, picture: str, *, is_dim: bool = False, parent: QWidget | None = None
    ) -> None:
        """``picture`` is the name of its icon; ``is_dim`` for what is closed."""
        super().__init__(parent)
        self._theme = theme
        self._name = on_one_line(name)
        self._beside = ""
        self._picture = picture
        self._is_dim = is_dim
        self.setProperty("role", "rail")
        self.setProperty("is-dim", is_dim)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setIconSize(_ICON_BOX)
        self.setToolTip(tooltip(self._name))
        self.setAccessibleName(self._name)
        self._draw_icon()
        self.toggled.connect(self._fit)
        theme.palette_changed.connect(self._draw_icon)

    @property
    def name(self) -> str:
        """What it leads to, however much of it is seen."""
        return self._name

    def show_beside(self, text: str, *, read_out: str) -> None:
        """Show a few letters at the end, a count or a chord; ``read_out`` is the whole entry in words."""
        self._beside = text
        self.setAccessibleName(on_one_line(read_out))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as much of the name as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the button, then what stands at its end."""
        super().paintEvent(event)
        if not self._beside:
            return
        painter = QPainter(self)
        painter.setFont(font(sizes.TEXT_SMALL))
        painter.setPen(QColor(self._theme.palette.rail_muted))
        box = QRect(self.rect()).adjusted(0, 0, -sizes.SPACE_3, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._beside)

    def _fit(self) -> None:
        beside = QFontMetrics(font(sizes.TEXT_SMALL)).horizontalAdvance(self._beside)
        room = self.width() - _BEFORE - sizes.SPACE_3 - (beside + sizes.SPACE_2 if beside else 0)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        metrics = QFontMetrics(font(sizes.TEXT_BASE, weight))
        shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, max(0, room))
        self.setText(shown.replace("&", "&&"))

    def _draw_icon(self) -> None:
        colours = self._theme.palette
        self.setIcon(icon_before_words(self._picture, colours.rail_muted if self._is_dim else colours.rail_text))
