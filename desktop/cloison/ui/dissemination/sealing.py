"""Sealing in its three steps, each in its lane: numbers from the vault, packages laid out and sealed, lines entered.

Given up or failed half-way, what was written is removed and the numbers are entered as void.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.dissemination_plan import Plan, plan
from cloison.actions.seal_note import (
    Prepared,
    SealOptions,
    Written,
    abandon,
    finish_interrupted,
    prepare,
    record,
    write,
)
from cloison.actions.session import Session
from cloison.ui.clerk import EXPECTED, Clerk
from cloison.ui.lane import Task, TaskCancelledError
from cloison.ui.outcome import Step
from cloison.vault.errors import DiskError, DiskProblem
from cloison.wording.paper import paper_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to seal, to whom, where."""

    uid: str
    contact_ids: tuple[str, ...]
    folder: Path
    options: SealOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    table: Plan
    prepared: tuple[Prepared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What became of the packages: ``error`` is why there are not all of them; both None where it was given up."""

    written: tuple[Written, ...]
    error: Exception | None = None
    is_whole: bool = False


class Sealing(QObject):
    """One order; ``sealed`` carries the packages, ``refused`` a sentence, ``step`` how many are written."""

    sealed = Signal(tuple)
    refused = Signal(str)
    given_up = Signal()
    step = Signal(object)

    def __init__(self, clerk: Clerk, order: Order, *, parent: QObject | None = None) -> None:
        """Not started."""
        super().__init__(parent)
        self._clerk = clerk
        self._order = order
        self._task: Task | None = None
        self.finished_earlier = 0
        """How many packages that a session before left without their names have them now."""
        self.is_medium_lost = False
        """Whether the disk was at fault: then there is no use in going on to another note."""

    def start(self) -> None:
        """Draw numbers, then go on."""
        self._clerk.ask(self, self._prepare, self._write, refused=self.refused.emit)

    def give_up(self) -> None:
        """Stop after the package that is being written."""
        if self._task is not None:
            self._task.give_up()

    def _prepare(self, session: Session) -> _Ready:
        # A session that ended between the register and the names of its packages is brought to its end first.
        self.finished_earlier = len(finish_interrupted(session, self._order.folder))
        table = plan(session, self._order.uid, self._order.contact_ids)
        return _Ready(table=table, prepared=prepare(session, table, options=self._order.options, words_for=paper_words))

    def _write(self, ready: _Ready) -> None:
        self.step.emit(Step(done=0, total=len(ready.prepared)))
        # Cancelling must not lose what was written so far: the loop itself looks at the task and answers in any case.
        self._task = self._clerk.work(
            self,
            partial(self._write_all, ready.prepared),
            partial(self._finish, ready),
            refused=self.refused.emit,
            progress=self.step.emit,
            given_up=partial(self._finish, ready, _Batch(written=())),
        )

    def _write_all(self, prepared: Sequence[Prepared], task: Task) -> _Batch:
        session = self._clerk.session
        written: list[Written] = []
        for one in prepared:
            try:
                self._insist_on_folder()
                written.append(
                    write(
                        one,
                        self._order.folder,
                        policy=session.policy,
                        sender=session.vault.member.identity,
                        randomness=session.randomness,
                    )
                )
                task.report(done=len(written), total=len(prepared))
            except TaskCancelledError:
                return _Batch(written=tuple(written))
            except EXPECTED as error:
                return _Batch(written=tuple(written), error=error)
        return _Batch(written=tuple(written), is_whole=True)

    def _insist_on_folder(self) -> None:
        """A medium that was taken out leaves a place in which a folder of the same name could be made anew."""
        if not self._order.folder.is_dir():
            raise DiskError(DiskProblem.MISSING, file=self._order.folder.name)

    def _finish(self, ready: _Ready, batch: _Batch) -> None:
        self._task = None
        if batch.is_whole:
            self._clerk.ask(
                self,
                lambda session: record(session, ready.table, batch.written),
                self.sealed.emit,
                refused=self.refused.emit,
            )
            return
        self._clerk.ask(
            self,
            lambda session: abandon(session, ready.table, ready.prepared, batch.written),
            lambda _: self._tell_end(batch),
            refused=self.refused.emit,
        )

    def _tell_end(self, batch: _Batch) -> None:
        if batch.error is None:
            self.given_up.emit()
        else:
            self.is_medium_lost = isinstance(batch.error, DiskError)
            self.refused.emit(self._sentence(batch.error))

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, DiskError) and error.problem is DiskProblem.MISSING:
            return self._clerk.words.text(
                "The folder “{folder}” is gone: was the medium taken out? Nothing of this note was kept, and its "
                "numbers are entered as void. Put the medium back, then seal again.",
                folder=self._order.folder,
            )
        return self._clerk.sentence(error)
