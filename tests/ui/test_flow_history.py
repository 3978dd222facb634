"""The history of a note: its revisions, what differs, and restoring one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cloison.labels.label import Label
from cloison.ui.desk.desk import Desk
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.history.page import HistoryPage
from cloison.ui.marked_cells import LABEL_ROLE
from desks import open_first, texts, type_at_end

SECRET = LevelChoice(classification="SECRET")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> HistoryPage:
    """Three revisions: as imported; § 1 raised and written in; § 4 written in."""
    open_first(desk, qtbot)
    desk.editor.go_to(1)
    desk.editor.view.mark(SECRET)
    keep(desk, qtbot)
    type_at_end(desk, " Suite.")
    keep(desk, qtbot)
    desk.frame.page.foot.history.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, HistoryPage))
    made = desk.pages.page
    assert isinstance(made, HistoryPage)
    qtbot.waitUntil(lambda: bool(made.view.toPlainText()))
    return made


def keep(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.writing.kept):
        desk.writing.keep(lambda note: None)


def choose(page: HistoryPage, row: int, qtbot: QtBot) -> None:
    shown = page.view.toPlainText()
    page.table.selectRow(row)
    qtbot.waitUntil(lambda: page.view.toPlainText() != shown)


def cell(page: HistoryPage, row: int, column: int, role: int = Qt.ItemDataRole.AccessibleTextRole) -> object:
    return page._model.data(page._model.index(row, column), role)


def test_every_revision_is_listed_with_who_when_and_marks(page: HistoryPage) -> None:
    assert [cell(page, row, 0) for row in range(3)] == ["3", "2", "1"]
    assert [cell(page, 1, column) for column in (2, 3, 4, 5)] == ["Officier traitant", "S-SF", "S-SF", "1"]
    assert cell(page, 2, 3) == "–"
    assert isinstance(cell(page, 0, 4, LABEL_ROLE), Label)
    assert cell(page, 0, 4, Qt.ItemDataRole.DisplayRole) == ""
    assert page._model.headerData(5, Qt.Orientation.Horizontal) == "Marks changed"
    assert page._model.headerData(5, Qt.Orientation.Vertical) is None


def test_the_latest_is_compared_with_the_one_before(page: HistoryPage, desk: Desk) -> None:
    lines = page.view.toPlainText().split("\n")

    assert lines[0] == "Title (S): Entretien du 20 novembre"
    assert lines[4] == "§ 4 (S-SF, changed): La livraison passe par le site de Brest. Suite."
    assert desk.frame.strips.top.text == "SECRET – SPÉCIAL FRANCE"
    assert not page.restore.isEnabled()


def test_another_revision_and_another_one_to_compare_with_are_chosen(page: HistoryPage, qtbot: QtBot) -> None:
    choose(page, 1, qtbot)
    assert page.view.toPlainText().split("\n")[1] == "§ 1 (NP, then S): Le rendez-vous a eu lieu à Lyon."

    choose(page, 2, qtbot)
    assert page.view.toPlainText().split("\n")[1] == "§ 1 (NP): Le rendez-vous a eu lieu à Lyon."

    page.compared.setCurrentIndex(0)
    page.compared.activated.emit(0)
    qtbot.waitUntil(lambda: "Suite" in page.view.toPlainText())
    assert "§ 1 (NP, then S)" in page.view.toPlainText()


def test_restoring_adds_a_revision_and_names_what_stays_high(page: HistoryPage, desk: Desk, qtbot: QtBot) -> None:
    choose(page, 2, qtbot)
    with qtbot.waitSignal(page.restored):
        page.restore.click()
    qtbot.waitUntil(lambda: cell(page, 0, 0) == "4")

    assert page.notice.sentence == (
        "Revision 1 is restored as revision 4; nothing was lost. Marks that rose since stay: 1."
    )
    qtbot.waitUntil(lambda: desk.writing.revision == 4)
    desk._back()
    assert texts(desk)[-1] == "La livraison passe par le site de Brest."
    standing = desk.editor.document.standings()[1]
    assert standing.mark is not None
    assert standing.mark.classification == "SECRET"


def test_no_words_leave_the_history_for_the_clipboard_without_their_mark(page: HistoryPage) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")

    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(page.view.viewport(), asked)

    assert clipboard.text() == "before"
    assert page.view.createMimeDataFromSelection().formats() == []
    assert QApplication.activePopupWidget() is None
    clipboard.clear()


def test_colours_follow_the_palette(page: HistoryPage, desk: Desk) -> None:
    before = page.view.toPlainText()

    desk.clerk.kit.theme.palette_changed.emit(desk.clerk.kit.theme.palette)

    assert page.view.toPlainText() == before


def test_nothing_is_shown_of_a_note_in_which_nothing_was_written(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.writing.opened):
        desk._start_note()

    desk.frame.page.foot.history.click()

    assert desk.pages.page is None
    assert desk.frame.page.notice.sentence == "Nothing is written in this note yet."


def test_what_cannot_be_restored_is_said(page: HistoryPage, qtbot: QtBot) -> None:
    choose(page, 2, qtbot)

    page._refuse("no")

    assert page.notice.sentence == "no"
    assert page.restore.isEnabled()
