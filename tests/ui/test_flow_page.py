"""A page beside the rail keeps the keyboard for as long as it is shown."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cloison.ui.clerk import Clerk
from cloison.ui.flow_page import FlowPage
from office import Office


def _named(name: str) -> QPushButton:
    made = QPushButton(name)
    made.setObjectName(name)
    return made


def _button(within: QWidget, name: str) -> QPushButton:
    return within.findChildren(QPushButton, name)[0]


@pytest.fixture
def page(clerk_of: Callable[[Path], Clerk], office: Office, qtbot: QtBot) -> Iterator[FlowPage]:
    """In a window whose first button is not its own, as those of the rail are."""
    window = QWidget()
    qtbot.addWidget(window)
    across = QVBoxLayout(window)
    across.addWidget(_named("rail"))
    made = FlowPage(clerk_of(office.officer), "A page")
    made.body.addWidget(QLineEdit())
    made.body.addWidget(_named("act"))
    across.addWidget(made)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    yield made
    window.close()


@pytest.mark.parametrize("go", [QWidget.hide, lambda part: part.setEnabled(False)], ids=["hidden", "disabled"])
def test_what_goes_hands_its_focus_to_what_stands_before_it(page: FlowPage, go: Callable[[QWidget], None]) -> None:
    act = _button(page, "act")
    QWidget.setTabOrder(act, _button(page.window(), "rail"))
    act.setFocus()
    assert act.hasFocus()

    go(act)

    assert page.findChildren(QLineEdit)[0].hasFocus()


def test_a_page_lets_go_of_the_focus_where_somebody_goes_elsewhere(page: FlowPage) -> None:
    rail = _button(page.window(), "rail")
    _button(page, "act").setFocus()

    rail.setFocus()

    assert rail.hasFocus()
