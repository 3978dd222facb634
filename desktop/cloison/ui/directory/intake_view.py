"""What came of several files that were handed over together: a line for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, row
from cloison.ui.directory.intake import Taken
from cloison.ui.notice import Notice
from cloison.ui.plain import PlainLabel
from cloison.ui.theme import Theme
from cloison.wording.catalogue import Catalogue


class IntakeView(QFrame):
    """Hidden until there is something to tell; ``closed``: it was read."""

    closed = Signal()

    def __init__(self, theme: Theme, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Nothing to tell."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._theme = theme
        self._words = words
        self._lines: list[Notice] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(sizes.SPACE_2)
        self.close_it = button(words.text("I have read this"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(words.text("What came of each file"), role="heading"))
        layout.addLayout(self._inside)
        layout.addWidget(row(self.close_it))
        self.close_it.clicked.connect(self._leave)
        self.hide()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is told, line by line."""
        return tuple(one.sentence for one in self._lines)

    def tell(self, every: Sequence[Taken]) -> None:
        """Show a line for each."""
        self._forget()
        for taken in every:
            line = Notice(self._theme)
            line.say(self._words.text("{file}: {outcome}", file=taken.file, outcome=taken.sentence), taken.tone)
            self._lines.append(line)
            self._inside.addWidget(line)
        self.show()

    def _leave(self) -> None:
        self.hide()
        self._forget()
        self.closed.emit()

    def _forget(self) -> None:
        for line in self._lines:
            self._inside.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
