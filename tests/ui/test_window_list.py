"""The list of notes: in pages, by keyboard, and nothing of it on the clipboard."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from cloison.ui.kit import Kit
from cloison.ui.window.note_list import NoteList
from listed import POLICY, listed_note


@pytest.fixture
def notes(kit: Kit, qtbot: QtBot) -> NoteList:
    made = NoteList(kit, POLICY)
    qtbot.addWidget(made)
    made.resize(270, 400)
    made.show()
    made.activateWindow()
    return made


def read_out(notes: NoteList, row: int) -> object:
    return notes.rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_model_keeps_the_rules_of_models(notes: NoteList) -> None:
    tester = QAbstractItemModelTester(notes.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)

    notes.show_notes([listed_note(1, "S")], has_more=True)
    notes.add_notes([listed_note(2, "DR"), listed_note(3, None)], has_more=False)
    notes.show_notes([], has_more=False)

    assert isinstance(tester.model(), QAbstractItemModel)


def test_a_page_is_asked_for_once_at_the_end(notes: NoteList, qtbot: QtBot) -> None:
    asked: list[bool] = []
    notes.rows.more_asked.connect(lambda: asked.append(True))
    notes.show_notes([listed_note(number, "DR") for number in range(50)], has_more=True)
    assert asked == []

    notes.view.scrollToBottom()
    notes.view.scrollToBottom()

    assert asked == [True]
    notes.add_notes([listed_note(number, "DR") for number in range(50, 60)], has_more=False)
    assert not notes.rows.canFetchMore(QModelIndex())
    assert notes.rows.rowCount() == 60


def test_only_titles_in_view_count(notes: NoteList, qtbot: QtBot) -> None:
    many = [listed_note(number, "NP") for number in range(50)] + [listed_note(50, "TS")]
    notes.show_notes(many, has_more=False)
    seen = {shown.label.classification for shown in notes.seen() if shown.label}
    assert seen == {"NON PROTÉGÉ"}

    with qtbot.waitSignal(notes.seen_changed):
        notes.view.scrollToBottom()

    assert "TRÈS SECRET" in {shown.label.classification for shown in notes.seen() if shown.label}


def test_an_unmarked_title_counts_at_the_level_of_its_note(notes: NoteList) -> None:
    notes.show_notes([listed_note(1, None, note_mark="S")], has_more=False)

    (shown,) = notes.seen()

    assert shown.label is not None
    assert (shown.label.classification, shown.is_settled) == ("SECRET", False)


def test_arrows_choose_and_choosing_from_outside_is_silent(notes: NoteList, qtbot: QtBot) -> None:
    chosen: list[str] = []
    notes.note_chosen.connect(chosen.append)
    rows = [listed_note(number, "DR") for number in range(3)]
    notes.show_notes(rows, has_more=False)
    notes.choose(rows[0].uid)
    assert chosen == []

    notes.view.setFocus()
    QTest.keyClick(notes.view, Qt.Key.Key_Down)

    assert chosen == [rows[1].uid]


def test_the_chosen_note_stays_chosen_when_the_list_is_fetched_again(notes: NoteList) -> None:
    rows = [listed_note(number, "DR") for number in range(3)]
    notes.show_notes(rows, has_more=False)
    notes.choose(rows[1].uid)
    chosen: list[str] = []
    notes.note_chosen.connect(chosen.append)

    notes.show_notes([rows[1], rows[0], rows[2]], has_more=False)

    assert notes.view.currentIndex().row() == 0
    assert notes.chosen == rows[1].uid
    assert chosen == []


def test_what_changed_in_a_line_is_shown_without_losing_the_place(notes: NoteList) -> None:
    notes.show_notes([listed_note(number, "DR") for number in range(50)], has_more=False)
    notes.view.scrollToBottom()
    height = notes.view.verticalScrollBar().value()

    notes.show_notes([listed_note(number, "S") for number in range(50)], has_more=False)

    assert notes.view.verticalScrollBar().value() == height > 0
    assert {shown.label.classification for shown in notes.seen() if shown.label} == {"SECRET"}


def test_no_title_is_copied_without_its_mark(notes: NoteList, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("what was there")
    notes.show_notes([listed_note(1, "S")], has_more=False)
    notes.view.setCurrentIndex(notes.rows.index(0))

    QTest.keyClick(notes.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "what was there"


def test_a_line_is_read_out_with_its_mark_and_that_of_the_note(notes: NoteList) -> None:
    notes.show_notes(
        [listed_note(1, "DR", note_mark="S-SF"), listed_note(2, "S"), listed_note(3, None)], has_more=False
    )

    assert read_out(notes, 0) == "DR Note 1, 21 November 2026 note marked S-SF"
    assert read_out(notes, 1) == "S Note 2, 20 November 2026"
    assert read_out(notes, 2) == "? Note 3, 19 November 2026"


def test_the_keys_lead_from_the_search_to_the_list_and_back(notes: NoteList, qtbot: QtBot) -> None:
    notes.show_notes([listed_note(1, "S")], has_more=False)
    notes.line.field.setFocus()

    with qtbot.waitSignal(notes.note_chosen) as chosen:
        QTest.keyClick(notes.line.field, Qt.Key.Key_Down)
    assert notes.view.hasFocus()
    assert chosen.args == [listed_note(1, "S").uid]
    QTest.keyClick(notes.view, Qt.Key.Key_Up)

    assert notes.line.field.hasFocus()


def test_escape_empties_the_search(notes: NoteList, qtbot: QtBot) -> None:
    notes.line.field.setText(" axe nord ")
    assert notes.line.query == "axe nord"

    with qtbot.waitSignal(notes.line.search_changed) as said:
        QTest.keyClick(notes.line.field, Qt.Key.Key_Escape)

    assert said.args == [""]


def test_nothing_found_is_said(notes: NoteList) -> None:
    notes.line.field.setText("axe")

    notes.show_notes([], has_more=False)

    assert notes._pages.currentWidget() is notes._empty
    assert notes._empty.text() == "No note holds “axe”."


def test_a_list_that_grew_at_its_end_keeps_its_lines(notes: NoteList) -> None:
    resets: list[bool] = []
    notes.rows.modelReset.connect(lambda: resets.append(True))
    notes.show_notes([listed_note(number, "DR") for number in range(50)], has_more=True)
    resets.clear()

    notes.show_notes([listed_note(number, "S") for number in range(100)], has_more=False)

    assert resets == []
    assert notes.rows.rowCount() == 100
    assert not notes.rows.canFetchMore(QModelIndex())
    assert {shown.label.classification for shown in notes.seen() if shown.label} == {"SECRET"}


def test_another_search_is_shown_from_its_top(notes: NoteList) -> None:
    notes.show_notes([listed_note(number, "DR") for number in range(50)], has_more=False)
    notes.view.scrollToBottom()

    notes.line.field.setText("axe")
    notes.show_notes([listed_note(number, "DR") for number in range(0, 50, 2)], has_more=False)

    assert notes.view.verticalScrollBar().value() == 0
