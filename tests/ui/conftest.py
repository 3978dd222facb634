"""A dressed application for every test of the window, and closed vaults for its flows."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cloison.actions.session import Session
from cloison.settings.values import Settings
from cloison.ui.clerk import Clerk
from cloison.ui.collecting import Collecting
from cloison.ui.constants import hold_constants
from cloison.ui.desk.desk import Desk
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.outcome import Done
from cloison.ui.tasks import TaskRunner, Where
from cloison.ui.theme import Theme
from cloison.wording.catalogue import Catalogue
from desks import Desks
from markers import leaks
from office import PASSPHRASE, PORTIONS, TITLE, Office, found_office, opened
from service import Clock

hold_constants()


FOLDER = Path(__file__).parent
IN_THE_NOTE = tuple(text.partition("] ")[2] for text in (TITLE, *PORTIONS))
WRITTEN_OUT = frozenset({".pdf", ".txt", ".json"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one message of Qt's pass: its offscreen platform says it of every window that has a least size."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.qt_log_ignore(r"^This plugin does not support propagateSizeHints\(\)$"))


@pytest.fixture(scope="session", autouse=True)
def collecting(qapp: QApplication) -> Collecting:
    """As the application does it: widgets in cycles are not left to the lanes."""
    return Collecting(qapp)


@pytest.fixture(autouse=True)
def deleting(qapp: QApplication) -> Iterator[None]:
    """What a test closed is gone for the next one: no loop runs between them that would delete it, and thousands of
    widgets that nobody sees make every change of the theme take a minute."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kit(theme: Theme, clock: Clock) -> Iterator[Kit]:
    """What views are handed, in English: the sentences of the tests are those of the code."""
    runner = TaskRunner()
    yield Kit(
        words=Catalogue.load("en"),
        theme=theme,
        runner=runner,
        settings=Settings(language="en"),
        clock=clock,
        randomness=os.urandom,
    )
    runner.close()


@pytest.fixture(scope="session")
def founded_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return found_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(founded_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A copy of its own for each test; whatever is done to it, nothing of it is in clear on the disk afterwards.

    But in what somebody asked for: papers, and what is written out.
    """
    (tmp_path / "tmp").mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    folder = tmp_path / "office"
    shutil.copytree(founded_office.folder, folder)
    before = _files(tmp_path)
    yield replace(founded_office, folder=folder)
    unchanged = {path for path, state in _files(tmp_path).items() if before.get(path) == state}
    asked_for = {path for path in tmp_path.rglob("*") if path.suffix in WRITTEN_OUT}
    assert leaks(tmp_path, *IN_THE_NOTE, PASSPHRASE, asked_for=unchanged | asked_for) == []


def _files(folder: Path) -> dict[Path, tuple[int, int]]:
    stats = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items()}


@pytest.fixture
def ended() -> list[int]:
    """Exit codes with which a session would have ended the process."""
    return []


@pytest.fixture
def clerk_of(kit: Kit, qtbot: QtBot) -> Iterator[Callable[[Path], Clerk]]:
    """Opens a vault in the records lane, where its connections must live; each is closed at the end."""
    clerks: list[Clerk] = []

    def opened_by_clerk(vault: Path) -> Clerk:
        with qtbot.waitCallback() as opened_now:
            kit.runner.start(Where.RECORDS, lambda task: opened(vault, kit.clock), owner=kit.runner, then=opened_now)
        clerks.append(Clerk(kit, _value(opened_now.args)))
        return clerks[-1]

    yield opened_by_clerk
    for clerk in clerks:
        with qtbot.waitCallback() as closed:
            kit.runner.start(Where.RECORDS, partial(_close, clerk), owner=kit.runner, then=closed)


@pytest.fixture
def asked(qtbot: QtBot) -> Callable[[Clerk, Callable[[Session], object]], object]:
    """What an act on the vault gives, waited for."""

    def ask(clerk: Clerk, act: Callable[[Session], object]) -> object:
        with qtbot.waitCallback() as answered:
            clerk.ask(clerk.kit.runner, act, answered, refused=pytest.fail)
        return (answered.args or [None])[0]

    return ask


@pytest.fixture
def desks(clerk_of: Callable[[Path], Clerk], qtbot: QtBot) -> Desks:
    return Desks(clerk_of, qtbot)


@pytest.fixture
def desk(desks: Desks, office: Office, qtbot: QtBot) -> Desk:
    made = desks.open(office.officer)
    qtbot.waitUntil(lambda: made.frame.list.rows.rowCount() == 1)
    return made


def _close(clerk: Clerk, task: Task) -> None:
    clerk.session.vault.close()


def _value(answer: list[object] | None) -> Session:
    done = (answer or [None])[0]
    assert isinstance(done, Done)
    assert isinstance(done.value, Session)
    return done.value
