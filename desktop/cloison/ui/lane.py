"""One thread that does one task after another; no Qt.

A task is a generator: each step is a slice, and between two slices a task that goes first has its turn. What comes of a
task is handed to ``post`` on this thread; whoever made the lane carries it over to their own.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Generator
from typing import Any, Final

from cloison.ui.outcome import Cancelled, Crashed, Done, Failed, Step

_BETWEEN_REPORTS: Final = 0.03  # seconds: a bar need not move more often than the screen is drawn

Post = Callable[["Task", object], None]
Slices = Generator[None, None, Any]


class TaskCancelledError(Exception):
    """Raised inside a task that asked whether to go on and should not."""


class Task:
    """One piece of work on its way; ``control`` inside the work, ``cancel`` outside of it."""

    def __init__(
        self,
        work: Callable[[Task], Slices],
        *,
        expected: tuple[type[Exception], ...],
        interrupt: Callable[[], None] | None,
        post: Post,
    ) -> None:
        """``expected`` are the errors that become ``Failed``; ``interrupt`` breaks off a slice that is under way."""
        self._slices = work(self)
        self._expected = expected
        self.interrupt = interrupt
        self._post = post
        self._cancelled = threading.Event()
        self._reported = 0.0

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody gave up on it."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Inside the work: raise ``TaskCancelledError`` where nobody waits for it any more."""
        if self.is_cancelled:
            raise TaskCancelledError

    def report(self, *, done: int, total: int) -> None:
        """Inside the work: say how far it has come, and stop if it was cancelled."""
        self.check()
        now = time.monotonic()
        if now - self._reported >= _BETWEEN_REPORTS or done == total:
            self._reported = now
            self._post(self, Step(done=done, total=total))

    def give_up(self) -> None:
        """Mark it as cancelled."""
        self._cancelled.set()

    def step(self) -> bool:
        """Do one slice; whether there are more. What came of it, if it ended, has then been posted."""
        try:
            self.check()
            next(self._slices)
        except StopIteration as end:
            self._post(self, Done(value=end.value))
        except BaseException as error:  # noqa: BLE001 - a thread that dies silently would hide the bug; it is posted
            self._post(self, self._outcome(error))
        else:
            return True
        return False

    def _outcome(self, error: BaseException) -> object:
        if self.is_cancelled:
            return Cancelled()
        if isinstance(error, self._expected):
            return Failed(error=error)
        return Crashed(error=error)


class Lane:
    """The thread; it is a daemon, so that the process can end whatever it is doing."""

    def __init__(self, name: str) -> None:
        """Start the thread ``name``."""
        self._waiting: list[tuple[int, int, Task]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._running: Task | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name=f"cloison {name}", daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        with self._changed:
            return self._running is None and not self._waiting

    def add(self, task: Task, *, first: bool) -> None:
        """Do ``task`` in its turn, or before all that do not go first; after ``close`` nothing is taken."""
        with self._changed:
            if not self._is_closed:
                heapq.heappush(self._waiting, (0 if first else 1, next(self._numbers), task))
                self._changed.notify()

    def cancel(self, task: Task) -> None:
        """Give up on ``task``: a waiting one never starts, a running one is interrupted."""
        with self._changed:
            self._give_up(task)

    def close(self) -> None:
        """Give up on everything and take nothing more. Never waits: a lock must not."""
        with self._changed:
            self._is_closed = True
            for _, _, task in self._waiting:
                task.give_up()
            self._waiting.clear()
            if self._running is not None:
                self._give_up(self._running)
            self._changed.notify()

    def _give_up(self, task: Task) -> None:
        # Under the lock, so that the interruption cannot strike the task after this one.
        task.give_up()
        if task is self._running and task.interrupt is not None:
            task.interrupt()

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            rank, number, task = taken
            goes_on = task.step()
            with self._changed:
                self._running = None
                if goes_on and not self._is_closed:
                    heapq.heappush(self._waiting, (rank, number, task))

    def _take(self) -> tuple[int, int, Task] | None:
        with self._changed:
            while not self._waiting and not self._is_closed:
                self._changed.wait()
            if self._is_closed:
                return None
            taken = heapq.heappop(self._waiting)
            self._running = taken[2]
            return taken
