"""Pictures of what else a note takes than words, of finding in it, and of its history."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QTableWidgetItem

from cloison.notes.image import image_of
from cloison.notes.note import Note
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import image_portion
from cloison.ui.desk.desk import Desk
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.history.page import HistoryPage
from picture_stage import Stage

CELLS = (
    ("Navire", "Pavillon", "Attendu"),
    ("Sarnac-3", "Kessar", "22 h 40"),
    ("Vent du large", "inconnu", "avant l’aube"),
)
PLAN = (360, 180)


def editor_flows(stage: Stage, desk: Desk) -> None:
    """In the note that is open, whose last paragraph bears no mark yet."""
    editor = desk.editor
    editor.view.moveCursor(QTextCursor.MoveOperation.End)
    editor.view.mark(LevelChoice(classification="SECRET"))
    _table(stage, desk)
    _image(stage, desk)
    stage.settle(0.3)
    stage.shot(desk.frame, "objects")
    editor.search.open()
    stage.find(editor, QLineEdit, "Find in this note").setText("navire")
    stage.find(editor, QLineEdit, "Replace with").setText("bâtiment")
    stage.settle(0.2)
    stage.shot(desk.frame, "finding")
    editor.search.replace_all()
    stage.shot(desk.frame, "replaced")
    editor.search.close()
    _history(stage, desk)


def _table(stage: Stage, desk: Desk) -> None:
    desk.editor.objects.insert_table()
    grid = desk.editor.sheet.table.grid
    for row, cells in enumerate(CELLS):
        for column, cell in enumerate(cells):
            grid.setItem(row, column, QTableWidgetItem(cell))
    stage.settle(0.2)
    stage.shot(desk.frame, "table")
    desk.editor.objects.close()


def _image(stage: Stage, desk: Desk) -> None:
    image = image_of(_plan(), description="")
    portion = image_portion(image, randomness=desk.clerk.kit.randomness)
    desk.editor.insert([portion], desk.editor.view.textCursor())
    stage.settle(0.2)
    stage.shot(desk.frame, "image")
    desk.editor.sheet.image.description.setText("Le plan du quai nord")
    desk.editor.objects.close()


def _history(stage: Stage, desk: Desk) -> None:
    kept: list[Note] = []
    for text in (" Le premier est à quai.", " Le second attend au large."):
        desk.editor.go_to(1)
        desk.editor.view.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
        stage.type(desk.editor.view, text)
        desk.writing.keep(kept.append)
        stage.settle(0.3)
    desk.frame.page.foot.history.click()
    stage.wait(lambda: isinstance(desk.pages.page, HistoryPage), "no history")
    stage.settle(0.3)
    stage.shot(desk.frame, "history")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _plan() -> bytes:
    """A drawing in greys: water, a quay, two hulls."""
    width, height = PLAN
    rows = bytearray()
    for y in range(height):
        for x in range(width):
            is_hull = any(abs(x - left) < 60 and abs(y - 60) < 14 - abs(x - left) // 8 for left in (110, 250))
            rows.append(70 if is_hull else 150 if y > 120 else 225 - (x + 3 * y) % 24)
    return write_png(Pixels(width=width, height=height, channels=1, data=bytes(rows)))
