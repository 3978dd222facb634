"""Dates of notes, the calendar, and marking anew after a new version of the policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from cloison.actions.calendar import date_note
from cloison.actions.policy_import import import_policy
from cloison.actions.registers import enter_in_each
from cloison.labels.declassification import AuthorityDecision
from cloison.notes.dating import Dates, lowest_marking
from cloison.notes.note import Note
from cloison.notes.standing import as_it_stands
from cloison.registers.facts import PolicyImport
from cloison.ui.calendar.dates_page import DatesPage
from cloison.ui.calendar.page import CalendarPage
from cloison.ui.calendar.relabel_page import RelabelPage
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.marked_cells import LABEL_ROLE
from cloison.ui.notice import Tone
from cloison.ui.window.values import Flow
from desks import Desks
from office import Office, opened
from policies import fr_version, signed_by
from service import Clock

DECISION = AuthorityDecision(authority="SGDSN", reference="2026/12", day=date(2026, 11, 1))
RENAMED = (
    ('name="SECRET" lacv="3"', 'name="SECRET FRANCE" lacv="3"'),
    ('<classification name="SECRET" ', '<classification name="SECRET FRANCE" '),
)


def on(clerk: Clerk, year: int) -> Dates:
    return Dates(succession=lowest_marking(clerk.policy, datetime(year, 1, 1, tzinfo=UTC)))


@pytest.fixture
def newer(office: Office, clock: Clock) -> Office:
    """The office after the officer took in a version in which SECRET is called otherwise."""
    authority, officer = opened(office.folder / "authority", clock), opened(office.officer, clock)
    import_policy(officer, signed_by(authority, fr_version(2, *RENAMED)), name="fr")
    authority.vault.close()
    officer.vault.close()
    return office


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


def kept(clerk: Clerk, office: Office, asked: Callable[..., object]) -> Note:
    note = asked(clerk, lambda session: session.find_note(office.note)[1].note)
    assert isinstance(note, Note)
    return note


def pressed(page: QWidget, name: str) -> None:
    (button,) = [one for one in page.findChildren(QAbstractButton) if one.accessibleName() == name]
    assert button.isEnabled(), name
    button.click()


def texts(page: QWidget) -> str:
    from cloison.ui.plain import PlainLabel

    return "\n".join(one.text() for one in page.findChildren(PlainLabel) if one.isVisibleTo(page))


def line(page: QWidget, name: str) -> QLineEdit:
    (found,) = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == name]
    return found


def decide(page: DatesPage) -> None:
    line(page, "Authority").setText("SGDSN")
    line(page, "Reference of its decision").setText("2026/12")
    line(page, "Its date").setText("2026-11-01")


def shown(page: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()


@pytest.fixture
def dates(clerk: Clerk, office: Office, asked: Callable[..., object], qtbot: QtBot) -> DatesPage:
    page = DatesPage(clerk, kept(clerk, office, asked))
    shown(page, qtbot)
    page.arrive()
    return page


def test_a_day_takes_a_decision_before_it_can_be_kept(dates: DatesPage) -> None:
    line(dates, "On this day").setText("2040-01-01")
    assert not dates._do.isEnabled()

    decide(dates)

    assert dates._do.isEnabled()
    line(dates, "On this day").setText(" ")
    assert not dates._do.isEnabled()


def test_a_day_is_kept_with_its_decision(
    dates: DatesPage, clerk: Clerk, office: Office, asked: Callable[..., object], qtbot: QtBot
) -> None:
    line(dates, "On this day").setText("2040-01-01")
    decide(dates)

    with qtbot.waitSignal(dates.note_changed) as changed:
        pressed(dates, "Keep the date")

    assert changed.args is not None and changed.args[0] == office.note
    note = kept(clerk, office, asked)
    assert [one.label.declassify_on.year for one in note.all_portions if one.label and one.label.declassify_on] == [
        2040
    ] * 4


def test_enter_presses_the_button_that_has_the_focus(dates: DatesPage) -> None:
    line(dates, "On this day").setText("tomorrow")
    decide(dates)

    QTest.keyClick(dates._do, Qt.Key.Key_Return)

    assert "This is no day. Write it as 2027-12-31." in texts(dates)


def test_a_field_for_a_day_goes_on_saying_how_it_is_written(dates: DatesPage) -> None:
    line(dates, "On this day").setText("2040-01-01")

    assert texts(dates).count("As in 2027-12-31") == 2


def test_what_is_no_day_and_what_the_policy_forbids_is_said(dates: DatesPage, qtbot: QtBot) -> None:
    decide(dates)
    line(dates, "On this day").setText("soon")
    pressed(dates, "Keep the date")
    assert "This is no day" in texts(dates)

    line(dates, "On this day").setText("2099-01-01")
    pressed(dates, "Keep the date")
    qtbot.waitUntil(lambda: dates.notice.isVisible())

    assert dates.notice.tone is Tone.REFUSED
    assert "50" in dates.notice.sentence
    assert dates._do.isEnabled()


def test_a_note_without_date_stays_so_and_that_is_said(dates: DatesPage, qtbot: QtBot) -> None:
    (never,) = [one for one in dates.findChildren(QRadioButton) if one.text().startswith("Neither")]
    never.setChecked(True)
    decide(dates)

    pressed(dates, "Keep the date")
    qtbot.waitUntil(lambda: dates.notice.isVisible())

    assert dates.notice.sentence == "Nothing in this note would change by that. Nothing was changed."
    assert not dates._day.isVisible()


def test_a_review_is_kept_and_former_dates_are_shown(
    clerk: Clerk, office: Office, asked: Callable[..., object], qtbot: QtBot
) -> None:
    asked(clerk, lambda session: date_note(session, office.note, None, on(clerk, 2040), decision=DECISION))
    asked(clerk, lambda session: date_note(session, office.note, None, on(clerk, 2041), decision=DECISION))
    page = DatesPage(clerk, kept(clerk, office, asked))
    shown(page, qtbot)
    page.arrive()
    qtbot.waitUntil(lambda: "Before:" in texts(page))
    assert "Becomes [NP] on 1 January 2041." in texts(page)
    (review,) = [one for one in page.findChildren(QRadioButton) if "looks at it again" in one.text()]
    review.setChecked(True)
    line(page, "On this day").setText("2030-05-02")
    decide(page)

    with qtbot.waitSignal(page.note_changed):
        pressed(page, "Keep the date")

    label = kept(clerk, office, asked).portions[2].label
    assert label is not None and label.review == datetime(2030, 5, 2, tzinfo=UTC)


def test_the_calendar_lists_what_falls_due_and_opens_it(
    clerk: Clerk, office: Office, asked: Callable[..., object], qtbot: QtBot
) -> None:
    asked(clerk, lambda session: date_note(session, office.note, None, on(clerk, 2040), decision=DECISION))
    page = CalendarPage(clerk)
    shown(page, qtbot)
    page.arrive()
    model = page.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    role = Qt.ItemDataRole.AccessibleTextRole
    first = [str(model.index(0, column).data(role)) for column in range(model.columnCount())]

    assert first[1] == "becomes [NP] by itself"
    assert model.index(0, 2).data(LABEL_ROLE) is not None
    assert [model.headerData(0, Qt.Orientation.Horizontal), model.headerData(0, Qt.Orientation.Vertical)] == [
        "Date",
        None,
    ]
    with qtbot.waitSignal(page.note_asked) as opened_note:
        page.table.activated.emit(model.index(0, 0))
    assert opened_note.args == [office.note]


def test_an_empty_calendar_says_so_and_a_clock_set_back_is_said(clerk: Clerk, clock: Clock, qtbot: QtBot) -> None:
    clock.advance(days=-30)
    page = CalendarPage(clerk)
    shown(page, qtbot)
    page.arrive()
    qtbot.waitUntil(lambda: page.notice.isVisible())

    assert page.notice.tone is Tone.BEWARE
    assert "The clock of this computer" in page.notice.sentence
    assert page._empty.isVisible() and not page.table.isVisible()


def test_whoever_vouches_for_the_clock_gives_a_reason_and_it_is_entered(
    clerk: Clerk, clock: Clock, asked: Callable[..., object], qtbot: QtBot
) -> None:
    facts = PolicyImport(policy_id="1.2", policy="FR", version="1", digest="", authority="A", authority_fingerprint="")
    asked(clerk, lambda session: enter_in_each(session, facts))
    clock.advance(days=-1)
    page = CalendarPage(clerk)
    shown(page, qtbot)
    page.arrive()
    qtbot.waitUntil(lambda: page.clock.isVisible())

    page.clock.act.click()
    qtbot.waitUntil(lambda: page.notice.tone is Tone.REFUSED)
    page.clock.reason.setText("Pile changée")
    page.clock.act.click()
    qtbot.waitUntil(lambda: not page.clock.isVisible())

    assert "H-2026-00001" in page.notice.sentence


@pytest.fixture
def renamed(
    clerk_of: Callable[[Path], Clerk], newer: Office, asked: Callable[..., object], qtbot: QtBot
) -> RelabelPage:
    clerk = clerk_of(newer.officer)
    page = RelabelPage(clerk, kept(clerk, newer, asked))
    shown(page, qtbot)
    page.arrive()
    qtbot.waitUntil(lambda: "is now called" in texts(page))
    return page


def test_old_marks_are_shown_beside_what_they_would_be(renamed: RelabelPage) -> None:
    told = texts(renamed)

    assert "The level SECRET is now called SECRET FRANCE." in told
    assert "It says the same." in told
    assert "SECRET would be SECRET FRANCE: a reason is needed." in told
    assert not renamed._do.isEnabled()


def test_marking_anew_takes_a_reason_where_a_mark_says_something_else(renamed: RelabelPage, qtbot: QtBot) -> None:
    line(renamed, "Reason").setText("Version 2")

    with qtbot.waitSignal(renamed.note_changed) as changed:
        pressed(renamed, "Mark anew")

    assert changed.args is not None and "revision 2" in changed.args[1]


def test_a_page_behind_which_the_note_went_away_says_so(renamed: RelabelPage, qtbot: QtBot) -> None:
    line(renamed, "Reason").setText("Version 2")
    renamed._uid = "0" * 32

    pressed(renamed, "Mark anew")
    qtbot.waitUntil(lambda: renamed.notice.isVisible())

    assert renamed.notice.tone is Tone.REFUSED
    assert renamed._do.isEnabled()


@pytest.fixture
def desk_on_note(desks: Desks, newer: Office, qtbot: QtBot) -> Desk:
    made = desks.open(newer.officer)
    qtbot.waitUntil(lambda: made.frame.list.rows.rowCount() == 1)
    made.writing.open(newer.note)
    qtbot.waitUntil(lambda: made.writing.uid == newer.note)
    return made


def test_the_inspector_offers_to_compare_and_follows_what_was_done(
    desk_on_note: Desk, newer: Office, qtbot: QtBot
) -> None:
    desk = desk_on_note
    course = desk.frame.inspector._course
    qtbot.waitUntil(lambda: course._compare.isVisible())
    assert course._old.text() == "5 marks follow an older version of the policy."

    course._compare.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, RelabelPage))
    page = desk.pages.page
    assert isinstance(page, RelabelPage)
    qtbot.waitUntil(lambda: page._plan is not None)
    line(page, "Reason").setText("Version 2")
    pressed(page, "Mark anew")
    qtbot.waitUntil(lambda: desk.pages.page is None and desk.writing.revision == 2)

    qtbot.waitUntil(lambda: not course._compare.isVisible())
    assert desk.writing.uid == newer.note


def test_the_inspector_leads_to_the_dates_and_shows_them(desk_on_note: Desk, qtbot: QtBot) -> None:
    desk = desk_on_note
    course = desk.frame.inspector._course
    assert course._course.text() == "No date is set."

    course._set.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, DatesPage))
    page = desk.pages.page
    assert isinstance(page, DatesPage)
    line(page, "On this day").setText("2040-01-01")
    decide(page)
    pressed(page, "Keep the date")
    qtbot.waitUntil(lambda: desk.pages.page is None and desk.writing.revision == 2)

    qtbot.waitUntil(lambda: course._course.text() == "Becomes [NP] on 1 January 2040.")


def test_the_rail_leads_to_the_calendar(desk_on_note: Desk, qtbot: QtBot) -> None:
    desk_on_note.frame.flow_chosen.emit(Flow.CALENDAR)

    qtbot.waitUntil(lambda: isinstance(desk_on_note.pages.page, CalendarPage))


def test_a_note_is_written_on_from_what_its_marks_have_become(
    desks: Desks, office: Office, clock: Clock, asked: Callable[..., object], qtbot: QtBot
) -> None:
    officer = opened(office.officer, clock)
    dates = Dates(succession=lowest_marking(officer.policy, datetime(2027, 1, 1, tzinfo=UTC)))
    date_note(officer, office.note, None, dates, decision=DECISION)
    officer.vault.close()
    clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    desk = desks.open(office.officer)
    desk.writing.open(office.note)
    qtbot.waitUntil(lambda: desk.writing.uid == office.note)

    rolled = desk.editor.marking.rolled
    assert rolled is not None and rolled.label.classification == "NON PROTÉGÉ"
    assert desk.writing.revision == 2
    desk.editor.go_to(1)
    desk.editor.view.insertPlainText("Mot ")
    desk.writing.keep(lambda note: None)
    qtbot.waitUntil(lambda: desk.writing.revision == 3)
    history = asked(desk.clerk, lambda session: session.find_note(office.note)[0].notes.revisions(office.note)[-1])
    assert [one.after.classification for one in history.changes] == ["NON PROTÉGÉ"] * 4  # type: ignore[attr-defined]


def test_a_note_as_it_stands_leaves_what_has_not_fallen(
    clerk: Clerk, office: Office, asked: Callable[..., object]
) -> None:
    note = kept(clerk, office, asked)

    assert as_it_stands(clerk.policy, note, now=datetime(2090, 1, 1, tzinfo=UTC)) == note
