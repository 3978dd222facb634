"""A box to choose from: the wheel passes over it."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cloison.ui.choice_box import ChoiceBox


def test_scrolling_past_a_box_chooses_nothing(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["no ceiling", "DIFFUSION RESTREINTE", "SECRET"])
    box.show()
    box.setFocus()
    down = QWheelEvent(
        QPointF(5, 5),
        box.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(box, down)

    assert box.currentText() == "no ceiling"
    assert not down.isAccepted()
