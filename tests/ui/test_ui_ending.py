"""The end of a session: out of sight, last words, exit code; nothing holds it back."""

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cloison.supervisor import LOCKED
from cloison.ui import ending as ending_module
from cloison.ui.ending import LEFT, Ending
from cloison.ui.lane import Task
from cloison.ui.tasks import TaskRunner, Where


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


@pytest.fixture
def ending(runner: TaskRunner, ended: list[int]) -> Ending:
    return Ending(runner, end=ended.append)


def test_a_lock_says_its_last_words_and_ends(ending: Ending, ended: list[int], qtbot: QtBot) -> None:
    said: list[str] = []

    def save(task: Task) -> None:
        said.append(threading.current_thread().name)

    ending.last_words = lambda: save
    ending.lock()

    qtbot.waitUntil(lambda: ended == [LOCKED])
    assert said == ["cloison records"]


def test_a_lock_with_nothing_to_say_ends_at_once(ending: Ending, ended: list[int]) -> None:
    ending.lock()
    assert ended == [LOCKED]


def test_leaving_ends_for_good(ending: Ending, ended: list[int]) -> None:
    ending.leave()
    assert ended == [LEFT]


def test_the_last_words_go_before_all_that_waits(
    ending: Ending, runner: TaskRunner, ended: list[int], qtbot: QtBot
) -> None:
    gate = threading.Event()
    order: list[str] = []
    runner.start(Where.RECORDS, lambda task: gate.wait(), owner=runner, then=lambda outcome: None)
    runner.start(Where.RECORDS, lambda task: order.append("search"), owner=runner, then=lambda outcome: None)
    ending.last_words = lambda: lambda task: order.append("draft")
    ending.lock()
    gate.set()

    qtbot.waitUntil(lambda: ended == [LOCKED])
    assert order[0] == "draft"


def test_last_words_that_fail_do_not_hold_it_back(ending: Ending, ended: list[int], qtbot: QtBot) -> None:
    def save(task: Task) -> None:
        raise OSError("the disk is gone")

    ending.last_words = lambda: save
    ending.lock()

    qtbot.waitUntil(lambda: ended == [LOCKED])


def test_a_lane_that_is_stuck_does_not_hold_it_back(
    ending: Ending, runner: TaskRunner, ended: list[int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending_module, "LAST_WORDS_MS", 50)
    gate = threading.Event()
    runner.start(Where.RECORDS, lambda task: gate.wait(), owner=runner, then=lambda outcome: None)
    ending.last_words = lambda: lambda task: None
    started = time.monotonic()

    ending.lock()
    qtbot.waitUntil(lambda: bool(ended))

    assert ended[0] == LOCKED
    assert time.monotonic() - started < 2
    gate.set()


def test_every_window_is_out_of_sight_at_once(ending: Ending, qtbot: QtBot) -> None:
    window, box = QWidget(), QMessageBox()
    for one in (window, box):
        qtbot.addWidget(one)
        one.show()
    ending.last_words = lambda: lambda task: None

    ending.lock()

    assert not window.isVisible()
    assert not box.isVisible()


def test_a_panic_waits_for_nothing(ending: Ending, ended: list[int]) -> None:
    said: list[str] = []
    ending.last_words = lambda: lambda task: said.append("draft")

    ending.panic()

    assert ended == [LOCKED]
    assert said == []


def test_it_ends_once(ending: Ending, ended: list[int]) -> None:
    ending.lock()
    ending.lock()
    ending.leave()

    assert ended == [LOCKED]
