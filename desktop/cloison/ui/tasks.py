"""Work off the main thread: two lanes of one thread each, their results posted to the main thread by one queued signal.

``records`` owns every database connection: each slice stays under 50 ms and drafts go first. ``work`` seals, lays out,
hashes and copies, and never touches a connection. The window waits for neither.

What a task was expected to raise comes back as ``Failed``. Anything else is our bug and flies: it is emitted as
``crashed``, for the window to show, and raised again on the main thread, for whoever watches that.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from cloison.ui.constants import hold_constants
from cloison.ui.lane import Lane, Slices, Task
from cloison.ui.outcome import Crashed, Outcome, Step

T = TypeVar("T")


class Where(Enum):
    """Which lane a task belongs to; a draft goes to ``records`` too, before everything that waits there."""

    DRAFTS = "drafts"
    RECORDS = "records"
    WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """Who waits for a task."""

    owner: QObject
    then: Callable[[Outcome[Any]], object]
    progress: Callable[[Step], None] | None


class TaskRunner(QObject):
    """Starts tasks and answers on the main thread. Without ``close`` the threads end with the process.

    Whoever waits for a task is held here until the answer was heard, and by number alone in the lanes: the last
    reference to a widget must not be dropped on another thread, where it would be destroyed under Qt's hands.
    """

    crashed = Signal(object)
    _posted = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start both threads."""
        hold_constants()
        super().__init__(parent)
        records, work = Lane("records"), Lane("work")
        self._lanes = {Where.DRAFTS: records, Where.RECORDS: records, Where.WORK: work}
        self._is_closed = False
        self._numbers = itertools.count()
        self._askers: dict[int, _Asker] = {}
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether both lanes have nothing to do; answers may still be on their way."""
        return all(lane.is_idle for lane in self._lanes.values())

    def start(
        self,
        where: Where,
        work: Callable[[Task], T],
        *,
        owner: QObject,
        then: Callable[[Outcome[T]], object],
        expected: tuple[type[Exception], ...] = (),
        progress: Callable[[Step], None] | None = None,
        interrupt: Callable[[], None] | None = None,
    ) -> Task:
        """Do ``work`` in one slice; see ``start_sliced``."""
        return self.start_sliced(
            where,
            partial(_in_one_slice, work),
            owner=owner,
            then=then,
            expected=expected,
            progress=progress,
            interrupt=interrupt,
        )

    def start_sliced(
        self,
        where: Where,
        work: Callable[[Task], Generator[None, None, T]],
        *,
        owner: QObject,
        then: Callable[[Outcome[T]], object],
        expected: tuple[type[Exception], ...] = (),
        progress: Callable[[Step], None] | None = None,
        interrupt: Callable[[], None] | None = None,
    ) -> Task:
        """Do ``work``, which yields between its slices; ``then`` hears what came of it, ``progress`` how far it is.

        Neither is called once ``owner`` is gone or the runner closed. ``expected`` errors become ``Failed``.
        ``interrupt`` is called from the main thread to break off a slice (a connection's own ``interrupt``).
        """
        number = next(self._numbers)
        self._askers[number] = _Asker(owner=owner, then=then, progress=progress)

        def answer(_: Task, what: object) -> None:
            if not self._is_closed:
                self._posted.emit(number, what)

        task = Task(work, expected=expected, interrupt=interrupt, post=answer)
        self._lanes[where].add(task, first=where is Where.DRAFTS)
        return task

    def cancel(self, task: Task) -> None:
        """Give up on ``task``; its ``then`` hears ``Cancelled`` unless it had ended already."""
        for lane in self._lanes.values():
            lane.cancel(task)

    def close(self) -> None:
        """Interrupt and drop everything, answer nobody any more, wait for nothing."""
        self._is_closed = True
        for lane in self._lanes.values():
            lane.close()

    def _deliver(self, number: int, what: Any) -> None:
        asker = self._askers[number] if isinstance(what, Step) else self._askers.pop(number)
        if isinstance(what, Crashed):
            self.crashed.emit(what.error)
            raise what.error
        if self._is_closed or not shiboken6.isValid(asker.owner):
            return
        if not isinstance(what, Step):
            asker.then(what)
        elif asker.progress is not None:
            asker.progress(what)


def _in_one_slice(work: Callable[[Task], T], task: Task) -> Slices:
    yield from ()
    return work(task)
