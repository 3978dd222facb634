"""What the whole note is worth, because of which paragraphs and rules, and which are not marked yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button, row
from cloison.ui.editor.live import NoteMarking
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.tab_order import put_after, put_before
from cloison.ui.window.portion_buttons import PortionButtons
from cloison.ui.window.section import section
from cloison.ui.window.why_view import WhyView
from cloison.wording.because import because, decisions


class MarkingView(QWidget):
    """``portion_chosen`` carries the number of a paragraph, 0 for the title.

    ``raise_asked`` is a wish to raise the whole, ``lift_asked`` to take its raise back.
    """

    portion_chosen = Signal(int)
    raise_asked = Signal()
    lift_asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No note."""
        super().__init__(parent)
        self._words = words = kit.words
        self._policy = policy
        self._shown: NoteMarking | None = None
        self._chips = ChipView(kit.theme)
        self._label = PlainLabel()
        self._decisions = WhyView(words, role="warn")
        self._because = WhyView(words, role="muted")
        self._raise = button(words.text("Raise the whole…"), role="quiet")
        self._lift = button(words.text("Take the raise back…"), role="quiet")
        self._raise.clicked.connect(self.raise_asked)
        self._lift.clicked.connect(self.lift_asked)
        self._unmarked_title = section(words.text("NOT MARKED YET"))
        self._unmarked_title.setContentsMargins(0, sizes.SPACE_4, 0, 0)
        self._unmarked = PortionButtons(words, lambda name: words.text("Go to {paragraph}, not marked", paragraph=name))
        self._consequence = PlainLabel(
            words.text("They count at the level of the note. It can be neither printed nor disseminated."), role="muted"
        )
        self._place()
        for one in (self._decisions, self._because, self._unmarked):
            one.portion_chosen.connect(self.portion_chosen)
            one.grown.connect(self._order)
        self.show_marking(NoteMarking(rolled=None, unmarked=()))

    def show_marking(self, marking: NoteMarking) -> None:
        """Show what the editor worked out."""
        if marking == self._shown:
            return
        self._shown = marking
        rolled = marking.rolled
        is_settled = not marking.unmarked and (rolled is None or not rolled.decision_required)
        self._chips.show_mark(self._policy, None if rolled is None else rolled.label, is_settled=is_settled)
        if rolled is None:
            self._label.setText(self._words.text("Nothing is marked yet"))
        else:
            self._label.setText(strip(self._policy, rolled.label, self._words.language))
        self._decisions.show_reasons(() if rolled is None else decisions(rolled, self._words))
        self._because.show_reasons(
            () if rolled is None else because(rolled, marking.dropped, marking.raised, self._words)
        )
        self._raise.setVisible(rolled is not None)
        self._lift.setVisible(marking.raised is not None)
        self._unmarked.show_portions(marking.unmarked)
        self._unmarked_title.setVisible(bool(marking.unmarked))
        self._consequence.setVisible(bool(marking.unmarked))

    def _order(self) -> None:
        """Let Tab go through the buttons as they stand."""
        put_before(self._raise, [*self._decisions.buttons, *self._because.buttons])
        put_after(self._lift, self._unmarked.buttons)

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(self._words.text("LABEL")))
        layout.addWidget(self._chips)
        for part in (self._label, self._decisions, self._because):
            layout.addWidget(part)
        layout.addWidget(row(self._raise))
        layout.addWidget(row(self._lift))
        layout.addWidget(self._unmarked_title)
        layout.addWidget(self._unmarked)
        layout.addWidget(self._consequence)
