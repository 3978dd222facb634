"""Notes begun with others: all they say, under marks that never fall."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cloison.actions.bin import bin_note
from cloison.actions.calendar import date_note
from cloison.actions.compartments import add_compartment
from cloison.actions.move_note import move_note
from cloison.actions.session import Session
from cloison.actions.templates import ShippedTemplate, begin_note, drop_template, make_template, templates
from cloison.actions.whole_note import raise_note
from cloison.actions.write_note import save_note
from cloison.labels.declassification import AuthorityDecision
from cloison.notes.changes import floors_in
from cloison.notes.dating import Dates, lowest_marking
from cloison.notes.errors import ReceivedTemplateError
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Origin
from cloison.settings.values import Settings
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from service import Service, mark, write_marked


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Dupont", "S-SF")


@pytest.fixture
def port(officer: Session) -> Compartment:
    return add_compartment(officer, "Port", ceiling=None, need_to_know=False)


@pytest.fixture
def made(officer: Session, port: Compartment) -> Note:
    note = write_marked(officer, port, "[DR] Fiche de port", ["[S] Le commandant.", "[NP] Le quai."])
    make_template(officer, note.uid)
    return note


def marks(note: Note) -> list[str | None]:
    return [None if one.label is None else one.label.classification for one in note.all_portions]


def test_a_note_is_begun_with_what_its_template_says_and_its_marks(
    officer: Session, port: Compartment, made: Note
) -> None:
    raise_note(officer, made.uid, mark(officer, "S-SF"), reason="L'ensemble révèle le dispositif.")

    begun = begin_note(officer, port, made.uid).note

    assert [one.text for one in begun.all_portions] == ["Fiche de port", "Le commandant.", "Le quai."]
    assert marks(begun) == marks(made)
    assert begun.raised is not None
    assert begun.raised.reason == "L'ensemble révèle le dispositif."
    assert {one.uid for one in begun.all_portions}.isdisjoint(one.uid for one in made.all_portions)
    assert (begun.uid, begun.reference) != (made.uid, made.reference)
    stored = port.notes.get(begun.uid)
    assert (stored.revision, stored.note) == (1, begun)


def test_days_on_which_the_template_falls_do_not_lower_what_is_begun_with_it(
    service: Service, officer: Session, port: Compartment, made: Note
) -> None:
    falls = lowest_marking(officer.policy, service.clock.now + timedelta(days=700))
    decision = AuthorityDecision(authority="SGDSN", reference="D-1", day=date(2026, 11, 20))
    date_note(officer, made.uid, None, Dates(succession=falls), decision=decision)

    begun = begin_note(officer, port, made.uid).note
    service.clock.advance(days=365 * 5)

    assert all(label.succession is None and label.review is None for label in begun.labels)
    assert officer.standing(begun.portion(1).label) == begun.portion(1).label


def test_an_unmarked_paragraph_stays_so_and_at_least_worth_what_it_was(
    officer: Session, port: Compartment, made: Note
) -> None:
    written = replace(made, portions=(replace(made.portions[0], label=None), made.portions[1]))
    floor = mark(officer, "S")
    port.drafts.save(written, [LabelChange(portion_uid=made.portions[0].uid, before=floor, after=floor, reason=None)])

    begun = begin_note(officer, port, made.uid).note

    assert marks(begun)[1] is None
    (row,) = port.notes.revisions(begun.uid)
    assert floors_in(row.changes)[begun.portions[0].uid].classification == "SECRET"


def test_templates_are_those_of_the_compartment_and_then_those_of_the_program(
    officer: Session, port: Compartment, made: Note
) -> None:
    other = add_compartment(officer, "Écrans", ceiling=None, need_to_know=False)
    shipped = [one.value for one in ShippedTemplate]

    assert [one.key for one in templates(officer, port)] == [made.uid, *shipped]
    assert [one.key for one in templates(officer, other)] == shipped
    with pytest.raises(UnknownIdError):
        begin_note(officer, other, made.uid)
    move_note(officer, made.uid, other.id)
    assert [one.key for one in templates(officer, other)] == [made.uid, *shipped]
    bin_note(officer, made.uid)
    assert [one.key for one in templates(officer, other)] == shipped


def test_a_template_becomes_a_note_like_others_again(officer: Session, port: Compartment, made: Note) -> None:
    assert drop_template(officer, made.uid).row.uid == made.uid

    assert [one.key for one in templates(officer, port)] == [one.value for one in ShippedTemplate]
    for ask in (lambda: drop_template(officer, made.uid), lambda: begin_note(officer, port, made.uid)):
        with pytest.raises(UnknownIdError):
            ask()


def test_what_came_in_from_elsewhere_is_no_template(officer: Session, port: Compartment, made: Note) -> None:
    foreign = replace(made.title, origin=Origin(fingerprint="ab" * 32, reference="X-1"))
    save_note(officer, port, replace(made, title=foreign), changes=())

    with pytest.raises(ReceivedTemplateError):
        make_template(officer, made.uid)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("shipped", list(ShippedTemplate))
def test_what_comes_with_the_program_is_not_marked(
    officer: Session, port: Compartment, language: str, shipped: ShippedTemplate
) -> None:
    session = replace(officer, settings=Settings(language=language))

    begun = begin_note(session, port, shipped.value).note

    assert set(marks(begun)) == {None}
    assert begun.language == language
    assert Kind.HEADING in {one.kind for one in begun.portions}
    assert all(one.text for one in begun.all_portions)
