"""Pictures of marks picked among all there are, of the whole raised and lowered, of information evaluated."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from cloison.ui.desk.desk import Desk
from cloison.ui.picker.panel import LabelPicker
from picture_stage import HEIGHT, NARROW, WIDTH, Stage

_PICKER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def label_flows(stage: Stage, desk: Desk) -> None:
    """With a marked note open; it is as it was at the end, but for its evaluation."""
    _pick(stage, desk)
    _raise(stage, desk)
    _evaluate(stage, desk)


def _pick(stage: Stage, desk: Desk) -> None:
    picker = desk.editor.sheets.pick.picker
    desk.editor.go_to(5)
    stage.press(desk.editor.view, Qt.Key.Key_M, _PICKER)
    stage.shot(desk.frame, "pick-1-all")
    stage.type(picker.filter, "can")
    stage.press(picker.filter, Qt.Key.Key_Down)
    stage.shot(desk.frame, "pick-2-filter")
    picker.filter.clear()
    _choose(picker, "SECRET")
    _choose(picker, "SPÉCIAL FRANCE")
    picker.list.scrollToBottom()
    stage.shot(desk.frame, "pick-3-refused")
    desk.frame.resize(*NARROW)
    stage.shot(desk.frame, "pick-4-narrow")
    desk.frame.resize(WIDTH, HEIGHT)
    stage.press(picker.filter, Qt.Key.Key_Escape)


def _raise(stage: Stage, desk: Desk) -> None:
    sheets = desk.editor.sheets
    stage.click(desk.frame, "Raise the whole…")
    _choose(sheets.raising.picker, "TRÈS SECRET")
    stage.type(sheets.raising.reason, "Ensemble, ces paragraphes révèlent le dispositif.")
    stage.shot(desk.frame, "raise-1")
    stage.click(sheets.raising, "Raise")
    stage.shot(desk.frame, "raise-2-raised")
    stage.click(desk.frame, "Take the raise back…")
    for name, text in (
        ("Authority", "SGDSN"),
        ("Reference of its decision", "2026/114"),
        ("Its date", "2026-11-20"),
        ("Reason", "Le dispositif est connu depuis."),
    ):
        stage.type(stage.find(sheets.lifting, QLineEdit, name), text)
    stage.shot(desk.frame, "raise-3-back")
    stage.click(sheets.lifting, "Take the raise back")
    stage.settle()


def _evaluate(stage: Stage, desk: Desk) -> None:
    sheet = desk.editor.sheets.judging
    stage.click(desk.frame, "Evaluate…")
    for box, number in zip(sheet.findChildren(QComboBox), (1, 0), strict=True):
        box.setCurrentIndex(number)
    stage.click(sheet, "Add a source")
    stage.type(stage.find(sheet, QLineEdit, "Source"), "Alouette")
    stage.click(sheet, "Keep the evaluation")
    stage.shot(desk.frame, "evaluate-1-second-source")
    sheet.findChildren(QComboBox)[1].setCurrentIndex(1)
    stage.click(sheet, "Mark…")
    _choose(desk.editor.sheets.pick.picker, "NON PROTÉGÉ")
    stage.click(desk.editor.sheets.pick, "Apply")
    stage.shot(desk.frame, "evaluate-2")
    desk.frame.resize(*NARROW)
    stage.shot(desk.frame, "evaluate-3-narrow")
    desk.frame.resize(WIDTH, HEIGHT)
    stage.click(sheet, "Keep the evaluation")
    stage.shot(desk.frame, "evaluate-4-kept")


def _choose(picker: LabelPicker, text: str) -> None:
    """Press the row that begins so."""
    rows = picker.list.rows
    found = (rows.row(number) for number in range(rows.rowCount()))
    picker.list.chosen.emit(next(one for one in found if one is not None and one.text.startswith(text)))
