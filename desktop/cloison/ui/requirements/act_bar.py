"""What is done with a requirement, on the page itself: answering it with a note, or closing it with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.requirements.note_picker import NotePicker

_LIST_HEIGHT = 116


class ActBar(QFrame):
    """``answered`` carries the uid of a note, ``closed_with`` a reason; ``left``: neither."""

    answered = Signal(str)
    closed_with = Signal(str)
    left = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = words = clerk.words
        self.picker = NotePicker(clerk)
        self.picker.list.setFixedHeight(_LIST_HEIGHT)
        self.reason = QLineEdit()
        self._reason_field = Field(words.text("Why it is closed without an answer"), self.reason)
        self.answer = button(words.text("It answers"), role="primary")
        self.close_it = button(words.text("Close the requirement"), role="primary")
        self._answering = self._with_buttons(self.picker, self.answer)
        self._closing = self._with_buttons(self._reason_field, self.close_it)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.addWidget(self._answering)
        layout.addWidget(self._closing)
        self._connect()
        self.hide()

    def open_answer(self) -> None:
        """Ask which note answers."""
        self._open(self._answering)
        self.picker.look()
        self.picker.setFocus()

    def open_closing(self) -> None:
        """Ask why it is closed."""
        self._open(self._closing)
        self.reason.clear()
        self._reason_field.show_advice()
        self.reason.setFocus()

    def close_bar(self) -> None:
        """Ask no more; nothing of the notes stays on screen."""
        self.hide()
        if self.picker.seen:
            self.picker.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves it as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _open(self, part: QWidget) -> None:
        for one in (self._answering, self._closing):
            one.setVisible(one is part)
        self.show()

    def _leave(self) -> None:
        self.close_bar()
        self.left.emit()

    def _answer(self) -> None:
        if (uid := self.picker.present) is not None:
            self.answered.emit(uid)

    def _close_it(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.closed_with.emit(reason)
        else:
            self._reason_field.show_fault(self._words.text("Say why: the reason is kept with it."))

    def _with_buttons(self, part: QWidget, act: QWidget) -> QWidget:
        keep = button(self._words.text("Leave it"))
        keep.clicked.connect(self._leave)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(part)
        layout.addWidget(row(act, keep))
        return made

    def _connect(self) -> None:
        self.picker.picked.connect(self.answered)
        self.answer.clicked.connect(self._answer)
        self.close_it.clicked.connect(self._close_it)
        self.reason.returnPressed.connect(self._close_it)
