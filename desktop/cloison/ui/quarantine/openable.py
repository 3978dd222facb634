"""Which packages in quarantine would open now: each is checked anew, over both lanes, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from cloison.actions.quarantine import Quarantined
from cloison.dissemination.checks import Opened, watched_by_nobody
from cloison.ui.arrivals.looking import Look, look
from cloison.ui.clerk import Clerk


class Openable(QObject):
    """``found`` carries the uid of a package that would open."""

    found = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QObject | None = None) -> None:
        """Nothing to look at."""
        super().__init__(parent)
        self._clerk = clerk
        self._left: list[str] = []

    def find(self, held: Sequence[Quarantined]) -> None:
        """Look at these, one after another, in place of those before."""
        is_looking = bool(self._left)
        self._left = [one.uid for one in held]
        if not is_looking:
            self._next()

    def _next(self) -> None:
        if self._left:
            uid = self._left[0]
            look(
                self._clerk,
                self,
                uid,
                partial(self._looked, uid),
                refused=lambda sentence: self._go_on(uid),
                passed=watched_by_nobody,
            )

    def _looked(self, uid: str, outcome: Look) -> None:
        if isinstance(outcome, Opened):
            outcome.discard()
            self.found.emit(uid)
        self._go_on(uid)

    def _go_on(self, uid: str) -> None:
        if self._left and self._left[0] == uid:
            del self._left[0]
        self._next()
