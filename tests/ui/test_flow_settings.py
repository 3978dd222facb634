"""The settings page: every setting, its value and where it comes from; changed at once, shut where the machine says."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cloison.settings.files import load
from cloison.settings.places import Places
from cloison.settings.values import NAMES, Settings, Theme
from cloison.ui.causes.causes import Cause
from cloison.ui.desk.desk import Desk
from cloison.ui.kit import Kit
from cloison.ui.palette import Scheme
from cloison.ui.settings.page import SettingsPage
from cloison.ui.settings.rows import ChoiceRow, PlaceRow, RememberedRow
from cloison.ui.window.values import Flow
from desks import Desks
from office import Office

MACHINE = """
backups_kept = 7
[locked]
clipboard_seconds = 30
"""


@pytest.fixture
def where(tmp_path: Path) -> Places:
    made = Places(person=tmp_path / "home" / "settings.toml", machine=tmp_path / "machine.toml", vaults=tmp_path)
    made.machine.write_text(MACHINE, encoding="utf-8")
    return made


@pytest.fixture
def kit(kit: Kit, where: Places) -> Kit:
    """Settings files of its own."""
    settings = load(where.person, where.machine)
    return replace(kit, settings=settings, places=lambda: where, heard=lambda: frozenset({Cause.SCREEN, Cause.LID}))


@pytest.fixture
def page(desk: Desk) -> SettingsPage:
    desk.flows.show(Flow.SETTINGS)
    shown = desk.pages.page
    assert isinstance(shown, SettingsPage)
    return shown


def choose(page: SettingsPage, name: str, text: str, qtbot: QtBot) -> None:
    """Pick a value by the keys a person would press."""
    row = page.rows[name]
    assert isinstance(row, ChoiceRow)
    row.box.setCurrentText(text)
    with qtbot.waitSignal(page.changed):
        row.box.activated.emit(row.box.currentIndex())


def test_it_is_reached_by_keys_and_begins_at_the_first_setting(desk: Desk) -> None:
    QTest.keySequence(desk.frame, QKeySequence("Ctrl+,"))

    page = desk.pages.page
    assert isinstance(page, SettingsPage)
    assert page.rows["language"].control.hasFocus()


def test_every_setting_has_a_row_that_says_its_value_and_where_it_comes_from(page: SettingsPage) -> None:
    assert set(page.rows) == set(NAMES)
    assert page.rows["language"].said.endswith("As shipped.")
    assert page.rows["backups_kept"].said.endswith("which goes before your own file.")
    assert page.rows["clipboard_seconds"].control.accessibleDescription() == page.rows["clipboard_seconds"].said
    assert page.heard.text().endswith("when the screen is locked, the lid is closed.")


@pytest.mark.parametrize("name", ["clipboard_seconds", "backups_kept"], ids=["locked", "set for the machine"])
def test_what_the_machine_keeps_is_shut_and_says_why(page: SettingsPage, where: Places, name: str) -> None:
    row = page.rows[name]

    assert not row.control.isEnabled()
    assert row.padlock.isVisible()
    assert str(where.machine) in row.padlock.accessibleName()
    assert not page.rows["language"].padlock.isVisible()
    QTest.keyClick(row.padlock, Qt.Key.Key_Space)
    assert page.notice.sentence == row.padlock.accessibleName()


def test_a_change_is_in_the_persons_file_and_holds_at_once(
    page: SettingsPage, desk: Desk, where: Places, qtbot: QtBot
) -> None:
    heard: list[Settings] = []
    desk.settings_changed.connect(heard.append)
    choose(page, "idle_lock_seconds", "1 minute", qtbot)

    assert where.person.read_text(encoding="utf-8") == "idle_lock_seconds = 60\n"
    assert [one.idle_lock_seconds for one in heard] == [60]
    assert desk.clerk.session.settings.idle_lock_seconds == 60
    assert page.rows["idle_lock_seconds"].said.endswith("Chosen by you.")
    assert page.notice.sentence == "Kept in your settings: Lock by itself after."


def test_a_change_is_taken_back(page: SettingsPage, where: Places, qtbot: QtBot) -> None:
    choose(page, "idle_lock_seconds", "1 minute", qtbot)
    with qtbot.waitSignal(page.changed):
        page.rows["idle_lock_seconds"].back.click()

    assert where.person.read_text(encoding="utf-8") == ""
    row = page.rows["idle_lock_seconds"]
    assert isinstance(row, ChoiceRow)
    assert row.box.currentText() == "4 minutes"
    assert not row.back.isVisible()


def test_the_window_changes_its_colours_at_once(page: SettingsPage, kit: Kit, qtbot: QtBot) -> None:
    worn: list[Scheme] = []
    kit.theme.palette_changed.connect(lambda palette: worn.append(palette.scheme))
    choose(page, "theme", "Dark", qtbot)
    choose(page, "theme", "Light", qtbot)

    assert worn == [Scheme.DARK, Scheme.LIGHT]


def test_a_library_is_picked_in_a_dialog(page: SettingsPage, where: Places, tmp_path: Path, qtbot: QtBot) -> None:
    row = page.rows["card_library"]
    assert isinstance(row, PlaceRow)
    row.choose.click()
    dialog = row.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.changed):
        dialog.fileSelected.emit(str(tmp_path / "own.so"))
    dialog.close()

    assert load(where.person, where.machine).card_library == tmp_path / "own.so"
    assert row.line.text() == str(tmp_path / "own.so")


@pytest.mark.skipif(os.name != "posix", reason="a file in the place of a folder")
def test_a_change_that_cannot_be_kept_is_said_and_put_back(page: SettingsPage, where: Places, qtbot: QtBot) -> None:
    where.person.parent.write_text("in the way", encoding="utf-8")
    row = page.rows["theme"]
    assert isinstance(row, ChoiceRow)
    row.box.activated.emit(2)
    qtbot.waitUntil(page.notice.isVisible)

    assert "cannot be" in page.notice.sentence
    assert row.box.currentText() == "As the system is"


def test_values_that_a_file_sets_between_those_on_offer_are_shown(kit: Kit, desks: Desks, office: Office) -> None:
    desk = desks.open(office.officer)
    desk.clerk.follow(replace(kit.settings, idle_lock_seconds=77, member="Anne", theme=Theme.LIGHT))
    page = SettingsPage(desk.clerk)
    idle, member = page.rows["idle_lock_seconds"], page.rows["member"]

    assert isinstance(idle, ChoiceRow)
    assert idle.box.currentText() == "77 seconds"
    assert isinstance(member, RememberedRow)
    assert member.line.text() == "Anne"
