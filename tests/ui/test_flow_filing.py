"""Notes brought in, begun with a template, written out, moved, deleted, destroyed and linked at a desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cloison.actions.bin import bin_note, list_bin
from cloison.actions.compartments import add_compartment
from cloison.actions.links import link_notes, links_of
from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.notes.link import LinkKind
from cloison.registers.facts import Kind
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.filing.bin_page import BinPage
from cloison.ui.filing.import_page import ImportPage
from cloison.ui.filing.links_page import LinksPage
from cloison.ui.filing.merge_page import MergePage
from cloison.ui.filing.move_page import MovePage
from cloison.ui.notice import Tone
from cloison.ui.two_lines import DETAIL_ROLE
from cloison.ui.window.values import Flow
from desks import open_first, texts, type_at_end
from service import write_marked

Ask = Callable[[Clerk, Callable[[Session], object]], object]
OTHER = "Dossier Bravo"
OFFSCREEN = r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))"


@pytest.fixture
def two(desk: Desk, asked: Ask, qtbot: QtBot) -> Desk:
    """A desk with a second compartment, and a second note in the first one."""

    def fill(session: Session) -> None:
        add_compartment(session, OTHER, ceiling=None, need_to_know=False)
        write_marked(session, session.open_compartments()[0], "[NP] Suite", ["[DR] La suite."])

    asked(desk.clerk, fill)
    desk.listing.refresh()
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 2 and len(desk.listing.open_ids) == 2)
    return desk


def page_of(desk: Desk, kind: type[QWidget], qtbot: QtBot) -> QWidget:
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, kind))
    found = desk.pages.page
    assert found is not None
    return found


def do(desk: Desk, name: str) -> None:
    """What Ctrl+K finds under that name."""
    next(one for one in desk.commands.now() if one.name == name).act()


def said(desk: Desk) -> str:
    return desk.frame.page.notice.sentence


def menu_entries(desk: Desk, qtbot: QtBot) -> list[str]:
    """Of the menu that comes up; it is gone then."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    found = [one.text() for one in menu.actions()]
    menu.close()
    return found


def select_all(desk: Desk, count: int) -> None:
    desk.frame.list.view.selectAll()
    assert len(desk.frame.list.picked) == count


def result(page: ImportPage, row: int) -> str:
    return str(page.list.item(row).data(DETAIL_ROLE))


def test_several_files_dropped_on_the_list_become_notes_each_with_its_result(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    good, bad, marked = tmp_path / "un.md", tmp_path / "deux.odt", tmp_path / "trois.txt"
    good.write_text("# Titre\n\nSans marque.\n", encoding="utf-8")
    bad.write_text("x", encoding="utf-8")
    marked.write_text("[DR] Titre\n\n[S] Secret.\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in (good, bad, marked)])
    action, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view = desk.frame.list.view
    at = QPointF(view.mapTo(desk.frame, view.rect().center()))
    QApplication.sendEvent(desk.frame, QDragEnterEvent(at, action, mime, left, held))
    QApplication.sendEvent(desk.frame, QDropEvent(at, action, mime, left, held))

    page = page_of(desk, ImportPage, qtbot)
    assert isinstance(page, ImportPage)
    assert not page.is_settled, "the names of files have no mark"
    qtbot.waitUntil(lambda: page.notice.sentence == "2 of 3 files were imported.")

    assert page.notice.tone is Tone.BEWARE
    assert "1 paragraph · 2 not marked" in result(page, 0)
    assert "not read" in result(page, 1) or "kind" in result(page, 1)
    assert "not marked" not in result(page, 2)
    page.list.setCurrentRow(1)
    assert not page.open.isEnabled()
    page.list.setCurrentRow(2)
    page.open.click()
    qtbot.waitUntil(lambda: desk.writing.uid is not None)
    assert texts(desk) == ["Titre", "Secret."]


def test_a_note_is_begun_with_a_template_from_the_bar_of_commands(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    original = texts(desk)
    qtbot.waitUntil(lambda: "Use it as a template" in [one.name for one in desk.commands.now()])
    do(desk, "Use it as a template")
    qtbot.waitUntil(lambda: desk.beside.is_template)
    assert "is a template of its compartment now" in said(desk)
    first = desk.writing.uid
    strip = desk.frame.strips.top

    desk.filing.offer_templates()
    qtbot.waitUntil(desk.frame.commands.isVisible)
    names = [one.name for one in desk.frame.commands._commands]
    assert names == ["Entretien du 20 novembre", "Report", "Source debrief", "Summary"]
    assert strip.isVisible()
    QTest.keyClick(desk.frame.commands.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.writing.uid not in (None, first))
    assert texts(desk) == original
    assert desk.editor.marking.unmarked == ()


def test_titles_among_the_commands_count_for_the_strips(desk: Desk, qtbot: QtBot, asked: Ask) -> None:
    asked(desk.clerk, lambda session: session.open_compartments()[0].templates.add(desk.frame.list.rows.uid(0)))
    desk.frame.list.hide()
    seen: list[tuple[object, ...]] = []
    desk.frame.commands.seen_changed.connect(seen.append)

    desk.filing.offer_templates()
    qtbot.waitUntil(desk.frame.commands.isVisible)
    desk.frame.commands.leave()

    assert [len(one) for one in seen] == [1, 0]


def test_a_note_is_written_to_a_file_of_ones_choice(desk: Desk, tmp_path: Path, asked: Ask, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    do(desk, "Export as text…")
    dialog = desk.frame.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "note.txt"))
    dialog.close()

    qtbot.waitUntil(lambda: "entered in the register" in said(desk))

    assert "[S] Le calendrier" in (tmp_path / "note.txt").read_text(encoding="utf-8")
    entered = asked(desk.clerk, lambda session: lines(session, Kind.EXPORT))
    assert isinstance(entered, tuple)
    assert len(entered) == 1


def test_what_is_typed_goes_along_when_a_note_is_deleted_and_taken_back(two: Desk, qtbot: QtBot, asked: Ask) -> None:
    open_first(two, qtbot)
    uid = two.writing.uid
    type_at_end(two, " et encore")

    do(two, "Delete: into the bin")
    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 1)
    assert two.writing.uid is None
    assert said(two) == "1 note is in the bin."
    two.frame.page.notice.act.click()
    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 2)

    assert said(two) == "1 note is back."
    assert not two.frame.page.notice.act.isVisible()
    kept = asked(two.clerk, lambda session: session.find_note(str(uid))[1].note)
    assert "et encore" in str(kept)


