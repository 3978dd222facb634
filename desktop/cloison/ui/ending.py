"""How the session ends: a lock keeps the draft and ends the process, a panic ends it, and nothing stands in the way.

The process is ended with ``os._exit``: no destructor, no dialog and no thread under way can hold it back. What was
written under ``.part`` by work under way stays there, sealed or numbered, and the register shows it as open.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from cloison.supervisor import LOCKED
from cloison.ui.lane import Task
from cloison.ui.tasks import TaskRunner, Where

LAST_WORDS_MS: Final = 2000
"""How long a lock waits for the draft to be on the disk; it was there up to half a second ago in any case."""

LEFT: Final = 0

LastWords = Callable[[Task], object]


class Ending(QObject):
    """Ends the process; ``last_words`` gives what to do in the records lane before, or None.

    ``began`` when a lock or a leave begins; a panic tells nobody.
    """

    began = Signal()

    def __init__(
        self, runner: TaskRunner, *, end: Callable[[int], object] = os._exit, parent: QObject | None = None
    ) -> None:
        """``end`` is handed the exit code."""
        super().__init__(parent)
        self._runner = runner
        self._end = end
        self.is_ending = False
        self.last_words: Callable[[], LastWords | None] = lambda: None

    def lock(self) -> None:
        """Out of sight at once; keep the draft; end with the code that makes the supervisor start a fresh session."""
        self._finish(LOCKED)

    def leave(self) -> None:
        """As ``lock``, but for good."""
        self._finish(LEFT)

    def panic(self) -> None:
        """End now."""
        self._end(LOCKED)

    def _finish(self, code: int) -> None:
        if self.is_ending:
            return
        self.is_ending = True
        for window in QApplication.topLevelWidgets():
            window.hide()
        self.began.emit()
        words = self.last_words()
        if words is None:
            self._end(code)
            return
        QTimer.singleShot(LAST_WORDS_MS, self, lambda: self._end(code))
        # Whatever becomes of it, the process ends.
        self._runner.start(Where.DRAFTS, words, owner=self, then=lambda outcome: self._end(code), expected=(Exception,))
