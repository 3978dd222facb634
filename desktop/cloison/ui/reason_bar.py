"""What stands in the way, and a person who answers for it with a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.plain import PlainLabel


class ReasonBar(QFrame):
    """``given`` carries the reason, with Enter or the button; ``refused`` a sentence. Hidden until something does."""

    given = Signal(str)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, asked: str, act: str, advice: str = "", parent: QWidget | None = None) -> None:
        """``asked`` stands over the reason, ``act`` on the button."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        self._sentence = PlainLabel()
        self.reason = QLineEdit()
        self.act = button(act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self._sentence, Field(asked, self.reason, advice=advice), row(self.act)):
            layout.addWidget(part)
        self.act.clicked.connect(self._give)
        self.reason.returnPressed.connect(self._give)
        self.hide()

    def show_sentence(self, sentence: str | None) -> None:
        """Say what stands in the way; None: nothing does."""
        if sentence is not None:
            self._sentence.setText(sentence)
        self.setVisible(sentence is not None)

    def _give(self) -> None:
        self.given.emit(self.reason.text())
