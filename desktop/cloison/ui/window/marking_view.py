"""What the whole note is worth, because of which paragraphs, and which are not marked yet."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button
from cloison.ui.editor.live import NoteMarking
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.window.reasons import because_text, portion_name
from cloison.ui.window.section import section
from cloison.wording.reasons import reason_text

_MOST_BUTTONS: Final = 9
_PER_ROW: Final = 3


class MarkingView(QWidget):
    """``portion_chosen`` carries the number of a paragraph that is not marked, 0 for the title."""

    portion_chosen = Signal(int)

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No note."""
        super().__init__(parent)
        self._words = kit.words
        self._policy = policy
        self._chips = ChipView(kit.theme)
        self._label = PlainLabel()
        self._because = PlainLabel(role="muted")
        self._decision = PlainLabel(role="warn")
        self._unmarked_title = section(kit.words.text("NOT MARKED YET"))
        self._unmarked = QGridLayout()
        self._buttons: list[QPushButton] = []
        self._others = PlainLabel(role="muted")
        self._consequence = PlainLabel(
            kit.words.text("They count at the level of the note. It can be neither printed nor disseminated."),
            role="muted",
        )
        self._place(section(kit.words.text("LABEL")))
        self.show_marking(NoteMarking(rolled=None, unmarked=()))

    def show_marking(self, marking: NoteMarking) -> None:
        """Show what the editor worked out."""
        rolled = marking.rolled
        is_settled = not marking.unmarked and (rolled is None or not rolled.decision_required)
        self._chips.show_mark(self._policy, None if rolled is None else rolled.label, is_settled=is_settled)
        if rolled is None:
            self._label.setText(self._words.text("Nothing is marked yet"))
        else:
            self._label.setText(strip(self._policy, rolled.label, self._words.language))
        self._because.setText("" if rolled is None else because_text(rolled, self._words))
        self._because.setVisible(rolled is not None)
        decisions = () if rolled is None else rolled.decision_required
        self._decision.setText("\n".join(reason_text(one.reason, self._words) for one in decisions))
        self._decision.setVisible(bool(decisions))
        self._show_unmarked(marking.unmarked)

    def _show_unmarked(self, numbers: tuple[int, ...]) -> None:
        named, others = numbers[:_MOST_BUTTONS], len(numbers) - _MOST_BUTTONS
        while len(self._buttons) < len(named):
            self._add_button()
        for place, one in enumerate(self._buttons):
            one.setVisible(place < len(named))
            if place < len(named):
                one.setProperty("portion", named[place])
                name = portion_name(named[place], self._words)
                one.setText(name)
                one.setAccessibleName(self._words.text("Go to {paragraph}, not marked", paragraph=name))
        self._others.setText(self._words.plural("and {count} other", "and {count} others", max(0, others)))
        self._others.setVisible(others > 0)
        self._unmarked_title.setVisible(bool(numbers))
        self._consequence.setVisible(bool(numbers))

    def _add_button(self) -> None:
        made = button("")
        made.clicked.connect(partial(self._choose, made))
        place = len(self._buttons)
        self._unmarked.addWidget(made, place // _PER_ROW, place % _PER_ROW)
        if self._buttons:
            QWidget.setTabOrder(self._buttons[-1], made)
        self._buttons.append(made)

    def _choose(self, pressed: QPushButton) -> None:
        self.portion_chosen.emit(pressed.property("portion"))

    def _place(self, title: PlainLabel) -> None:
        self._unmarked.setContentsMargins(0, 0, 0, 0)
        self._unmarked.setSpacing(sizes.SPACE_1)
        for column in range(_PER_ROW):
            self._unmarked.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(title)
        layout.addWidget(self._chips)
        for part in (self._label, self._because, self._decision):
            layout.addWidget(part)
        layout.addSpacing(sizes.SPACE_4)
        layout.addWidget(self._unmarked_title)
        layout.addLayout(self._unmarked)
        layout.addWidget(self._others)
        layout.addWidget(self._consequence)
