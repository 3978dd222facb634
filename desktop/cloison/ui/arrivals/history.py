"""What was received before, asked from the work lane and answered in the records lane, where the connections live.

The work waits for the records here and never the other way round, so that neither waits for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from cloison.dissemination.opening import History
from cloison.ui.lane import Task
from cloison.ui.tasks import TaskRunner, Where

T = TypeVar("T")


class HistoryAcrossLanes:
    """A ``History`` that may be asked from any thread but the records lane's own."""

    def __init__(self, runner: TaskRunner, history: History) -> None:
        """Ask ``history`` where it belongs."""
        self._runner = runner
        self._history = history

    def is_received(self, package_uid: str) -> bool:
        """Whether a package of that uid was accepted."""
        return self._ask(lambda: self._history.is_received(package_uid))

    def digest_of(self, *, sender: str, life: str, serial: int) -> str | None:
        """The digest of the accepted manifest that bears this serial, if there is one."""
        return self._ask(lambda: self._history.digest_of(sender=sender, life=life, serial=serial))

    def _ask(self, question: Callable[[], T]) -> T:
        answer: Future[T] = Future()
        self._runner.start(Where.RECORDS, partial(_settle, answer, question), owner=self._runner, then=_ignore)
        return answer.result()


def _settle(answer: Future[T], question: Callable[[], T], task: Task) -> None:
    try:
        answer.set_result(question())
    except BaseException as error:  # noqa: BLE001 - it is raised again where it was asked
        answer.set_exception(error)


def _ignore(outcome: object) -> None:
    return
