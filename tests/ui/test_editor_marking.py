"""Marking by hand: letters after Ctrl+M, a mark typed at the start of a line, signs of kinds."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cloison.labels.errors import MarkError
from cloison.notes.portion import Kind
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.key_mode import KeyMode
from cloison.ui.editor.keys import _letter, mark_keys
from cloison.ui.editor.marks import LevelChoice, Lowering, MentionChoice
from cloison.ui.editor.text import ParagraphEdit
from cloison.ui.theme import Theme
from writing import NOW, POLICY, Hand, label, note_of

ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pen(qtbot: QtBot, theme: Theme) -> Iterator[Hand]:
    numbers = iter(range(0x100, 0x1000))

    def randomness(size: int) -> bytes:
        return next(numbers).to_bytes(size, "big")

    document = NoteDocument(POLICY, clock=lambda: NOW, randomness=randomness)
    field = ParagraphEdit(document, ClipShelf(randomness), clock=lambda: NOW)
    qtbot.addWidget(field)
    document.load(note_of(("t", "NP"), ("one", None), ("two", None), ("three", "S")))
    yield Hand(field, document)


@pytest.fixture
def mode(pen: Hand) -> KeyMode:
    mode = KeyMode(pen.field, mark_keys(POLICY))
    pen.field.mark_keys_asked.connect(mode.begin)
    mode.chosen.connect(lambda key: pen.field.mark(key.choice))
    return mode


def test_the_keys_come_from_the_policy() -> None:
    assert [(one.key, one.mark) for one in mark_keys(POLICY)] == [
        ("N", "NP"),
        ("D", "DR"),
        ("S", "S"),
        ("T", "TS"),
        ("F", "SF"),
    ]


@pytest.mark.parametrize(
    ("taken", "letter"), [("", "S"), ("S", "F"), ("SF", "P"), ("SFPECIALRN", "")], ids=["S", "F", "name", "none left"]
)
def test_a_mark_takes_the_first_letter_that_is_left(taken: str, letter: str) -> None:
    assert _letter("SF SPÉCIAL FRANCE", set(taken)) == letter


@pytest.mark.parametrize(("typed", "mark"), [("n", "NP"), ("D", "DR"), ("s", "S"), ("t", "TS")])
def test_ctrl_m_and_a_letter_marks_the_paragraph(pen: Hand, mode: KeyMode, typed: str, mark: str) -> None:
    pen.at(1, 0)
    pen.chord(Qt.Key.Key_M)
    assert mode.is_on

    pen.type(typed)

    assert pen.marks == ["NP", mark, "?", "S"]
    assert pen.texts == ["t", "one", "two", "three"]
    assert not mode.is_on


def test_f_adds_the_mention(pen: Hand, mode: KeyMode) -> None:
    pen.at(3, 0)
    pen.chord(Qt.Key.Key_M)

    pen.type("f")

    assert pen.marks[3] == "S-SF"


def test_every_paragraph_of_the_selection_is_marked(pen: Hand, mode: KeyMode) -> None:
    pen.select((1, 1), (3, 0))
    pen.chord(Qt.Key.Key_M)

    pen.type("d")

    assert pen.marks == ["NP", "DR", "DR", "S"]


def test_the_control_key_may_stay_down(pen: Hand, mode: KeyMode) -> None:
    pen.at(1, 0)
    pen.chord(Qt.Key.Key_M)
    pen.press(Qt.Key.Key_Control, "", Qt.KeyboardModifier.ControlModifier)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, "\x13")
    QApplication.sendEvent(pen.field, override)

    pen.press(Qt.Key.Key_S, "\x13", Qt.KeyboardModifier.ControlModifier)

    assert override.isAccepted()
    assert pen.marks[1] == "S"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Q, Qt.Key.Key_Return])
def test_another_key_marks_nothing_and_writes_nothing(pen: Hand, mode: KeyMode, key: Qt.Key) -> None:
    pen.at(1, 0)
    pen.chord(Qt.Key.Key_M)

    pen.press(key, "q")
    assert not mode.is_on

    assert pen.marks == ["NP", "?", "?", "S"]
    assert pen.texts == ["t", "one", "two", "three"]


def test_leaving_the_field_ends_the_wait(pen: Hand, mode: KeyMode) -> None:
    pen.chord(Qt.Key.Key_M)
    pen.chord(Qt.Key.Key_M)
    mode.begin()

    QApplication.sendEvent(pen.field, QFocusEvent(QEvent.Type.FocusOut))

    assert not mode.is_on
    mode.end()


def test_a_mark_typed_at_the_start_of_a_line_is_taken(pen: Hand) -> None:
    pen.at(1, 0)

    pen.type("[S-SF]")

    assert pen.texts[1] == "one"
    assert pen.marks[1] == "S-SF"


def test_the_space_after_a_typed_mark_parts_it_from_the_words(pen: Hand) -> None:
    pen.at(1, 0)

    pen.type("[S] two  ")

    assert pen.texts[1] == "two  one"


def test_a_space_later_on_is_a_space(pen: Hand) -> None:
    pen.at(1, 0)
    pen.type("[S]x")
    pen.at(1, 0)

    pen.press(Qt.Key.Key_Shift, "")
    pen.type(" ")

    assert pen.texts[1] == " xone"


def test_brackets_are_typed_with_alt_gr_on_a_french_keyboard(pen: Hand) -> None:
    pen.at(1, 0)
    pen.press(Qt.Key.Key_BracketLeft, "[", ALT_GR)
    pen.type("DR")

    pen.press(Qt.Key.Key_BracketRight, "]", ALT_GR)

    assert pen.texts[1] == "one"
    assert pen.marks[1] == "DR"


def test_an_input_method_may_type_the_mark(pen: Hand) -> None:
    pen.at(2, 0)

    pen.compose("[NP]")

    assert pen.texts[2] == "two"
    assert pen.marks[2] == "NP"


@pytest.mark.parametrize("typed", ["[1]", "(voir annexe)", "[ ]", "]", "a[S]"])
def test_other_brackets_are_text(pen: Hand, typed: str) -> None:
    pen.at(1, 0)

    pen.type(typed)

    assert pen.texts[1] == f"{typed}one"
    assert pen.marks[1] == "?"


def test_a_mark_in_the_middle_of_a_line_is_text(pen: Hand) -> None:
    pen.at(1, 2)

    pen.type("[S]")

    assert pen.texts[1] == "on[S]e"


def test_a_mark_that_is_not_understood_is_said(pen: Hand, qtbot: QtBot) -> None:
    pen.at(1, 0)
    pen.type("[S-XY")

    with qtbot.waitSignal(pen.field.mark_not_understood) as said:
        pen.type("]")

    assert isinstance(said.args[0], MarkError)
    assert pen.texts[1] == "[S-XY]one"


def test_a_typed_mark_that_would_fall_is_asked_for(pen: Hand, qtbot: QtBot) -> None:
    pen.at(3, 0)
    pen.type("[NP")

    with qtbot.waitSignal(pen.field.lowering_typed) as asked:
        pen.type("]")

    assert asked.args[0] == (Lowering(uid=f"{3:032x}", number=3, before=label("S"), after=label("NP")),)
    assert pen.texts[3] == "three"
    assert pen.marks[3] == "S"


def test_an_empty_paragraph_is_marked_freely(pen: Hand) -> None:
    pen.at(3, -1)
    pen.field.mark(MentionChoice(category=POLICY.categories[0].ref))
    pen.press(Qt.Key.Key_Return)
    pen.field.lowering_asked.connect(lambda asked: pytest.fail("nothing is there that could fall"))
    assert pen.marks[3:] == ["S-SF", "S-SF"]

    pen.field.mark(LevelChoice(classification="NON PROTÉGÉ"))

    assert pen.marks[3:] == ["S-SF", "NP"]
    pen.type("[DR]next")
    assert pen.texts[4] == "next"
    assert pen.marks[3:] == ["S-SF", "DR"]
    assert all(change.reason is None for change in pen.document.changes())


def test_a_portion_whose_words_are_gone_is_another_one_once_marked_lower(pen: Hand) -> None:
    pen.select((3, 0), (3, -1))
    pen.press(Qt.Key.Key_Delete)

    pen.field.mark(LevelChoice(classification="NON PROTÉGÉ"))

    assert pen.marks[3] == "NP"
    assert pen.uids[3] != "3"
    for _ in range(2):
        pen.field.undo()
    assert (pen.texts[3], pen.marks[3], pen.uids[3]) == ("three", "S", "3")


def test_an_empty_paragraph_keeps_its_uid_at_its_first_mark(pen: Hand) -> None:
    pen.select((1, 0), (1, -1))
    pen.press(Qt.Key.Key_Delete)

    pen.field.mark(LevelChoice(classification="SECRET"))

    assert (pen.marks[1], pen.uids[1]) == ("S", "1")


def test_a_mention_in_an_empty_paragraph_needs_a_level_too(pen: Hand, qtbot: QtBot) -> None:
    pen.select((1, 0), (1, -1))
    pen.press(Qt.Key.Key_Delete)

    with qtbot.waitSignal(pen.field.mark_refused):
        pen.field.mark(MentionChoice(category=POLICY.categories[0].ref))

    assert pen.marks[1] == "?"


def test_a_typed_list_of_states_is_taken(pen: Hand) -> None:
    pen.at(1, 0)

    pen.type("[S-COMMUNICABLE À DEU, ESP]")

    assert pen.texts[1] == "one"
    assert [one.name for one in (pen.document.standings()[1].label or label("NP")).categories] == ["DEU", "ESP"]


@pytest.mark.parametrize(("sign", "kind"), [("# ", Kind.HEADING), ("- ", Kind.ITEM), ("> ", Kind.QUOTE)])
def test_a_sign_at_the_start_of_a_line_makes_its_kind(pen: Hand, sign: str, kind: Kind) -> None:
    pen.at(3, 0)

    pen.type(sign)

    assert pen.texts[3] == "three"
    assert pen.document.note().portions[2].kind is kind
    assert pen.marks[3] == "S"


def test_a_title_has_no_kind(pen: Hand) -> None:
    pen.at(0, 0)

    pen.type("- ")

    assert pen.texts[0] == "- t"


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Return])
def test_an_empty_item_becomes_a_paragraph_again(pen: Hand, key: Qt.Key) -> None:
    pen.at(3, -1)
    pen.press(Qt.Key.Key_Return)
    pen.type("- ")

    pen.press(key)

    assert pen.texts == ["t", "one", "two", "three", ""]
    assert pen.document.note().portions[3].kind is Kind.PARAGRAPH


def test_a_line_feed_inside_a_paragraph_stays_in_it(pen: Hand) -> None:
    pen.at(3, 2)

    pen.press(Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.ShiftModifier)

    assert pen.document.note().portions[2].text == "th\nree"


def test_nothing_is_written_or_marked_where_it_is_only_read(pen: Hand, mode: KeyMode) -> None:
    pen.field.setReadOnly(True)
    pen.field.selectAll()
    pen.type("x")
    pen.press(Qt.Key.Key_Backspace)
    for chord in (Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_Z, Qt.Key.Key_M):
        pen.chord(chord)
    pen.type("s")
    pen.field.redo()

    assert pen.texts == ["t", "one", "two", "three"]
    assert pen.marks == ["NP", "?", "?", "S"]
    assert not pen.document.is_dirty


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_L])
def test_chords_of_the_window_are_left_to_it(pen: Hand, key: Qt.Key) -> None:
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier, "")

    QApplication.sendEvent(pen.field, override)

    assert not override.isAccepted()


def test_chords_of_text_are_the_field_s(pen: Hand) -> None:
    pen.select((3, 0), (3, -1))
    pen.chord(Qt.Key.Key_C)
    pen.at(1, -1)
    pen.chord(Qt.Key.Key_V)
    assert pen.texts[1] == "onethree"

    pen.chord(Qt.Key.Key_Z)

    assert pen.texts[1] == "one"
    pen.press(Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert pen.texts[1] == "onethree"
    pen.select((1, 0), (1, 3))
    pen.chord(Qt.Key.Key_X)
    assert pen.texts[1] == "three"
