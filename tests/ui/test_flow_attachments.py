"""The attachments of a note in the window: attached, looked at, marked, taken out, saved out."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cloison.actions.session import Session
from cloison.notes.note import Note
from cloison.notes.portion import Origin
from cloison.ui.attachments.page import AttachmentsPage
from cloison.ui.chips import mark_text
from cloison.ui.desk.desk import Desk
from cloison.ui.picker.rows import RowKind
from desks import Ask, open_first, type_at_end
from dropping import drop_files
from foreign import colours, file_of
from foreign_pdf import WORDS, locked_pdf, pdf_of
from writing import POLICY

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="pages are shown on Linux alone")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "rapport.pdf"
    file.write_bytes(pdf_of(WORDS, b"1 0 0 rg 0 0 300 500 re f", b""))
    return file


def page_of(desk: Desk, qtbot: QtBot) -> AttachmentsPage:
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, AttachmentsPage))
    assert isinstance(desk.pages.page, AttachmentsPage)
    return desk.pages.page


def pick_level(page: AttachmentsPage, name: str) -> None:
    """Type the beginning of a level and press Enter on what is left of the list."""
    picker = page.form.picker
    rows = picker.list.rows
    picker.filter.setText(name)
    shown = [rows.row(number) for number in range(rows.rowCount())]
    at = next(number for number, row in enumerate(shown) if row is not None and row.kind is RowKind.LEVEL)
    picker.list.setCurrentIndex(rows.index(at))
    QTest.keyClick(picker.list, Qt.Key.Key_Return)


def attach(page: AttachmentsPage, level: str, qtbot: QtBot) -> None:
    count = len(page._model.lines)
    pick_level(page, level)
    page.form.do.click()
    qtbot.waitUntil(lambda: len(page._model.lines) == count + 1 and not page._is_acting)


@pytest.fixture
def page(desk: Desk, report: Path, qtbot: QtBot) -> AttachmentsPage:
    """A PDF of three pages was dropped on the note and marked SECRET."""
    open_first(desk, qtbot)
    drop_files(desk.frame.inspector, [report])
    made = page_of(desk, qtbot)
    attach(made, "SECRET", qtbot)
    return made


def attached(page: AttachmentsPage, desk: Desk, asked: Ask) -> list[tuple[str, str]]:
    def read(session: Session) -> Note:
        return session.find_note(page._note.uid)[1].note

    note = asked(desk.clerk, read)
    assert isinstance(note, Note)
    return [(one.text, mark_text(POLICY, one.label, is_settled=one.label is not None)) for one in note.attachments]


def is_shown(page: AttachmentsPage, place: str) -> bool:
    return page.view.place.text() == place and not page.view.area._paper.pixmap().isNull()


def test_a_dropped_file_is_attached_under_the_mark_that_is_asked_for(
    desk: Desk, report: Path, asked: Ask, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    drop_files(desk.frame.inspector, [report])
    page = page_of(desk, qtbot)

    assert page.form.question.text() == "Which mark does “rapport.pdf” bear?"
    assert page.form.picker.filter.hasFocus()
    assert not page.form.do.isEnabled()
    assert not page.is_settled
    attach(page, "SECRET", qtbot)
    assert page.notice.sentence == "“rapport.pdf” is attached: revision 2."
    assert attached(page, desk, asked) == [("rapport.pdf", "S")]
    assert desk.frame.strips.top.text == "SECRET"


@LINUX
def test_pages_are_turned_and_zoomed_by_keys(page: AttachmentsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_shown(page, "Page 1 of 3"), timeout=20_000)
    area, width = page.view.area, page.view.area._paper.width()
    area.setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: is_shown(page, "Page 2 of 3"))
    qtbot.waitUntil(lambda: area._pixmap.toImage().pixelColor(5, 5).name() == "#ff0000")

    QTest.keyClick(area, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: area._paper.width() > width)
    assert page.view.zoom.text() == "125 %"
    page.view.previous.click()
    qtbot.waitUntil(lambda: is_shown(page, "Page 1 of 3"))
    assert not page.view.previous.isEnabled()


@LINUX
def test_what_cannot_be_shown_is_said_and_stays_attached(page: AttachmentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    locked, other = tmp_path / "clos.pdf", tmp_path / "image.png"
    locked.write_bytes(locked_pdf())
    other.write_bytes(file_of(colours(), "PNG"))
    drop_files(page, [locked, other])
    attach(page, "DIFFUSION", qtbot)
    attach(page, "NON", qtbot)
    qtbot.waitUntil(lambda: is_shown(page, "Page 1 of 1"), timeout=20_000)

    # A small picture is shown as large as it is.
    assert page.view.area._pixmap.width() == 60
    page.choose(2)
    qtbot.waitUntil(lambda: "locked with a password" in page.view.sentence.text(), timeout=20_000)
    assert page.view.area._pixmap.isNull()
    assert [line.file.name for line in page._model.lines] == ["rapport.pdf", "clos.pdf", "image.png"]


def test_a_mark_is_raised_at_once_and_lowered_for_a_reason(
    page: AttachmentsPage, desk: Desk, asked: Ask, qtbot: QtBot
) -> None:
    page.mark.click()
    pick_level(page, "DIFFUSION")

    assert not page.form.do.isEnabled()
    QTest.keyClicks(page.form.reason, "extrait public")
    page.form.do.click()
    qtbot.waitUntil(lambda: page.notice.sentence == "“rapport.pdf” is marked anew.")
    assert attached(page, desk, asked) == [("rapport.pdf", "DR")]
    page.mark.click()
    pick_level(page, "SECRET")
    assert not page.form.reason.isVisible()
    page.form.do.click()
    qtbot.waitUntil(lambda: page.notice.sentence != "" and attached(page, desk, asked) == [("rapport.pdf", "S")])


def test_what_is_taken_out_is_out_of_the_note_that_is_written_on(
    page: AttachmentsPage, desk: Desk, asked: Ask, qtbot: QtBot
) -> None:
    page.detach.click()
    qtbot.waitUntil(lambda: page.nothing.isVisible())
    page._back.click()
    qtbot.waitUntil(lambda: desk.pages.page is None and not desk.editor.view.isReadOnly())
    type_at_end(desk, " Suite.")
    with qtbot.waitSignal(desk.writing.kept):
        desk.writing.keep(lambda note: None)

    assert attached(page, desk, asked) == []


def test_the_note_that_is_written_on_keeps_what_was_attached_and_shows_it(
    page: AttachmentsPage, desk: Desk, asked: Ask, qtbot: QtBot
) -> None:
    page._back.click()
    qtbot.waitUntil(lambda: desk.pages.page is None and not desk.editor.view.isReadOnly())
    type_at_end(desk, " Suite.")
    with qtbot.waitSignal(desk.writing.kept):
        desk.writing.keep(lambda note: None)

    assert attached(page, desk, asked) == [("rapport.pdf", "S")]
    view = desk.frame.inspector._attachments
    assert {"S", "rapport.pdf"} <= {one.accessibleName() for one in view.findChildren(QWidget)}
    desk.frame.portion_chosen.emit(1_000_001)
    assert page_of(desk, qtbot).chosen is not None


def test_it_is_saved_out_only_where_the_settings_allow_it(
    page: AttachmentsPage, desk: Desk, tmp_path: Path, report: Path, qtbot: QtBot
) -> None:
    line, folder = page.chosen, tmp_path / "dehors"
    folder.mkdir()
    assert line is not None
    page.save.click()
    assert "may_save_attachments" in page.notice.sentence, "no folder is asked for"
    page.notice.clear()
    page._save(line, folder)
    qtbot.waitUntil(lambda: "may_save_attachments" in page.notice.sentence)
    assert list(folder.iterdir()) == []

    settings = replace(desk.clerk.session.settings, may_save_attachments=True)
    desk.clerk.session = replace(desk.clerk.session, settings=settings)
    page._save(line, folder)
    qtbot.waitUntil(lambda: "entered in the register" in page.notice.sentence)
    assert (folder / "rapport.pdf").read_bytes() == report.read_bytes()


def test_leaving_ends_the_process_and_waits_for_what_changes_the_note(
    page: AttachmentsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.detach.click()
    page._back.click()

    assert page._showing._viewers == []
    assert desk.pages.page is page
    qtbot.waitUntil(lambda: desk.pages.page is None)
    qtbot.waitUntil(lambda: desk.editor.note().attachments == ())


@LINUX
def test_everything_is_reached_by_tab_and_has_a_name(page: AttachmentsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_shown(page, "Page 1 of 3"), timeout=20_000)
    page.table.setFocus()

    reached: list[str] = []
    while (present := QApplication.focusWidget()) is not None and len(reached) < 12:
        reached.append(present.accessibleName())
        QTest.keyClick(present, Qt.Key.Key_Tab)

    assert reached[:9] == [
        "Attachments",
        "Next page (Page Down)",
        "Smaller (Ctrl+-)",
        "Larger (Ctrl++)",
        "Page of the attachment",
        "Attach files…",
        "Mark…",
        "Take out",
        "Save outside the vault…",
    ]


def test_a_file_on_its_way_in_is_given_up(
    page: AttachmentsPage, desk: Desk, asked: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    large = tmp_path / "grand.bin"
    large.write_bytes(bytes(64 << 20))
    page.take([large])
    pick_level(page, "SECRET")
    page.form.do.click()
    page._give_up_adding()
    qtbot.waitUntil(lambda: not page._is_acting, timeout=20_000)

    assert page.notice.sentence == "Nothing was attached."
    assert attached(page, desk, asked) == [("rapport.pdf", "S")]


def test_a_note_that_was_received_is_looked_at_and_stays_as_it_was_made(
    page: AttachmentsPage, report: Path, qtbot: QtBot
) -> None:
    origin = Origin(fingerprint="0" * 64, reference="2026-00007")
    received = AttachmentsPage(page.clerk, replace(page._note, title=replace(page._note.title, origin=origin)))
    qtbot.addWidget(received)

    received.take([report])

    assert received.notice.sentence == "This note was received: it stays as its sender made it."
    acts = (received.attach, received.mark, received.detach, received.save)
    assert [one.isEnabled() for one in acts] == [False, False, False, True]


def test_without_a_note_a_dropped_file_has_no_place(desk: Desk, report: Path) -> None:
    drop_files(desk.frame.page, [report])

    assert desk.frame.page.notice.sentence == "Open a note first: a file is attached to one."
