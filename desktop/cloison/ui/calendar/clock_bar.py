"""A clock set back: what it keeps from being done, and a person who vouches for it, with a reason."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.actions.registers import confirm_clock
from cloison.registers.errors import ClockSetBackError
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.plain import PlainLabel


class ClockBar(QFrame):
    """``confirmed`` carries the number of the entry; ``refused`` a sentence."""

    confirmed = Signal(str)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Hidden until the clock stands wrong."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        words = clerk.words
        self._clerk = clerk
        self._sentence = PlainLabel()
        self._reason = QLineEdit()
        self._field = Field(words.text("Why it stood ahead before"), self._reason)
        self._confirm = button(words.text("The clock is right"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self._sentence, self._field, row(self._confirm)):
            layout.addWidget(part)
        self._confirm.clicked.connect(self._vouch)
        self._reason.returnPressed.connect(self._vouch)
        self.hide()

    def show_clock(self, latest: datetime | None) -> None:
        """The clock stands before an entry of ``latest``; None: it goes on."""
        if latest is not None:
            self._sentence.setText(self._clerk.sentence(ClockSetBackError(latest)))
        self.setVisible(latest is not None)

    def _vouch(self) -> None:
        reason = self._reason.text()
        self._clerk.ask(
            self,
            lambda session: confirm_clock(session, reason),
            lambda number: self.confirmed.emit(number or ""),
            refused=self.refused.emit,
        )
