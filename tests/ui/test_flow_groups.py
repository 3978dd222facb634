"""Groups in the directory: made, named, ticked, removed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.groups import Group, groups
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.directory.page import DirectoryPage
from office import PARTNER, READER, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


@pytest.fixture
def page(clerk: Clerk, qtbot: QtBot) -> DirectoryPage:
    made = DirectoryPage(clerk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.arrive()
    made.views.show_view(made.groups)
    qtbot.waitUntil(lambda: len(made.groups._people) == 2)
    return made


def make(page: DirectoryPage, name: str, qtbot: QtBot) -> None:
    page.groups.new_name.setText(name)
    page.groups.make.click()
    qtbot.waitUntil(lambda: page.groups.picked is not None and page.groups.picked.name == name)


def has_members(page: DirectoryPage, count: int) -> bool:
    return page.groups.picked is not None and len(page.groups.picked.members) == count


def kept(clerk: Clerk, asked: Ask) -> list[tuple[str, list[str]]]:
    found = asked(clerk, groups)
    assert isinstance(found, tuple)
    assert all(isinstance(one, Group) for one in found)
    return [(one.name, [member.card.name for member in one.members]) for one in found]


def test_a_group_is_made_and_people_are_ticked_into_it(
    page: DirectoryPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    make(page, "Cellule A", qtbot)
    assert page.notice.sentence == "The group “Cellule A” is made. Tick who is in it."
    for number in range(2):
        page.groups.members.item(number).setCheckState(Qt.CheckState.Checked)
        qtbot.waitUntil(partial(has_members, page, number + 1))

    assert kept(clerk, asked) == [("Cellule A", [READER, PARTNER])]
    assert page.notice.sentence == f"{PARTNER} is in the group “Cellule A”."


def test_the_space_bar_takes_somebody_out(page: DirectoryPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    make(page, "Cellule A", qtbot)
    members = page.groups.members
    members.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: page.groups.picked is not None and len(page.groups.picked.members) == 1)
    members.setCurrentRow(0)
    QTest.keyClick(members, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.groups.picked is not None and not page.groups.picked.members)

    assert page.notice.sentence == f"{READER} is not in the group “Cellule A” any more."
    assert kept(clerk, asked) == [("Cellule A", [])]


def test_a_group_is_renamed(page: DirectoryPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    make(page, "Cellule A", qtbot)
    page.groups.name.setText("Cellule B")
    QTest.keyClick(page.groups.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.notice.sentence == "The group is called “Cellule B” now.")
    assert kept(clerk, asked) == [("Cellule B", [])]


def test_a_name_that_is_taken_is_refused_below_its_field(page: DirectoryPage, qtbot: QtBot) -> None:
    make(page, "Cellule A", qtbot)
    page.groups.new_name.setText("cellule a")
    page.groups.make.click()

    below = page.groups._new._below
    qtbot.waitUntil(lambda: below.text().startswith("There is a group “cellule a” already."))


def test_a_group_is_removed_once_it_was_said_what_that_means(
    page: DirectoryPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    make(page, "Cellule A", qtbot)
    page.groups.remove.ask.click()
    assert page.groups.remove.explained.text().startswith("The group “Cellule A” is forgotten.")
    page.groups.remove.do.click()

    qtbot.waitUntil(lambda: page.notice.sentence == "The group “Cellule A” is removed.")
    assert kept(clerk, asked) == []
