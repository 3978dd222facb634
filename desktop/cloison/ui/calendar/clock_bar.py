"""A clock set back: what it keeps from being done, and a person who vouches for it, with a reason."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.registers import confirm_clock
from cloison.registers.errors import ClockSetBackError
from cloison.ui.clerk import Clerk
from cloison.ui.reason_bar import ReasonBar


class ClockBar(ReasonBar):
    """``confirmed`` carries the number of the entry. Hidden until the clock stands wrong."""

    confirmed = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """The clock goes on."""
        words = clerk.words
        super().__init__(
            clerk, asked=words.text("Why it stood ahead before"), act=words.text("The clock is right"), parent=parent
        )
        self.given.connect(self._vouch)

    def show_clock(self, latest: datetime | None) -> None:
        """The clock stands before an entry of ``latest``; None: it goes on."""
        self.show_sentence(None if latest is None else self._clerk.sentence(ClockSetBackError(latest)))

    def _vouch(self, reason: str) -> None:
        self._clerk.ask(
            self,
            lambda session: confirm_clock(session, reason),
            lambda number: self.confirmed.emit(number or ""),
            refused=self.refused.emit,
        )
