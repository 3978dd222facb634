"""The strip above and below everything: the highest mark of what is on screen, in words and in colour.

It is never empty. Where something unmarked is on screen it shows the level that is known and a hatched question mark;
where only unmarked things are, it says so rather than calling them unprotected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cloison.labels.layout import ScreenColours
from cloison.labels.policy import Policy
from cloison.labels.rendering import screen_colours, strip
from cloison.ui import chips, sizes
from cloison.ui.chips import NEUTRAL, UNSETTLED, Chip, level_colours
from cloison.ui.fonts import font
from cloison.ui.kit import Kit
from cloison.ui.palette import Scheme
from cloison.ui.plain import on_one_line
from cloison.ui.theme import Theme
from cloison.ui.window.on_screen import Shown, together
from cloison.wording.catalogue import Catalogue

_QUESTION: Final = (Chip(text=UNSETTLED, colours=None),)
_LETTER_SPACING: Final = 106  # per cent: capitals want a little air


class Strip(QWidget):
    """One of the two; give both the same."""

    def __init__(self, theme: Theme, words: Catalogue, policy: Policy, *, parent: QWidget | None = None) -> None:
        """As for an empty screen."""
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._policy = policy
        self._is_settled = True
        self._text = ""
        self._colours = NEUTRAL
        self.setFixedHeight(sizes.STRIP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.palette_changed.connect(self.update)
        self.show_highest(None)

    @property
    def text(self) -> str:
        """The words it shows."""
        return self._text

    @property
    def colours(self) -> ScreenColours:
        """The colours it shows them in."""
        return self._colours

    @property
    def is_settled(self) -> bool:
        """Whether it shows no question mark."""
        return self._is_settled

    def show_highest(self, shown: Shown | None) -> None:
        """Show what everything on screen is worth; None: nothing is there that has a mark."""
        self._is_settled = shown is None or shown.is_settled
        if shown is None:
            lowest = self._policy.levels[0]
            self._text, self._colours = lowest.name, level_colours(self._policy, lowest)
        elif shown.label is None:
            self._text, self._colours = self._words.text("UNMARKED"), NEUTRAL
        else:
            self._text = on_one_line(strip(self._policy, shown.label, self._words.language))
            self._colours = screen_colours(self._policy, shown.label)
        self.setAccessibleName(self._read_out())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words in the middle, the question mark after them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours.background))
        border = self._border()
        if border is not None:
            painter.setPen(QColor(border))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        lettering = _strip_font()
        after = 0.0 if self._is_settled else chips.width(_QUESTION) + sizes.SPACE_2
        metrics = QFontMetricsF(lettering)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width() - after - 2 * sizes.SPACE_4)
        width = metrics.horizontalAdvance(text)
        left = round((self.width() - width - after) / 2)
        painter.setFont(lettering)
        painter.setPen(QColor(self._colours.text))
        painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        if not self._is_settled:
            chips.draw(painter, left + width + sizes.SPACE_2, self.height() / 2, _QUESTION, self._theme.palette)

    def _read_out(self) -> str:
        if self._is_settled:
            return self._words.text("On screen: {marking}", marking=self._text)
        return self._words.text("On screen: {marking}, and something that is not marked", marking=self._text)

    def _border(self) -> str | None:
        if self._theme.palette.scheme is Scheme.DARK:
            return self._colours.dark_border
        return self._colours.border


class Strips:
    """Both of them."""

    def __init__(self, kit: Kit, policy: Policy) -> None:
        """As for an empty screen."""
        self._policy = policy
        self._clock = kit.clock
        self.top = Strip(kit.theme, kit.words, policy)
        self.bottom = Strip(kit.theme, kit.words, policy)

    def show_all(self, parts: Iterable[Shown]) -> None:
        """Show what all that is on screen is worth together."""
        highest = together(self._policy, parts, created=self._clock())
        self.top.show_highest(highest)
        self.bottom.show_highest(highest)


def _strip_font() -> QFont:
    made = font(sizes.TEXT_SMALL, QFont.Weight.Bold)
    made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _LETTER_SPACING)
    return made
