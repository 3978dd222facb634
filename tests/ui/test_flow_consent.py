"""What came from another service stays until its originator's consent is recorded, from the cell that says so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import named_compartment
from cloison.actions.consent import consents_for
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.notes.note import Note
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.page import DisseminatePage
from cloison.ui.notice import Tone
from cloison.vault.consent_store import StoredConsent
from office import OFFICER, READER, RECEIVED, Office, opened
from service import Clock, words_for

Ask = Callable[[Clerk, Callable[[Session], object]], object]
REASON = "its originator’s consent is not on record"


@pytest.fixture
def note(office: Office, tmp_path: Path, clock: Clock) -> Note:
    """The officer's note as the reader received it."""
    officer = opened(office.officer, clock)
    reader_id = next(one.id for one in contacts(officer) if one.card.name == READER)
    (sealed,) = seal_note(officer, office.note, [reader_id], tmp_path, options=SealOptions(), words_for=words_for)
    officer.vault.close()
    reader = opened(office.reader, clock)
    accepted = accept(reader, read(sealed.path, receiver(reader)), named_compartment(reader, RECEIVED).id)
    reader.vault.close()
    return accepted.note


@pytest.fixture
def page(
    clerk_of: Callable[[Path], Clerk], office: Office, note: Note, tmp_path: Path, asked: Ask, qtbot: QtBot
) -> DisseminatePage:
    """The reader's sheet with the officer as its recipient."""
    medium = tmp_path / "medium"
    medium.mkdir()
    made = DisseminatePage(clerk_of(office.reader), note, folder=medium)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made._recipients._list.count() == 1)
    known = asked(made.clerk, contacts)
    assert isinstance(known, tuple)
    made._recipients.tick(next(one.id for one in known if one.card.name == OFFICER))
    qtbot.waitUntil(lambda: made._table.plan is not None)
    return made


def cell(page: DisseminatePage, row: int) -> str:
    return str(page._table.model().index(row, 1).data())


def recorded_for(page: DisseminatePage, note: Note, asked: Ask) -> tuple[StoredConsent, ...]:
    found = asked(page.clerk, lambda session: consents_for(session, note.uid))
    assert isinstance(found, tuple)
    return found


def go_to(page: DisseminatePage, row: int) -> None:
    page._table.setFocus()
    page._table.setCurrentIndex(page._table.model().index(row, 1))


def fill(page: DisseminatePage) -> None:
    given_by, reference, day = page._consent.decision.findChildren(QLineEdit)
    given_by.setText("Colonel Mercier")
    reference.setText("2026/77")
    day.setText("20/11/2026")


def test_the_cell_and_the_bar_say_that_a_consent_is_missing(page: DisseminatePage) -> None:
    assert {cell(page, row) for row in range(4)} == {REASON}
    (sentence,) = page._refused_bar.sentences
    assert sentence.text() == (
        f"{OFFICER}: What they are cleared for came from another service, whose consent is not on record."
    )
    assert not page._seal.isEnabled()


def test_the_way_to_record_it_is_offered_in_such_a_cell_alone(page: DisseminatePage) -> None:
    go_to(page, 2)
    assert page._record.isVisible()
    go_to(page, page._table.model().rowCount() - 1)
    assert not page._record.isVisible()


def test_a_consent_for_one_reader_is_recorded_entered_and_lets_the_words_go(
    page: DisseminatePage, note: Note, asked: Ask, qtbot: QtBot
) -> None:
    go_to(page, 2)
    QTest.keyClick(page._table, Qt.Key.Key_Return)
    assert page._consent.isVisible()
    assert note.reference not in ("", page._consent.about.text())
    assert page._consent.about.text().startswith(
        "title,\N{NO-BREAK SPACE}1–3: received from another service under 2026-00001."
    )
    assert not page._consent.record.isEnabled()
    fill(page)
    page._consent.record.click()
    qtbot.waitUntil(lambda: page.notice.tone is Tone.DONE and page.notice.isVisible(), timeout=10_000)

    assert page.notice.sentence.startswith("The consent is recorded and entered as ")
    assert page.notice.sentence.endswith(" in the register of consents.")
    assert [cell(page, row) for row in range(4)] == ["goes out"] * 4
    assert page._seal.isEnabled()
    assert not page._consent.isVisible()
    (recorded,) = recorded_for(page, note, asked)
    assert (recorded.consent.given_by, recorded.consent.reference) == ("Colonel Mercier", "2026/77")
    assert len(recorded.consent.readers) == 1
    assert not recorded.consent.nationalities


def test_a_consent_may_be_for_a_nationality_and_name_the_originator(
    page: DisseminatePage, note: Note, asked: Ask, qtbot: QtBot
) -> None:
    go_to(page, 1)
    page._record.click()
    fill(page)
    page._consent.whom.setCurrentText("Everybody of nationality FRA")
    page._consent.names.setChecked(True)
    page._consent.record.click()
    qtbot.waitUntil(lambda: page.notice.tone is Tone.DONE and page.notice.isVisible(), timeout=10_000)

    (recorded,) = recorded_for(page, note, asked)
    assert recorded.consent.nationalities == {"FRA"}
    assert recorded.consent.names_originator


def test_a_day_that_is_none_records_nothing(page: DisseminatePage, note: Note, asked: Ask) -> None:
    go_to(page, 1)
    page._record.click()
    fill(page)
    page._consent.decision.findChildren(QLineEdit)[2].setText("hier")
    page._consent.record.click()

    assert page._consent.isVisible()
    assert asked(page.clerk, lambda session: consents_for(session, note.uid)) == ()


def test_escape_leaves_the_consent_and_not_the_page(page: DisseminatePage, qtbot: QtBot) -> None:
    go_to(page, 1)
    page._record.click()
    with qtbot.assertNotEmitted(page.back_asked):
        QTest.keyClick(page._consent, Qt.Key.Key_Escape)

    assert not page._consent.isVisible()
    assert page._table.hasFocus()
