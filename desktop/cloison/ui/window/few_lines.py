"""A part of the inspector: the first few of something, how many others there are, and the way to all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, emptied, row
from cloison.ui.plain import PlainLabel
from cloison.ui.window.section import section
from cloison.wording.catalogue import Catalogue

T = TypeVar("T")


class FewLines(QWidget):
    """``asked`` is a wish to see them all, where there is a way to them."""

    asked = Signal()

    def __init__(self, words: Catalogue, heading: str, *, most: int, parent: QWidget | None = None) -> None:
        """Nothing under ``heading`` yet; never more than ``most``."""
        super().__init__(parent)
        self._words = words
        self._most = most
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(sizes.SPACE_2)
        self._lines.setVerticalSpacing(sizes.SPACE_1)
        self._lines.setColumnStretch(0, 1)
        self._others = PlainLabel(role="muted")
        self._others.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(sizes.SPACE_1)
        self._column.addWidget(section(heading))
        self._column.addLayout(self._lines)
        self._column.addWidget(self._others)

    def way_to_all(self, words: str) -> QPushButton:
        """A button below, in these words, that asks for all of them."""
        made = button(words, role="quiet")
        made.clicked.connect(self.asked)
        self._column.addWidget(row(made))
        return made

    def show_first(self, found: Sequence[T], lines: Callable[[T], Iterable[Sequence[QWidget]]]) -> None:
        """Show the first of these instead of those before; ``lines`` gives the widgets of each, line by line."""
        emptied(self._lines)
        shown = (line for one in found[: self._most] for line in lines(one))
        for number, parts in enumerate(shown):
            for column, part in enumerate(parts):
                self._lines.addWidget(part, number, column)
                part.show()
        others = max(0, len(found) - self._most)
        self._others.setText(self._words.plural("and {count} other", "and {count} others", others))
        self._others.setVisible(others > 0)
