"""Marks where there is little room: in the bar over the text, in the gutter beside it."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cloison.labels.library import built_in
from cloison.ui.chips import Chip, fitted, width
from cloison.ui.editor.keys import mark_keys
from cloison.ui.editor.mark_bar import MarkBar, MarkButton
from cloison.ui.kit import Kit
from cloison.ui.theme import Theme

WIDE = Chip(text="S-COMMUNICABLE À CAN, DEU, GBR", colours=None)
SMALL = Chip(text="?", colours=None)


@pytest.mark.parametrize("room", [554, 900, 1600])
def test_a_mark_of_the_bar_is_whole_or_not_there(kit: Kit, qtbot: QtBot, room: int) -> None:
    nato = built_in("NATO")
    bar = MarkBar(kit, nato, mark_keys(nato))
    qtbot.addWidget(bar)
    bar.resize(room, 48)
    bar.show()
    bar.grab()

    seen = [one for one in bar.findChildren(MarkButton) if one.isVisible()]
    assert [one.text() for one in seen[:3]] == ["NU", "NR", "NC"]
    assert all(one.width() >= one.sizeHint().width() for one in seen)
    assert all(bar.rect().contains(one.geometry()) for one in seen)
    [every] = [one for one in bar.findChildren(QPushButton) if one.text() == "Marks…"]
    assert bar.rect().contains(every.geometry())


def test_a_mark_too_wide_for_the_gutter_is_cut_short_and_the_question_mark_stays(theme: Theme) -> None:
    cut = fitted((WIDE, SMALL), 90)

    assert width(cut) + 1 <= 90
    assert cut[0].text.startswith("S-COM")
    assert cut[0].text.endswith("…")
    assert cut[1] == SMALL


@pytest.mark.parametrize("chips", [(), (SMALL,), (SMALL, SMALL)], ids=["none", "one", "two"])
def test_marks_that_fit_stay_as_they_are(theme: Theme, chips: tuple[Chip, ...]) -> None:
    assert fitted(chips, 90) == chips
