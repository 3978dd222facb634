"""Paragraphs as a few buttons that lead there; the rest are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import Catalogue
from cloison.wording.portions import portion_name

MOST: Final = 9
_PER_ROW: Final = 3


class PortionButtons(QWidget):
    """``portion_chosen`` carries the number of a paragraph, 0 for the title. Hidden while there are none.

    ``grown`` says that there are more ``buttons``, which have no place in the order of Tab yet.
    """

    portion_chosen = Signal(int)
    grown = Signal()

    def __init__(self, words: Catalogue, read_out: Callable[[str], str], *, parent: QWidget | None = None) -> None:
        """No paragraph; ``read_out`` makes of a paragraph's name what assistive technology says of its button."""
        super().__init__(parent)
        self._words = words
        self._read_out = read_out
        self.buttons: list[QPushButton] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(sizes.SPACE_1)
        for column in range(_PER_ROW):
            self._grid.setColumnStretch(column, 1)
        self._others = PlainLabel(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addLayout(self._grid)
        layout.addWidget(self._others)
        self.hide()

    def show_portions(self, numbers: Sequence[int]) -> None:
        """Show these instead of those before."""
        named, others = numbers[:MOST], len(numbers) - MOST
        is_growing = len(self.buttons) < len(named)
        while len(self.buttons) < len(named):
            self._add_button()
        for place, one in enumerate(self.buttons):
            one.setVisible(place < len(named))
            if place < len(named):
                one.setProperty("portion", named[place])
                name = portion_name(named[place], self._words)
                one.setText(name)
                one.setAccessibleName(self._read_out(name))
        self._others.setText(self._words.plural("and {count} other", "and {count} others", max(0, others)))
        self._others.setVisible(others > 0)
        self.setVisible(bool(numbers))
        if is_growing:
            self.grown.emit()

    def _add_button(self) -> None:
        made = button("")
        made.clicked.connect(partial(self._choose, made))
        place = len(self.buttons)
        self._grid.addWidget(made, place // _PER_ROW, place % _PER_ROW)
        self.buttons.append(made)

    def _choose(self, pressed: QPushButton) -> None:
        self.portion_chosen.emit(pressed.property("portion"))
