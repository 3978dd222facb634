"""The chords that lock, wherever the focus is, and the idle clock."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cloison.ui.watch import Watch, both_clocks

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


class Clocks:
    """The steady clock and the wall clock, moved by hand."""

    def __init__(self) -> None:
        self.steady = 1000.0
        self.wall = 5_000_000.0

    def __call__(self) -> tuple[float, float]:
        return self.steady, self.wall


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watch(qapp: QApplication, clocks: Clocks) -> Iterator[Watch]:
    made = Watch(qapp, idle_seconds=240, clocks=clocks)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.addWidget(QTextEdit())
    layout.addWidget(QLineEdit())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


@pytest.mark.parametrize("kind", [QTextEdit, QLineEdit])
def test_ctrl_l_locks_from_any_field(watch: Watch, window: QWidget, qtbot: QtBot, kind: type[QWidget]) -> None:
    field = window.findChild(kind)
    assert field is not None
    field.setFocus()

    with qtbot.waitSignal(watch.lock_asked), qtbot.assertNotEmitted(watch.panic_asked):
        QTest.keyClick(field, Qt.Key.Key_L, CTRL)


def test_ctrl_shift_l_is_the_panic_chord(watch: Watch, window: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watch.panic_asked), qtbot.assertNotEmitted(watch.lock_asked):
        QTest.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)


def test_a_dialog_that_is_open_does_not_stand_in_the_way(watch: Watch, window: QWidget, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    dialog.open()

    with qtbot.waitSignal(watch.lock_asked):
        QTest.keyClick(dialog, Qt.Key.Key_L, CTRL)


def test_an_l_is_only_a_letter(watch: Watch, window: QWidget, qtbot: QtBot) -> None:
    line = window.findChild(QLineEdit)
    assert line is not None

    with qtbot.assertNotEmitted(watch.lock_asked), qtbot.assertNotEmitted(watch.panic_asked):
        QTest.keyClick(line, Qt.Key.Key_L)
        QTest.keyClick(line, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)

    assert line.text().lower() == "ll"


def test_nobody_there_for_as_long_as_the_setting_says(watch: Watch, clocks: Clocks, qtbot: QtBot) -> None:
    clocks.steady += 239
    with qtbot.assertNotEmitted(watch.idled):
        watch._look()

    clocks.steady += 1
    with qtbot.waitSignal(watch.idled):
        watch._look()


def test_a_machine_that_slept_counts_as_nobody_there(watch: Watch, clocks: Clocks, qtbot: QtBot) -> None:
    clocks.wall += 3600

    with qtbot.waitSignal(watch.idled):
        watch._look()


@pytest.mark.parametrize("how", ["key", "click"])
def test_a_touch_starts_the_clock_again(watch: Watch, window: QWidget, clocks: Clocks, qtbot: QtBot, how: str) -> None:
    clocks.steady += 239
    touch = {"key": lambda: QTest.keyClick(window, Qt.Key.Key_A), "click": lambda: QTest.mouseClick(window, LEFT)}
    touch[how]()
    clocks.steady += 239

    with qtbot.assertNotEmitted(watch.idled):
        watch._look()


def test_time_is_looked_at_without_being_asked(watch: Watch, clocks: Clocks, qtbot: QtBot) -> None:
    clocks.steady += 240

    with qtbot.waitSignal(watch.idled, timeout=3000):
        pass


def test_the_real_clocks_go_forward() -> None:
    before, after = both_clocks(), both_clocks()
    assert after[0] >= before[0]


LEFT = Qt.MouseButton.LeftButton


class Eater(QObject):
    """Takes every key, as Qt does while something is dragged."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        return event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)


def test_the_chords_are_heard_while_something_is_dragged(
    watch: Watch, window: QWidget, qapp: QApplication, qtbot: QtBot
) -> None:
    eater = Eater()
    qapp.installEventFilter(eater)
    # Of every object of the application: what it is sent to does not matter.
    qapp.sendEvent(QObject(), QEvent(QEvent.Type.DragEnter))
    qtbot.wait(1)

    with qtbot.waitSignal(watch.panic_asked):
        QTest.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    qapp.removeEventFilter(eater)
