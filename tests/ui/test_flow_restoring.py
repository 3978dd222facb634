"""A backup becomes a vault from the unlock screen and the first run: looked through first, into a new folder."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cloison.actions.backup import make_backup
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.door import Door
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.outcome import Done
from cloison.ui.restore.screen import RestoreScreen
from cloison.ui.tasks import Where
from office import PASSPHRASE, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def backup(clerk_of: Callable[[Path], Clerk], office: Office, tmp_path: Path, asked: Ask) -> Path:
    """A backup of the officer's vault, which is closed again."""
    clerk = clerk_of(office.officer)
    asked(clerk, lambda session: make_backup(session, tmp_path / "medium", step=lambda done, total: None))
    asked(clerk, lambda session: session.vault.close())
    (made,) = (tmp_path / "medium").iterdir()
    return made


@pytest.fixture
def door(kit: Kit, office: Office, qtbot: QtBot) -> Door:
    made = Door(kit, vaults=office.folder, cost=None)
    qtbot.addWidget(made)
    made.ask_passphrase(office.officer)
    made.show()
    return made


@pytest.fixture
def screen(door: Door) -> RestoreScreen:
    press(door, "Restore a backup…")
    found = door.currentWidget()
    assert isinstance(found, RestoreScreen)
    return found


@pytest.fixture
def restored(door: Door, kit: Kit, qtbot: QtBot) -> Iterator[list[Session]]:
    """What the door opened; closed at the end, in its lane."""
    found: list[Session] = []
    door.opened.connect(lambda session, by_recovery, start: found.append(session))
    yield found
    for one in found:
        with qtbot.waitCallback() as closed:
            kit.runner.start(Where.RECORDS, partial(_close, one), owner=kit.runner, then=closed)
        assert isinstance((closed.args or [None])[0], Done)


def _close(session: Session, task: Task) -> None:
    session.vault.close()


def press(door: Door, text: str) -> None:
    (button,) = [one for one in door.findChildren(QPushButton) if one.accessibleName() == text and one.isVisible()]
    button.click()


def looked_through(screen: RestoreScreen, folder: Path, qtbot: QtBot) -> None:
    screen.source.set_folder(folder)
    qtbot.waitUntil(lambda: screen.backups.inspected is not None, timeout=20_000)


def test_a_backup_is_looked_through_and_restored_to_a_new_life(
    screen: RestoreScreen, door: Door, backup: Path, restored: list[Session], office: Office, qtbot: QtBot
) -> None:
    assert not screen.go.isEnabled()
    looked_through(screen, backup.parent, qtbot)
    assert "Every file is as it was written." in screen.backups.list.item(0).toolTip()
    target = Path(screen.target.text())
    assert target.parent == office.folder
    screen.fields.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(door.vault_chosen, timeout=20_000) as chosen:
        screen.go.click()

    (session,) = restored
    assert chosen.args == [target]
    assert session.vault.folder == target
    assert (target / "header.json").is_file()


def test_return_in_the_first_field_leads_to_the_next_or_says_what_is_wrong(
    screen: RestoreScreen, door: Door, backup: Path, qtbot: QtBot
) -> None:
    line = screen.source.line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not line.accessibleDescription()
    assert screen.backups.none.text().startswith("Choose a folder")

    line.setText(str(backup.parent / "absent"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "absent" in screen.source.control.accessibleDescription()

    line.setText(str(backup.parent))
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: door.focusWidget() is screen.fields.passphrase.line, timeout=20_000)

    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert door.focusWidget() is screen.fields.passphrase.line


def test_a_wrong_passphrase_and_a_taken_folder_leave_nothing(
    screen: RestoreScreen, backup: Path, office: Office, qtbot: QtBot
) -> None:
    looked_through(screen, backup, qtbot)
    target = Path(screen.target.text())
    screen.fields.passphrase.line.setText("une autre")
    screen.go.click()
    qtbot.waitUntil(lambda: bool(screen.notice.sentence), timeout=20_000)
    assert not target.exists()

    screen.target.setText(str(office.officer))
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen.go.click()

    assert "something in this place" in screen.target.accessibleDescription()


def test_one_that_is_given_up_leaves_nothing(screen: RestoreScreen, backup: Path, qtbot: QtBot) -> None:
    looked_through(screen, backup, qtbot)
    target = Path(screen.target.text())
    screen.fields.passphrase.line.setText(PASSPHRASE)

    screen.go.click()
    screen.working.given_up.emit()

    qtbot.waitUntil(lambda: bool(screen.notice.sentence), timeout=20_000)
    assert screen.notice.sentence.startswith("Given up")
    assert not target.exists() or not any(target.iterdir())


def test_a_damaged_backup_is_said_and_offers_nothing(screen: RestoreScreen, backup: Path, qtbot: QtBot) -> None:
    (backup / "shared.db").write_bytes(os.urandom(4096))

    looked_through(screen, backup, qtbot)

    assert "shared.db" in screen.notice.sentence
    assert not screen.go.isEnabled()
    assert screen.fields.isHidden()
    QTest.keyClick(screen.source.line, Qt.Key.Key_Return)
    assert screen.window().focusWidget() is screen.backups.list


def test_one_goes_back_to_where_one_came_from(screen: RestoreScreen, door: Door) -> None:
    screen.back.click()
    assert not isinstance(door.currentWidget(), RestoreScreen)

    door.start_first_run()
    press(door, "Restore a backup…")
    assert isinstance(door.currentWidget(), RestoreScreen)
