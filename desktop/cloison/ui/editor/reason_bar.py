"""Asking why a mark falls: one line over the text, and nothing stops meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.editor.marks import Lowering
from cloison.ui.editor.sentences import lowering_question
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel


class ReasonBar(QFrame):
    """``reasoned`` carries the lowerings and the reason; ``given_up`` that the marks stay.

    It takes the focus only when it is given it.
    """

    reasoned = Signal(tuple, str)
    given_up = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Hidden until it is asked something."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = kit.words
        self._policy = policy
        self._asked: tuple[Lowering, ...] = ()
        self._question = PlainLabel()
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(kit.words.text("Why? Kept in the revision"))
        self._reason.setMaxLength(1000)
        self._lower = button(kit.words.text("Lower"), role="primary")
        self._keep = button(kit.words.text("Keep the mark"))
        self._place()
        self._reason.textChanged.connect(self._follow)
        # One more key than a sentence ends with, so that words meant for the note never lower a mark.
        self._reason.returnPressed.connect(self._lower.setFocus)
        self.setFocusProxy(self._reason)
        self._lower.clicked.connect(self._do)
        self._keep.clicked.connect(self.give_up)
        self.hide()

    def ask(self, lowerings: Sequence[Lowering]) -> None:
        """Ask why these should fall."""
        self._asked = tuple(lowerings)
        question = lowering_question(self._policy, lowerings, self._words)
        self._question.setText(question)
        self._reason.setAccessibleName(question)
        # Not ``clear``, which undo would take back: the reason of another paragraph, or of another note.
        self._reason.setText("")
        self._follow()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, question))

    def give_up(self) -> None:
        """The marks stay."""
        if self._asked:
            self._asked = ()
            self.hide()
            self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape keeps the marks."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _do(self) -> None:
        reason = self._reason.text().strip()
        asked, self._asked = self._asked, ()
        self.hide()
        self.reasoned.emit(asked, reason)

    def _follow(self) -> None:
        self._lower.setEnabled(bool(self._reason.text().strip()))

    def _place(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(sizes.SPACE_2)
        acts.addWidget(self._reason, 1)
        acts.addWidget(self._lower)
        acts.addWidget(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._question)
        layout.addLayout(acts)
