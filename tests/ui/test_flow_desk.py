"""The desk of an open vault: notes listed, written, kept, searched; and where its pages lead."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import add_compartment
from cloison.actions.people import contacts
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.labels.label import new_label
from cloison.labels.marks import portion_mark
from cloison.notes.evaluation import NUMBER
from cloison.notes.note import Note
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.desk.desk import Desk
from cloison.ui.desk.writing import DRAFT_MS
from cloison.ui.directory.page import DirectoryPage
from cloison.ui.dissemination.page import DisseminatePage
from cloison.ui.editor.document import NoNoteError
from cloison.ui.editor.live import NoteMarking
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.person.access_page import AccessPage
from cloison.ui.person.passphrase_page import PassphrasePage
from cloison.ui.picker.picking import Picking
from cloison.ui.printing.page import PrintPage
from cloison.ui.registers.page import RegisterPage
from cloison.ui.view_stack import ViewStack
from cloison.ui.window.values import Flow
from cloison.vault.label_shelf import AtHand, marking_of
from cloison.vault.note_search import Order
from cloison.wording.dates import time_of_day
from desks import Ask, Desks, open_first, stored, texts, type_at_end
from office import COMPARTMENT, OFFICER, PARTNER, READER, TITLE, Office, opened
from service import Clock, words_for

CTRL = Qt.KeyboardModifier.ControlModifier


def test_compartments_and_notes_are_there(desk: Desk) -> None:
    assert [one.name for one in desk.listing.compartments] == [COMPARTMENT]
    assert desk.frame.list.rows.note(0).title == TITLE.removeprefix("[S] ")
    assert desk.frame.strips.top.text == "SECRET"


def test_choosing_a_note_shows_it_with_its_banner_and_readers(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)

    assert texts(desk)[1] == "Le rendez-vous a eu lieu à Lyon."
    assert desk.frame.strips.top.text == "SECRET – SPÉCIAL FRANCE"
    qtbot.waitUntil(lambda: desk.frame.inspector._readers.isVisible())


def test_what_is_typed_is_soon_a_draft_on_the_disk(desk: Desk, office: Office, asked: Ask, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    with qtbot.waitSignal(desk.writing.draft_kept):
        type_at_end(desk, " Suite.")

    assert DRAFT_MS < 500

    note, revision, draft = stored(desk, asked, office.note)
    assert revision == 1
    assert draft is not None
    assert draft.portions[-1].text.endswith("Brest. Suite.")
    assert note.portions[-1].text.endswith("Brest.")


def test_leaving_a_note_keeps_a_revision(desk: Desk, office: Office, asked: Ask, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    type_at_end(desk, " Suite.")
    with qtbot.waitSignal(desk.writing.kept):
        desk._start_note()

    note, revision, draft = stored(desk, asked, office.note)
    assert (revision, draft) == (2, None)
    assert note.portions[-1].text.endswith("Suite.")


def test_ctrl_s_keeps_a_revision_and_a_second_time_nothing(
    desk: Desk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    type_at_end(desk, " Suite.")
    with qtbot.waitSignal(desk.writing.kept):
        QTest.keyClick(desk.editor.view, Qt.Key.Key_S, CTRL)
    assert stored(desk, asked, office.note)[1] == 2

    with qtbot.assertNotEmitted(desk.writing.kept, wait=100):
        QTest.keyClick(desk.editor.view, Qt.Key.Key_S, CTRL)


def test_ctrl_n_begins_a_note_and_typing_puts_it_in_the_list(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.writing.opened):
        QTest.keyClick(desk.frame, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: desk.editor.view.hasFocus())
    QTest.keyClicks(desk.editor.view, "Un titre")
    with qtbot.waitSignal(desk.writing.kept):
        QTest.keyClick(desk.editor.view, Qt.Key.Key_S, CTRL)

    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 2)
    assert desk.frame.list.rows.note(0).title == "Un titre"
    assert desk.frame.list.rows.note(0).label is None


def test_a_note_in_which_nothing_was_written_is_left_without_a_trace(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.writing.opened):
        desk._start_note()
    open_first(desk, qtbot)

    counted = asked(desk.clerk, lambda session: session.open_compartments()[0].notes.count())
    assert counted == 1
    assert asked(desk.clerk, lambda session: session.open_compartments()[0].drafts.all()) == ()


def test_of_two_notes_asked_for_in_haste_only_the_last_is_shown(desk: Desk, qtbot: QtBot) -> None:
    shown: list[object] = []
    desk.writing.opened.connect(shown.append)
    desk._start_note()
    desk._start_note()
    qtbot.waitUntil(lambda: desk.clerk.kit.runner.is_idle and desk.writing.uid is not None)
    qtbot.wait(20)

    assert shown == [None]


@pytest.mark.parametrize("what", ["disseminate", "print"])
def test_a_note_in_which_nothing_was_written_leads_nowhere(desk: Desk, qtbot: QtBot, what: str) -> None:
    with qtbot.waitSignal(desk.writing.opened):
        desk._start_note()
    getattr(desk.frame.inspector, what).click()

    assert desk.frame.page.notice.sentence == "Nothing is written in this note yet."
    assert desk.pages.page is None


def test_searching_lists_what_holds_the_words(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.frame, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(lambda: desk.frame.list.line.field.hasFocus())
    desk.frame.list.line.field.setText("fournisseur")
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)

    desk.frame.list.line.field.setText("introuvable")
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 0)


def test_a_search_that_is_not_understood_yet_says_so_in_place_of_the_list(desk: Desk, qtbot: QtBot) -> None:
    notes = desk.frame.list
    notes.line.field.setText("fournisseur date:31/02/2026")
    qtbot.waitUntil(lambda: notes.rows.rowCount() == 0)
    assert "date:31/02/2026" in notes._empty.text()
    assert notes._empty.isVisible()

    notes.line.field.setText("fournisseur date:2026..")

    qtbot.waitUntil(lambda: notes.rows.rowCount() == 1)


def test_the_order_is_asked_for_where_something_is_searched(desk: Desk, qtbot: QtBot) -> None:
    line = desk.frame.list.line
    assert not line._order.isVisible()
    line.field.setText("fournisseur NOT introuvable")
    assert line._order.isVisible()

    with qtbot.waitSignal(line.order_changed):
        line._order.setFocus()
        QTest.keyClick(line._order, Qt.Key.Key_Down)

    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    assert line.order is Order.RELEVANCE


def test_a_fall_of_a_mark_is_a_revision_at_once_with_its_reason(
    desk: Desk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    desk.editor.go_to(3)
    desk.editor.view.mark(LevelChoice(classification="DIFFUSION RESTREINTE"))
    desk.editor._reason._reason.setText("Publié depuis")
    with qtbot.waitSignal(desk.writing.kept):
        desk.editor._reason._lower.click()

    history = asked(desk.clerk, lambda session: session.find_note(office.note)[0].notes.revisions(office.note))
    assert isinstance(history, tuple)
    assert [change.reason for change in history[-1].changes] == ["Publié depuis"]


def test_the_last_words_are_the_draft(desks: Desks, office: Office, qtbot: QtBot, clock: Clock) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    type_at_end(desk, " Dernier mot.")
    desks.end(desk)

    session = opened(office.officer, clock)
    draft = session.find_note(office.note)[0].drafts.get(office.note)
    session.vault.close()
    assert draft is not None
    assert draft.portions[-1].text.endswith("Dernier mot.")


def test_unmarked_text_in_a_marked_paragraph_is_still_worth_its_mark_after_a_lock(
    desks: Desks, office: Office, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    desk.editor.go_to(3)
    foreign = QMimeData()
    foreign.setText("venu d’ailleurs ")
    desk.editor.view.insertFromMimeData(foreign)
    desks.end(desk)

    again = desks.open(office.officer)
    qtbot.waitUntil(lambda: again.writing.uid == office.note)
    standing = again.editor.document.standings()[3]
    assert standing.label is not None
    assert (standing.label.classification, standing.is_settled) == ("SECRET", False)
    assert again.editor.document.standings()[2].is_settled


def test_the_next_session_goes_on_where_the_last_one_ended(
    desks: Desks, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    type_at_end(desk, " Dernier mot.")
    desks.end(desk)

    again = desks.open(office.officer)
    qtbot.waitUntil(lambda: again.writing.uid == office.note)
    assert texts(again)[-1].endswith("Dernier mot.")
    with qtbot.waitSignal(again.writing.kept):
        again._save()
    assert stored(again, asked, office.note)[1:] == (2, None)


def test_a_draft_that_is_opened_says_when_its_words_were_kept(
    desks: Desks, office: Office, qtbot: QtBot, clock: Clock
) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    clock.advance(hours=3)
    type_at_end(desk, " Dernier mot.")
    desks.end(desk)

    again = desks.open(office.officer)
    qtbot.waitUntil(lambda: again.writing.uid == office.note)
    kept_at = time_of_day(clock.now, again.clerk.words)
    assert again.frame.page.foot._saved.text() == f"Saved at {kept_at} · revision 1"


def test_a_note_that_was_never_saved_is_found_again_too(desks: Desks, office: Office, qtbot: QtBot) -> None:
    desk = desks.open(office.officer)
    with qtbot.waitSignal(desk.writing.opened):
        desk._start_note()
    type_at_end(desk, "Premiers mots")
    uid = desk.writing.uid
    desks.end(desk)

    again = desks.open(office.officer)
    qtbot.waitUntil(lambda: again.writing.uid == uid)
    qtbot.waitUntil(lambda: again.frame.list.rows.rowCount() == 2)
    assert texts(again)[-1] == "Premiers mots"


def test_a_mark_set_in_a_draft_is_in_the_history_of_the_next_revision(
    desks: Desks, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    desk.editor.go_to(1)
    desk.editor.view.mark(LevelChoice(classification="SECRET"))
    desks.end(desk)

    again = desks.open(office.officer)
    qtbot.waitUntil(lambda: again.writing.uid == office.note)
    with qtbot.waitSignal(again.writing.kept):
        again._save()
    history = asked(again.clerk, lambda session: session.find_note(office.note)[0].notes.revisions(office.note))
    assert isinstance(history, tuple)
    (change,) = history[-1].changes
    assert (change.before.classification, change.after.classification) == ("NON PROTÉGÉ", "SECRET")


def test_a_note_above_the_ceiling_stays_a_draft_and_that_is_said(
    desks: Desks, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer)
    asked(desk.clerk, add_low_compartment)
    desk.listing.refresh()
    qtbot.waitUntil(lambda: len(desk.listing.compartments) == 2)
    low = next(one.id for one in desk.listing.compartments if one.name == "Bas")
    desk._choose_compartment(low)
    with qtbot.waitSignal(desk.writing.opened):
        desk._start_note()
    type_at_end(desk, "Trop haut")
    desk.editor.view.mark(LevelChoice(classification="SECRET"))
    desk._save()

    qtbot.waitUntil(lambda: desk.frame.page.notice.isVisible())
    assert desk.frame.page.notice.sentence.startswith("The note is above the ceiling of this compartment")
    uid = desk.writing.uid
    assert uid is not None
    draft = asked(desk.clerk, lambda session: session.vault.compartment(low).drafts.get(uid))
    assert isinstance(draft, Note)


def add_low_compartment(session: Session) -> None:
    ceiling = new_label(session.policy, classification="DIFFUSION RESTREINTE", created=session.now())
    add_compartment(session, "Bas", ceiling=ceiling, need_to_know=False)


@pytest.mark.parametrize(
    ("flow", "kind"),
    [
        (Flow.ARRIVALS, RegisterPage),
        (Flow.DISPATCHES, RegisterPage),
        (Flow.COPIES, RegisterPage),
        (Flow.DIRECTORY, DirectoryPage),
        (Flow.PERSON, AccessPage),
    ],
)
def test_the_rail_leads_to_pages_and_escape_back(
    desk: Desk, qtbot: QtBot, flow: Flow, kind: type[RegisterPage | DirectoryPage | AccessPage]
) -> None:
    open_first(desk, qtbot)
    desk.frame.rail._flows[flow].click()
    page = desk.pages.page
    assert isinstance(page, kind)
    assert desk.frame.strips.top.text == "NON PROTÉGÉ"
    qtbot.waitUntil(lambda: desk.clerk.kit.runner.is_idle)

    QTest.keyClick(page, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: desk.pages.page is None)
    assert desk.frame.page.is_note_shown
    assert desk.frame.strips.top.text == "SECRET – SPÉCIAL FRANCE"


def test_disseminating_keeps_the_note_first_and_leads_to_its_sheet(
    desk: Desk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    type_at_end(desk, " Suite.")
    desk.frame.inspector.disseminate.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, DisseminatePage))

    assert stored(desk, asked, office.note)[1:] == (2, None)
    assert desk.frame.strips.top.text == "SECRET – SPÉCIAL FRANCE"


def test_an_unmarked_paragraph_is_gone_to_from_the_sheet(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    QApplication.clipboard().setText("Venu d’ailleurs")
    desk.editor.go_to(1)
    QTest.keyClick(desk.editor.view, Qt.Key.Key_End)
    QTest.keyClick(desk.editor.view, Qt.Key.Key_Return)
    desk.editor.view.paste()
    number = desk.editor.marking.unmarked[0]
    desk.frame.inspector.disseminate.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, DisseminatePage))
    page = desk.pages.page
    assert isinstance(page, DisseminatePage)
    assert not desk.frame.strips.top.is_settled

    page._unmarked.ways[0].click()

    qtbot.waitUntil(lambda: desk.pages.page is None)
    assert desk.editor.view.textCursor().blockNumber() == number
    assert desk.frame.focusWidget() is desk.editor.view


def test_text_from_outside_is_kept_with_what_it_is_at_least_worth(desks: Desks, office: Office, qtbot: QtBot) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    QApplication.clipboard().setText("venu d’ailleurs")
    desk.editor.go_to(3)
    with qtbot.waitSignal(desk.writing.kept):
        desk.editor.view.paste()
    desks.end(desk)

    again = desks.open(office.officer)
    qtbot.waitUntil(lambda: again.frame.list.rows.rowCount() == 1)
    open_first(again, qtbot)
    standing = again.editor.document.standings()[3]
    assert standing.label is not None
    assert (standing.label.classification, standing.is_settled) == ("SECRET", False)


def test_nothing_is_asked_of_or_said_about_a_vault_that_the_last_words_closed(
    desks: Desks, office: Office, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    began: list[bool] = []

    def in_slices(session: Session, task: object) -> Generator[None, None, None]:
        while not session.vault.is_closed:
            began.append(True)
            yield
        session.open_compartments()

    desk.clerk.ask_in_slices(desk, in_slices, lambda _: pytest.fail("was asked"), refused=desk._refuse)
    qtbot.waitUntil(lambda: bool(began))
    desks.end(desk)

    desk.listing.refresh()
    desk.searches.refresh()
    type_at_end(desk, " Trop tard.")
    desk._save()
    qtbot.waitUntil(lambda: desk.clerk.kit.runner.is_idle)
    qtbot.wait(20)
    assert desk.frame.page.notice.sentence == ""


def test_the_palette_changes_while_no_note_is_open(desk: Desk, qtbot: QtBot) -> None:
    theme = desk.clerk.kit.theme
    theme.choose("dark")
    qtbot.wait(20)
    theme.choose("light")
    open_first(desk, qtbot)

    assert texts(desk)[1] == "Le rendez-vous a eu lieu à Lyon."


def test_the_folder_of_the_last_packages_is_proposed_again(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    for typed, proposed in (("", ""), (str(tmp_path), ""), ("", str(tmp_path))):
        desk.frame.inspector.disseminate.click()
        qtbot.waitUntil(lambda: isinstance(desk.pages.page, DisseminatePage))
        page = desk.pages.page
        assert isinstance(page, DisseminatePage)
        assert page._folder.line.text() == proposed
        page._folder.line.setText(typed)
        desk._back()
        qtbot.waitUntil(lambda: desk.pages.page is None)


def test_printing_leads_to_its_sheet(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.frame.inspector.print.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, PrintPage))


def test_a_page_at_work_is_not_left_for_another(desk: Desk, tmp_path: Path, asked: Ask, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.frame.inspector.disseminate.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, DisseminatePage))
    page = desk.pages.page
    assert isinstance(page, DisseminatePage)
    page._folder.set_folder(tmp_path)
    qtbot.waitUntil(lambda: page._recipients._list.count() == 2)
    page._recipients._list.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(page._seal.isEnabled)
    page._seal.click()
    desk.frame.rail._flows[Flow.DIRECTORY].click()
    assert desk.pages.page is page

    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        pass
    desk.frame.rail._flows[Flow.DIRECTORY].click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, DirectoryPage))


@pytest.fixture
def package(office: Office, tmp_path: Path, clock: Clock) -> Path:
    officer = opened(office.officer, clock)
    reader = next(one.id for one in contacts(officer) if one.card.name == READER)
    (sealed,) = seal_note(officer, office.note, [reader], tmp_path, options=SealOptions(), words_for=words_for)
    officer.vault.close()
    return sealed.path


def test_a_package_dropped_anywhere_is_received_and_read(
    desks: Desks, office: Office, package: Path, qtbot: QtBot
) -> None:
    desk = desks.open(office.reader)
    drop(desk, package)
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, ReceivePage))
    page = desk.pages.page
    assert isinstance(page, ReceivePage)
    qtbot.waitUntil(lambda: page._accept.isVisible() and page._view.compartments.count() > 0, timeout=10_000)
    with qtbot.waitSignal(page.received):
        page._accept.click()
    page._read.click()
    qtbot.waitUntil(lambda: desk.writing.uid is not None)

    assert texts(desk)[0] == TITLE.removeprefix("[S] ")
    assert desk.editor.view.isReadOnly()
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)


def test_a_card_dropped_anywhere_goes_to_the_directory(desks: Desks, office: Office, qtbot: QtBot) -> None:
    desk = desks.open(office.reader)
    drop(desk, office.card(PARTNER))
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, DirectoryPage))
    page = desk.pages.page
    assert isinstance(page, DirectoryPage)

    qtbot.waitUntil(lambda: page.people._list.count() == 3)


def drop(desk: Desk, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    action, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    viewport = desk.editor.view.viewport()
    enter = QDragEnterEvent(QPointF(5, 5), action, mime, left, held)
    QApplication.sendEvent(viewport, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(viewport, QDropEvent(QPointF(5, 5), action, mime, left, held))


def test_the_name_of_a_dropped_file_never_gets_into_a_note(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    before = texts(desk)
    file = tmp_path / "secret name.odt"
    file.touch()
    drop(desk, file)

    assert texts(desk) == before


def test_closing_the_compartment_of_the_open_note_shows_it_no_more(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.frame.rail._flows[Flow.PERSON].click()
    page = desk.pages.page
    assert isinstance(page, AccessPage)
    qtbot.waitUntil(lambda: page.list.count() == 1)
    with qtbot.waitSignal(page.compartments_changed):
        page.turn.click()
    qtbot.waitUntil(lambda: desk.writing.uid is None)
    desk._back()

    assert not desk.frame.page.is_note_shown
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 0)


def test_the_strips_count_what_is_on_the_sheet_of_an_evaluation_before_it_is_kept(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    strip, sheets = desk.frame.strips.top, desk.editor.sheets
    before = strip.text, strip.is_settled

    sheets.open_evaluation()
    assert not strip.is_settled

    sheets._apply(new_label(desk.clerk.policy, classification="TRÈS SECRET", created=desk.clerk.session.now()))
    assert (strip.text, strip.is_settled) == ("TRÈS SECRET – SPÉCIAL FRANCE", True)

    sheets.judging.closed.emit()
    assert (strip.text, strip.is_settled) == before


def test_nothing_of_a_note_stays_in_the_editor_when_its_compartment_is_closed(
    desk: Desk, asked: Ask, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    type_at_end(desk, " Suite.")
    secret = new_label(desk.clerk.policy, classification="SECRET", created=desk.clerk.session.now())
    desk.editor.sheets.show_at_hand([AtHand(label=marking_of(secret), is_favourite=True)])
    (compartment,) = desk.listing.compartments

    asked(desk.clerk, lambda session: session.vault.close_compartment(compartment.id))
    desk.listing.refresh()
    qtbot.waitUntil(lambda: desk.writing.uid is None)

    text = desk.editor.document.text
    assert text.toPlainText() == ""
    assert not text.isUndoAvailable()
    assert desk.editor.view.accessibleDescription() == ""
    assert desk.editor.marking == NoteMarking(rolled=None, unmarked=())
    assert desk.editor.sheets.pick.picker._at_hand == ()
    with pytest.raises(NoNoteError):
        desk.editor.note()


def test_a_closed_compartment_is_opened_by_choosing_it(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    (compartment,) = desk.listing.compartments
    asked(desk.clerk, lambda session: session.vault.close_compartment(compartment.id))
    desk.listing.refresh()
    qtbot.waitUntil(lambda: desk.listing.open_ids == ())
    desk._choose_compartment(compartment.id)

    qtbot.waitUntil(lambda: desk.listing.open_ids == (compartment.id,))
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)


def test_without_an_open_compartment_no_note_is_begun(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    (compartment,) = desk.listing.compartments
    asked(desk.clerk, lambda session: session.vault.close_compartment(compartment.id))
    desk.listing.refresh()
    qtbot.waitUntil(lambda: desk.listing.open_ids == ())
    desk._start_note()

    assert desk.frame.page.notice.sentence == "Open a compartment first: a note lies in one."


def test_the_first_note_begins_in_the_first_compartment(desks: Desks, office: Office, qtbot: QtBot) -> None:
    desk = desks.open(office.officer, start_in=office.compartment)

    qtbot.waitUntil(lambda: desk.frame.page.is_note_shown and desk.editor.view.hasFocus())
    assert desk.writing.compartment_id == office.compartment


def test_who_came_in_by_the_recovery_code_is_led_to_a_new_passphrase(
    desks: Desks, office: Office, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer, by_recovery=True)

    assert isinstance(desk.pages.page, PassphrasePage)
    assert desk.pages.page._old.recovery.isVisible()


def test_a_note_that_arrives_late_does_not_push_a_page_away(desks: Desks, office: Office, qtbot: QtBot) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    type_at_end(desk, " Dernier mot.")
    desks.end(desk)

    again = desks.open(office.officer, by_recovery=True)
    qtbot.waitUntil(lambda: again.writing.uid == office.note)
    assert isinstance(again.pages.page, PassphrasePage)
    assert again.frame.page.is_guest_shown
    again._back()
    assert again.frame.page.is_note_shown


@pytest.mark.parametrize("flow", list(Flow))
def test_every_control_of_a_page_has_a_name_and_is_reached_with_tab(desk: Desk, qtbot: QtBot, flow: Flow) -> None:
    desk.flows.show(flow)
    qtbot.waitUntil(lambda: desk.clerk.kit.runner.is_idle)
    qtbot.wait(20)
    page = desk.pages.page
    assert page is not None
    controls = [
        one
        for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        for one in page.findChildren(kind)
        if one.isVisible() and not isinstance(one, QHeaderView)
    ]

    assert controls
    assert [one.objectName() or type(one).__name__ for one in controls if not one.accessibleName()] == []
    assert [one.accessibleName() for one in controls if not is_reached(one)] == []


def is_reached(control: QWidget) -> bool:
    """By Tab, or by the arrows from the chosen one of a row of choices, at which Tab stops."""
    if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return True
    group = control.group() if isinstance(control, QAbstractButton) else None
    chosen = None if group is None or not group.exclusive() else group.checkedButton()
    return chosen is not None and bool(chosen.focusPolicy() & Qt.FocusPolicy.TabFocus)


@pytest.mark.parametrize("flow", [Flow.DIRECTORY, Flow.AUTHORITY])
def test_the_arrows_go_from_view_to_view(desk: Desk, qtbot: QtBot, flow: Flow) -> None:
    desk.flows.show(flow)
    qtbot.waitUntil(lambda: desk.clerk.kit.runner.is_idle)
    assert desk.pages.page is not None
    (views,) = desk.pages.page.findChildren(ViewStack)
    names = [one.text() for one in views._choices.buttons()]
    first = views._choices.buttons()[0]
    desk.frame.activateWindow()
    qtbot.waitUntil(desk.frame.isActiveWindow)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    gone_to = []
    for _ in names:
        chosen = views._choices.checkedButton()
        assert chosen is not None
        gone_to.append(chosen.text())
        QTest.keyClick(chosen, Qt.Key.Key_Right)

    assert gone_to == names


def test_our_own_bug_is_said_by_its_kind_and_nothing_of_a_note(desk: Desk) -> None:
    desk.clerk.kit.runner.crashed.emit(ValueError("the text of a note"))

    assert "ValueError" in desk.frame.page.notice.sentence
    assert "text of a note" not in desk.frame.page.notice.sentence


def test_enter_at_the_end_of_a_title_goes_into_the_empty_paragraph_below(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.writing.opened):
        desk._start_note()
    QTest.keyClicks(desk.editor.view, "Un titre")
    QTest.keyClick(desk.editor.view, Qt.Key.Key_Return)
    QTest.keyClicks(desk.editor.view, "Le texte")

    assert texts(desk) == ["Un titre", "Le texte"]


def test_enter_within_a_title_still_parts_it(desk: Desk, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.editor.go_to(0)
    QTest.keyClick(desk.editor.view, Qt.Key.Key_End)
    QTest.keyClick(desk.editor.view, Qt.Key.Key_Return)

    assert len(texts(desk)) == 6


def at_hand(desk: Desk, asked: Ask, compartment: str) -> list[tuple[str, bool]]:
    found = asked(desk.clerk, lambda session: session.vault.compartment(compartment).labels.all())
    assert isinstance(found, tuple)
    return [(portion_mark(desk.clerk.policy, one.label), one.is_favourite) for one in found]


def test_labels_that_are_given_and_starred_are_at_hand_for_notes_of_that_compartment(
    desk: Desk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    secret = new_label(desk.clerk.policy, classification="SECRET", created=desk.clerk.kit.clock())
    open_first(desk, qtbot)
    desk.editor.go_to(1)
    desk.editor.view.mark(LevelChoice(classification="TRÈS SECRET"))
    desk.editor.sheets.starred.emit(
        new_label(desk.clerk.policy, classification="SECRET", created=desk.clerk.kit.clock())
    )

    assert at_hand(desk, asked, office.compartment) == [("[TS]", False), ("[S]", True)]
    desk.editor.sheets.unstarred.emit(secret)
    assert at_hand(desk, asked, office.compartment) == [("[TS]", False)]
    desk.editor.go_to(1)
    desk.editor.sheets.open_picker()
    rows = desk.editor.sheets.pick.picker.list.rows
    qtbot.waitUntil(lambda: (row := rows.row(1)) is not None and row.text == "TRÈS SECRET")


def test_nothing_is_at_hand_in_another_compartment(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.editor.go_to(1)
    desk.editor.view.mark(LevelChoice(classification="TRÈS SECRET"))
    other = asked(desk.clerk, lambda session: add_compartment(session, "Autre", ceiling=None, need_to_know=False).id)
    assert isinstance(other, str)

    assert at_hand(desk, asked, other) == []


def test_a_raise_is_a_revision_at_once_with_its_reason(desk: Desk, office: Office, asked: Ask, qtbot: QtBot) -> None:
    open_first(desk, qtbot)
    desk.frame.inspector.raise_asked.emit()
    sheet = desk.editor.sheets.raising
    assert sheet.isVisible()
    assert sheet.picker.picking is not None
    raised = sheet.picker.picking.pick_level("TRÈS SECRET")
    assert isinstance(raised, Picking)

    with qtbot.waitSignal(desk.writing.kept):
        sheet.asked.emit(raised.label, "pris ensemble")

    note, revision, _ = stored(desk, asked, office.note)
    assert revision == 2
    assert note.raised is not None
    assert (note.raised.reason, note.raised.by) == ("pris ensemble", OFFICER)
    history = asked(desk.clerk, lambda session: session.find_note(office.note)[0].notes.revisions(office.note))
    assert isinstance(history, tuple)
    assert [change.reason for change in history[-1].changes] == ["pris ensemble"]
    assert desk.frame.strips.top.text == "TRÈS SECRET – SPÉCIAL FRANCE"
    desk.frame.inspector.lift_asked.emit()
    assert desk.editor.sheets.lifting.isVisible()


def test_an_evaluation_asked_for_in_the_inspector_is_kept_and_stops_printing_until_it_is_marked(
    desk: Desk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    open_first(desk, qtbot)
    desk.frame.inspector.evaluation_asked.emit()
    desk.editor.sheets.judging.kept.emit()
    with qtbot.waitSignal(desk.writing.kept):
        desk._save()

    note, _, _ = stored(desk, asked, office.note)
    assert note.evaluation is not None
    assert note.unmarked == (NUMBER,)
    desk.editor.sheets.close()
    desk.frame.portion_chosen.emit(NUMBER)
    assert desk.editor.sheets.judging.isVisible()
