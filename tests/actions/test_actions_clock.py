"""A clock set back: nothing is sealed, printed or opened until a person vouches for it, and that is entered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.open_package import receiver
from cloison.actions.people import contacts
from cloison.actions.print_copy import number_copies
from cloison.actions.registers import confirm_clock, lines, verify
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.notes.errors import ReasonMissingError
from cloison.registers.errors import ClockSetBackError
from cloison.registers.facts import ClockConfirmed, Kind
from service import Service, words_for, write_marked

Act = Callable[[], object]


@pytest.fixture
def officer(service: Service) -> Session:
    officer = service.member("Officier", "S-SF")
    reader = service.member("Cabinet", "S")
    service.introduce(reader, officer)
    service.clock.advance(days=9)
    return officer


@pytest.fixture
def acts(service: Service, officer: Session, tmp_path: Path) -> dict[str, Act]:
    """What is dated by the clock, once one entry was made."""
    compartment = add_compartment(officer, "Dossier", ceiling=None, need_to_know=False)
    note = write_marked(officer, compartment, "[NP] Titre", ["[S] Un navire."])
    contact = next(one for one in contacts(officer) if one.card.name == "Cabinet")

    def seal() -> object:
        return seal_note(officer, note.uid, [contact.id], tmp_path, options=SealOptions(), words_for=words_for)

    seal()
    return {
        "seal": seal,
        "print": lambda: number_copies(officer, note.uid, ["Cabinet"], words_for=words_for),
        "open": lambda: receiver(officer),
    }


@pytest.mark.parametrize("act", ["seal", "print", "open"])
def test_by_a_clock_set_back_nothing_is_done(
    service: Service, officer: Session, acts: dict[str, Act], act: str
) -> None:
    last = service.clock.now
    service.clock.advance(days=-1)
    before = len(lines(officer))

    with pytest.raises(ClockSetBackError) as caught:
        acts[act]()

    assert caught.value.latest == last
    assert len(lines(officer)) == before


@pytest.mark.parametrize("act", ["seal", "print", "open"])
def test_once_it_is_vouched_for_it_is_the_time(
    service: Service, officer: Session, acts: dict[str, Act], act: str
) -> None:
    last = service.clock.now
    service.clock.advance(days=-1)

    number = confirm_clock(officer, "pile changée, l'heure était fausse")
    acts[act]()

    (entry,) = [line.entry for line in lines(officer, Kind.CLOCK)]
    assert isinstance(entry.facts, ClockConfirmed)
    assert (entry.number, entry.at) == (number, service.clock.now)
    assert entry.facts.latest == last.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert all(verdict.first_bad is None for verdict in verify(officer))


def test_a_clock_set_back_further_is_another_one(service: Service, officer: Session, acts: dict[str, Act]) -> None:
    service.clock.advance(days=-1)
    confirm_clock(officer, "pile changée")
    service.clock.advance(days=-1)

    with pytest.raises(ClockSetBackError):
        acts["open"]()


def test_vouching_wants_a_reason(service: Service, officer: Session, acts: dict[str, Act]) -> None:
    service.clock.advance(days=-1)

    with pytest.raises(ReasonMissingError):
        confirm_clock(officer, "  ")


def test_a_clock_that_goes_on_needs_nobody(officer: Session, acts: dict[str, Act]) -> None:
    assert confirm_clock(officer, "rien") is None
    assert lines(officer, Kind.CLOCK) == ()


def test_notes_are_written_by_any_clock(service: Service, officer: Session, acts: dict[str, Act]) -> None:
    service.clock.advance(days=-1)
    compartment = officer.open_compartments()[0]

    note = write_marked(officer, compartment, "[NP] Autre", ["[NP] Rien n'est perdu."])

    assert officer.find_note(note.uid)[1].note == note
