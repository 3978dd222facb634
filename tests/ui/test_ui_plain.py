"""Text from files and people: plain, whole, and with nothing hidden in it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cloison.ui.plain import OneLineLabel, PlainLabel, on_one_line, tooltip, visible
from cloison.ui.theme import Theme


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rapport\u202efdp.exe", "rapport⟨U+202E⟩fdp.exe"),
        ("a\u2066b\u2069c", "a⟨U+2066⟩b⟨U+2069⟩c"),
        ("bell\x07", "bell␇"),
        ("del\x7f", "del␡"),
        ("c1\x9b", "c1⟨U+009B⟩"),
        ("bom\ufeff", "bom⟨U+FEFF⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("lone\ud800", "lone⟨U+D800⟩"),
        ("frame\ufdd0", "frame⟨U+FDD0⟩"),
        ("line\u2028paragraph\u2029", "line⟨U+2028⟩paragraph⟨U+2029⟩"),
        ("carriage\r", "carriage␍"),
    ],
)
def test_what_is_hidden_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["n°\u202f3 → œuvre", "tab\tline\n", "مرحبا\u200f", "می\u200cخواهم", "№ 🙂"])
def test_honest_text_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_a_title_stays_on_one_line() -> None:
    assert on_one_line("one\r\ntwo\tthree\u202e") == "one two three⟨U+202E⟩"


def test_a_label_never_reads_markup_nor_files(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    label = PlainLabel(f'<img src="file://{tmp_path}/x.png">\u202e', role="muted")
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith("<img")
    assert label.text().endswith("⟨U+202E⟩")


def test_a_tooltip_shows_markup_as_text() -> None:
    assert tooltip("<b>&\u202e") == "<span>&lt;b&gt;&amp;⟨U+202E⟩</span>"


def test_a_long_name_is_cut_on_screen_and_whole_in_its_tooltip(theme: Theme, qtbot: QtBot) -> None:
    label = OneLineLabel("a very long name " * 20)
    qtbot.addWidget(label)
    label.resize(100, 30)
    label.show()
    qtbot.waitExposed(label)

    image = label.grab().toImage()

    assert label.minimumSizeHint().width() == 0
    assert "a very long name " * 20 in label.toolTip()
    assert label.accessibleName() == label.text()
    assert image.width() == 100
