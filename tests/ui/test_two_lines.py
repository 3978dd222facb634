"""Rows of two lines: as high as what is in them."""

from pytestqt.qtbot import QtBot

from cloison.ui.chips import chips_of
from cloison.ui.theme import Theme
from cloison.ui.two_lines import TwoLineList
from listed import POLICY, label


def test_a_row_without_chips_keeps_no_room_for_them(theme: Theme, qtbot: QtBot) -> None:
    people = TwoLineList(theme, "People")
    qtbot.addWidget(people)
    people.add_with_chips("Camille Roux", (), "", "myself", 1)
    people.add_with_chips("Jonas Weber", chips_of(POLICY, label("S"), is_settled=True), "S", "endorsed", 2)
    people.add("Cellule Kessar", "2 people", 3)
    people.show()

    bare, marked, plain = (people.visualItemRect(people.item(row)).height() for row in range(3))
    assert bare == plain < marked
