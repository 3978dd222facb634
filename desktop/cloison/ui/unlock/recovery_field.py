"""The field a recovery code is typed in: shown as it is typed, since it is copied from paper once in a long while."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.ui.controls import Field
from cloison.wording.catalogue import Catalogue


class RecoveryField(QWidget):
    """One line under its label; ``entered`` is Return."""

    entered = Signal()

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.line.returnPressed.connect(self.entered)
        field = Field(
            words.text("Recovery code"),
            self.line,
            advice=words.text("Nine groups of four characters, as written down when the vault was made."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What is in it."""
        return self.line.text()

    def clear(self) -> None:
        """Empty it."""
        self.line.clear()
