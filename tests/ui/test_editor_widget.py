"""The editor as the window uses it: bar, gutter, questions, sentences, menu, what is read out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QHelpEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from cloison.labels.library import built_in
from cloison.notes.composing import new_note
from cloison.notes.portion import Kind, Origin
from cloison.ui.chips import NEUTRAL, Chip, chips_of, mark_text
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.editor.keys import MarkKey
from cloison.ui.editor.live import NoteMarking
from cloison.ui.editor.mark_bar import MarkBar, MarkButton
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.editor.reason_bar import ReasonBar
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from writing import NOW, POLICY, Hand, label, note_of

W = TypeVar("W", bound=QWidget)
OFFSCREEN = r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))"
SECRET = LevelChoice(classification="SECRET")
LOW = LevelChoice(classification="NON PROTÉGÉ")
LOW_WITHOUT_MENTION = LevelChoice(classification="DIFFUSION RESTREINTE")


@pytest.fixture
def editor(kit: Kit, qtbot: QtBot) -> Iterator[NoteEditor]:
    made = NoteEditor(kit, POLICY, ClipShelf(kit.randomness), author="Officier")
    qtbot.addWidget(made)
    made.resize(760, 480)
    made.load(note_of(("title", "DR"), ("one", "NP"), ("two", None), ("three", "S-SF")))
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.setFocus()
    yield made


@pytest.fixture
def pen(editor: NoteEditor) -> Hand:
    return Hand(editor.view, editor.document)


def part(whole: QWidget, kind: type[W]) -> W:
    found = whole.findChild(kind)
    assert isinstance(found, kind)
    return found


def said(editor: NoteEditor) -> tuple[str, Tone] | None:
    notice = part(editor, Notice)
    return (notice.sentence, notice.tone) if notice.isVisible() else None


def borne(editor: NoteEditor) -> list[str]:
    return [one.text() for one in editor.findChildren(MarkButton) if one.isChecked()]


def pressed(editor: NoteEditor, text: str) -> None:
    button = next(one for one in editor.findChildren(QPushButton) if one.text() == text)
    button.click()


def test_a_note_goes_through_the_editor(editor: NoteEditor, qtbot: QtBot) -> None:
    note = note_of(("t", "NP"), ("a", "S"))

    with qtbot.waitSignal(editor.marking_changed) as changed:
        editor.load(note)

    assert isinstance(changed.args[0], NoteMarking)
    assert editor.marking == changed.args[0]
    assert editor.note() == note
    assert not editor.is_dirty
    assert editor.changes() == ()


def test_every_edit_is_heard(editor: NoteEditor, pen: Hand, qtbot: QtBot) -> None:
    pen.at(1, 0)

    with qtbot.waitSignal(editor.edited):
        pen.type("x")

    assert editor.is_dirty
    editor.saved()
    assert not editor.is_dirty


def test_the_marking_follows_in_the_same_call(editor: NoteEditor, pen: Hand) -> None:
    heard: list[NoteMarking] = []
    editor.marking_changed.connect(heard.append)
    pen.at(2, 0)

    editor.view.mark(SECRET)

    assert heard[-1].unmarked == ()


def test_the_bar_shows_what_the_paragraph_bears(editor: NoteEditor, pen: Hand) -> None:
    shown = []
    for number in range(4):
        editor.go_to(number)
        shown.append(borne(editor))

    assert shown == [["DR"], ["NP"], [], ["S", "SF"]]


def test_a_press_on_the_bar_marks(editor: NoteEditor, pen: Hand) -> None:
    editor.go_to(1)

    next(one for one in editor.findChildren(MarkButton) if one.text() == "TS").click()

    assert pen.marks[1] == "TS"
    assert borne(editor) == ["TS"]
    assert editor.view.hasFocus()


def test_a_press_that_is_refused_leaves_the_bar_as_it_was(editor: NoteEditor, pen: Hand) -> None:
    editor.go_to(1)

    next(one for one in editor.findChildren(MarkButton) if one.text() == "SF").click()

    assert borne(editor) == ["NP"]
    assert said(editor) == (
        "The mark was left as it is: § 1. SPÉCIAL FRANCE cannot go with the level NON PROTÉGÉ.",
        Tone.REFUSED,
    )


def test_a_mention_without_a_level_is_explained(editor: NoteEditor) -> None:
    editor.go_to(2)

    next(one for one in editor.findChildren(MarkButton) if one.text() == "SF").click()

    assert said(editor) == ("Mark a level first, then add the mention: § 2.", Tone.REFUSED)


def test_a_sentence_goes_with_the_next_edit(editor: NoteEditor, pen: Hand) -> None:
    editor.go_to(2)
    next(one for one in editor.findChildren(MarkButton) if one.text() == "SF").click()

    pen.type("x")

    assert said(editor) is None


def test_the_bar_says_when_a_letter_is_awaited(editor: NoteEditor, pen: Hand) -> None:
    bar = part(editor, MarkBar)
    before = bar._hint.text()

    pen.chord(Qt.Key.Key_M)
    assert bar._hint.text() == "Underlined letter, or Esc"
    pen.press(Qt.Key.Key_Escape)

    assert bar._hint.text() == before == "Ctrl+M, then a letter"


def test_each_button_says_its_name_and_its_keys(editor: NoteEditor) -> None:
    button = next(one for one in editor.findChildren(MarkButton) if one.text() == "SF")

    assert button.accessibleName() == "SPÉCIAL FRANCE"
    assert "SPÉCIAL FRANCE (Ctrl+M, then F)" in button.toolTip()


def test_a_mark_without_a_key_has_a_name(kit: Kit, qtbot: QtBot) -> None:
    key = MarkKey(key="", mark="X", name="UNKNOWN", colours=NEUTRAL, choice=SECRET)
    bar = MarkBar(kit, POLICY, [key])
    qtbot.addWidget(bar)
    bar.show()

    (button,) = bar.findChildren(MarkButton)

    assert "UNKNOWN" in button.toolTip()
    assert not button.grab().isNull()


def test_lowering_takes_a_reason(editor: NoteEditor, pen: Hand) -> None:
    editor.go_to(3)
    editor.view.mark(LevelChoice(classification="DIFFUSION RESTREINTE"))
    bar = part(editor, ReasonBar)
    field = part(bar, QLineEdit)
    assert bar.isVisible()
    assert field.hasFocus()
    assert pen.marks[3] == "S-SF"
    assert not next(one for one in bar.findChildren(QPushButton) if one.text() == "Lower").isEnabled()

    field.setText("published since")
    pressed(editor, "Lower")

    assert pen.marks[3] == "DR-SF"
    assert not bar.isVisible()
    assert editor.view.hasFocus()
    assert said(editor) == ("Lowered: § 3. The reason is kept in the next revision.", Tone.DONE)
    assert [one.reason for one in editor.changes()] == ["published since"]


@pytest.mark.parametrize("how", ["button", "escape"])
def test_the_mark_can_be_kept(editor: NoteEditor, pen: Hand, how: str) -> None:
    editor.go_to(3)
    editor.view.mark(LOW_WITHOUT_MENTION)
    field = part(part(editor, ReasonBar), QLineEdit)
    keep: dict[str, Callable[[], None]] = {
        "button": lambda: pressed(editor, "Keep the mark"),
        "escape": lambda: Hand(field, editor.document).press(Qt.Key.Key_Escape),  # type: ignore[arg-type]
    }

    keep[how]()

    assert pen.marks[3] == "S-SF"
    assert not part(editor, ReasonBar).isVisible()
    assert editor.changes() == ()


def test_the_end_of_a_sentence_lowers_nothing_yet(editor: NoteEditor, pen: Hand) -> None:
    editor.go_to(3)
    editor.view.mark(LOW_WITHOUT_MENTION)
    bar = part(editor, ReasonBar)
    writing = Hand(part(bar, QLineEdit), editor.document)  # type: ignore[arg-type]
    writing.type("   ")
    writing.press(Qt.Key.Key_Return)
    assert bar.isVisible()

    writing.type("published since")
    writing.press(Qt.Key.Key_Return)
    assert pen.marks[3] == "S-SF"

    lower = next(one for one in bar.findChildren(QPushButton) if one.text() == "Lower")
    assert lower.hasFocus()
    Hand(lower, editor.document).press(Qt.Key.Key_Return)  # type: ignore[arg-type]
    assert pen.marks[3] == "DR-SF"


def test_a_typed_mark_that_would_fall_leaves_the_hand_where_it_is(editor: NoteEditor, pen: Hand) -> None:
    pen.at(3, 0)

    pen.type("[DR] and on ")

    assert part(editor, ReasonBar).isVisible()
    assert editor.view.hasFocus()
    assert pen.texts[3] == "and on three"
    assert pen.marks[3] == "S-SF"


def test_the_question_names_what_would_fall(editor: NoteEditor) -> None:
    editor.load(note_of(("t", "S"), ("a", "S"), ("b", "TS")))
    editor.view.selectAll()
    editor.view.mark(LOW)

    assert part(editor, ReasonBar)._question.text() == "Marks that would fall: title, 1, 2."

    editor.go_to(1)
    editor.view.mark(LOW)
    assert part(editor, ReasonBar)._question.text() == "The mark would fall from SECRET to NON PROTÉGÉ: § 1."


def test_another_note_takes_the_question_away(editor: NoteEditor) -> None:
    editor.go_to(3)
    editor.view.mark(LOW_WITHOUT_MENTION)

    editor.load(note_of(("t", "NP"), ("a", "S")))

    assert not part(editor, ReasonBar).isVisible()


def test_what_rose_is_said(editor: NoteEditor, pen: Hand) -> None:
    editor.load(note_of(("t", "NP"), ("a", "NP"), ("b", "S")))
    pen.at(2, 0)

    pen.press(Qt.Key.Key_Backspace)

    assert said(editor) == ("Text marked higher came in and raised the mark: § 1.", Tone.BEWARE)


def test_enter_in_front_of_words_raises_nothing_and_says_nothing(editor: NoteEditor, pen: Hand) -> None:
    editor.load(note_of(("t", "NP"), ("a", "S")))
    pen.at(1, 0)

    pen.press(Qt.Key.Key_Return)

    assert pen.texts == ["t", "", "a"]
    assert pen.marks == ["NP", "S", "S"]
    assert said(editor) is None


def test_text_from_outside_is_said(editor: NoteEditor, pen: Hand) -> None:
    pen.at(1, -1)

    pen.paste_from_outside(" more")

    assert said(editor) == ("Text that is not marked came in; mark it anew: § 1.", Tone.BEWARE)


def test_text_of_two_issuers_is_explained(editor: NoteEditor, pen: Hand) -> None:
    note = note_of(("t", "NP"), ("a", "S"), ("b", "S"))
    origins = (Origin(fingerprint="a" * 64, reference="1"), Origin(fingerprint="b" * 64, reference="2"))
    editor.load(
        replace(note, portions=tuple(replace(one, origin=two) for one, two in zip(note.portions, origins, strict=True)))
    )
    pen.at(2, 0)
    pen.press(Qt.Key.Key_Backspace)

    editor.view.mark(SECRET)

    assert said(editor) == (
        "The text of two issuers stands in one paragraph. Part them, then mark each: § 1.",
        Tone.REFUSED,
    )


def test_a_mark_of_another_service_that_would_fall_is_explained(editor: NoteEditor, pen: Hand) -> None:
    note = note_of(("t", "NP"), ("theirs", "TS"))
    theirs = replace(note.portions[0], origin=Origin(fingerprint="a" * 64, reference="1"))
    editor.load(replace(note, portions=(theirs,)))
    pen.at(1, 0)

    editor.view.mark(SECRET)

    assert said(editor) == (
        "The mark of another service is lowered by that service alone. Nothing was changed: § 1.",
        Tone.REFUSED,
    )


def test_a_mark_that_is_not_understood_is_explained(editor: NoteEditor, pen: Hand) -> None:
    pen.at(1, 0)

    pen.type("[S-XY]")

    sentence = said(editor)
    assert sentence is not None
    assert "[S-XY]" in sentence[0]


def test_the_gutter_is_read_out(editor: NoteEditor, pen: Hand, qtbot: QtBot) -> None:
    pen.at(1, -1)
    pen.paste_from_outside("!")

    gutter = editor.view.gutter
    qtbot.waitUntil(lambda: "at least" in gutter.accessibleDescription())
    assert gutter.accessibleName() == "Marks of the paragraphs in view"
    assert gutter.accessibleDescription().splitlines() == [
        "Title: DIFFUSION RESTREINTE",
        "§ 1: NON PROTÉGÉ at least, not marked",
        "§ 2: not marked",
        "§ 3: SECRET – SPÉCIAL FRANCE",
    ]


def test_the_field_says_where_the_cursor_is(editor: NoteEditor) -> None:
    editor.go_to(3)

    assert editor.view.accessibleName() == "Text of the note"
    assert editor.view.accessibleDescription() == "§ 3: SECRET – SPÉCIAL FRANCE"


def test_going_to_a_paragraph_there_is_not_does_nothing(editor: NoteEditor) -> None:
    editor.go_to(1)

    editor.go_to(99)

    assert editor.view.textCursor().blockNumber() == 1


def middle_of(editor: NoteEditor, number: int) -> QPointF:
    place = next(place for block, place in editor.view.blocks_in_view() if block.blockNumber() == number)
    return QPointF(20, place.center().y())


def test_a_click_on_a_mark_goes_to_its_paragraph(editor: NoteEditor) -> None:
    at = middle_of(editor, 3)
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        at,
        editor.view.gutter.mapToGlobal(at),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    QApplication.sendEvent(editor.view.gutter, press)
    assert editor.view.textCursor().blockNumber() == 3

    beyond = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        QPointF(20, 470),
        QPointF(20, 470),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(editor.view.gutter, beyond)
    assert editor.view.textCursor().blockNumber() == 3


@pytest.mark.qt_log_ignore(OFFSCREEN, extend=True)
def test_a_mark_under_the_mouse_is_read_in_full(editor: NoteEditor) -> None:
    at = middle_of(editor, 3).toPoint()
    gutter = editor.view.gutter

    QApplication.sendEvent(gutter, QHelpEvent(QEvent.Type.ToolTip, at, gutter.mapToGlobal(at)))

    assert "SECRET – SPÉCIAL FRANCE" in QToolTip.text()
    nothing = QPoint(20, 470)
    QApplication.sendEvent(gutter, QHelpEvent(QEvent.Type.ToolTip, nothing, gutter.mapToGlobal(nothing)))
    QToolTip.hideText()


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gutter_is_drawn_in_the_policy_s_colours(editor: NoteEditor, kit: Kit, scheme: str) -> None:
    kit.theme.choose(scheme)
    try:
        seen = colours(editor.view.gutter.grab().toImage(), editor.view.gutter.rect())
    finally:
        kit.theme.choose("light")

    for level in ("NON PROTÉGÉ", "DIFFUSION RESTREINTE", "SECRET"):
        screen = POLICY.classification(level).screen
        assert screen is not None
        assert QColor(screen.background).name().upper() in seen


def test_signs_and_hints_are_drawn(editor: NoteEditor) -> None:
    kinds = (Kind.ITEM, Kind.QUOTE)
    editor.load(note_of(("t", "NP"), ("", "S"), ("", "S"), kinds=kinds))
    signs = colours(editor.view.viewport().grab().toImage(), QRect(0, 60, 30, 100))
    editor.load(new_note(reference="1", language="en", author="A", now=NOW, randomness=lambda size: bytes(size)))
    hints = colours(editor.view.viewport().grab().toImage(), QRect(0, 20, 300, 100))

    palette = editor._kit.theme.palette
    assert QColor(palette.border).name().upper() in signs
    assert QColor(palette.muted).name().upper() in hints


def test_only_what_is_in_view_is_looked_at(editor: NoteEditor, qtbot: QtBot) -> None:
    editor.load(note_of(("t", "NP"), *[(f"paragraph {number}", "DR") for number in range(200)]))
    editor.go_to(100)
    qtbot.waitUntil(lambda: "§ 100" in editor.view.gutter.accessibleDescription())

    seen = [block.blockNumber() for block, _ in editor.view.blocks_in_view()]

    assert 100 in seen
    assert len(seen) < 30


def test_the_page_is_no_wider_than_it_reads_well(editor: NoteEditor) -> None:
    editor.resize(560, 480)
    narrow = editor.view.viewport().width()
    editor.resize(1600, 480)
    wide = editor.view.viewport().width()
    editor.resize(1800, 480)

    assert narrow < wide
    assert editor.view.viewport().width() == wide
    assert 480 < wide < 540
    assert editor.view.document().textWidth() == wide


@pytest.mark.qt_log_ignore(OFFSCREEN, extend=True)
def test_the_menu_offers_what_can_be_done(editor: NoteEditor, pen: Hand, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("x")
    pen.select((1, 0), (1, -1))
    at = QPoint(5, 5)
    QApplication.sendEvent(
        editor.view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, editor.view.mapToGlobal(at))
    )
    menu = part(editor.view, QMenu)

    offered = {action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}
    assert offered == {
        "Undo": False,
        "Redo": False,
        "Cut": True,
        "Copy": True,
        "Paste": True,
        "Select all": True,
        "Mark…": True,
        "Find and replace…": True,
        "Pick a mark…": True,
        "Insert a table": True,
        "Insert an image…": True,
        "Insert a file…": True,
    }
    next(action for action in menu.actions() if action.text() == "Cut").trigger()
    assert pen.texts[1] == ""
    next(action for action in menu.actions() if action.text() == "Mark…").trigger()
    assert editor._mode.is_on
    menu.close()


def test_a_note_that_is_only_read_offers_no_change(editor: NoteEditor) -> None:
    editor.load(note_of(("t", "NP"), ("a", "S")), is_writable=False)
    editor.go_to(1)

    assert editor.view.isReadOnly()
    assert borne(editor) == ["S"]
    assert not any(one.isEnabled() for one in editor.findChildren(MarkButton))
    assert not part(editor, MarkBar).grab().isNull()


def test_every_control_is_reached_by_tab_and_has_a_name(editor: NoteEditor) -> None:
    controls = [*editor.findChildren(MarkButton), editor.view, *editor.findChildren(QPushButton)]

    assert all(one.accessibleName() for one in controls)
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in controls)
    assert editor.view.tabChangesFocus()


def test_a_focused_button_shows_a_ring(editor: NoteEditor, kit: Kit) -> None:
    button = editor.findChildren(MarkButton)[0]
    button.setFocus()

    seen = colours(button.grab().toImage(), button.rect())

    assert QColor(kit.theme.palette.accent).name().upper() in seen


def test_chips_say_marks_in_letters() -> None:
    policy = built_in("FR")
    listed = label("[S-COMMUNICABLE À DEU]")

    assert [one.text for one in chips_of(policy, label("S-SF"), is_settled=True)] == ["S", "SF"]
    assert chips_of(policy, None, is_settled=False) == (Chip(text="?", colours=None),)
    assert chips_of(policy, None, is_settled=True) == ()
    assert len(chips_of(policy, listed, is_settled=True)) == 1
    assert mark_text(policy, label("S-SF"), is_settled=False) == "S-SF?"
    assert mark_text(policy, None, is_settled=False) == "?"
