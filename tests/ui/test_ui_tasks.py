"""Two lanes, their outcomes on the main thread, cancelling, progress, closing."""

import threading
import time
from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from cloison.ui.lane import Task, TaskCancelledError
from cloison.ui.outcome import Cancelled, Done, Failed, Step
from cloison.ui.tasks import TaskRunner, Where


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


@pytest.fixture
def heard() -> list[object]:
    return []


class Expected(Exception):  # noqa: N818 - what a layer below might raise
    pass


def fail(task: Task) -> None:
    raise Expected


def test_the_result_arrives_on_the_main_thread(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool, bool]] = []
    main = threading.get_ident()
    runner.start(
        Where.WORK,
        lambda task: threading.get_ident(),
        owner=runner,
        then=lambda outcome: seen.append((outcome, threading.get_ident() == main, outcome == Done(value=main))),
    )

    qtbot.waitUntil(lambda: bool(seen))

    assert isinstance(seen[0][0], Done)
    assert seen[0][1:] == (True, False)


def test_each_lane_has_one_thread_of_its_own(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    for where in (Where.RECORDS, Where.WORK, Where.RECORDS, Where.DRAFTS, Where.WORK):
        runner.start(where, lambda task: threading.current_thread().name, owner=runner, then=heard.append)

    qtbot.waitUntil(lambda: len(heard) == 5)

    assert sorted(repr(one) for one in heard) == sorted(
        [repr(Done(value="cloison records"))] * 3 + [repr(Done(value="cloison work"))] * 2
    )


def test_an_expected_error_is_an_outcome(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    runner.start(Where.WORK, fail, owner=runner, then=heard.append, expected=(Expected,))

    qtbot.waitUntil(lambda: bool(heard))

    assert isinstance(heard[0], Failed)
    assert isinstance(heard[0].error, Expected)


def test_our_own_bug_flies_to_a_visible_place(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    with capture_exceptions() as flown, qtbot.waitSignal(runner.crashed) as crashed:
        runner.start(Where.WORK, fail, owner=runner, then=heard.append)

    assert isinstance(crashed.args[0], Expected)
    assert [kind for kind, _, _ in flown] == [Expected]
    assert heard == []


def test_a_draft_goes_before_what_waits_and_between_slices(
    runner: TaskRunner, qtbot: QtBot, heard: list[object]
) -> None:
    order: list[str] = []
    gate = threading.Event()

    def long_one(task: Task) -> Generator[None, None, str]:
        for number in range(3):
            gate.wait()
            order.append(f"slice {number}")
            yield
        return "long"

    runner.start_sliced(Where.RECORDS, long_one, owner=runner, then=heard.append)
    runner.start(Where.RECORDS, lambda task: order.append("later"), owner=runner, then=heard.append)
    runner.start(Where.DRAFTS, lambda task: order.append("draft"), owner=runner, then=heard.append)
    gate.set()

    qtbot.waitUntil(lambda: len(heard) == 3)

    assert order.index("draft") <= 1
    assert order.index("later") > order.index("slice 2")
    assert Done(value="long") in heard


def test_progress_is_heard_on_the_way(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    steps: list[Step] = []

    def count(task: Task) -> int:
        for number in range(1, 501):
            task.report(done=number, total=500)
        return 500

    runner.start(Where.WORK, count, owner=runner, then=heard.append, progress=steps.append)

    qtbot.waitUntil(lambda: bool(heard))
    assert steps[0] == Step(done=1, total=500)
    assert steps[-1] == Step(done=500, total=500)
    assert len(steps) < 100


def test_progress_nobody_asked_for_is_dropped(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    runner.start(Where.WORK, lambda task: task.report(done=1, total=1), owner=runner, then=heard.append)

    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [Done(value=None)]


def test_a_running_task_is_interrupted(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    stopped = threading.Event()
    started = threading.Event()

    def query(task: Task) -> None:
        started.set()
        stopped.wait()
        raise Expected

    task = runner.start(Where.RECORDS, query, owner=runner, then=heard.append, interrupt=stopped.set)
    started.wait()
    runner.cancel(task)

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Cancelled()]


def test_a_waiting_task_never_starts_once_cancelled(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    gate = threading.Event()
    ran: list[str] = []
    runner.start(Where.WORK, lambda task: gate.wait(), owner=runner, then=lambda outcome: None)
    task = runner.start(Where.WORK, lambda task: ran.append("ran"), owner=runner, then=heard.append)
    runner.cancel(task)
    gate.set()

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Cancelled()]
    assert ran == []


def test_a_task_that_asks_is_told_it_was_cancelled(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    started = threading.Event()

    def work(task: Task) -> None:
        started.set()
        while True:
            task.check()

    task = runner.start(Where.WORK, work, owner=runner, then=heard.append)
    started.wait()
    runner.cancel(task)

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Cancelled()]
    with pytest.raises(TaskCancelledError):
        task.check()


def test_nobody_answers_for_an_owner_that_is_gone(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    owner = QObject()
    gate = threading.Event()
    runner.start(Where.WORK, lambda task: gate.wait(), owner=owner, then=heard.append)
    owner.deleteLater()
    del owner
    qtbot.wait(10)
    gate.set()
    last: list[object] = []
    runner.start(Where.WORK, lambda task: 1, owner=runner, then=last.append)

    qtbot.waitUntil(lambda: bool(last))
    assert heard == []


def test_closing_waits_for_nothing_and_answers_nobody(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    release = threading.Event()
    interrupted = threading.Event()
    started = threading.Event()

    def stubborn(task: Task) -> None:
        started.set()
        release.wait()

    runner.start(Where.RECORDS, stubborn, owner=runner, then=heard.append, interrupt=interrupted.set)
    runner.start(Where.RECORDS, lambda task: None, owner=runner, then=heard.append)
    started.wait()

    began = time.monotonic()
    runner.close()
    runner.start(Where.RECORDS, lambda task: None, owner=runner, then=heard.append)

    assert time.monotonic() - began < 2
    assert interrupted.is_set()
    release.set()
    qtbot.waitUntil(lambda: runner.is_idle)
    qtbot.wait(20)
    assert heard == []


def test_an_answer_under_way_when_it_closes_is_dropped(runner: TaskRunner, qtbot: QtBot, heard: list[object]) -> None:
    runner.start(Where.WORK, lambda task: 1, owner=runner, then=heard.append)
    while not runner.is_idle:
        time.sleep(0.001)
    runner.close()

    qtbot.wait(20)

    assert heard == []


@pytest.mark.parametrize("turn", range(5))
def test_who_waited_is_let_go_of_on_the_main_thread(runner: TaskRunner, qtbot: QtBot, turn: int) -> None:
    destroyed: list[bool] = []
    main = threading.get_ident()
    gate = threading.Event()
    owner = QObject()
    owner.destroyed.connect(lambda: destroyed.append(threading.get_ident() == main))

    def wait_and_let_go(task: Task, held: QObject = owner) -> None:
        gate.wait()

    runner.start(Where.WORK, wait_and_let_go, owner=owner, then=lambda outcome: None)
    del owner, wait_and_let_go
    gate.set()

    qtbot.waitUntil(lambda: bool(destroyed))
    assert destroyed == [True]
