"""What goes through the clipboard, and what comes back of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from cloison.notes.portion import Kind, Run, Style
from cloison.ui.editor.clips import MIME_TYPE, Clip, ClipShelf, Piece, clip_from_outside
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.editor.standing import marked
from cloison.ui.editor.text import ParagraphEdit
from cloison.ui.theme import Theme
from writing import NOW, POLICY, Hand, label, note_of


class Bytes:
    def __init__(self) -> None:
        self.number = 0x100

    def __call__(self, size: int) -> bytes:
        self.number += 1
        return self.number.to_bytes(size, "big")


@pytest.fixture
def shelf() -> ClipShelf:
    return ClipShelf(Bytes())


@pytest.fixture
def pens(qtbot: QtBot, theme: Theme, shelf: ClipShelf) -> Iterator[tuple[Hand, Hand]]:
    """Two fields of one application."""
    made = []
    for _ in range(2):
        document = NoteDocument(POLICY, clock=lambda: NOW, randomness=Bytes())
        field = ParagraphEdit(document, shelf, clock=lambda: NOW)
        qtbot.addWidget(field)
        made.append(Hand(field, document))
    yield made[0], made[1]
    QGuiApplication.clipboard().clear()


def test_other_programs_get_the_words_and_no_mark(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("secret", "S"), ("open", "NP")))
    pen.select((1, 2), (2, 2))

    pen.field.copy()

    source = QGuiApplication.clipboard().mimeData()
    assert source.text() == "cret\nop"
    assert len(bytes(source.data(MIME_TYPE).data())) == 32
    assert not source.hasHtml()


def test_a_mark_given_after_the_note_was_opened_again_reaches_what_was_cut_before(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("mots", "NP"), ("", "NP")))
    pen.select((1, 0), (1, 2))
    pen.field.cut()
    pen.field.undo()
    kept = pen.document.note()
    pen.document.load(replace(note_of(("autre", "NP"), ("note", "NP")), uid="e" * 32))
    pen.document.load(kept)
    pen.at(1, 0)
    pen.field.mark(LevelChoice(classification="SECRET"))
    pen.at(2, 0)

    pen.field.paste()

    assert pen.marks == ["NP", "S", "S"]


def test_pasting_in_another_note_takes_marks_kinds_and_styles_along(pens: tuple[Hand, Hand]) -> None:
    pen, other = pens
    note = note_of(("t", "NP"), ("secret", "S"), ("item", "DR"), kinds=(Kind.PARAGRAPH, Kind.ITEM))
    strong = replace(note.portions[0], content=(Run(text="secret", style=Style.STRONG),))
    pen.document.load(replace(note, portions=(strong, note.portions[1])))
    pen.select((1, 0), (2, -1))
    pen.field.copy()
    other.document.load(note_of(("u", "NP"), ("", "NP")))
    other.at(1, 0)

    other.field.paste()

    portions = other.document.note().portions
    assert other.marks == ["NP", "S", "DR"]
    assert [one.kind for one in portions] == [Kind.PARAGRAPH, Kind.ITEM]
    assert portions[0].content == strong.content


def test_pasting_into_text_rolls_up(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("special", "DR-SF"), ("secret", "S")))
    pen.select((1, 0), (1, -1))
    pen.field.copy()
    pen.at(2, 3)

    pen.field.paste()

    assert pen.texts == ["t", "special", "secspecialret"]
    assert pen.marks == ["NP", "DR-SF", "S-SF"]


def test_several_paragraphs_pasted_into_one_split_it(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("a", "DR"), ("b", "S"), ("open", "NP")))
    pen.select((1, 0), (2, -1))
    pen.field.copy()
    pen.at(3, 2)

    pen.field.paste()

    assert pen.texts == ["t", "a", "b", "opa", "ben"]
    assert pen.marks == ["NP", "DR", "S", "DR", "S"]


def test_a_paste_in_place_of_a_selection_is_one_step_to_undo(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("secret", "S"), ("open word", "NP")))
    pen.select((1, 0), (1, -1))
    pen.field.copy()
    pen.select((2, 0), (2, 4))
    pen.field.paste()
    assert pen.marks == ["NP", "S", "S"]

    pen.field.undo()

    assert pen.texts == ["t", "secret", "open word"]
    assert pen.marks == ["NP", "S", "NP"]


def test_a_paragraph_whose_words_were_all_replaced_is_another_portion(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("secret", "S"), ("open", "NP")))
    pen.select((2, 0), (2, -1))
    pen.field.copy()
    pen.select((1, 0), (1, -1))

    pen.field.paste()

    assert pen.texts == ["t", "open", "open"]
    assert pen.marks == ["NP", "NP", "NP"]
    assert pen.uids[1] != "1"


def test_text_from_outside_into_an_empty_paragraph_is_unmarked(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("", "S")))
    pen.at(1, 0)

    pen.paste_from_outside("one\r\ntwo\u2028three\u2029four\x0cfive\x85six\x0bseven\rlast")

    assert pen.texts == ["t", "one", "two", "three", "four", "five", "six", "seven", "last"]
    assert pen.marks == ["NP", *["?"] * 8]


def test_text_from_outside_leaves_a_marked_paragraph_to_be_marked_anew(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("secret", "S")))
    pen.at(1, -1)
    with_levels: list[object] = []
    pen.field.lowering_asked.connect(with_levels.append)

    pen.paste_from_outside(" from outside")

    assert pen.marks == ["NP", "S?"]
    pen.field.mark(LevelChoice(classification="DIFFUSION RESTREINTE"))
    assert pen.marks == ["NP", "S?"]
    assert with_levels
    pen.field.mark(LevelChoice(classification="SECRET"))
    assert pen.marks == ["NP", "S"]


def test_what_is_hidden_in_text_from_outside_is_shown(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("", None)))
    pen.at(1, 0)

    pen.paste_from_outside('<b>exe\u202efdp</b><img src="file:///etc/passwd">\ufdd0\x07')

    assert pen.texts[1] == '<b>exe⟨U+202E⟩fdp</b><img src="file:///etc/passwd">⟨U+FDD0⟩␇'


def test_a_mark_forged_by_another_program_is_not_believed(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("", "NP")))
    pen.at(1, 0)
    source = QMimeData()
    source.setText("forged")
    source.setData(MIME_TYPE, b"0" * 32)

    pen.field.insertFromMimeData(source)

    assert pen.marks == ["NP", "?"]


def test_a_picture_is_no_text(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    source = QMimeData()
    source.setData("image/png", b"x")

    pen.field.insertFromMimeData(source)

    assert not pen.field.canInsertFromMimeData(source)
    assert pen.texts == ["t", "a"]


def test_a_clip_rises_with_what_it_was_taken_from(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("word", "NP"), ("", "NP")))
    pen.select((1, 0), (1, -1))
    pen.field.copy()
    pen.field.mark(LevelChoice(classification="SECRET"))
    pen.at(2, 0)

    pen.field.paste()

    assert pen.marks == ["NP", "S", "S"]


def test_a_clip_rises_with_the_copy_that_was_made_of_it(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("word", "NP"), ("", "NP")))
    pen.select((1, 0), (1, -1))
    pen.field.copy()
    pen.at(2, 0)
    pen.field.paste()
    pen.field.mark(LevelChoice(classification="SECRET"))
    pen.at(0, -1)

    pen.field.paste()

    assert pen.marks == ["S", "NP", "S"]


def test_a_clip_of_another_policy_is_unmarked_here(pens: tuple[Hand, Hand], shelf: ClipShelf) -> None:
    pen, other = pens
    other.document.load(note_of(("u", "NP"), ("theirs", "S")))
    other.select((1, 0), (1, -1))
    other.field.copy()
    clip = shelf.find(QGuiApplication.clipboard().mimeData())
    assert clip is not None
    foreign = marked(replace(label("S"), policy_id="1.2.3"))
    piece = replace(clip.pieces[0], standing=foreign)
    source = shelf.copied(Clip(pieces=(piece,), cells=clip.cells))
    pen.document.load(note_of(("t", "NP"), ("", "NP")))
    pen.at(1, 0)

    pen.field.insertFromMimeData(source)

    assert pen.texts == ["t", "theirs"]
    assert pen.marks == ["NP", "?"]


def test_an_empty_clipboard_pastes_nothing(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    QGuiApplication.clipboard().clear()
    pen.field.paste()

    pen.paste_from_outside("")

    assert pen.texts == ["t", "a"]
    assert not pen.document.is_dirty


def test_without_a_selection_nothing_is_copied_or_cut(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("a", "S")))
    QGuiApplication.clipboard().setText("before")
    pen.at(1, 0)

    pen.field.copy()
    pen.field.cut()

    assert QGuiApplication.clipboard().text() == "before"


def test_selecting_is_not_copying(pens: tuple[Hand, Hand]) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("secret", "S")))
    pen.select((1, 0), (1, -1))

    assert pen.field.createMimeDataFromSelection().formats() == []


def test_what_the_mouse_takes_along_is_dragged(pens: tuple[Hand, Hand], monkeypatch: pytest.MonkeyPatch) -> None:
    pen, _ = pens
    pen.document.load(note_of(("t", "NP"), ("secret", "S")))
    pen.select((1, 0), (1, -1))
    taken: list[str] = []

    def move(field: QTextEdit, event: QMouseEvent) -> None:
        taken.append(field.createMimeDataFromSelection().text())

    monkeypatch.setattr(QTextEdit, "mouseMoveEvent", move)
    at = QPointF(5, 5)
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    pen.field.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, at, at, button, button, none))

    assert taken == ["secret"]
    assert pen.field.createMimeDataFromSelection().text() == ""


def test_the_shelf_forgets_what_was_dragged_long_ago(shelf: ClipShelf) -> None:
    clip = clip_from_outside("x")
    copied = shelf.copied(clip)
    dragged = [shelf.moving(clip) for _ in range(5)]

    assert shelf.find(dragged[0]) is None
    assert shelf.find(dragged[1]) is clip
    assert shelf.find(copied) is clip
    assert shelf.find(QMimeData()) is None


def test_a_piece_says_its_words() -> None:
    piece = Piece(content=(Run(text="a"), Run(text="b", style=Style.STRONG)), standing=marked(label("S")))

    assert piece.text == "ab"
