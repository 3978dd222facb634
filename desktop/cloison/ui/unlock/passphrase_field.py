"""The field a passphrase is typed in: hidden, never spoken, with Caps Lock and the keyboard layout shown below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.keyboard import Keyboard, caps_lock_from, keyboard
from cloison.wording.catalogue import Catalogue


class PassphraseField(QWidget):
    """One hidden line under its label; ``entered`` is Return."""

    entered = Signal()
    edited = Signal()

    def __init__(self, label: str, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Named by ``label``."""
        super().__init__(parent)
        self._words = words
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.line.setClearButtonEnabled(False)
        self.line.returnPressed.connect(self.entered)
        self.line.textEdited.connect(self.edited)
        self.line.installEventFilter(self)
        caption = PlainLabel(label)
        caption.setBuddy(self.line)
        self._caps_lock = PlainLabel(words.text("Caps Lock is on."), role="warn")
        self._layout = PlainLabel(role="muted")
        self._place(caption)
        self.setFocusProxy(self.line)
        self._show(Keyboard())

    @property
    def text(self) -> str:
        """What is in it."""
        return self.line.text()

    def clear(self) -> None:
        """Empty it."""
        self.line.clear()

    def look_at_keyboard(self) -> None:
        """Ask the system again."""
        self._show(keyboard())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the keyboard while the field has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._after_key(event)
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyRelease):
            self.look_at_keyboard()
        return super().eventFilter(watched, event)

    def _after_key(self, event: QKeyEvent) -> None:
        told = keyboard()
        shown = caps_lock_from(event)
        if told.is_caps_lock_on is None and shown is not None:
            self._show(Keyboard(is_caps_lock_on=shown, layout=told.layout))
        else:
            # The system changes its mind after the key itself was handed over.
            QTimer.singleShot(0, self, self.look_at_keyboard)

    def _show(self, now: Keyboard) -> None:
        if now.is_caps_lock_on is not None:
            self._caps_lock.setVisible(now.is_caps_lock_on)
        if now.layout is not None:
            self._layout.setText(self._words.text("Keyboard: {layout}", layout=now.layout))
        warning = self._caps_lock.text() if self._caps_lock.isVisibleTo(self) else ""
        self.line.setAccessibleDescription(" ".join(one for one in (warning, self._layout.text()) if one))

    def _place(self, caption: PlainLabel) -> None:
        below = QHBoxLayout()
        below.setSpacing(sizes.SPACE_3)
        below.addWidget(self._caps_lock, 1)
        below.addStretch(1)
        below.addWidget(self._layout)
        self._caps_lock.hide()
        self._layout.setWordWrap(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(caption)
        layout.addWidget(self.line)
        layout.addLayout(below)
