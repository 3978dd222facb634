"""The declassification calendar: what falls by itself, what is decided, and what is seen of it everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cloison.actions.calendar import clock_set_back, date_note, downgrade_note, due_list, former_dates
from cloison.actions.compartments import add_compartment
from cloison.actions.dissemination_plan import plan
from cloison.actions.find_notes import find_notes
from cloison.actions.open_package import read, receiver
from cloison.actions.paper import page_model
from cloison.actions.print_copy import number_copies
from cloison.actions.read_note import banner, read_note
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.write_note import mark_portions, save_note
from cloison.labels.declassification import AuthorityDecision, DueKind
from cloison.labels.label import Succession
from cloison.notes.dating import Dates, lowest_marking
from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from service import Service, mark, words_for, write_marked

DECISION = AuthorityDecision(authority="SGDSN", reference="2026/12", day=date(2026, 11, 1))


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Officier", "S-SF")


@pytest.fixture
def dossier(officer: Session) -> Compartment:
    return add_compartment(officer, "Dossier", ceiling=None, need_to_know=False)


@pytest.fixture
def note(officer: Session, dossier: Compartment) -> Note:
    return write_marked(officer, dossier, "[DR] Titre", ["[S] Premier.", "[NP] Second."])


def on(session: Session, year: int) -> Dates:
    return Dates(succession=lowest_marking(session.policy, datetime(year, 1, 1, tzinfo=UTC)))


def test_a_note_falls_by_itself_wherever_it_is_looked_at(service: Service, officer: Session, note: Note) -> None:
    date_note(officer, note.uid, None, on(officer, 2028), decision=DECISION)
    assert banner(officer, read_note(officer, note.uid).label, "fr") == "SECRET"

    service.clock.now = datetime(2028, 1, 1, tzinfo=UTC)

    (line,) = find_notes(officer, limit=9)
    assert banner(officer, read_note(officer, note.uid).label, "fr") == "NON PROTÉGÉ"
    assert [banner(officer, one, "fr") for one in (line.label, line.title_label)] == ["NON PROTÉGÉ"] * 2
    stored = read_note(officer, note.uid).stored.note
    assert [one.label.classification for one in stored.all_portions if one.label] == [
        "DIFFUSION RESTREINTE",
        "SECRET",
        "NON PROTÉGÉ",
    ]


def test_a_clock_set_back_shows_the_old_mark_again_and_says_so(service: Service, officer: Session, note: Note) -> None:
    date_note(officer, note.uid, None, on(officer, 2028), decision=DECISION)
    service.clock.now = datetime(2028, 1, 2, tzinfo=UTC)
    compartment, stored = officer.find_note(note.uid)
    save_note(officer, compartment, stored.note, changes=())
    assert clock_set_back(officer) is None

    service.clock.now = datetime(2027, 12, 1, tzinfo=UTC)

    assert banner(officer, read_note(officer, note.uid).label, "fr") != ""
    assert clock_set_back(officer) == datetime(2028, 1, 2, tzinfo=UTC)


def test_who_may_read_follows_the_day(service: Service, officer: Session, note: Note) -> None:
    partner = service.member("Partenaire", "DR", nationality="DEU")
    contact = service.introduce(partner, officer)
    date_note(officer, note.uid, [1], on(officer, 2027), decision=DECISION)

    before = plan(officer, note.uid, [contact.id]).rows[0].decisions[1]
    service.clock.now = datetime(2027, 1, 1, tzinfo=UTC)
    after = plan(officer, note.uid, [contact.id]).rows[0].decisions[1]

    assert (before.is_released, after.is_released) == (False, True)


def test_a_package_is_read_as_its_marks_stand_on_the_day(service: Service, officer: Session, note: Note) -> None:
    reader = service.member("Lecteur", "S")
    service.introduce(officer, reader)
    contact = service.introduce(reader, officer)
    date_note(officer, note.uid, None, on(officer, 2027), decision=DECISION)
    (sealed,) = seal_note(
        officer, note.uid, [contact.id], service.folder / "out", options=SealOptions(), words_for=words_for
    )

    service.clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    opened = read(sealed.path, receiver(reader))

    assert opened.manifest.label.declassify_on == datetime(2027, 1, 1, tzinfo=UTC)
    assert reader.standing(opened.manifest.label) != opened.manifest.label


def test_dates_are_listed_the_earliest_first_note_by_note(
    service: Service, officer: Session, dossier: Compartment, note: Note
) -> None:
    other = write_marked(officer, dossier, "[S] Autre", ["[S] Texte."])
    date_note(officer, note.uid, None, on(officer, 2030), decision=DECISION)
    review = Dates(review=datetime(2028, 1, 1, tzinfo=UTC))
    date_note(officer, other.uid, None, review, decision=DECISION)

    found = due_list(officer)

    assert [(one.uid, one.kind, one.numbers, one.is_due) for one in found] == [
        (other.uid, DueKind.REVIEW, (0, 1), False),
        (note.uid, DueKind.SUCCESSION, (0,), False),
        (note.uid, DueKind.SUCCESSION, (1,), False),
    ]
    assert [one.becomes is None for one in found] == [True, False, False]
    assert due_list(officer, until=datetime(2028, 12, 31, tzinfo=UTC)) == found[:1]
    service.clock.now = datetime(2029, 1, 1, tzinfo=UTC)
    assert [one.is_due for one in due_list(officer)] == [True, False, False]


def test_a_date_that_was_taken_away_is_listed_no_more(officer: Session, note: Note) -> None:
    date_note(officer, note.uid, None, on(officer, 2030), decision=DECISION)
    date_note(officer, note.uid, None, Dates(), decision=DECISION)

    assert due_list(officer) == ()


def test_a_decision_is_kept_with_the_revision_it_made(officer: Session, note: Note) -> None:
    saved = date_note(officer, note.uid, None, on(officer, 2030), decision=DECISION)
    again = date_note(officer, note.uid, None, on(officer, 2030), decision=DECISION)

    compartment, _ = officer.find_note(note.uid)
    changes = compartment.notes.revisions(note.uid)[-1].changes
    assert (saved.revision, again.revision) == (2, 2)
    assert [(one.decision, one.reason) for one in changes] == [(DECISION, None)] * 2


def test_former_dates_are_those_a_decision_changed(officer: Session, note: Note) -> None:
    date_note(officer, note.uid, None, on(officer, 2030), decision=DECISION)
    assert former_dates(officer, note.uid) == ()
    mark_portions(officer, note.uid, [2], mark(officer, "[DR]"), reason=None)
    assert former_dates(officer, note.uid) == ()

    date_note(officer, note.uid, None, on(officer, 2040), decision=DECISION)
    date_note(officer, note.uid, None, Dates(review=datetime(2035, 1, 1, tzinfo=UTC)), decision=DECISION)

    days = [one.declassify_on for one in former_dates(officer, note.uid)]
    assert [day.year for day in days if day is not None] == [2030, 2040]


def test_a_downgrading_is_a_revision_with_its_decision(officer: Session, note: Note) -> None:
    saved = downgrade_note(officer, note.uid, None, classification="DIFFUSION RESTREINTE", decision=DECISION)
    again = downgrade_note(officer, note.uid, None, classification="DIFFUSION RESTREINTE", decision=DECISION)

    assert (saved.revision, again.revision) == (2, 2)
    assert banner(officer, read_note(officer, note.uid).label, "fr") == "DIFFUSION RESTREINTE"


def test_the_paper_bears_the_day_and_the_former_one_struck(officer: Session, note: Note) -> None:
    date_note(officer, note.uid, None, on(officer, 2030), decision=DECISION)
    date_note(officer, note.uid, None, on(officer, 2031), decision=DECISION)

    (copy,) = number_copies(officer, note.uid, ["Mme Mercier"], words_for=words_for)
    first = page_model(officer.policy, copy.rendition, copy.copy, copy.letterhead).first_page

    assert first.struck == ("declassification-fr 1er month-1 2030",)
    assert first.declassification == "1er month-1 2031"


def test_the_paper_bears_what_takes_over_where_it_is_no_declassification(officer: Session, note: Note) -> None:
    downward = mark(officer, "[DR]")
    then = Succession(at=datetime(2030, 1, 1, tzinfo=UTC), classification=downward.classification)
    date_note(officer, note.uid, None, Dates(succession=then), decision=DECISION)
    review = Dates(review=datetime(2040, 5, 2, tzinfo=UTC))

    (copy,) = number_copies(officer, note.uid, ["Mme Mercier"], words_for=words_for)
    dated = page_model(officer.policy, copy.rendition, copy.copy, copy.letterhead).first_page
    date_note(officer, note.uid, None, review, decision=DECISION)
    (copy,) = number_copies(officer, note.uid, ["Mme Mercier"], words_for=words_for)
    reviewed = page_model(officer.policy, copy.rendition, copy.copy, copy.letterhead).first_page
    date_note(officer, note.uid, None, Dates(), decision=DECISION)
    (copy,) = number_copies(officer, note.uid, ["Mme Mercier"], words_for=words_for)
    never = page_model(officer.policy, copy.rendition, copy.copy, copy.letterhead).first_page

    assert dated.declassification == "1er month-1 2030 (DIFFUSION RESTREINTE)"
    assert (reviewed.declassification, reviewed.review) == (None, "2 month-5 2040")
    assert never.struck[-1] == "review-fr 2 month-5 2040"


def test_portion_marks_on_paper_are_those_of_the_day(service: Service, officer: Session, note: Note) -> None:
    date_note(officer, note.uid, [1], on(officer, 2027), decision=DECISION)
    service.clock.now = datetime(2027, 1, 1, tzinfo=UTC)

    (copy,) = number_copies(officer, note.uid, ["Mme Mercier"], words_for=words_for)
    page = page_model(officer.policy, copy.rendition, copy.copy, copy.letterhead)

    assert [one.mark for one in page.portions] == ["[NP]", "[NP]"]
    assert page.marking == "DIFFUSION RESTREINTE"
