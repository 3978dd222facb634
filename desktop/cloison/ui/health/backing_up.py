"""A backup in its three steps, each in its lane: files hold still, they are copied, the copies are looked through.

Given up or failed half-way, nothing is left of it, and the files go on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.backup import begin_backup, finish_backup
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.lane import Task
from cloison.vault.backup import BackupRun
from cloison.vault.backup_list import Backup


class BackingUp(QObject):
    """One backup; ``made`` carries where it lies and what it says of itself, ``refused`` a sentence, ``step`` bytes."""

    made = Signal(object, object)
    refused = Signal(str)
    given_up = Signal()
    step = Signal(object)

    def __init__(self, clerk: Clerk, destination: Path, *, parent: QObject | None = None) -> None:
        """Not started."""
        super().__init__(parent)
        self._clerk = clerk
        self._destination = destination
        self._task: Task | None = None

    def start(self) -> None:
        """Let the files hold still, then copy."""
        self._clerk.ask(
            self,
            lambda session: begin_backup(session, self._destination),
            self._copy,
            refused=self.refused.emit,
        )

    def give_up(self) -> None:
        """Stop after the piece that is being copied."""
        if self._task is not None:
            self._clerk.drop(self._task)

    def _copy(self, run: BackupRun) -> None:
        self._task = self._clerk.work(
            self,
            lambda task: run.copy(lambda done, total: task.report(done=done, total=total)),
            lambda _: self._finish(run),
            refused=lambda sentence: self._end(run, lambda: self.refused.emit(sentence)),
            progress=self.step.emit,
            given_up=lambda: self._end(run, self.given_up.emit),
        )

    def _finish(self, run: BackupRun) -> None:
        self._task = None

        def finish(session: Session) -> tuple[Path, Backup]:
            try:
                return finish_backup(session, run)
            finally:
                run.end()

        self._clerk.ask(self, finish, lambda found: self.made.emit(*found), refused=self.refused.emit)

    def _end(self, run: BackupRun, then: Callable[[], None]) -> None:
        self._task = None
        self._clerk.ask(self, lambda session: run.end(), lambda _: then(), refused=self.refused.emit)
