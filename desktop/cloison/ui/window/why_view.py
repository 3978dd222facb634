"""Why the note is worth what it is: a sentence for each rule that applied, with buttons that lead to its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.plain import PlainLabel
from cloison.ui.window.portion_buttons import PortionButtons
from cloison.wording.because import Because
from cloison.wording.catalogue import Catalogue

_MOST: Final = 12


class WhyView(QWidget):
    """``portion_chosen`` carries the number of a paragraph, 0 for the title. Hidden while there is nothing to say.

    ``grown`` says that there are more ``buttons``, which have no place in the order of Tab yet.
    """

    portion_chosen = Signal(int)
    grown = Signal()

    def __init__(self, words: Catalogue, *, role: str, parent: QWidget | None = None) -> None:
        """Nothing to say; ``role`` is how the sentences are dressed (see ``sheet``)."""
        super().__init__(parent)
        self._words = words
        self._role = role
        self._lines: list[tuple[PlainLabel, PortionButtons]] = []
        self._others = PlainLabel(role="muted")
        self._layout = QVBoxLayout()
        self._layout.setSpacing(sizes.SPACE_1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addLayout(self._layout)
        layout.addWidget(self._others)
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """Every button there is, in order."""
        return [one for _, portions in self._lines for one in portions.buttons]

    def show_reasons(self, reasons: Sequence[Because]) -> None:
        """Show these instead of those before; lines are kept and filled anew, since this follows every key press."""
        others = len(reasons) - _MOST
        while len(self._lines) < min(len(reasons), _MOST):
            self._add_line()
        for place, (sentence, portions) in enumerate(self._lines):
            is_wanted = place < len(reasons)
            sentence.setVisible(is_wanted)
            if is_wanted:
                sentence.setText(reasons[place].sentence)
                sentence.setAccessibleName(reasons[place].in_full(self._words))
            portions.show_portions(reasons[place].numbers if is_wanted else ())
        self._others.setText(self._words.plural("and {count} other", "and {count} others", max(0, others)))
        self._others.setVisible(others > 0)
        self.setVisible(bool(reasons))

    def _add_line(self) -> None:
        sentence = PlainLabel(role=self._role)
        portions = PortionButtons(self._words, lambda name: self._words.text("Go to {paragraph}", paragraph=name))
        portions.portion_chosen.connect(self.portion_chosen)
        self._layout.addWidget(sentence)
        self._layout.addWidget(portions)
        portions.grown.connect(self.grown)
        self._lines.append((sentence, portions))
