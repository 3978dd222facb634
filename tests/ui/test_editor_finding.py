"""Finding words in a note and putting others in their place: what is found, what marks become, what is forgotten."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cloison.notes.portion import Run, Style
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.editor.find_bar import CHORD, FindBar
from cloison.ui.editor.finding import Span, folded, spans
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from writing import POLICY, Hand, note_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(kit: Kit, qtbot: QtBot) -> Iterator[NoteEditor]:
    made = NoteEditor(kit, POLICY, ClipShelf(kit.randomness), author="Officier")
    qtbot.addWidget(made)
    made.resize(760, 480)
    made.load(note_of(("Le port", "NP"), ("Port, port.", "S"), ("rien", "DR"), ("un Pört", "NP")))
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.setFocus()
    yield made
    QGuiApplication.clipboard().clear()


@pytest.fixture
def pen(editor: NoteEditor) -> Hand:
    return Hand(editor.view, editor.document)


@pytest.fixture
def bar(editor: NoteEditor) -> FindBar:
    found = editor.findChild(FindBar)
    assert isinstance(found, FindBar)
    return found


def seek(editor: NoteEditor, bar: FindBar, sought: str, replacement: str = "") -> None:
    editor.search.open()
    bar.sought.setText(sought)
    bar.replacement.setText(replacement)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def pressed(editor: NoteEditor, text: str) -> None:
    next(one for one in editor.findChildren(QPushButton) if one.accessibleName().startswith(text)).click()


def where(editor: NoteEditor) -> tuple[int, int, str]:
    cursor = editor.view.textCursor()
    start = cursor.selectionStart() - cursor.block().position()
    return cursor.blockNumber(), start, cursor.selectedText()


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("Évêque, eveque", "EVEQUE", [(0, 6), (8, 14)]),
        ("cafe\u0301 noir", "café", [(0, 5)]),
        ("l’heure", "l'heure", [(0, 7)]),
        ("deux\u00a0points", "deux points", [(0, 11)]),
        ("\U0001d400a\U0001d400", "a", [(0, 2), (2, 3), (3, 5)]),
        ("\U0001f6a2 navire", "navire", [(3, 9)]),
        ("aaa", "aa", [(0, 2)]),
        ("ﬁn ﬁ", "fi", [(0, 1), (3, 4)]),
        ("ﬁn, in", "in", [(4, 6)]),
        ("Straße", "STRASSE", [(0, 6)]),
        ("mot", "", []),
        ("", "mot", []),
    ],
)
def test_case_and_accents_do_not_matter_and_characters_stay_whole(
    text: str, sought: str, found: list[tuple[int, int]]
) -> None:
    assert list(spans(text, sought)) == [Span(start=start, end=end) for start, end in found]


def test_folding_a_text_is_folding_its_characters() -> None:
    text = "Œuvre Ångström ﬁ ß İ ǆ \u0301 l’été"

    assert folded(text) == "".join(folded(character) for character in text)


def test_the_chord_opens_the_bar_with_what_is_selected(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    pen.select((0, 3), (0, 7))

    QTest.keySequence(editor.view, CHORD)

    assert bar.isVisible()
    assert bar.sought.text() == "port"
    assert bar.sought.hasFocus()
    assert bar._count.text() == "1 of 4"


def test_a_selection_across_paragraphs_is_nothing_to_find(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    pen.select((0, 3), (1, 4))

    editor.search.open()

    assert bar.sought.text() == ""


def test_next_and_previous_go_round(editor: NoteEditor, bar: FindBar) -> None:
    seek(editor, bar, "port")
    visited = [where(editor)]
    for _ in range(4):
        QTest.keySequence(editor.view, "F3")
        visited.append(where(editor))
    press(editor.view, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)

    assert visited == [(0, 3, "port"), (1, 0, "Port"), (1, 6, "port"), (3, 3, "Pört"), (0, 3, "port")]
    assert where(editor) == (3, 3, "Pört")
    assert bar._count.text() == "4 of 4"


def test_enter_in_the_first_field_goes_on_and_with_shift_back(editor: NoteEditor, bar: FindBar) -> None:
    seek(editor, bar, "port")

    press(bar.sought, Qt.Key.Key_Return)
    press(bar.sought, Qt.Key.Key_Return)
    press(bar.sought, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert where(editor) == (1, 0, "Port")


def test_what_is_not_there_is_said(editor: NoteEditor, bar: FindBar) -> None:
    seek(editor, bar, "absent")

    editor.search.go_on()
    editor.search.replace_all()

    assert bar._count.text() == "Not found"
    assert not bar._next.isEnabled()


def test_the_first_key_of_the_next_one_opens_a_closed_bar(editor: NoteEditor, bar: FindBar) -> None:
    QTest.keySequence(editor.view, "F3")

    assert bar.isVisible()


def test_a_match_never_crosses_paragraphs(editor: NoteEditor, bar: FindBar) -> None:
    seek(editor, bar, "port.rien")

    assert bar._count.text() == "Not found"


def test_replacing_takes_the_selected_one_and_goes_on(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "port", "quai")

    bar.replacement.setFocus()
    press(bar.replacement, Qt.Key.Key_Return)

    assert pen.texts == ["Le quai", "Port, port.", "rien", "un Pört"]
    assert where(editor) == (1, 0, "Port")
    assert pen.marks == ["NP", "S", "DR", "NP"]


def test_replacing_where_nothing_is_selected_only_goes_there(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "port", "quai")
    pen.at(1, 2)

    editor.search.replace()

    assert pen.texts[1] == "Port, port."
    assert where(editor) == (1, 6, "port")


def test_replacing_all_is_one_step_and_says_how_many(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "port", "quai d’attente")
    uids = pen.uids

    pressed(editor, "Replace all")

    said = editor.findChild(Notice)
    assert pen.texts == ["Le quai d’attente", "quai d’attente, quai d’attente.", "rien", "un quai d’attente"]
    assert (pen.marks, pen.uids) == (["NP", "S", "DR", "NP"], uids)
    assert isinstance(said, Notice)
    assert (said.sentence, said.tone) == ("4 places replaced.", Tone.DONE)
    editor.view.undo()
    assert pen.texts == ["Le port", "Port, port.", "rien", "un Pört"]
    assert (pen.marks, pen.uids) == (["NP", "S", "DR", "NP"], uids)
    editor.view.redo()
    assert pen.texts[3] == "un quai d’attente"


def test_replacing_a_whole_paragraph_leaves_its_mark(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "rien", "tout")

    editor.search.replace_all()

    assert pen.texts[2] == "tout"
    assert pen.marks == ["NP", "S", "DR", "NP"]


def test_the_new_words_keep_the_style_of_the_old(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    note = editor.note()
    strong = (Run(text="Le "), Run(text="port", style=Style.STRONG), Run(text=" libre"))
    editor.load(note.with_portions({1: replace(note.portions[0], content=strong)}))
    seek(editor, bar, "port", "quai")

    editor.search.replace_all()

    assert editor.note().portions[0].content == (
        Run(text="Le "),
        Run(text="quai", style=Style.STRONG),
        Run(text=" libre"),
    )


def test_words_pasted_into_the_bar_bring_their_mark(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    pen.select((1, 0), (1, 4))
    editor.view.copy()
    seek(editor, bar, "rien")
    bar.replacement.setFocus()

    press(bar.replacement, Qt.Key.Key_V, CTRL)
    pressed(editor, "Replace all")

    assert pen.texts[2] == "Port"
    assert pen.marks == ["NP", "S", "S", "NP"]


def test_words_from_outside_pasted_into_the_bar_settle_nothing(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "rien")
    QGuiApplication.clipboard().setText("venu\nd’ailleurs")

    press(bar.replacement, Qt.Key.Key_V, CTRL)
    pressed(editor, "Replace all")

    said = editor.findChild(Notice)
    assert pen.texts[2] == "venu d’ailleurs"
    assert pen.marks == ["NP", "S", "DR?", "NP"]
    assert isinstance(said, Notice)
    assert said.sentence == "1 place replaced. Text that is not marked came in; mark it anew: § 2."


def test_what_was_pasted_into_the_bar_is_raised_with_its_source(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    pen.select((3, 0), (3, 2))
    editor.view.copy()
    seek(editor, bar, "rien")
    bar.replacement.take(QGuiApplication.clipboard().mimeData())
    editor.go_to(3)
    editor.view.mark(LevelChoice(classification="TRÈS SECRET"))

    editor.search.replace_all()

    assert pen.marks == ["NP", "S", "TS", "TS"]


def test_a_mark_given_after_words_were_pasted_in_twice_reaches_what_stood_between(
    editor: NoteEditor, bar: FindBar, pen: Hand
) -> None:
    editor.load(note_of(("t", "NP"), ("secret", "S"), ("x mots x", "NP")))
    pen.select((1, 0), (1, 3))
    editor.view.copy()
    seek(editor, bar, "x")
    bar.replacement.take(QGuiApplication.clipboard().mimeData())
    editor.search.replace_all()
    editor.go_to(2)
    editor.view.mark(LevelChoice(classification="TRÈS SECRET"))

    editor.view.undo()

    assert pen.texts[2] == "x mots x"
    assert pen.marks == ["NP", "S", "TS"]


def test_an_emptied_bar_has_forgotten_what_was_pasted(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "rien")
    QGuiApplication.clipboard().setText("x")
    bar.replacement.take(QGuiApplication.clipboard().mimeData())
    press(bar.replacement, Qt.Key.Key_Backspace)
    press(bar.replacement, Qt.Key.Key_Z, CTRL)
    QTest.keyClicks(bar.replacement, "y")

    editor.search.replace_all()

    assert pen.texts[2] == "y"
    assert pen.marks == ["NP", "S", "DR", "NP"]


def test_the_middle_button_pastes_nothing_behind_our_back(editor: NoteEditor, bar: FindBar) -> None:
    seek(editor, bar, "rien")
    QGuiApplication.clipboard().setText("x")
    event = QMouseEvent(
        QEvent.Type.MouseButtonRelease,
        QPointF(2, 2),
        QPointF(2, 2),
        Qt.MouseButton.MiddleButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )

    QApplication.sendEvent(bar.replacement, event)
    QTest.mouseClick(bar.replacement, Qt.MouseButton.LeftButton)
    bar.replacement.take(QMimeData())

    assert bar.replacement.text() == ""


def test_a_note_that_is_read_only_is_searched_but_not_changed(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    editor.load(editor.note(), is_writable=False)
    seek(editor, bar, "port", "quai")

    editor.search.replace()
    editor.search.replace_all()

    assert bar._count.text() == "1 of 4"
    assert not bar._all.isEnabled()
    assert pen.texts[0] == "Le port"


def test_what_was_searched_is_forgotten_with_the_note(editor: NoteEditor, bar: FindBar, pen: Hand) -> None:
    seek(editor, bar, "port", "quai")

    editor.let_go()
    pen.at(2, 0)
    editor.search.open()
    press(bar.sought, Qt.Key.Key_Z, CTRL)
    press(bar.replacement, Qt.Key.Key_Z, CTRL)

    assert (bar.sought.text(), bar.replacement.text()) == ("", "")
    assert editor.view.extraSelections() == []


def test_escape_closes_the_bar_and_goes_back_to_the_text(editor: NoteEditor, bar: FindBar) -> None:
    seek(editor, bar, "port")
    assert len(editor.view.extraSelections()) == 4

    press(bar.sought, Qt.Key.Key_Escape)

    assert not bar.isVisible()
    assert editor.view.hasFocus()
    assert editor.view.extraSelections() == []


def test_the_count_follows_the_text(editor: NoteEditor, bar: FindBar, pen: Hand, qtbot: QtBot) -> None:
    seek(editor, bar, "port")
    pen.at(2, 0)

    pen.type("port ")

    qtbot.waitUntil(lambda: bar._count.text().endswith("of 5"))
