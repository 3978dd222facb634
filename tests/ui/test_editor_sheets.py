"""The sheets of a note: a mark picked for paragraphs, the whole raised and lowered, information evaluated."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from cloison.labels.marks import portion_mark
from cloison.notes.evaluation import NUMBER, Evaluation, Source, new_evaluation
from cloison.notes.portion import Origin
from cloison.ui.check_box import CheckBox
from cloison.ui.chip_view import ChipView
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.editor.marks import LabelChoice
from cloison.ui.editor.reason_bar import ReasonBar
from cloison.ui.editor.sheet import Sheet
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.vault.label_shelf import AtHand, marking_of
from writing import POLICY, label, note_of

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(kit: Kit, qtbot: QtBot) -> Iterator[NoteEditor]:
    made = NoteEditor(kit, POLICY, ClipShelf(kit.randomness), author="Officier")
    qtbot.addWidget(made)
    made.resize(760, 700)
    made.load(note_of(("title", "DR"), ("one", "NP"), ("two", None), ("three", "S-SF")))
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.setFocus()
    yield made


def click(sheet: Sheet, name: str) -> None:
    found = [one for one in sheet.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, name
    assert found[0].isEnabled(), name
    found[0].click()


def fill(sheet: Sheet, name: str, text: str) -> None:
    found = next(one for one in sheet.findChildren(QLineEdit) if one.accessibleName() == name)
    found.setText(text)


def pick(editor: NoteEditor, text: str) -> None:
    """Choose a row of whichever picker is shown."""
    sheet = editor.sheets.pick if editor.sheets.pick.isVisible() else editor.sheets.raising
    rows = sheet.picker.list.rows
    found = (rows.row(number) for number in range(rows.rowCount()))
    sheet.picker.list.chosen.emit(next(one for one in found if one is not None and one.text.startswith(text)))


def marks(editor: NoteEditor) -> list[str | None]:
    labels = [one.label for one in editor.note().all_portions]
    return [None if one is None else portion_mark(POLICY, one) for one in labels]


def said(editor: NoteEditor) -> tuple[str, Tone] | None:
    found = [one for one in editor.findChildren(Notice) if one.isVisible()]
    return (found[0].sentence, found[0].tone) if found else None


def is_open(editor: NoteEditor) -> bool:
    return editor.sheets.dock.isVisible()


def test_the_picker_opens_by_its_chord_for_the_paragraph_under_the_cursor(editor: NoteEditor) -> None:
    editor.go_to(2)

    QTest.keyClick(editor.view, Qt.Key.Key_M, CTRL_SHIFT)

    assert editor.sheets.pick.isVisible()
    assert editor.sheets.pick.title.text().replace("\N{NO-BREAK SPACE}", " ") == "Mark: § 2"
    assert editor.sheets.pick.picker.filter.hasFocus()


def test_what_was_filtered_for_another_paragraph_hides_no_mark_now(editor: NoteEditor) -> None:
    editor.go_to(2)
    editor.sheets.open_picker()
    every = editor.sheets.pick.picker.list.rows.rowCount()
    editor.sheets.pick.picker.filter.setText("tres")
    editor.sheets.pick.closed.emit()

    editor.sheets.open_picker()

    assert editor.sheets.pick.picker.filter.text() == ""
    assert editor.sheets.pick.picker.list.rows.rowCount() == every


def test_a_picked_mark_is_applied_and_the_sheet_goes(editor: NoteEditor) -> None:
    editor.go_to(2)
    editor.sheets.open_picker()
    for text in ("SECRET", "SPÉCIAL FRANCE"):
        pick(editor, text)

    click(editor.sheets.pick, "Apply")

    assert marks(editor) == ["[DR]", "[NP]", "[S-SF]", "[S-SF]"]
    assert not is_open(editor)
    assert editor.view.hasFocus()


def test_what_is_picked_lower_falls_only_with_a_reason(editor: NoteEditor) -> None:
    editor.go_to(3)
    editor.sheets.open_picker()
    pick(editor, "SPÉCIAL FRANCE")

    click(editor.sheets.pick, "Apply")

    assert marks(editor)[3] == "[S-SF]"
    reason = editor.findChild(ReasonBar)
    assert isinstance(reason, ReasonBar)
    assert reason.isVisible()


def test_the_picker_follows_the_cursor_and_the_mark_under_it(editor: NoteEditor) -> None:
    editor.go_to(1)
    editor.sheets.open_picker()

    editor.go_to(3)
    assert editor.sheets.pick.title.text().endswith("3")
    assert editor.sheets.pick.picker.label is not None
    editor.go_to(1)
    editor.document.lower(editor.document.mark([1], LabelChoice(label=label("TS"))).lowerings, reason="x")

    assert editor.sheets.pick.picker.label is not None
    assert portion_mark(POLICY, editor.sheets.pick.picker.label) == "[TS]"


def test_escape_closes_a_sheet(editor: NoteEditor) -> None:
    editor.sheets.open_picker()

    QTest.keyClick(editor.sheets.pick.picker.filter, Qt.Key.Key_Escape)

    assert not is_open(editor)
    assert editor.view.hasFocus()


def test_a_whole_label_is_starred_and_its_star_taken(editor: NoteEditor, qtbot: QtBot) -> None:
    editor.go_to(3)
    editor.sheets.open_picker()

    with qtbot.waitSignal(editor.sheets.starred) as starred:
        click(editor.sheets.pick, "Favourite")
    editor.sheets.show_at_hand([AtHand(label=marking_of(starred.args[0]), is_favourite=True)])

    with qtbot.waitSignal(editor.sheets.unstarred):
        click(editor.sheets.pick, "Favourite")


def test_each_label_that_is_given_is_told_once(editor: NoteEditor, qtbot: QtBot) -> None:
    told: list[object] = []
    editor.document.label_given.connect(told.append)
    editor.view.selectAll()

    editor.view.mark(LabelChoice(label=label("TS-SF")))

    assert len(told) == 1


def test_the_whole_is_raised_with_a_reason_that_the_next_revision_has(editor: NoteEditor) -> None:
    editor.sheets.open_raise()
    sheet = editor.sheets.raising
    pick(editor, "TRÈS SECRET")
    button = next(one for one in sheet.findChildren(QAbstractButton) if one.accessibleName() == "Raise")
    assert not button.isEnabled()
    sheet.reason.setText("pris ensemble")

    click(sheet, "Raise")

    raised = editor.note().raised
    assert raised is not None
    assert (raised.reason, raised.by) == ("pris ensemble", "Officier")
    assert [one.reason for one in editor.changes() if one.portion_uid == editor.note().uid] == ["pris ensemble"]
    assert said(editor) == ("The whole note is raised. The reason is kept with it.", Tone.DONE)
    assert editor.is_dirty


def test_a_raise_is_only_upward(editor: NoteEditor) -> None:
    editor.sheets.open_raise()

    pick(editor, "DIFFUSION RESTREINTE")

    assert said(editor) == ("It would be less than the paragraphs are worth.", Tone.REFUSED)
    assert editor.sheets.raising.picker.label is None


def test_marks_that_contradict_each_other_are_settled_first(editor: NoteEditor) -> None:
    editor.load(note_of(("t", "S COMMUNICABLE À CAN"), ("a", "S COMMUNICABLE À GBR")))

    editor.sheets.open_raise()

    assert not is_open(editor)
    assert said(editor) == ("Settle the marks of the paragraphs first; then raise the whole.", Tone.REFUSED)


def test_a_raise_is_taken_back_by_a_decision_alone(editor: NoteEditor) -> None:
    editor.document.raise_whole(label("TS-SF"), reason="pris ensemble", by="Officier")
    editor.sheets.open_lift()
    sheet = editor.sheets.lifting
    for name, text in (("Authority", "SGDSN"), ("Reference of its decision", "2026/114"), ("Reason", "publié")):
        fill(sheet, name, text)
    fill(sheet, "Its date", "hier")
    click(sheet, "Take the raise back")
    assert editor.note().raised is not None
    fill(sheet, "Its date", "2026-11-20")

    click(sheet, "Take the raise back")

    note = editor.note()
    assert note.raised is None
    assert [(one.decision.authority, one.decision.day.isoformat()) for one in note.lifted] == [("SGDSN", "2026-11-20")]
    assert [one.decision for one in editor.changes() if one.portion_uid == note.uid] == [None, note.lifted[0].decision]
    assert editor.marking.rolled is not None
    assert portion_mark(POLICY, editor.marking.rolled.label) == "[S-SF]"


def test_a_received_note_is_neither_marked_nor_raised_nor_evaluated(editor: NoteEditor) -> None:
    note = note_of(("t", "S"), ("a", "S"))
    origin = Origin(fingerprint="ab" * 32, reference="X-1")
    editor.load(replace(note, title=replace(note.title, origin=origin)), is_writable=False)

    for asked in (
        editor.sheets.open_picker,
        editor.sheets.open_raise,
        editor.sheets.open_lift,
        editor.sheets.open_evaluation,
    ):
        asked()

        assert not is_open(editor)
        assert said(editor) == ("What was received stays as its issuer made it.", Tone.REFUSED)


def test_information_is_evaluated_with_a_mark_of_its_own(editor: NoteEditor) -> None:
    editor.go_to(NUMBER)
    sheet = editor.sheets.judging
    assert sheet.isVisible()
    for box, text in zip(sheet.findChildren(QComboBox), ("B – usually reliable", "2 – probably true"), strict=True):
        box.setCurrentIndex(box.findText(text))
    click(sheet, "Mark…")
    pick(editor, "TRÈS SECRET")
    click(editor.sheets.pick, "Apply")
    assert sheet.isVisible()

    click(sheet, "Keep the evaluation")

    evaluation = editor.note().evaluation
    assert evaluation is not None
    assert evaluation.code == "B2"
    assert evaluation.label is not None
    assert portion_mark(POLICY, evaluation.label) == "[TS]"
    assert editor.marking.evaluation == evaluation
    assert said(editor) == ("The evaluation is kept.", Tone.DONE)


def test_an_evaluation_begins_at_f6_and_unmarked(editor: NoteEditor) -> None:
    editor.sheets.open_evaluation()

    click(editor.sheets.judging, "Keep the evaluation")

    evaluation = editor.note().evaluation
    assert evaluation is not None
    assert (evaluation.code, evaluation.label) == ("F6", None)
    assert NUMBER in editor.marking.unmarked


def test_closing_the_picker_of_the_evaluation_goes_back_to_it(editor: NoteEditor) -> None:
    editor.sheets.open_evaluation()
    click(editor.sheets.judging, "Mark…")

    QTest.keyClick(editor.sheets.pick.picker.filter, Qt.Key.Key_Escape)

    assert editor.sheets.judging.isVisible()


def test_confirmed_takes_a_second_independent_source(editor: NoteEditor) -> None:
    editor.sheets.open_evaluation()
    sheet = editor.sheets.judging
    credibility = sheet.findChildren(QComboBox)[1]
    credibility.setCurrentIndex(0)
    for name in ("Alouette", "Bouvreuil"):
        click(sheet, "Add a source")
        sources = [one for one in sheet.findChildren(QLineEdit) if one.accessibleName() == "Source"]
        assert sources[-1].hasFocus()
        sources[-1].setText(name)

    click(sheet, "Keep the evaluation")
    assert editor.note().evaluation is None
    assert said(editor) is not None
    sheet.findChildren(CheckBox)[1].setChecked(True)
    assert said(editor) is None
    click(sheet, "Keep the evaluation")

    evaluation = editor.note().evaluation
    assert evaluation is not None
    assert evaluation.code == "F1"
    assert evaluation.sources == (Source(name="Alouette"), Source(name="Bouvreuil"))


def test_tab_goes_through_the_sources_where_they_stand(editor: NoteEditor) -> None:
    evaluated(editor, "S", Source(name="Alouette"), Source(name="Bouvreuil"))
    editor.sheets.open_evaluation()
    credibility = editor.sheets.judging.findChildren(QComboBox)[1]
    credibility.setFocus()

    reached = []
    for _ in range(8):
        present = editor.window().focusWidget()
        QTest.keyClick(present, Qt.Key.Key_Tab)
        reached.append(editor.window().focusWidget().accessibleName())

    source = ["Source", "independent", "Take this source away"]
    assert reached == [*source, *source, "Add a source", "Mark…"]


def test_a_source_is_taken_away(editor: NoteEditor) -> None:
    judged = evaluated(editor, "S", Source(name="Alouette"), Source(name="Bouvreuil"))
    editor.sheets.open_evaluation()
    sheet = editor.sheets.judging
    remove = next(one for one in sheet.findChildren(QAbstractButton) if one.accessibleName() == "Take this source away")

    remove.click()
    click(sheet, "Keep the evaluation")

    kept = editor.note().evaluation
    assert kept is not None
    assert kept.sources == judged.sources[1:]


def test_the_mark_of_an_evaluation_falls_only_with_a_reason(editor: NoteEditor) -> None:
    evaluated(editor, "S")
    editor.sheets.open_evaluation()
    sheet = editor.sheets.judging
    click(sheet, "Mark…")
    pick(editor, "NON PROTÉGÉ")
    click(editor.sheets.pick, "Apply")

    click(sheet, "Keep the evaluation")
    kept = editor.note().evaluation
    assert kept is not None
    assert kept.label == label("S")
    fill(sheet, "Why does its mark fall? Kept in the revision", "publié")
    click(sheet, "Keep the evaluation")

    lowered = editor.note().evaluation
    assert lowered is not None
    assert lowered.label is not None
    assert portion_mark(POLICY, lowered.label) == "[NP]"
    assert [one.reason for one in editor.changes() if one.portion_uid == lowered.uid] == [None, "publié"]


def test_an_evaluation_is_removed(editor: NoteEditor) -> None:
    evaluated(editor, "S")
    editor.sheets.open_evaluation()
    assert editor.sheets.judging.findChildren(ChipView)

    click(editor.sheets.judging, "Remove the evaluation")

    assert editor.note().evaluation is None
    assert editor.marking.evaluation is None


def test_one_sheet_at_a_time_is_open_also_beside_a_table(editor: NoteEditor) -> None:
    editor.go_to(1)
    editor.sheets.open_picker()

    editor.objects.insert_table()
    assert not is_open(editor)
    assert editor.sheet.isVisible()
    editor.sheets.open_picker()

    assert not editor.sheet.isVisible()
    assert editor.view.isVisible()
    assert editor.sheets.pick.picker.filter.hasFocus()


def test_no_sheet_stays_open_over_another_note(editor: NoteEditor) -> None:
    editor.sheets.open_evaluation()

    editor.load(note_of(("t", "S"), ("a", "S")))

    assert not is_open(editor)


def evaluated(editor: NoteEditor, mark: str, *sources: Source) -> Evaluation:
    made = replace(new_evaluation(randomness=lambda count: b"\1" * count, label=label(mark)), sources=sources)
    editor.document.evaluate(made, reason=None)
    return made


def test_what_was_typed_on_a_sheet_does_not_come_back_in_another_note(editor: NoteEditor) -> None:
    editor.load(note_of(("title", "DR"), ("one", "NP")))
    sheets = editor.sheets
    sheets.open_raise()
    sheets.raising.reason.setText("ensemble")
    sheets.open_lift()
    fill(sheets.lifting, "Authority", "SGDSN")
    fill(sheets.lifting, "Reason", "connu depuis")
    sheets.open_evaluation()
    click(sheets.judging, "Add a source")
    fill(sheets.judging, "Source", "Alouette")

    editor.load(note_of(("other", "NP")))

    fields = [
        field
        for sheet in (sheets.raising, sheets.lifting, sheets.judging)
        for field in sheet.findChildren(QLineEdit)
        if field.isVisibleTo(sheet)
    ]
    for field in fields:
        field.undo()
    assert [field.text() for field in fields if field.text()] == []


def test_undo_does_not_bring_back_the_reason_given_for_another_paragraph(editor: NoteEditor) -> None:
    asks = editor.findChild(ReasonBar)
    assert isinstance(asks, ReasonBar)
    editor.go_to(3)
    editor.view.mark(LabelChoice(label=label("NP")))
    QTest.keyClicks(asks._reason, "declassified")
    asks.give_up()

    editor.view.mark(LabelChoice(label=label("NP")))
    asks._reason.undo()

    assert asks._reason.text() == ""
