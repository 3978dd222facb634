"""The directory and the authority's page without a mouse and without eyes: every control is named, and Tab finds it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from cloison.ui.authority.page import AuthorityPage
from cloison.ui.clerk import Clerk
from cloison.ui.directory.page import DirectoryPage
from cloison.ui.directory.views_page import ViewsPage
from dropping import drop_files
from office import READER, Office

MOST_STOPS = 80


@pytest.fixture
def directory(clerk_of: Callable[[Path], Clerk], office: Office, qtbot: QtBot) -> DirectoryPage:
    page = DirectoryPage(clerk_of(office.officer))
    shown(page, qtbot)
    qtbot.waitUntil(lambda: page.people._list.count() == 3)
    return page


@pytest.fixture
def authority(clerk_of: Callable[[Path], Clerk], office: Office, qtbot: QtBot) -> AuthorityPage:
    page = AuthorityPage(clerk_of(office.folder / "authority"))
    shown(page, qtbot)
    drop_files(page.endorse, [office.card(READER)])
    return page


def shown(page: ViewsPage, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.arrive()


def stops(page: ViewsPage) -> list[QWidget]:
    """What Tab must find now; of a group of choices the one that is chosen stands for all."""
    found = (one for one in page.findChildren(QWidget) if one.isVisibleTo(page) and one.isEnabledTo(page))
    return [one for one in found if one.focusProxy() is None and is_stop(one) and one is not page._back]


def is_stop(widget: QWidget) -> bool:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None:
        return group.checkedButton() is widget
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def walked(page: ViewsPage) -> Iterator[QWidget]:
    """Where Tab leads from the way back on, once round."""
    page._back.setFocus()
    for _ in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        found = QApplication.focusWidget()
        if found is None or found is page._back:
            return
        yield found


def test_what_adds_cards_is_in_sight_in_the_least_window(directory: DirectoryPage) -> None:
    add = directory.people._add
    assert add.visibleRegion().boundingRect() == add.rect()


@pytest.mark.parametrize("number", range(5))
def test_every_control_of_the_directory_is_named_and_found_by_tab(
    directory: DirectoryPage, number: int, qtbot: QtBot
) -> None:
    directory.views.show_view(directory._all[number])
    qtbot.wait(150)

    wanted = stops(directory)
    assert [one for one in wanted if not one.accessibleName()] == []
    reached = set(walked(directory))
    assert [one.accessibleName() for one in wanted if one not in reached] == []


@pytest.mark.parametrize("number", range(5))
def test_every_control_of_the_authority_is_named_and_found_by_tab(
    authority: AuthorityPage, number: int, qtbot: QtBot
) -> None:
    authority.views.show_view(authority._all[number])
    qtbot.wait(150)

    wanted = stops(authority)
    assert [one for one in wanted if not one.accessibleName()] == []
    reached = set(walked(authority))
    assert [one.accessibleName() for one in wanted if one not in reached] == []
