"""What each thing a hand can do to text makes of the marks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextBlockFormat, QTextCursor
from pytestqt.qtbot import QtBot

from cloison.notes.portion import Kind
from cloison.ui.editor import passages
from cloison.ui.editor.blocks import UntaggedBlockError, tag_of
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.editor.text import ParagraphEdit
from cloison.ui.theme import Theme
from writing import NOW, POLICY, Hand, note_of

SECRET = LevelChoice(classification="SECRET")
TOP = LevelChoice(classification="TRÈS SECRET")
OPEN = LevelChoice(classification="NON PROTÉGÉ")


@pytest.fixture
def hand(qtbot: QtBot, theme: Theme) -> Callable[..., Hand]:
    def write(*paragraphs: tuple[str, str | None], kinds: tuple[Kind, ...] = ()) -> Hand:
        numbers = iter(range(0x100, 0x1000))
        document = NoteDocument(POLICY, clock=lambda: NOW, randomness=lambda size: next(numbers).to_bytes(size, "big"))
        field = ParagraphEdit(document, ClipShelf(lambda size: next(numbers).to_bytes(size, "big")), clock=lambda: NOW)
        qtbot.addWidget(field)
        document.load(note_of(*paragraphs, kinds=kinds))
        return Hand(field, document)

    return write


Write = Callable[..., Hand]


def test_enter_in_a_paragraph_gives_both_parts_its_mark(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret", "S"))
    pen.at(1, 3)

    pen.press(Qt.Key.Key_Return)

    assert pen.texts == ["t", "sec", "ret"]
    assert pen.marks == ["NP", "S", "S"]
    assert pen.uids[:2] == ["0", "1"]


def test_enter_at_the_end_copies_the_mark_and_no_link_remains(hand: Write) -> None:
    pen = hand(("t", "NP"), ("restricted", "DR"))
    pen.at(1, -1)
    pen.press(Qt.Key.Key_Return)
    pen.type("x")

    pen.field.mark(SECRET)

    assert pen.marks == ["NP", "DR", "S"]


def test_enter_at_the_start_leaves_the_portion_with_its_text(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret", "S"))
    pen.at(1, 0)

    pen.press(Qt.Key.Key_Return)

    assert pen.texts == ["t", "", "secret"]
    assert pen.marks == ["NP", "S", "S"]
    assert pen.uids[2] == "1"


@pytest.mark.parametrize(("number", "offset", "key"), [(1, -1, Qt.Key.Key_Delete), (2, 0, Qt.Key.Key_Backspace)])
def test_a_merge_is_worth_both(hand: Write, number: int, offset: int, key: Qt.Key) -> None:
    pen = hand(("t", "NP"), ("restricted", "DR"), ("special", "DR-SF"), ("secret", "S"))
    pen.at(number, offset)

    pen.press(key)

    assert pen.texts == ["t", "restrictedspecial", "secret"]
    assert pen.marks == ["NP", "DR-SF", "S"]
    assert pen.uids == ["0", "2", "3"]


def test_a_merge_worth_more_than_either_is_a_new_portion(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret", "S"), ("special", "DR-SF"))
    pen.at(2, 0)

    pen.press(Qt.Key.Key_Backspace)

    assert pen.marks == ["NP", "S-SF"]
    assert pen.uids == ["0", "100"]


def test_undoing_a_merge_gives_each_its_own_mark_back(hand: Write) -> None:
    pen = hand(("t", "NP"), ("open", "NP"), ("secret", "S"))
    pen.at(2, 0)
    pen.press(Qt.Key.Key_Backspace)

    pen.field.undo()

    assert pen.texts == ["t", "open", "secret"]
    assert pen.marks == ["NP", "NP", "S"]
    pen.field.redo()
    assert pen.marks == ["NP", "S"]


def test_an_empty_paragraph_adds_nothing_to_a_merge(hand: Write) -> None:
    pen = hand(("t", "NP"), ("", "TS"), ("open", "NP"))
    pen.at(2, 0)

    pen.press(Qt.Key.Key_Backspace)

    assert pen.texts == ["t", "open"]
    assert pen.marks == ["NP", "NP"]


def test_a_range_deleted_across_paragraphs_leaves_the_worth_of_both_ends(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "DR"), ("def", "TS"), ("ghi", "S"))
    pen.select((1, 1), (3, 2))

    pen.press(Qt.Key.Key_Delete)

    assert pen.texts == ["t", "ai"]
    assert pen.marks == ["NP", "S"]


def test_a_whole_paragraph_deleted_takes_its_mark_along(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "TS"), ("def", "NP"))
    pen.select((1, 0), (2, 0))

    pen.press(Qt.Key.Key_Delete)

    assert pen.texts == ["t", "def"]
    assert pen.marks == ["NP", "NP"]
    assert pen.uids == ["0", "2"]


def test_what_is_typed_over_a_selection_is_worth_all_of_it(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "DR"), ("def", "S"))
    pen.select((1, 0), (2, -1))

    pen.type("x")

    assert pen.texts == ["t", "x"]
    assert pen.marks == ["NP", "S"]


def test_typing_over_an_empty_paragraph_and_the_next_counts_both(hand: Write) -> None:
    pen = hand(("t", "NP"), ("", "TS"), ("def", "NP"))
    pen.select((1, 0), (2, 1))

    pen.type("x")

    assert pen.texts == ["t", "xef"]
    assert pen.marks == ["NP", "TS"]


def test_everything_deleted_leaves_an_empty_title(hand: Write) -> None:
    pen = hand(("t", "S"), ("abc", "DR"))
    pen.field.selectAll()

    pen.press(Qt.Key.Key_Delete)

    assert pen.texts == [""]
    assert pen.marks == ["S"]


def test_a_person_s_mark_stays_through_undo(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "NP"))
    pen.at(1, -1)
    pen.type("d")
    pen.field.mark(SECRET)

    pen.field.undo()

    assert pen.texts == ["t", "abc"]
    assert pen.marks == ["NP", "S"]


def test_undo_over_a_mark_brings_earlier_states_back_at_that_mark(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abcd", "NP"))
    pen.at(1, 2)
    pen.press(Qt.Key.Key_Return)
    pen.field.mark(SECRET)

    pen.field.undo()

    assert pen.texts == ["t", "abcd"]
    assert pen.marks == ["NP", "S"]
    pen.field.redo()
    assert pen.marks == ["NP", "NP", "S"]


def test_words_deleted_before_a_mark_fell_come_back_at_the_old_mark(hand: Write) -> None:
    pen = hand(("t", "NP"), ("open and secret", "S"))
    pen.select((1, 4), (1, -1))
    pen.press(Qt.Key.Key_Delete)
    pen.field.lowering_asked.connect(lambda asked: pen.document.lower(asked, reason="only the open part is left"))
    pen.field.mark(OPEN)
    assert pen.marks == ["NP", "NP"]

    pen.field.undo()
    assert pen.texts == ["t", "open"]
    pen.field.undo()

    assert pen.texts == ["t", "open and secret"]
    assert pen.marks == ["NP", "S"]


def test_words_deleted_before_their_paragraph_was_first_marked_come_back_unmarked(hand: Write) -> None:
    pen = hand(("t", "NP"), ("known unknown", None))
    pen.select((1, 5), (1, -1))
    pen.press(Qt.Key.Key_Delete)
    pen.field.mark(OPEN)
    assert pen.marks == ["NP", "NP"]

    pen.field.undo()
    pen.field.undo()

    assert pen.texts == ["t", "known unknown"]
    assert pen.marks == ["NP", "NP?"]


def test_text_cut_and_marked_elsewhere_comes_back_by_undo_at_that_mark(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "NP"), ("def", "NP"))
    pen.select((1, 0), (1, -1))
    pen.field.cut()
    pen.at(2, -1)
    pen.press(Qt.Key.Key_Return)
    pen.field.paste()
    pen.field.mark(TOP)
    assert pen.marks == ["NP", "NP", "NP", "TS"]

    for _ in range(3):
        pen.field.undo()

    assert pen.texts == ["t", "abc", "def"]
    assert pen.marks == ["NP", "TS", "NP"]


def test_half_an_undone_step_counts_as_an_edit(hand: Write) -> None:
    pen = hand(("t", "NP"), ("open", "NP"), ("secret", "S"))
    cursor = QTextCursor(pen.document.text.findBlockByNumber(2))
    cursor.deletePreviousChar()  # one lone command, to which Qt joins nothing
    assert pen.marks == ["NP", "S"]

    pen.field.undo()

    assert pen.texts == ["t", "opensecret"]
    assert pen.marks == ["NP", "S"]


def test_an_undo_nobody_announced_raises_at_worst(hand: Write) -> None:
    pen = hand(("t", "NP"), ("open", "NP"), ("secret", "S"))
    pen.at(2, 0)
    pen.press(Qt.Key.Key_Backspace)

    pen.document.text.undo()

    assert pen.texts == ["t", "open", "secret"]
    assert pen.marks == ["NP", "S", "S"]


def test_a_block_of_unknown_make_is_tagged(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "S"))
    cursor = pen.field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)

    cursor.insertBlock(QTextBlockFormat())

    assert pen.marks == ["NP", "S", "S"]
    assert len(set(pen.uids)) == 3


def test_a_document_without_tags_is_our_bug(hand: Write) -> None:
    pen = hand(("t", "NP"))
    with pen.document.guard.own_edit():
        QTextCursor(pen.document.text).setBlockFormat(QTextBlockFormat())

    with pytest.raises(UntaggedBlockError):
        tag_of(pen.document.text.findBlockByNumber(0))


def drop(pen: Hand, number: int, offset: int, action: Qt.DropAction, *, is_own: bool) -> QDropEvent:
    source = pen.field.dragged()
    target = QTextCursor(pen.document.text)
    target.setPosition(pen.position(number, offset))
    pen.field.cursorForPosition = lambda point: target  # type: ignore[method-assign]
    pen.field.is_drag_of_its_own = lambda event: is_own  # type: ignore[method-assign]
    event = QDropEvent(QPointF(0, 0), action, source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    pen.field.dropEvent(event)
    return event


def test_dragging_takes_the_mark_along(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret word", "S"), ("open", "NP"))
    pen.select((1, 6), (1, -1))

    drop(pen, 2, -1, Qt.DropAction.MoveAction, is_own=True)

    assert pen.texts == ["t", "secret", "open word"]
    assert pen.marks == ["NP", "S", "S"]
    pen.field.undo()
    assert pen.texts == ["t", "secret word", "open"]
    assert pen.marks == ["NP", "S", "NP"]


def test_a_copy_dragged_takes_the_mark_along(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret", "S"), ("open", "NP"))
    pen.select((1, 0), (1, -1))

    drop(pen, 2, -1, Qt.DropAction.CopyAction, is_own=True)

    assert pen.texts == ["t", "secret", "opensecret"]
    assert pen.marks == ["NP", "S", "S"]


def test_a_selection_dropped_on_itself_stays(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret", "S"))
    pen.select((1, 0), (1, 4))

    drop(pen, 1, 2, Qt.DropAction.MoveAction, is_own=True)

    assert pen.texts == ["t", "secret"]
    assert pen.marks == ["NP", "S"]


def test_nothing_is_dropped_on_a_note_that_cannot_be_written(hand: Write) -> None:
    pen = hand(("t", "NP"), ("secret", "S"))
    pen.select((1, 0), (1, 4))
    pen.field.setReadOnly(True)

    event = drop(pen, 0, 0, Qt.DropAction.CopyAction, is_own=False)

    assert not event.isAccepted()
    assert pen.texts == ["t", "secret"]


def test_what_enter_makes_after_a_heading_is_a_paragraph(hand: Write) -> None:
    pen = hand(("t", "NP"), ("heading", "NP"), kinds=(Kind.HEADING,))
    pen.at(1, -1)

    pen.press(Qt.Key.Key_Return)

    assert [one.kind for one in pen.document.note().portions] == [Kind.HEADING, Kind.PARAGRAPH]


def test_enter_at_the_start_of_the_title_makes_a_paragraph_of_it(hand: Write) -> None:
    pen = hand(("title", "S"), ("abc", "NP"))
    pen.at(0, 0)

    pen.press(Qt.Key.Key_Return)

    note = pen.document.note()
    assert (note.title.text, note.title.kind) == ("", Kind.HEADING)
    assert [one.kind for one in note.portions] == [Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert pen.marks == ["S", "S", "NP"]


def test_a_drag_is_known_by_where_it_comes_from(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "S"))
    pen.select((1, 0), (1, 2))
    event = QDropEvent(
        QPointF(0, 0),
        Qt.DropAction.CopyAction,
        pen.field.dragged(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    assert not pen.field.is_drag_of_its_own(event)


def test_moving_needs_no_selection_left(hand: Write) -> None:
    pen = hand(("t", "NP"), ("abc", "S"))
    pen.select((1, 0), (1, 2))

    cursor = passages.move(pen.document, pen.field.textCursor(), pen.position(0, -1))

    assert pen.texts == ["tab", "c"]
    assert cursor.position() == 3
    assert pen.marks == ["S", "S"]