def test_several_notes_are_moved_and_the_lists_follow(two: Desk, qtbot: QtBot, asked: Ask) -> None:
    select_all(two, 2)
    two.frame.list.several.move_them.click()
    page = page_of(two, MovePage, qtbot)
    assert isinstance(page, MovePage)
    page.places.pick(next(one.id for one in two.listing.compartments if one.name == OTHER))
    page.go.click()

    qtbot.waitUntil(lambda: "2 notes were moved" in said(two))

    assert two.pages.page is None
    qtbot.waitUntil(lambda: {one.name: one.notes for one in two.listing.compartments}[OTHER] == 2)


def test_a_move_that_stops_says_why_and_keeps_the_rest(two: Desk, qtbot: QtBot) -> None:
    select_all(two, 2)
    two.frame.list.several.move_them.click()
    page = page_of(two, MovePage, qtbot)
    assert isinstance(page, MovePage)
    page.places.pick(next(one.id for one in two.listing.compartments if one.name != OTHER))
    page.go.click()

    qtbot.waitUntil(lambda: page.notice.tone is Tone.REFUSED and bool(page.notice.sentence))
    assert page.go.isEnabled()
    assert two.pages.page is page


def test_what_is_left_of_several_is_not_opened_by_itself(two: Desk, qtbot: QtBot, asked: Ask) -> None:
    select_all(two, 2)
    asked(two.clerk, lambda session: bin_note(session, two.frame.list.picked[0]))

    two.listing.refresh()
    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 1)

    assert two.frame.list.picked == ()
    assert not two.frame.list.several.isVisible()
    assert two.writing.uid is None


def test_the_bin_gives_back_and_destroys_with_a_reason(two: Desk, qtbot: QtBot, asked: Ask) -> None:
    select_all(two, 2)
    two.frame.list.several.delete_them.click()
    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 0)
    two.frame.flow_chosen.emit(Flow.BIN)
    page = page_of(two, BinPage, qtbot)
    assert isinstance(page, BinPage)
    qtbot.waitUntil(lambda: len(page._model.lines) == 2)
    assert page.shown_label is not None

    page.destroy_it.click()
    assert page.destroying.reason.hasFocus()
    assert not page.destroying.destroy_it.isEnabled()
    page.destroying.reason.setText("Écrite ici par erreur")
    page.destroying.destroy_it.click()
    qtbot.waitUntil(lambda: len(page._model.lines) == 1)
    assert "was destroyed" in page.notice.sentence
    page.restore.click()
    qtbot.waitUntil(lambda: page._model.lines == ())

    assert asked(two.clerk, lambda session: list_bin(session)) == ()
    assert page._nothing.isVisible()
    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 1)


def test_notes_are_linked_seen_from_both_ends_followed_and_unlinked(two: Desk, qtbot: QtBot, asked: Ask) -> None:
    open_first(two, qtbot)
    first, other = str(two.writing.uid), two.frame.list.rows.uid(1)
    two.frame.inspector.links.show_all.click()
    page = page_of(two, LinksPage, qtbot)
    assert isinstance(page, LinksPage)
    qtbot.waitUntil(lambda: page.picker.list.count() == 1)
    assert page.picker.present == other, "a note is not linked with itself"
    page.kind.setCurrentIndex(page.kind.findData(LinkKind.CONTRADICTS))
    page.link.click()
    qtbot.waitUntil(lambda: page.list.count() == 1)

    page.open.click()
    qtbot.waitUntil(lambda: two.writing.uid == other)
    opener = two.frame.inspector.links
    qtbot.waitUntil(lambda: opener._lines.count() == 2)
    told = asked(two.clerk, lambda session: [one.direction.value for one in links_of(session, other)])
    assert told == ["from"]
    shown = opener.findChildren(QPushButton)
    next(one for one in shown if one.isVisible() and "open it" in one.accessibleName()).click()
    qtbot.waitUntil(lambda: two.writing.uid == first)
    two.filing.show_links()
    again = page_of(two, LinksPage, qtbot)
    assert isinstance(again, LinksPage)
    qtbot.waitUntil(lambda: again.list.count() == 1)
    again.remove.click()
    qtbot.waitUntil(lambda: again.list.count() == 0)
    assert again.notice.sentence == "The link was removed. The notes stay."


