"""Tables and images among words: alone in their blocks whatever is done beside them, and edited in a sheet."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from cloison.notes.image import Image, image_of
from cloison.notes.note import Note
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind, Portion
from cloison.notes.table import MOST_CELL, Table, table_of
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.editor.find_bar import FindBar
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.editor.object_drawing import ObjectDrawing
from cloison.ui.editor.objects import CHARACTER, insert_object, is_object
from cloison.ui.editor.replacement_field import ReplacementField
from cloison.ui.editor.whole import select_block, whole
from cloison.ui.kit import Kit
from writing import POLICY, Hand, label, note_of

CTRL = Qt.KeyboardModifier.ControlModifier
BACKSPACE, DELETE, ENTER = Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return
TABLE = table_of([["ville", "date"], ["Lyon", "3 mars"]], has_header=True)
PICTURE = image_of(write_png(Pixels(width=3, height=2, channels=1, data=bytes(range(6)))), description="un plan")
O = CHARACTER  # noqa: E741 - it stands for an object and is as round as one


def with_objects(*, image_mark: str | None = "NP") -> Note:
    """Title NP, words S, a table TS, words NP, an image, words DR."""
    note = note_of(("t", "NP"), ("avant", "S"), ("", "TS"), ("entre", "NP"), ("", image_mark), ("fin", "DR"))
    found = list(note.portions)
    found[1] = replace(found[1], kind=Kind.TABLE, content=TABLE)
    found[3] = replace(found[3], kind=Kind.IMAGE, content=PICTURE)
    return replace(note, portions=tuple(found))


@pytest.fixture
def editor(kit: Kit, qtbot: QtBot) -> Iterator[NoteEditor]:
    made = NoteEditor(kit, POLICY, ClipShelf(kit.randomness), author="Officier")
    qtbot.addWidget(made)
    made.resize(760, 620)
    made.load(with_objects())
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.setFocus()
    yield made
    QGuiApplication.clipboard().clear()


@pytest.fixture
def pen(editor: NoteEditor) -> Hand:
    return Hand(editor.view, editor.document)


def kinds(pen: Hand) -> list[str]:
    return [portion.kind.value[0] for portion in pen.document.note().all_portions]


def table(pen: Hand, number: int) -> tuple[tuple[str, ...], ...]:
    content = pen.document.note().portion(number).content
    assert isinstance(content, Table)
    return content.rows


def cell(grid: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    found = grid.item(row, column)
    assert found is not None
    return found


def pressed(editor: NoteEditor, text: str) -> None:
    next(one for one in editor.findChildren(QPushButton) if one.accessibleName() == text).click()


def test_objects_go_through_the_editor_as_they_are(editor: NoteEditor, pen: Hand) -> None:
    assert pen.texts == ["t", "avant", O, "entre", O, "fin"]
    assert pen.marks == ["NP", "S", "TS", "NP", "NP", "DR"]
    assert editor.note() == with_objects()


@pytest.mark.parametrize(
    ("at", "key", "selected"),
    [
        ((2, 1), BACKSPACE, 2),
        ((2, 0), DELETE, 2),
        ((3, 0), BACKSPACE, 2),
        ((1, -1), DELETE, 2),
        ((3, -1), DELETE, 4),
    ],
)
def test_a_key_that_deletes_beside_an_object_selects_it_and_again_deletes_it(
    pen: Hand, at: tuple[int, int], key: Qt.Key, selected: int
) -> None:
    pen.at(*at)
    before = pen.document.note()

    pen.press(key)

    assert pen.document.note() == before
    assert pen.field.textCursor().selectedText() == O
    assert pen.field.textCursor().block().blockNumber() == selected
    pen.press(key)
    after = pen.document.note().portion(selected)
    assert (after.kind, after.text) == (Kind.PARAGRAPH, "")
    assert pen.marks == ["NP", "S", "TS", "NP", "NP", "DR"]
    pen.field.undo()
    assert pen.document.note() == before


@pytest.mark.parametrize(("at", "key", "goes_to"), [((2, 0), BACKSPACE, (1, 5)), ((2, 1), DELETE, (3, 0))])
def test_at_the_edge_of_an_object_the_cursor_goes_on_into_the_words(
    pen: Hand, at: tuple[int, int], key: Qt.Key, goes_to: tuple[int, int]
) -> None:
    pen.at(*at)

    pen.press(key)

    cursor = pen.field.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == goes_to
    assert pen.texts == ["t", "avant", O, "entre", O, "fin"]


@pytest.mark.parametrize(("empty", "at", "key"), [(1, (2, 0), BACKSPACE), (3, (2, 1), DELETE)])
def test_an_empty_paragraph_beside_an_object_goes(pen: Hand, empty: int, at: tuple[int, int], key: Qt.Key) -> None:
    pen.select((empty, 0), (empty, -1))
    pen.press(DELETE)
    pen.at(*at)

    pen.press(key)

    assert len(pen.texts) == 5
    assert kinds(pen).count("t") == 1
    assert pen.marks.count("TS") == 1


def test_an_object_never_takes_the_place_of_an_empty_title(pen: Hand) -> None:
    pen.document.load(replace(with_objects(), title=replace(with_objects().title, content=())))
    pen.select((1, 0), (1, -1))
    pen.press(DELETE)
    pen.at(2, 0)
    pen.press(BACKSPACE)
    pen.at(1, 0)

    pen.press(BACKSPACE)

    assert pen.texts[:2] == ["", O]
    assert pen.field.textCursor().blockNumber() == 0


@pytest.mark.parametrize("at", [(2, 0), (2, 1)])
def test_what_is_typed_at_an_object_goes_below_it_under_its_mark(pen: Hand, at: tuple[int, int]) -> None:
    pen.at(*at)

    pen.type("ab")

    assert pen.texts == ["t", "avant", O, "ab", "entre", O, "fin"]
    assert pen.marks == ["NP", "S", "TS", "TS", "NP", "NP", "DR"]


def test_what_is_composed_at_a_selected_object_goes_below_it(editor: NoteEditor, pen: Hand) -> None:
    pen.field.setTextCursor(select_block(pen.document.text.findBlockByNumber(2)))

    pen.compose("é")

    assert pen.texts[2:4] == [O, "é"]


def test_enter_on_an_object_opens_it_and_escape_comes_back(editor: NoteEditor, pen: Hand) -> None:
    pen.at(2, 0)

    pen.press(ENTER)

    assert editor.sheet.isVisible()
    assert not editor.view.isVisible()
    assert editor.sheet.table.grid.hasFocus()
    QTest.keyClick(editor.sheet, Qt.Key.Key_Escape)
    assert editor.view.isVisible()
    assert editor.view.textCursor().selectedText() == O


def test_enter_over_a_selection_that_ends_in_an_empty_paragraph_leaves_what_is_not_selected(pen: Hand) -> None:
    pen.at(3, 0)
    pen.press(ENTER)
    pen.select((1, 2), (3, 0))

    pen.press(ENTER)

    assert pen.texts == ["t", "av", "", "entre", O, "fin"]
    pen.field.undo()
    assert pen.texts == ["t", "avant", O, "", "entre", O, "fin"]
    assert kinds(pen)[2] == "t"


def test_a_double_click_opens_it(editor: NoteEditor, pen: Hand, qtbot: QtBot) -> None:
    cursor = QTextCursor(pen.document.text.findBlockByNumber(4))
    at = editor.view.cursorRect(cursor).center() + QPoint(1, 0)

    QTest.mouseDClick(editor.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    opened = editor.sheet.isVisible()
    editor.objects.close()
    at = editor.view.cursorRect(QTextCursor(pen.document.text.findBlockByNumber(1))).center() + QPoint(8, 0)
    QTest.mouseDClick(editor.view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert opened
    assert not editor.sheet.isVisible()
    assert editor.view.textCursor().selectedText() == "avant"


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        ((1, 2), (2, 0), ["t", "av", O, "entre", O, "fin"]),
        ((2, 1), (3, 2), ["t", "avant", O, "tre", O, "fin"]),
        ((1, 2), (2, 1), ["t", "av", "entre", O, "fin"]),
        ((2, 0), (3, 2), ["t", "avant", "tre", O, "fin"]),
        ((1, 2), (3, 2), ["t", "avtre", O, "fin"]),
        ((2, 0), (4, 0), ["t", "avant", "", O, "fin"]),
        ((2, 1), (4, 0), ["t", "avant", O, "", O, "fin"]),
    ],
)
@pytest.mark.parametrize("way", ["key", "cut"])
def test_what_goes_never_leaves_words_and_an_object_in_one_block(
    pen: Hand, start: tuple[int, int], end: tuple[int, int], left: list[str], way: str
) -> None:
    pen.select(start, end)

    acts: dict[str, Callable[[], None]] = {"key": lambda: pen.press(DELETE), "cut": pen.field.cut}
    acts[way]()

    assert pen.texts == left
    assert [text == O for text in pen.texts] == [kind in "ti" for kind in kinds(pen)]


def test_a_selection_that_only_reaches_two_objects_takes_nothing(pen: Hand) -> None:
    pen.select((3, 0), (3, -1))
    pen.press(DELETE)
    pen.at(3, 0)
    pen.select((2, 1), (4, 0))
    pen.press(DELETE)

    assert pen.texts == ["t", "avant", O, "", O, "fin"]


def test_the_part_of_a_selection_between_two_neighbours_is_nothing(pen: Hand) -> None:
    cursor = QTextCursor(pen.document.text)
    pen.at(2, 1)
    pen.type("x")
    pen.press(BACKSPACE)
    cursor.setPosition(pen.position(2, 1))
    cursor.setPosition(pen.position(3, 0), QTextCursor.MoveMode.KeepAnchor)

    assert not whole(cursor).hasSelection()


def test_a_copied_table_comes_back_with_its_mark_and_its_cells(pen: Hand) -> None:
    pen.field.setTextCursor(select_block(pen.document.text.findBlockByNumber(2)))
    pen.field.copy()
    pen.at(5, 1)

    pen.field.paste()

    assert pen.texts == ["t", "avant", O, "entre", O, "f", O, "in"]
    assert pen.marks == ["NP", "S", "TS", "NP", "NP", "DR", "TS", "DR"]
    assert table(pen, 6) == TABLE.rows
    assert QGuiApplication.clipboard().text() == "ville\tdate\nLyon\t3 mars"


def test_pasting_over_a_selected_object_leaves_it(pen: Hand) -> None:
    pen.select((1, 0), (1, 2))
    pen.field.copy()
    pen.field.setTextCursor(select_block(pen.document.text.findBlockByNumber(2)))

    pen.field.paste()

    assert pen.texts == ["t", "avant", O, "av", "entre", O, "fin"]
    assert pen.marks == ["NP", "S", "TS", "S", "NP", "NP", "DR"]


@pytest.mark.parametrize(("at", "texts"), [((2, 0), ["av", O]), ((2, 1), [O, "av"])])
def test_words_pasted_at_an_object_stand_beside_it(pen: Hand, at: tuple[int, int], texts: list[str]) -> None:
    pen.select((1, 0), (1, 2))
    pen.field.copy()
    pen.at(*at)

    pen.field.paste()

    assert pen.texts[2:4] == texts
    assert sorted(pen.marks[2:4]) == ["S", "TS"]


def test_an_object_pasted_into_the_title_comes_below_it(pen: Hand) -> None:
    pen.field.setTextCursor(select_block(pen.document.text.findBlockByNumber(2)))
    pen.field.cut()
    pen.at(0, 0)

    pen.field.paste()

    assert pen.texts[:3] == ["", O, "t"]
    assert pen.marks[:3] == ["NP", "TS", "NP"]


def test_a_dragged_object_goes_with_its_mark(pen: Hand, editor: NoteEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    pen.field.setTextCursor(select_block(pen.document.text.findBlockByNumber(2)))
    source = pen.field.dragged()
    target = QTextCursor(pen.document.text)
    target.setPosition(pen.position(5, 3))
    monkeypatch.setattr(pen.field, "cursorForPosition", lambda point: target)
    monkeypatch.setattr(pen.field, "is_drag_of_its_own", lambda event: True)
    move, left, held = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    pen.field.dropEvent(QDropEvent(QPointF(0, 0), move, source, left, held))

    assert pen.texts == ["t", "avant", "", "entre", O, "fin", O]
    assert pen.marks == ["NP", "S", "TS", "NP", "NP", "DR", "TS"]


def test_what_gets_beside_an_object_some_other_way_is_parted_from_it(pen: Hand) -> None:
    cursor = QTextCursor(pen.document.text)
    cursor.setPosition(pen.position(2, 1))
    cursor.insertText("x")
    cursor.setPosition(pen.position(2, 0))
    cursor.insertText("y")

    assert pen.texts == ["t", "avant", "y", O, "x", "entre", O, "fin"]
    assert pen.marks == ["NP", "S", "TS", "TS", "TS", "NP", "NP", "DR"]
    assert len(set(pen.uids)) == 8
    pen.field.undo()
    pen.field.undo()
    assert pen.document.note() == with_objects()
    pen.field.redo()
    pen.field.redo()
    assert pen.texts == ["t", "avant", "y", O, "x", "entre", O, "fin"]


def test_an_object_that_gets_into_the_title_some_other_way_goes_below_it(pen: Hand) -> None:
    cursor = QTextCursor(pen.document.text)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)

    insert_object(cursor, pen.document.objects.add(TABLE), Kind.TABLE)

    assert pen.texts[:3] == ["", O, "avant"]
    assert kinds(pen)[:2] == ["h", "t"]


def test_a_character_that_only_looks_like_an_object_is_none(pen: Hand) -> None:
    pen.at(1, 0)

    pen.compose(O)

    assert not is_object(pen.document.text.findBlockByNumber(1))
    assert kinds(pen)[1] == "p"


def test_a_kind_is_not_given_to_an_object(pen: Hand) -> None:
    pen.document.set_kind([2], Kind.QUOTE)

    assert kinds(pen)[2] == "t"


def test_marking_an_object_takes_a_reason_where_it_falls(editor: NoteEditor, pen: Hand) -> None:
    pen.at(2, 0)

    editor.view.mark(LevelChoice(classification="NON PROTÉGÉ"))

    assert pen.marks[2] == "TS"
    assert editor._reason.isVisible()


def test_a_new_table_stands_below_under_the_mark_of_the_paragraph(editor: NoteEditor, pen: Hand) -> None:
    pen.at(1, 2)

    next(one for one in editor._more() if one.text == "Insert a table").act()

    assert pen.texts[1:4] == ["avant", O, O]
    assert pen.marks[1:4] == ["S", "S", "TS"]
    assert editor.sheet.isVisible()


def test_cells_written_in_the_sheet_are_in_the_note_at_once_and_one_step_to_undo(editor: NoteEditor, pen: Hand) -> None:
    editor.objects.open(2)
    grid = editor.sheet.table.grid
    grid.editItem(cell(grid, 1, 0))
    field = grid.findChild(ReplacementField)
    assert isinstance(field, ReplacementField)
    QTest.keyClicks(field, "Par")
    assert table(pen, 2)[1][0] == "Par"
    QTest.keyClicks(field, "is")
    grid.setCurrentCell(0, 0)

    for name in ("Add a row", "Add a column"):
        pressed(editor, name)
    editor.sheet.table.header.setChecked(False)
    pressed(editor, "Done")

    assert table(pen, 2) == (("ville", "", "date"), ("", "", ""), ("Paris", "", "3 mars"))
    assert pen.marks[2] == "TS"
    editor.view.undo()
    assert pen.document.note() == with_objects()


def test_rows_and_columns_are_taken_away_to_the_last_one(editor: NoteEditor, pen: Hand) -> None:
    editor.objects.open(2)
    form = editor.sheet.table
    form.grid.setCurrentCell(0, 1)

    pressed(editor, "Remove the row")
    pressed(editor, "Remove the column")

    assert table(pen, 2) == (("Lyon",),)
    assert not form.drop_row.isEnabled()
    assert not form.drop_column.isEnabled()


def test_words_pasted_into_a_cell_raise_the_table(editor: NoteEditor, pen: Hand) -> None:
    editor.load(note_of(("t", "NP"), ("secret", "S"), ("x", "NP")))
    pen.select((1, 0), (1, 3))
    pen.field.copy()
    pen.at(2, 0)
    editor.objects.insert_table()
    grid = editor.sheet.table.grid
    grid.editItem(cell(grid, 0, 0))
    field = grid.findChild(QLineEdit)
    assert isinstance(field, ReplacementField)

    field.take(QGuiApplication.clipboard().mimeData())

    assert table(pen, 3)[0][0] == "sec"
    assert pen.marks == ["NP", "S", "NP", "S"]


def test_a_mark_given_after_words_came_into_a_cell_reaches_what_undo_brings_back(editor: NoteEditor, pen: Hand) -> None:
    pen.select((1, 0), (1, 2))
    pen.field.copy()
    pen.at(3, 0)
    editor.objects.insert_table()
    grid = editor.sheet.table.grid
    cell(grid, 0, 0).setText("mots")
    editor.objects.close()
    editor.objects.open(4)
    grid.editItem(cell(grid, 1, 1))
    field = grid.findChild(QLineEdit)
    assert isinstance(field, ReplacementField)
    field.take(QGuiApplication.clipboard().mimeData())
    grid.setCurrentCell(0, 0)
    editor.objects.close()
    assert pen.marks[4] == "S"
    pen.at(4, 0)
    pen.field.mark(LevelChoice(classification="TRÈS SECRET"))

    pen.field.undo()

    assert table(pen, 4)[:2] == (("mots", "", ""), ("", "", ""))
    assert pen.marks[4] == "TS"


def test_what_a_table_cannot_hold_is_refused_in_a_sentence(editor: NoteEditor, pen: Hand) -> None:
    editor.objects.open(2)
    grid = editor.sheet.table.grid

    cell(grid, 0, 0).setText("x" * (MOST_CELL + 1))

    assert editor._notice.isVisible()
    assert table(pen, 2) == TABLE.rows


def test_words_of_objects_are_found_and_left_as_they_are(editor: NoteEditor, pen: Hand) -> None:
    editor.search.open()
    bar = editor.findChild(FindBar)
    assert isinstance(bar, FindBar)
    bar.sought.setText("mars")
    at_table = editor.view.textCursor().blockNumber()
    editor.search.replace()
    bar.sought.setText("a")
    bar.replacement.setText("o")
    editor.search.replace_all()

    assert at_table == 2
    assert pen.texts == ["t", "ovont", O, "entre", O, "fin"]
    assert table(pen, 2) == TABLE.rows
    assert editor._notice.sentence == "2 places replaced."


def test_an_image_is_described_in_its_sheet(editor: NoteEditor, pen: Hand) -> None:
    editor.objects.open(4)
    field = editor.sheet.image.description

    field.setText("le plan du port")
    pressed(editor, "Done")

    content = pen.document.note().portion(4).content
    assert isinstance(content, Image)
    assert content.description == "le plan du port"
    assert content.png == PICTURE.png
    assert pen.marks[4] == "NP"


def test_an_object_is_deleted_from_its_sheet(editor: NoteEditor, pen: Hand) -> None:
    editor.objects.open(4)

    pressed(editor, "Delete it")

    assert pen.texts == ["t", "avant", O, "entre", "", "fin"]
    assert editor.view.isVisible()


def test_nothing_opens_in_a_note_that_is_read_only(editor: NoteEditor, pen: Hand) -> None:
    editor.load(with_objects(), is_writable=False)
    pen.at(2, 0)

    pen.press(ENTER)
    pen.press(BACKSPACE)
    pen.type("x")

    assert not editor.sheet.isVisible()
    assert editor.note() == with_objects()


def test_a_closed_note_leaves_nothing_in_the_sheet(editor: NoteEditor) -> None:
    editor.objects.open(2)

    editor.let_go()

    assert not editor.sheet.isVisible()
    assert cell(editor.sheet.table.grid, 0, 0).text() == ""
    editor.sheet.table.header.setChecked(True)
    assert editor.note() == with_objects()


def test_objects_are_drawn_at_the_measure_of_the_page(editor: NoteEditor) -> None:
    drawing = editor.view._objects
    assert isinstance(drawing, ObjectDrawing)
    block = editor.document.text.findBlockByNumber(2)
    form = block.begin().fragment().charFormat()

    size = drawing.intrinsicSize(editor.document.text, block.position(), form)
    picture = QImage(editor.view.size(), QImage.Format.Format_RGB32)
    editor.view.render(picture)

    assert size.width() == editor.document.text.textWidth()
    assert size.height() > 2 * 20
    assert drawing.intrinsicSize(editor.document.text, 0, block.charFormat()) == QSizeF()
    place = editor.view.document().documentLayout().blockBoundingRect(block).toRect()
    shown = picture.copy(QRect(editor.view.viewport().pos() + place.topLeft(), place.size()))
    colours = {shown.pixel(x, y) for x in range(0, shown.width(), 3) for y in range(0, shown.height(), 3)}
    assert len(colours) > 3


def test_what_stands_for_an_object_is_said_in_words(editor: NoteEditor) -> None:
    editor.go_to(2)
    of_table = editor.view.accessibleDescription()
    editor.go_to(4)

    assert of_table == "§ 2, table of 2 rows and 2 columns: TRÈS SECRET"
    assert editor.view.accessibleDescription() == "§ 4, image: un plan: NON PROTÉGÉ"


def test_portions_are_of_their_kind(editor: NoteEditor) -> None:
    bare = Portion(uid="0" * 32, kind=Kind.IMAGE, content=PICTURE, label=label("DR"))

    editor.insert([bare], editor.view.textCursor())

    assert editor.note().portions[0].kind is Kind.IMAGE
