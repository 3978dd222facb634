"""The health page: how the vault is in plain sentences, every page looked through, backups made and looked into."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.health import Grade, Topic
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.health.page import HealthPage
from cloison.ui.notice import Tone
from cloison.ui.window.values import Flow
from desks import Desks
from office import Office
from service import Clock

Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    made = tmp_path / "medium"
    made.mkdir()
    return made


@pytest.fixture
def page(clerk: Clerk, medium: Path, qtbot: QtBot) -> HealthPage:
    made = HealthPage(clerk, folder=medium)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: bool(made.lines.lines))
    return made


def grade(page: HealthPage, topic: Topic) -> Grade:
    return next(line.grade for line in page.lines.lines if line.topic is topic)


def done(page: HealthPage, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: page.notice.isVisible() and not page.backup.is_at_work, timeout=20_000)
    return page.notice.sentence


def test_each_thing_is_told_in_a_sentence_of_its_own(page: HealthPage) -> None:
    topics = [line.topic for line in page.lines.lines]

    assert set(topics) >= {Topic.FILES, Topic.BACKUP, Topic.HEADER, Topic.POLICY, Topic.LIST, Topic.CLOCK, Topic.ROOM}
    assert len(set(page.lines.sentences)) == len(topics)
    assert grade(page, Topic.FILES) is grade(page, Topic.CLOCK) is Grade.GOOD
    assert grade(page, Topic.BACKUP) is Grade.BAD


def test_a_backup_is_made_listed_looked_into_and_grows_old(
    page: HealthPage, medium: Path, clock: Clock, qtbot: QtBot
) -> None:
    page.backup.now.click()

    assert "looked through" in done(page, qtbot)
    (path,) = medium.iterdir()
    qtbot.waitUntil(lambda: grade(page, Topic.BACKUP) is Grade.GOOD)
    qtbot.waitUntil(lambda: page.backup.backups.list.count() == 1)
    assert "looked through when it was made" in page.backup.backups.list.item(0).toolTip()
    page.backup.look.click()
    qtbot.waitUntil(lambda: page.backup.backups.inspected is not None, timeout=20_000)
    assert page.notice.sentence == "Every file is as it was written."
    (path / "shared.db").write_bytes(os.urandom(4096))
    qtbot.waitUntil(page.backup.look.isEnabled)
    page.backup.look.click()
    qtbot.waitUntil(lambda: page.notice.tone is Tone.REFUSED, timeout=20_000)
    assert "shared.db" in page.notice.sentence
    clock.advance(days=8)
    page.arrive()
    qtbot.waitUntil(lambda: grade(page, Topic.BACKUP) is Grade.BEWARE)


def test_a_folder_that_is_not_there_is_said_before_anything_begins(page: HealthPage, medium: Path) -> None:
    page.backup.field.set_folder(medium / "absent")

    page.backup.now.click()

    assert not page.backup.is_at_work
    assert "absent" in page.backup.field.control.accessibleDescription()


def test_no_backup_is_said_only_of_a_folder_that_is_there(page: HealthPage, medium: Path, qtbot: QtBot) -> None:
    told = page.backup.backups.none
    assert told.text() == "No backup lies in this folder yet."

    for text in ("", str(medium / "absent")):
        page.backup.field.line.setText(text)
        assert told.text().startswith("Choose a folder that is there")

    page.backup.field.set_folder(medium)
    qtbot.waitUntil(lambda: told.text() == "No backup lies in this folder yet.")


def test_leaving_gives_a_backup_up_and_leaves_nothing(page: HealthPage, medium: Path, qtbot: QtBot) -> None:
    page.backup.now.click()

    with qtbot.waitSignal(page.left, timeout=20_000):
        page.leave()

    assert all(path.suffix == ".backup" for path in medium.iterdir())


def test_every_page_is_looked_through_and_damage_said(page: HealthPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    page.look.click()
    assert "sound" in done(page, qtbot)
    assert not page.found.sentences

    def shut(session: Session) -> None:
        (one,) = session.vault.compartments()
        session.vault.close_compartment(one.id)

    def reopen(session: Session) -> None:
        (one,) = session.vault.compartments()
        session.vault.open_compartment(one.id)

    asked(clerk, shut)
    page.look.click()
    qtbot.waitUntil(lambda: "What is closed was not" in page.notice.sentence, timeout=20_000)
    asked(clerk, reopen)

    def spoil(session: Session) -> str:
        (compartment,) = session.open_compartments()
        with compartment.transaction():
            compartment.chain.append(
                b"{}", digest=b"0" * 32, kind="A", number="A-2026-99999", at="2026-01-01T00:00:00Z"
            )
        return compartment.name

    name = asked(clerk, spoil)
    page.look.click()
    qtbot.waitUntil(lambda: bool(page.found.sentences), timeout=20_000)

    assert str(name) in page.found.sentences[0]
    assert page.notice.tone is Tone.REFUSED


def test_the_rail_leads_there_and_escape_back(desks: Desks, office: Office, qtbot: QtBot) -> None:
    desk = desks.open(office.officer)

    desk.frame.rail._flows[Flow.HEALTH].click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, HealthPage))
    page = desk.pages.page
    assert page is not None
    QTest.keyClick(page, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: desk.pages.page is None)


def test_an_older_file_is_told_and_taken_as_it_is_with_a_reason(
    clerk_of: Callable[[Path], Clerk], office: Office, medium: Path, asked: Ask, qtbot: QtBot
) -> None:
    first = clerk_of(office.officer)

    def write(session: Session) -> Path:
        (compartment,) = session.open_compartments()
        file = session.vault.folder / compartment.file_name
        older = file.read_bytes()
        with compartment.transaction():
            pass
        session.vault.close()
        file.write_bytes(older)
        return file

    asked(first, write)
    clerk = clerk_of(office.officer)
    page = HealthPage(clerk, folder=medium)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    qtbot.waitUntil(page.finding.isVisible)
    assert grade(page, Topic.FILES) is Grade.BAD
    page.finding.act.click()
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.tone is Tone.REFUSED

    page.finding.reason.setText("sauvegarde du 20")
    page.finding.act.click()

    qtbot.waitUntil(lambda: grade(page, Topic.FILES) is Grade.GOOD)
    assert not page.finding.isVisible()
    assert "F-2026-00001" in page.notice.sentence
