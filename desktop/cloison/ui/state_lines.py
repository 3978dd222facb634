"""Lines that each begin with a picture of how it stands, read out as one: what is in order, what is not, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cloison.ui import sizes
from cloison.ui.controls import emptied
from cloison.ui.icons import SMALL, picture
from cloison.ui.palette import Palette
from cloison.ui.plain import PlainLabel
from cloison.ui.theme import Theme

_NAME_WIDTH = 165
_MARK_DOWN = 3
"""A picture of 16 px in the middle of a line of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """``icon`` in a ``colour`` of the palette stands for ``state``, which is read out; ``name`` is what it is about."""

    icon: str
    colour: Callable[[Palette], str]
    state: str
    sentence: str
    name: str = ""
    role: str = ""


class StateLines(QWidget):
    """Shows lines."""

    def __init__(self, theme: Theme, *, spacing: int = sizes.SPACE_2, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[StateLine, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing)
        self._grid.setVerticalSpacing(spacing)
        self._grid.setColumnStretch(2, 1)
        self._theme.palette_changed.connect(self._draw)

    def show_states(self, lines: Sequence[StateLine]) -> None:
        """Show these."""
        self._lines = tuple(lines)
        self._draw()

    def _draw(self) -> None:
        emptied(self._grid)
        for number, line in enumerate(self._lines):
            self._draw_line(number, line)

    def _draw_line(self, number: int, line: StateLine) -> None:
        top = Qt.AlignmentFlag.AlignTop
        mark = QLabel()
        colour = line.colour(self._theme.palette)
        mark.setPixmap(picture(line.icon, colour, pixels=SMALL, scale=self.devicePixelRatioF()))
        mark.setContentsMargins(0, _MARK_DOWN, 0, 0)
        mark.setAccessibleName(line.state)
        self._grid.addWidget(mark, number, 0, top)
        if line.name:
            about = PlainLabel(line.name, role="strong")
            about.setFixedWidth(_NAME_WIDTH)
            self._grid.addWidget(about, number, 1, top)
        said = PlainLabel(line.sentence, role=line.role)
        said.setAccessibleName(f"{line.state}: " + ", ".join(filter(None, (line.name, line.sentence))))
        self._grid.addWidget(said, number, 2, top)
