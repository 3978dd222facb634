"""The list of notes: in pages, by keyboard, and nothing of it on the clipboard."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from cloison.actions.note_order import order_of
from cloison.ui.kit import Kit
from cloison.ui.window.note_list import NoteList
from cloison.ui.window.note_rows import MOST_LINES, NOTE_ROLE
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
    notes.show_order(order_of([listed_note(number, "DR").uid for number in (1, 2, 3)]))
    notes.fill([listed_note(2, "DR"), listed_note(3, None)])
    notes.show_order(order_of([listed_note(3, "DR").uid]))
    notes.show_notes([], has_more=False)

    assert isinstance(tester.model(), QAbstractItemModel)


def long_list(notes: NoteList) -> list[tuple[str, ...]]:
    """100,000 notes, of which the first 100 are there; what is asked for then."""
    asked: list[tuple[str, ...]] = []
    notes.lines_asked.connect(asked.append)
    notes.show_notes([listed_note(number, "DR") for number in range(100)], has_more=True)
    notes.show_order(order_of([f"{number:032x}" for number in range(100_000)]))
    assert asked[1:] == []  # what was there is asked for again
    notes.fill([listed_note(number, "DR") for number in range(100)])
    asked.clear()
    return asked


def test_of_a_long_list_the_lines_that_come_into_view_are_asked_for_once(notes: NoteList) -> None:
    asked = long_list(notes)

    notes.view.scrollToBottom()
    notes.view.scrollToTop()
    notes.view.scrollToBottom()

    assert [len(one) for one in asked] == [len(asked[0])]
    assert len(asked[0]) < 100
    assert asked[0][-1] == f"{99_999:032x}"
    notes.fill([listed_note(int(uid, 16), "TS") for uid in asked[0]])
    assert {shown.label.classification for shown in notes.seen() if shown.label} == {"TRÈS SECRET"}
    assert len(asked) == 1


def test_a_line_that_is_not_there_yet_is_empty_and_counts_for_nothing(notes: NoteList) -> None:
    long_list(notes)

    notes.view.scrollToBottom()

    assert notes.seen() == ()
    assert [notes.rows.index(99_999).data(role) for role in (Qt.ItemDataRole.DisplayRole, NOTE_ROLE)] == [None, None]
    assert not notes.grab().isNull()


def test_a_note_that_is_gone_is_not_asked_for_for_ever(notes: NoteList) -> None:
    asked = long_list(notes)
    notes.view.scrollToBottom()

    notes.fill([listed_note(int(uid, 16), "S") for uid in asked[0][:-1]])
    notes.view.verticalScrollBar().setValue(notes.view.verticalScrollBar().maximum() - 5)

    assert len(asked) == 1


def test_only_so_many_lines_are_held(notes: NoteList) -> None:
    long_list(notes)

    for first in range(0, 3 * MOST_LINES, 100):
        notes.fill([listed_note(number, "DR") for number in range(first, first + 100)])

    held = [row for row in range(4 * MOST_LINES) if notes.rows.line(row) is not None]
    assert held == list(range(2 * MOST_LINES, 3 * MOST_LINES))
    notes.forget_lines()
    assert notes.rows.line(held[0]) is None


def test_all_of_a_long_list_can_be_picked_and_stay_picked(notes: NoteList) -> None:
    long_list(notes)
    asked: list[tuple[str, ...]] = []
    notes.several_asked.connect(asked.append)

    notes.view.selectAll()
    notes.show_order(order_of([f"{number:032x}" for number in range(1, 100_000)]))
    notes.several.disseminate.click()

    assert len(asked[0]) == 99_999
    assert (asked[0][0], asked[0][-1]) == (f"{1:032x}", f"{99_999:032x}")


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
    assert {shown.label.classification for shown in notes.seen() if shown.label} == {"SECRET"}


def test_another_search_is_shown_from_its_top(notes: NoteList) -> None:
    notes.show_notes([listed_note(number, "DR") for number in range(50)], has_more=False)
    notes.view.scrollToBottom()

    notes.line.field.setText("axe")
    notes.show_notes([listed_note(number, "DR") for number in range(0, 50, 2)], has_more=False)

    assert notes.view.verticalScrollBar().value() == 0
