"""Pictures of notes on their way out: the table, the reasons, several notes at once, what was sealed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QTableView

from cloison.ui.desk.desk import Desk
from picture_stage import HEIGHT, NARROW, WIDTH, Stage, StageError


def disseminate_flow(stage: Stage, desk: Desk, medium: Path) -> None:
    """One note to everybody, with what each will hold."""
    desk.frame.inspector.disseminate.click()
    stage.wait(lambda: desk.pages.page is not None, "no sheet")
    stage.settle()
    frame = desk.frame
    people = stage.find(frame, QListWidget, "Recipients")
    stage.shot(frame, "disseminate-0-nobody")
    _tick_all(stage, people)
    stage.type(stage.find(frame, QLineEdit, "Write the packages to"), str(medium))
    table = stage.find(frame, QTableView, "Who receives which paragraph")
    table.setFocus()
    table.setCurrentIndex(table.model().index(table.model().rowCount() - 2, 2))
    stage.shot(frame, "disseminate-1-table")
    frame.resize(*NARROW)
    stage.shot(frame, "disseminate-1-table-narrow")
    frame.resize(WIDTH, HEIGHT)
    stage.find(frame, QComboBox, "Preview as").setCurrentIndex(1)
    stage.click(frame, "Preview as")
    stage.settle(1.2)
    stage.shot(frame, "disseminate-2-preview")
    stage.click(frame, "Back to the table")
    stage.click_primary(frame)
    stage.wait(lambda: len(list(medium.glob("*.pli"))) == people.count(), "nothing sealed")
    stage.settle(0.5)
    stage.shot(frame, "disseminate-3-sealed")
    frame.resize(*NARROW)
    stage.shot(frame, "disseminate-3-sealed-narrow")
    frame.resize(WIDTH, HEIGHT)
    _back(stage, desk)


def batch_flow(stage: Stage, desk: Desk) -> None:
    """Every note of the list to everybody."""
    view = desk.frame.list.view
    view.setFocus()
    view.selectAll()
    stage.shot(desk.frame, "batch-0-picked")
    stage.click(desk.frame, "Disseminate them…")
    stage.wait(lambda: desk.pages.page is not None, "no sheet")
    stage.settle()
    frame = desk.frame
    _tick_all(stage, stage.find(frame, QListWidget, "Recipients"))
    stage.settle(0.4)
    table = stage.find(frame, QTableView, "Who receives what of which note")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, table.model().columnCount() - 1))
    stage.shot(frame, "batch-1-table")
    frame.resize(*NARROW)
    stage.shot(frame, "batch-1-table-narrow")
    frame.resize(WIDTH, HEIGHT)
    stage.click_primary(frame)
    stage.wait(lambda: _is_seen(stage, desk, "Notes that were sealed"), "nothing sealed")
    stage.shot(frame, "batch-2-sealed")
    _back(stage, desk)
    stage.press(view, Qt.Key.Key_Escape)


def _tick_all(stage: Stage, people: QListWidget) -> None:
    for row in range(people.count()):
        people.item(row).setCheckState(Qt.CheckState.Checked)
    stage.settle(0.4)


def _back(stage: Stage, desk: Desk) -> None:
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _is_seen(stage: Stage, desk: Desk, name: str) -> bool:
    try:
        stage.find(desk.frame, QTableView, name)
    except StageError:
        return False
    return True
