"""A new passphrase typed twice, its strength in words as it is typed, and five words proposed to whoever has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.passphrase_field import PassphraseField
from cloison.wording.catalogue import N_

if TYPE_CHECKING:
    from cloison.keystore.passphrase import Strength

_SENTENCES: Final = (
    (N_("Very weak: guessed at once."), "danger"),
    (N_("Weak: guessed in days. Add words."), "warn"),
    (N_("Fair: guessed by nobody in passing."), "ok"),
    (N_("Strong: guessed by nobody in a lifetime."), "ok"),
)


class NewPassphrase(QWidget):
    """Two hidden fields; ``entered`` is Return in the second."""

    entered = Signal()

    def __init__(self, kit: Kit, known: Callable[[], Sequence[str]], *, parent: QWidget | None = None) -> None:
        """``known`` gives names that somebody who guesses would try first."""
        super().__init__(parent)
        words = kit.words
        self._kit = kit
        self._known = known
        self._first = PassphraseField(words.text("New passphrase"), words)
        self._again = PassphraseField(words.text("The same again"), words)
        self._strength = PlainLabel()
        self._fault = PlainLabel(role="danger")
        self._proposal = PlainLabel(role="heading")
        self._proposal.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._propose = button(words.text("Propose five words"), role="quiet")
        self._place()
        self._first.edited.connect(self._judge)
        self._first.entered.connect(self._again.setFocus)
        self._again.entered.connect(self.entered)
        self._again.edited.connect(self._fault.hide)
        self._propose.clicked.connect(self._show_proposal)

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self._first.text

    def will_do(self) -> bool:
        """Strong enough, and twice the same; says what is wrong otherwise."""
        from cloison.keystore.passphrase import LEAST

        words = self._kit.words
        if self._weigh() < LEAST:
            self._say_fault(words.text("This passphrase is too easy to guess: make it longer."), self._first)
        elif self._again.text != self._first.text:
            self._again.clear()
            self._say_fault(words.text("The two are not the same: type it again."), self._again)
        else:
            return True
        return False

    def clear(self) -> None:
        """Forget what was typed and what was proposed."""
        self._first.clear()
        self._again.clear()
        self._proposal.setText("")
        for one in (self._strength, self._fault, self._proposal):
            one.hide()

    def _judge(self) -> None:
        self._fault.hide()
        sentence, role = _SENTENCES[self._weigh()]
        self._strength.setProperty("role", role)
        self._strength.style().polish(self._strength)
        self._strength.setText(self._kit.words.text(sentence))
        self._strength.setVisible(bool(self._first.text))

    def _weigh(self) -> Strength:
        from cloison.keystore.passphrase import strength

        return strength(self._first.text, known=self._known())

    def _show_proposal(self) -> None:
        from cloison.keystore.passphrase import propose

        proposed = propose(self._kit.words.language, self._choose)
        self._proposal.setText(proposed)
        self._proposal.setAccessibleName(proposed)
        self._proposal.show()
        self._first.setFocus()

    def _choose(self, below: int) -> int:
        # The lists have 2,048 words, so that no number is favoured.
        return int.from_bytes(self._kit.randomness(4)) % below

    def _say_fault(self, sentence: str, where: QWidget) -> None:
        self._fault.setText(sentence)
        self._fault.show()
        where.setFocus()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        for part in (
            self._first,
            self._strength,
            self._again,
            self._fault,
            row(self._propose),
            self._proposal,
        ):
            layout.addWidget(part)
        for part in (self._strength, self._fault, self._proposal):
            part.hide()
        self.setFocusProxy(self._first)
