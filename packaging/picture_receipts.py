"""Pictures of the answer to a package: sealed by its reader, taken in by its sender, kept as requirements."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QTableView

from cloison.actions.files import PART
from cloison.ui.desk.desk import Desk
from cloison.ui.window.values import Flow
from picture_stage import HEIGHT, NARROW, WIDTH, Stage


def answer_flow(stage: Stage, desk: Desk, medium: Path) -> Path:
    """With an accepted package on the page that receives; the receipt that was sealed."""
    before = set(medium.iterdir())
    frame = desk.frame
    stage.click(frame, "Receipt…")
    stage.wait(lambda: _is_there(stage, desk, "Comment"), "no form")
    stage.find(frame, QComboBox, "Usefulness").setCurrentIndex(5)
    stage.type(stage.find(frame, QLineEdit, "Comment"), "Recoupé par le rapport du port de Sarnac.")
    mark = stage.find(frame, QLineEdit, "Mark of: {name}", name=stage.text("Comment"))
    mark.setText("DR")
    stage.click(frame, "Add a question")
    question = stage.text("Question {number}", number=1)
    stage.type(stage.find(frame, QLineEdit, question), "Qui commande le quatrième navire ?")
    stage.type(stage.find(frame, QLineEdit, "Write the receipt to"), str(medium))
    stage.shot(frame, "receipt-1-form")
    frame.resize(*NARROW)
    stage.shot(frame, "receipt-1-form-narrow")
    frame.resize(WIDTH, HEIGHT)
    stage.click(frame, "Seal the receipt")
    stage.wait(lambda: any(one.suffix != PART for one in set(medium.iterdir()) - before), "no receipt")
    stage.settle(0.4)
    stage.shot(frame, "receipt-2-sealed")
    (made,) = (one for one in set(medium.iterdir()) - before if one.suffix != PART)
    return made


def consent_flow(stage: Stage, desk: Desk) -> None:
    """What came from another service is sent on, once its originator's consent is recorded."""
    frame = desk.frame
    frame.compartment_chosen.emit(None)
    stage.wait(lambda: desk.pages.page is None, "no notes")
    stage.settle(0.3)
    frame.list.view.setCurrentIndex(frame.list.rows.index(0))
    stage.wait(lambda: desk.writing.uid is not None, "no note")
    frame.inspector.disseminate.click()
    stage.wait(lambda: desk.pages.page is not None, "no sheet")
    stage.settle(0.3)
    people = stage.find(frame, QListWidget, "Recipients")
    people.item(0).setCheckState(Qt.CheckState.Checked)
    stage.settle(0.4)
    table = stage.find(frame, QTableView, "Who receives which paragraph")
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 1))
    stage.shot(frame, "consent-1-missing")
    stage.click(frame, "Record the originator’s consent…")
    for name, text in (
        ("Authority", "Camille Roux"),
        ("Reference of its decision", "2026/77"),
        ("Its date", "2026-11-20"),
    ):
        stage.type(stage.find(frame, QLineEdit, name), text)
    stage.shot(frame, "consent-2-form")
    frame.resize(*NARROW)
    stage.shot(frame, "consent-2-form-narrow")
    frame.resize(WIDTH, HEIGHT)
    stage.click(frame, "Record the consent")
    stage.settle(0.4)
    stage.shot(frame, "consent-3-recorded")


def requirements_flow(stage: Stage, desk: Desk, receipt: Path) -> None:
    """The receipt comes in; what it asks waits, is answered, is closed."""
    frame = desk.frame
    desk.receive(receipt)
    stage.settle(0.6)
    stage.shot(frame, "receipt-3-arrived")
    stage.click(frame, "Take it in")
    stage.settle(0.4)
    stage.shot(frame, "receipt-4-taken")
    stage.click(frame, "Show the requirements")
    stage.settle(0.4)
    stage.shot(frame, "requirements-1-list")
    stage.click(frame, "Answer with a note…")
    stage.settle(0.4)
    stage.shot(frame, "requirements-2-answer")
    frame.resize(*NARROW)
    stage.shot(frame, "requirements-2-answer-narrow")
    frame.resize(WIDTH, HEIGHT)
    stage.click(frame, "Leave it")
    stage.click(frame, "Close without an answer…")
    stage.click(frame, "Close the requirement")
    stage.shot(frame, "requirements-3-reason")
    stage.click(frame, "Leave it")
    stage.click(frame, "Read the note")
    stage.wait(lambda: desk.pages.page is None, "no note")
    stage.settle(0.4)
    stage.shot(frame, "requirements-4-inspector")
    desk.flows.show(Flow.DISPATCHES)
    stage.settle(0.4)
    stage.shot(frame, "register-dispatches-answered")


def _is_there(stage: Stage, desk: Desk, name: str) -> bool:
    return any(
        one.isVisible() and one.accessibleName() == stage.text(name) for one in desk.frame.findChildren(QLineEdit)
    )
