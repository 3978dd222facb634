"""A clock set back: nothing is sealed, printed or opened until a person vouches for it, and that is entered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.actions.cards import confirm_contact, export_card, remove_authority, trust_authority
from cloison.actions.compartments import add_compartment
from cloison.actions.open_package import receiver
from cloison.actions.people import authorities, contacts
from cloison.actions.print_copy import number_copies
from cloison.actions.recovery import recovery_contact, set_recovery
from cloison.actions.registers import confirm_clock, lines, verify
from cloison.actions.renewal import renew_identity
from cloison.actions.revocations import export_revocations, own_list, revoke, take_revocations
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.directory.authority import Scope
from cloison.directory.revocations import Fallen
from cloison.notes.errors import ReasonMissingError
from cloison.registers.errors import ClockSetBackError
from cloison.registers.facts import ClockConfirmed, Kind
from cloison.vault.ways import PassphraseSecret
from cloison_crypto.identity import fingerprint_text
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


@pytest.fixture
def belief(service: Service, officer: Session, acts: dict[str, Act]) -> dict[str, Act]:
    """What changes who is believed, and is entered."""
    contact = next(one for one in contacts(officer) if one.card.name == "Cabinet")
    typed = fingerprint_text(contact.card.fingerprint)
    followed = service.authority.vault.member.identity.public.fingerprint
    carte, revoked = export_card(service.authority), export_revocations(service.authority)[1]
    secret = PassphraseSecret(passphrase=bytearray(b"une phrase de passe pour les essais"))
    return {
        "compare": lambda: confirm_contact(officer, contact.id, typed),
        "trust": lambda: trust_authority(officer, carte, typed=fingerprint_text(followed), scope=Scope()),
        "trust no longer": lambda: remove_authority(officer, followed),
        "take a list": lambda: take_revocations(officer, revoked),
        "name a recovery contact": lambda: set_recovery(officer, contact.id),
        "renew": lambda: renew_identity(officer, secret),
    }


ACTS = ["compare", "trust", "trust no longer", "take a list", "name a recovery contact", "renew"]


def believed(session: Session) -> object:
    return authorities(session), contacts(session), recovery_contact(session), session.vault.member.identity.public


@pytest.mark.parametrize("act", ACTS)
def test_by_a_clock_set_back_nobody_is_believed_more_or_less(
    service: Service, officer: Session, belief: dict[str, Act], act: str
) -> None:
    service.clock.advance(days=-1)
    before = believed(officer), lines(officer)

    with pytest.raises(ClockSetBackError):
        belief[act]()

    assert (believed(officer), lines(officer)) == before


def test_an_authority_gives_and_takes_nothing_by_a_clock_set_back(service: Service, officer: Session) -> None:
    add_compartment(service.authority, "Journal", ceiling=None, need_to_know=False)
    export_revocations(service.authority)
    service.clock.advance(days=-1)

    with pytest.raises(ClockSetBackError):
        service.endorsed(officer, "S")
    with pytest.raises(ClockSetBackError):
        revoke(service.authority, officer.vault.member.identity.public.fingerprint, Fallen.CARD)
    with pytest.raises(ClockSetBackError):
        export_revocations(service.authority)

    assert own_list(service.authority).number == 1


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
