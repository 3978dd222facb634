"""Which mark an attachment bears: asked before it is put to the note, and when it is changed; why, where it falls."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.labels.label import Label
from cloison.labels.rollup import covers
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.notice import Notice, Tone
from cloison.ui.picker.panel import LabelPicker
from cloison.ui.picker.picking import Picking
from cloison.ui.plain import PlainLabel

_MOST_REASON = 1000


class MarkForm(QWidget):
    """``chosen`` carries a label and why a mark falls, empty where none does; ``given_up`` that nothing is marked."""

    chosen = Signal(object, str)
    given_up = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._clerk = clerk
        words = clerk.words
        self._before: Label | None = None
        self.question = PlainLabel()
        self.picker = LabelPicker(clerk.kit)
        self.reason = QLineEdit(maxLength=_MOST_REASON)
        self._why = Field(words.text("Why the mark is lowered; kept in the revision"), self.reason)
        self.do = button("", role="primary")
        self.cancel = button(words.text("Cancel"))
        self._notice = Notice(clerk.kit.theme)
        self._place()
        self.setFocusProxy(self.picker.filter)
        self.picker.picked.connect(self._follow)
        self.picker.refused.connect(lambda sentence: self._notice.say(sentence, Tone.REFUSED))
        self.reason.textChanged.connect(self._follow_reason)
        self.do.clicked.connect(self._choose)
        self.cancel.clicked.connect(self.given_up)

    def ask(self, question: str, act: str, *, before: Label | None) -> None:
        """Ask for a mark; ``act`` is what the button says, ``before`` the mark there is."""
        self._before = before
        self.question.setText(question)
        self.picker.filter.setAccessibleDescription(question)
        self.do.setText(act)
        self.do.setAccessibleName(act)
        self.reason.setText("")
        self.picker.start(Picking(policy=self._clerk.policy, now=self._clerk.session.now()))
        self.picker.filter.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape marks nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    @property
    def _is_falling(self) -> bool:
        label = self.picker.label
        return self._before is not None and label is not None and not covers(self._clerk.policy, label, self._before)

    def _follow(self) -> None:
        self._notice.clear()
        self._why.setVisible(self._is_falling)
        self._follow_reason()

    def _follow_reason(self) -> None:
        has_reason = bool(self.reason.text().strip()) or not self._is_falling
        self.do.setEnabled(self.picker.label is not None and has_reason)

    def _choose(self) -> None:
        if self.picker.label is not None:
            self.chosen.emit(self.picker.label, self.reason.text().strip() if self._is_falling else "")

    def _place(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(sizes.SPACE_2)
        acts.addWidget(self.do)
        acts.addWidget(self.cancel)
        acts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.question)
        layout.addWidget(self.picker.filter)
        layout.addWidget(self.picker, 1)
        layout.addWidget(self._why)
        layout.addWidget(self._notice)
        layout.addLayout(acts)
