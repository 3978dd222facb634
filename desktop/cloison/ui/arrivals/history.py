"""What was received before, asked from the work lane and answered in the records lane, where the connections live.

The work waits for the records here and never the other way round, so that neither waits for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from cloison.dissemination.checks import History
from cloison.ui.lane import Task
from cloison.ui.tasks import TaskRunner, Where
from cloison.vault.exchange import Incoming

T = TypeVar("T")


def ask_records(runner: TaskRunner, question: Callable[[], T]) -> T:
    """What the records answer, waited for; never from their own lane, where it would wait for itself."""
    answer: Future[T] = Future()
    runner.start(Where.RECORDS, partial(_settle, answer, question), owner=runner, then=_ignore)
    return answer.result()


class HistoryAcrossLanes:
    """A ``History`` that may be asked from any thread but the records lane's own."""

    def __init__(self, runner: TaskRunner, history: History) -> None:
        """Ask ``history`` where it belongs."""
        self._runner = runner
        self._history = history

    def is_received(self, package_uid: str) -> bool:
        """Whether a package of that uid was accepted."""
        return self._ask(lambda: self._history.is_received(package_uid))

    def arrived(self, *, sender: str, life: str) -> tuple[Incoming, ...]:
        """The accepted packages of a sender, in one life of their vault."""
        return self._ask(lambda: self._history.arrived(sender=sender, life=life))

    def knows_other_life(self, *, sender: str, life: str) -> bool:
        """Whether packages of the sender were accepted that are of another life of their vault."""
        return self._ask(lambda: self._history.knows_other_life(sender=sender, life=life))

    def _ask(self, question: Callable[[], T]) -> T:
        return ask_records(self._runner, question)


def _settle(answer: Future[T], question: Callable[[], T], task: Task) -> None:
    try:
        answer.set_result(question())
    except BaseException as error:  # noqa: BLE001 - it is raised again where it was asked
        answer.set_exception(error)


def _ignore(outcome: object) -> None:
    return
