"""One sentence that says what happened: well done, beware, or refused; a picture and words, never colour alone."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.icons import picture
from cloison.ui.palette import Palette
from cloison.ui.plain import PlainLabel
from cloison.ui.theme import Theme


class Tone(Enum):
    """How a sentence is meant; the value is its picture."""

    DONE = "check"
    PLAIN = "info"
    BEWARE = "triangle-alert"
    REFUSED = "circle-alert"


class Notice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        """An empty notice."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._theme = theme
        self._tone = Tone.PLAIN
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence = PlainLabel()
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._sentence, 1)
        # Without a name until something is offered, and therefore nowhere in the window either.
        self.act = button("", role="quiet")
        self.act.clicked.connect(self._do)
        self._offered: Callable[[], object] | None = None
        self._row = layout
        theme.palette_changed.connect(self._draw)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    @property
    def tone(self) -> Tone:
        """How it is meant."""
        return self._tone

    def say(self, sentence: str, tone: Tone) -> None:
        """Show ``sentence``, and have it read out."""
        self._tone = tone
        self._offered = None
        self.act.hide()
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._draw(self._theme.palette)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def offer(self, text: str, act: Callable[[], object]) -> None:
        """A button beside what was just said, for once."""
        self._offered = act
        self.act.setText(text)
        self.act.setAccessibleName(text)
        self._row.addWidget(self.act, 0, Qt.AlignmentFlag.AlignTop)
        self.act.show()

    def clear(self) -> None:
        """Say nothing."""
        self._offered = None
        self._sentence.setText("")
        self.hide()

    def _do(self) -> None:
        act, self._offered = self._offered, None
        self.act.hide()
        if act is not None:
            act()

    def _draw(self, palette: Palette) -> None:
        colours = {
            Tone.DONE: palette.ok,
            Tone.PLAIN: palette.accent,
            Tone.BEWARE: palette.warn,
            Tone.REFUSED: palette.danger,
        }
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(picture(self._tone.value, colours[self._tone], pixels=20, scale=scale))