def test_a_compartment_is_closed_with_what_is_written_kept_and_opened_again(two: Desk, qtbot: QtBot) -> None:
    open_first(two, qtbot)
    place = two.writing.compartment_id
    line = next(one for one in two.listing.compartments if one.id == place)
    type_at_end(two, " et encore")

    next(one for one in two.commands.now() if (one.name, one.detail) == ("Close the compartment", line.name)).act()
    qtbot.waitUntil(lambda: place not in two.listing.open_ids)
    assert said(two) == f"“{line.name}” is closed: nothing of it shows but its name."
    assert two.writing.uid is None
    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 0)
    assert dict(two.frame.list.rows._lines) == {}
    two.frame.page.notice.act.click()

    qtbot.waitUntil(lambda: two.frame.list.rows.rowCount() == 2)
    open_first(two, qtbot)
    assert "et encore" in texts(two)[-1]


def test_a_link_to_a_note_in_a_compartment_that_is_closed_is_out_of_sight_at_once(
    two: Desk, qtbot: QtBot, asked: Ask
) -> None:
    def link(session: Session) -> str:
        other = next(one for one in session.open_compartments() if one.name == OTHER)
        far = write_marked(session, other, "[S] Ailleurs", ["[S] Là-bas."]).uid
        here = next(one for one in session.open_compartments() if one.name != OTHER).notes.list(limit=9)[-1].uid
        link_notes(session, here, LinkKind.FOLLOWS, far)
        return here

    two.writing.open(str(asked(two.clerk, link)))
    two.listing.refresh()
    links = two.frame.inspector.links
    qtbot.waitUntil(lambda: links._lines.count() == 2)

    two.places.close(next(one for one in two.listing.compartments if one.name == OTHER))

    qtbot.waitUntil(lambda: links._lines.count() == 0)
    assert two.writing.uid is not None


def test_a_compartment_is_merged_into_another_and_is_in_no_list(two: Desk, qtbot: QtBot) -> None:
    line = next(one for one in two.listing.compartments if one.name != OTHER)
    two.places.merge(line)
    page = page_of(two, MergePage, qtbot)
    assert isinstance(page, MergePage)
    page.places.itemActivated.emit(page.places.currentItem())
    assert page.go.isEnabled(), "Enter in the list merges nothing yet"
    page.go.click()

    qtbot.waitUntil(lambda: "was merged and put away: 2 notes moved." in said(two))

    qtbot.waitUntil(lambda: [one.name for one in two.listing.compartments] == [OTHER])


ON_NOTE = ["Export as text…", "Export as JSON…", "Export as a numbered PDF…", "Use it as a template", "Links…", "Move…"]


@pytest.mark.qt_log_ignore(OFFSCREEN, extend=True)
def test_a_right_click_in_the_list_opens_that_note_and_offers_what_is_done_with_it(two: Desk, qtbot: QtBot) -> None:
    view = two.frame.list.view
    at = view.visualRect(two.frame.list.rows.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    QApplication.sendEvent(
        view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    )

    assert menu_entries(two, qtbot) == [
        "Disseminate…",
        "Print…",
        "History…",
        *ON_NOTE,
        "Delete: into the bin",
    ]
    assert two.writing.uid == two.frame.list.rows.uid(1)


@pytest.mark.qt_log_ignore(OFFSCREEN, extend=True)
def test_shift_f10_and_the_menu_key_offer_the_same_at_the_line_that_is_current(two: Desk, qtbot: QtBot) -> None:
    open_first(two, qtbot)
    view = two.frame.list.view
    QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    by_chord = menu_entries(two, qtbot)
    far = QPoint(5, view.height() - 5)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, far, view.mapToGlobal(far)))

    assert by_chord == menu_entries(two, qtbot)
    assert by_chord[3:-1] == ON_NOTE


@pytest.mark.qt_log_ignore(OFFSCREEN, extend=True)
def test_several_that_are_picked_have_a_menu_of_what_is_done_with_all_of_them(two: Desk, qtbot: QtBot) -> None:
    open_first(two, qtbot)
    select_all(two, 2)
    QTest.keyClick(two.frame.list.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

    assert menu_entries(two, qtbot) == ["Disseminate them…", "Move…", "Delete"]
