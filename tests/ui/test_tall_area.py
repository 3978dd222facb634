"""A column that scrolls: whatever changes in it, nothing is squeezed for longer than a moment."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cloison.ui.tall_area import TallArea

LONG = "une ligne qui revient à la ligne plusieurs fois dans une colonne étroite " * 6


def column(qtbot: QtBot) -> tuple[TallArea, list[QLabel]]:
    content, labels = QWidget(), []
    outer = QVBoxLayout(content)
    for _ in range(4):
        box = QWidget()
        inner = QVBoxLayout(box)
        labels += [QLabel(wordWrap=True), QLabel(wordWrap=True)]
        for one in labels[-2:]:
            inner.addWidget(one)
        outer.addWidget(box)
    area = TallArea(content)
    qtbot.addWidget(area)
    area.resize(240, 200)
    area.show()
    return area, labels


def test_what_comes_late_squeezes_nothing(qtbot: QtBot) -> None:
    _, labels = column(qtbot)

    for label in labels:
        label.setText(LONG)
        qtbot.wait(1)

    qtbot.waitUntil(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in labels))


def test_it_comes_to_rest(qtbot: QtBot) -> None:
    area, labels = column(qtbot)
    labels[0].setText(LONG)
    qtbot.wait(60)

    assert not area._later.isActive()
    rounds: list[None] = []
    area._later.timeout.connect(lambda: rounds.append(None))
    qtbot.wait(60)

    assert rounds == []
