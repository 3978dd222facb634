"""Names the paragraphs that carry no mark, each with a way to it: nothing leaves before they are marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.plain import PlainLabel
from cloison.wording.portions import numbered, portion_name

_MOST: Final = 6


class UnmarkedBar(QFrame):
    """Hidden while every paragraph is marked; ``portion_asked`` carries a number, 0 for the title."""

    portion_asked = Signal(int)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing to name yet."""
        super().__init__(parent)
        self._words = clerk.words
        self.setProperty("role", "notice")
        self._sentence = PlainLabel(role="danger")
        self.ways: list[QPushButton] = []
        self._ways = QHBoxLayout()
        self._ways.setSpacing(sizes.SPACE_2)
        layout = QVBoxLayout(self)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._sentence)
        layout.addLayout(self._ways)
        self.hide()

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Name these paragraphs."""
        self.setVisible(bool(numbers))
        if not numbers:
            return
        words = self._words
        self._sentence.setText(
            words.text(
                "These paragraphs carry no mark yet: {numbers}. Mark them before anything leaves the vault.",
                numbers=numbered(numbers, words),
            )
        )
        for number in numbers[:_MOST]:
            text = words.text("Go to {paragraph}", paragraph=portion_name(number, words))
            way = button(text)
            way.clicked.connect(partial(self.portion_asked.emit, number))
            self.ways.append(way)
            self._ways.addWidget(way)
        self._ways.addStretch(1)
