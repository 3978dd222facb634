"""Comparing a fingerprint with its holder: typed as they read it out, or followed along word by word, or by its code.

Until somebody asks to follow along, nothing of the fingerprint is on the screen: whoever types what is on the screen
compares nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field, button, row
from cloison.ui.directory.words_panel import WordsPanel
from cloison.ui.in_view import bring_into_view
from cloison.ui.kit import Kit
from cloison_crypto.identity import fingerprint_text


class CompareForm(QWidget):
    """``compared`` carries what was typed, or the whole fingerprint once every line was followed."""

    compared = Signal(str)

    def __init__(self, kit: Kit, label: str, button_text: str, *, parent: QWidget | None = None) -> None:
        """Nobody's yet."""
        super().__init__(parent)
        words = kit.words
        self._fingerprint = b""
        self.line = QLineEdit()
        self.field = Field(
            label,
            self.line,
            advice=words.text(
                "Type the first 20 characters or more, as its holder reads them to you from their own screen."
            ),
        )
        self.compare = button(button_text)
        self._follow = button(words.text("By telephone, word by word…"), role="quiet")
        self._follow.setCheckable(True)
        self.panel = WordsPanel(kit)
        self._place()
        self.compare.clicked.connect(self._give_typed)
        self.line.returnPressed.connect(self._give_typed)
        self._follow.toggled.connect(self._open_panel)
        self.panel.agreed.connect(lambda: self.compared.emit(fingerprint_text(self._fingerprint)))
        self.setFocusProxy(self.line)

    def start(self, fingerprint: bytes) -> None:
        """Begin anew with somebody's."""
        self._fingerprint = fingerprint
        self.line.clear()
        self.field.show_advice()
        self._follow.setChecked(False)
        self.panel.hide()
        self.panel.forget()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with what was typed."""
        self.field.show_fault(sentence)

    def _give_typed(self) -> None:
        self.field.show_advice()
        self.compared.emit(self.line.text())

    def _open_panel(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        self.panel.setVisible(is_open)
        if is_open:
            self.panel.start(self._fingerprint)
            bring_into_view(self.panel)
        else:
            self.panel.forget()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        for part in (self.field, row(self.compare, self._follow), self.panel):
            layout.addWidget(part)
