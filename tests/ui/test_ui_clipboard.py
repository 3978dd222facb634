"""What is copied in a window is marked for histories, and gone after a while, if it is still ours."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cloison.ui.clipboard import BLANK, LOOK_AWAY, CopiedHere, OutThere, hidden
from cloison.ui.editor.clips import MIME_TYPE


@pytest.fixture
def clipboard(qtbot: QtBot) -> QClipboard:
    return QGuiApplication.clipboard()


@pytest.fixture
def told() -> list[OutThere]:
    return []


@pytest.fixture
def copied(clipboard: QClipboard, told: list[OutThere], monkeypatch: pytest.MonkeyPatch) -> Iterator[CopiedHere]:
    # Qt's offscreen platform knows no owner of the clipboard. With a real X server: test_flow_clipboard.
    monkeypatch.setattr(CopiedHere, "_is_own", lambda self, mode: True)
    made = CopiedHere(clipboard, seconds=600, held=told.append)
    yield made
    clipboard.changed.disconnect(made._changed)
    clipboard.clear()


def copy_from_a_field(qtbot: QtBot, text: str) -> None:
    field = QLineEdit(text)
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()


def test_a_copy_from_any_field_is_marked_for_histories(
    copied: CopiedHere, clipboard: QClipboard, told: list[OutThere], qtbot: QtBot
) -> None:
    copy_from_a_field(qtbot, "Dauphin")

    held = clipboard.mimeData()
    assert held.text() == "Dauphin"
    assert {name: bytes(held.data(name).data()) for name in LOOK_AWAY} == LOOK_AWAY
    assert told == [OutThere.OURS]


def test_only_words_and_our_token_go_out() -> None:
    source = QMimeData()
    source.setText("Dauphin")
    source.setHtml("<b>Dauphin</b>")
    source.setData(MIME_TYPE, b"token")

    made = hidden(source)

    assert set(made.formats()) == {"text/plain", MIME_TYPE, *LOOK_AWAY}
    assert bytes(made.data(MIME_TYPE).data()) == b"token"


def test_it_is_gone_when_its_time_is_over(
    copied: CopiedHere, clipboard: QClipboard, told: list[OutThere], qtbot: QtBot
) -> None:
    copied.keep_for(0)
    copy_from_a_field(qtbot, "Dauphin")

    qtbot.waitUntil(lambda: clipboard.text() == BLANK)
    assert told == [OutThere.OURS, OutThere.NOTHING]


def test_another_copy_starts_the_time_anew(copied: CopiedHere, clipboard: QClipboard, qtbot: QtBot) -> None:
    timer = copied._timers[QClipboard.Mode.Clipboard]
    copy_from_a_field(qtbot, "Dauphin")
    timer.setInterval(10)
    timer.setInterval(600_000)
    copy_from_a_field(qtbot, "Corneille")

    assert timer.remainingTime() > 500_000
    assert clipboard.text() == "Corneille"


@pytest.mark.parametrize(
    ("words", "left"),
    [("Bouvreuil", "Bouvreuil"), ("Dauphin", BLANK)],
    ids=["what somebody else copied is left alone", "what a manager took over is taken back"],
)
def test_what_another_program_holds_is_judged_by_its_words(
    copied: CopiedHere,
    clipboard: QClipboard,
    told: list[OutThere],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    left: str,
) -> None:
    copy_from_a_field(qtbot, "Dauphin")
    monkeypatch.setattr(copied, "_is_own", lambda mode: False)
    clipboard.setText(words)
    copied.take_back()

    assert clipboard.text() == left
    assert told == [OutThere.OURS, OutThere.NOTHING]


def test_an_ending_session_covers_what_it_holds_and_leaves_the_sweeping_to_its_supervisor(
    copied: CopiedHere, clipboard: QClipboard, told: list[OutThere], qtbot: QtBot
) -> None:
    copy_from_a_field(qtbot, "Dauphin")
    copied.cover()

    assert clipboard.text() == BLANK
    assert told == [OutThere.OURS]
