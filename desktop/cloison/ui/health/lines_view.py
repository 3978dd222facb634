"""How the vault is, line by line: a picture, what it is about, and a sentence with what to do; read out as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cloison.actions.health import Grade, HealthLine
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.icons import SMALL, picture
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.wording.health import health_text

_TONES: Final = {Grade.GOOD: Tone.DONE, Grade.BEWARE: Tone.BEWARE, Grade.BAD: Tone.REFUSED}
_NAME_WIDTH: Final = 165
_MARK_DOWN: Final = 3
"""A picture of 16 px in the middle of a line of text."""


class LinesView(QWidget):
    """Shows lines."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._words = clerk.words
        self._theme = clerk.kit.theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(sizes.SPACE_3)
        self._grid.setVerticalSpacing(sizes.SPACE_3)
        self._grid.setColumnStretch(2, 1)
        self.lines: tuple[HealthLine, ...] = ()
        self._theme.palette_changed.connect(self._draw)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said, each after what it is about."""
        return tuple(": ".join(health_text(line, self._words)) for line in self.lines)

    def show_lines(self, lines: Sequence[HealthLine]) -> None:
        """Show these."""
        self.lines = tuple(lines)
        self._draw()

    def _draw(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, line in enumerate(self.lines):
            self._draw_line(number, line)

    def _draw_line(self, number: int, line: HealthLine) -> None:
        name, sentence = health_text(line, self._words)
        palette, tone = self._theme.palette, _TONES[line.grade]
        colour = {Tone.DONE: palette.ok, Tone.BEWARE: palette.warn}.get(tone, palette.danger)
        mark = QLabel()
        mark.setPixmap(picture(tone.value, colour, pixels=SMALL, scale=self.devicePixelRatioF()))
        mark.setContentsMargins(0, _MARK_DOWN, 0, 0)
        mark.setAccessibleName(self._state(line.grade))
        about = PlainLabel(name, role="strong")
        about.setFixedWidth(_NAME_WIDTH)
        said = PlainLabel(sentence)
        said.setAccessibleName(f"{self._state(line.grade)}: {name}, {sentence}")
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, number, 0, top)
        self._grid.addWidget(about, number, 1, top)
        self._grid.addWidget(said, number, 2, top)

    def _state(self, grade: Grade) -> str:
        words = self._words
        if grade is Grade.GOOD:
            return words.text("in order")
        return words.text("beware") if grade is Grade.BEWARE else words.text("not in order")
