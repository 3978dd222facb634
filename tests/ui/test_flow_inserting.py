"""Files whose paragraphs come into the note that is open: dropped on its text, or chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cloison.notes.image import Image
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind
from cloison.ui.chips import mark_text
from cloison.ui.desk.desk import Desk
from desks import open_first, texts
from writing import POLICY

ORIGINAL = (
    "Entretien du 20 novembre",
    "Le rendez-vous a eu lieu à Lyon.",
    "La source travaille pour un fournisseur.",
    "Le calendrier de livraison a changé.",
    "La livraison passe par le site de Brest.",
)


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    file = tmp_path / "annexe.md"
    file.write_text("# [DR] Annexe\n\n[S] Un secret.\n\nSans marque.\n", encoding="utf-8")
    return file


def drop(widget: QWidget, at: QPointF, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(at, action, mime, left, held))
    QApplication.sendEvent(widget, QDropEvent(at, action, mime, left, held))


def over_paragraph(desk: Desk, number: int) -> QPointF:
    view = desk.editor.view
    cursor = QTextCursor(view.document().findBlockByNumber(number))
    return QPointF(view.cursorRect(cursor).center())


def marks(desk: Desk) -> list[str]:
    return [mark_text(POLICY, one.label, is_settled=one.is_settled) for one in desk.editor.document.standings()]


def said(desk: Desk) -> str:
    return desk.editor._notice.sentence


def test_a_dropped_text_comes_in_below_the_paragraph_it_is_dropped_on(
    desk: Desk, text_file: Path, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    drop(desk.editor.view.viewport(), over_paragraph(desk, 1), text_file)
    qtbot.waitUntil(lambda: len(texts(desk)) == 8)

    assert texts(desk) == [*ORIGINAL[:2], "Annexe", "Un secret.", "Sans marque.", *ORIGINAL[2:]]
    assert marks(desk) == ["S", "NP", "DR", "S", "?", "DR", "S", "S-SF"]
    assert said(desk) == "3 paragraphs came in. 1 bears no mark yet."
    desk.editor.view.undo()
    assert texts(desk) == list(ORIGINAL)


def test_two_files_dropped_together_come_in_one_after_the_other(
    desk: Desk, text_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "suite.txt"
    second.write_text("[NP] La suite.", encoding="utf-8")
    open_first(desk, qtbot)
    drop(desk.editor.view.viewport(), over_paragraph(desk, 4), text_file, second)
    qtbot.waitUntil(lambda: len(texts(desk)) == 9)

    assert texts(desk)[5:] == ["Annexe", "Un secret.", "Sans marque.", "La suite."]
    assert said(desk) == "1 paragraph came in."


def test_in_an_empty_paragraph_the_text_takes_its_place(desk: Desk, text_file: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.editor.go_to(2)
    desk.editor.view.moveCursor(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    desk.editor.view.cut()

    desk.insertions.take(text_file)
    qtbot.waitUntil(lambda: len(texts(desk)) == 7)

    assert texts(desk)[1:5] == [ORIGINAL[1], "Annexe", "Un secret.", "Sans marque."]
    assert marks(desk)[2:5] == ["DR", "S", "?"]


def test_a_file_is_chosen_through_the_menu(desk: Desk, text_file: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.editor.go_to(4)
    next(one for one in desk.editor._more() if one.text == "Insert a file…").act()
    dialog = desk.editor.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(text_file))
    dialog.close()

    qtbot.waitUntil(lambda: len(texts(desk)) == 8)
    assert texts(desk)[5] == "Annexe"


def test_dropped_beside_the_text_nothing_comes_in(desk: Desk, text_file: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    drop(desk.frame.inspector, QPointF(5, 5), text_file)
    qtbot.wait(30)

    assert texts(desk) == list(ORIGINAL)


def test_a_dropped_picture_comes_in_unmarked_and_asks_what_it_shows(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "plan.PNG"
    file.write_bytes(write_png(Pixels(width=2, height=2, channels=1, data=bytes(4))))
    open_first(desk, qtbot)
    drop(desk.editor.view.viewport(), over_paragraph(desk, 1), file)
    qtbot.waitUntil(lambda: desk.editor.sheet.isVisible(), timeout=20_000)
    desk.editor.sheet.image.description.setText("Le plan du quai")

    portion = desk.editor.note().portions[1]
    assert isinstance(portion.content, Image)
    assert (portion.kind, portion.content.description) == (Kind.IMAGE, "Le plan du quai")
    assert marks(desk) == ["S", "NP", "?", "DR", "S", "S-SF"]


def test_a_picture_is_chosen_through_the_menu_and_refused_where_it_is_damaged(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "plan.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    open_first(desk, qtbot)
    next(one for one in desk.editor._more() if one.text == "Insert an image…").act()
    dialog = desk.editor.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(desk.insertions.refused, timeout=20_000):
        dialog.fileSelected.emit(str(file))
    dialog.close()

    assert "damaged" in desk.frame.page.notice.sentence
    assert texts(desk) == list(ORIGINAL)


def test_pictures_of_a_text_that_were_left_out_are_counted(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    found = desk.editor.note().portions[:1]
    desk.editor.insert(found, desk.editor.view.textCursor(), left_out=1)

    assert said(desk).startswith("1 paragraph came in. 1 picture is not in the note")


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "vide.txt"
    file.touch()
    open_first(desk, qtbot)
    with qtbot.waitSignal(desk.insertions.refused):
        desk.insertions.take(file)

    assert desk.frame.page.notice.sentence == "There is no text in this file. Nothing was imported."
    assert texts(desk) == list(ORIGINAL)


def test_what_arrives_after_the_note_was_closed_goes_nowhere(desk: Desk, text_file: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.insertions.take(text_file)
    desk.writing.leave()
    with qtbot.waitSignal(desk.insertions.refused) as refused:
        pass

    assert refused.args == ["The note was closed before the file was read."]
    assert texts(desk) == list(ORIGINAL)


def test_a_note_that_cannot_be_written_in_takes_no_file(desk: Desk, text_file: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.editor.view.setReadOnly(True)
    drop(desk.editor.view.viewport(), over_paragraph(desk, 1), text_file)
    qtbot.wait(30)

    assert texts(desk) == list(ORIGINAL)
