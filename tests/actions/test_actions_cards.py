"""Cards that come again: of the same keys, of other keys, of others who look alike; in a real vault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.cards import add_contact, confirm_contact, export_card
from cloison.actions.compartments import add_compartment
from cloison.actions.dissemination_plan import plan
from cloison.actions.people import contact, contacts
from cloison.actions.revocations import export_revocations, revoke, take_revocations
from cloison.actions.session import Session
from cloison.directory.card import Card, Role, sign_card
from cloison.directory.carte import write_carte
from cloison.directory.errors import CardError, CardProblem, CardRefusedError
from cloison.directory.revocations import Fallen
from cloison.directory.sufficiency import TrustWarning
from cloison.directory.trust import TrustState
from cloison_crypto.envelope import seal
from cloison_crypto.identity import Identity, fingerprint_text
from cloison_crypto.signing import CARD
from service import START, Clock, Service, found_service, write_marked

OLD, NEW, LATEST = (Identity.generate(os.urandom) for _ in range(3))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = found_service(tmp_path, Clock())
    yield service
    service.close()


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Officier", "S")


def card(identity: Identity = OLD, *, name: str = "Lecteur", serial: int = 1, previous: Identity | None = None) -> Card:
    return Card(
        identity=identity.public,
        name=name,
        role=Role.MEMBER,
        issued=START,
        expires=START + timedelta(days=1000),
        serial=serial,
        previous=None if previous is None else previous.public.fingerprint,
    )


def carte(one: Card, identity: Identity = OLD, previous: Identity | None = None) -> bytes:
    return write_carte(sign_card(one, identity, previous), ())


def compared(session: Session) -> str:
    """The old card, taken in and compared."""
    known = add_contact(session, carte(card()))
    return confirm_contact(session, known.id, fingerprint_text(OLD.public.fingerprint)).id


def refusal(session: Session, data: bytes) -> CardProblem:
    with pytest.raises(CardRefusedError) as refused:
        add_contact(session, data)
    return refused.value.problem


def test_a_later_card_of_the_same_keys_keeps_what_was_compared(officer: Session) -> None:
    known = compared(officer)
    later = replace(card(serial=2), expires=START + timedelta(days=2000))

    added = add_contact(officer, carte(later))

    assert (added.id, added.card, added.standing.state) == (known, later, TrustState.COMPARED)
    assert (added.compared_by, added.compared_at) == ("Officier", START)


@pytest.mark.parametrize(
    ("again", "problem"),
    [
        (card(serial=1), CardProblem.OLDER),
        (replace(card(serial=2), expires=START + timedelta(days=1)), CardProblem.SAME_SERIAL),
        (card(serial=3, name="Général"), CardProblem.OTHER_NAME),
    ],
    ids=["an older one", "another of the same number", "another name"],
)
def test_a_card_that_does_not_go_on_from_the_known_one_is_refused(
    officer: Session, again: Card, problem: CardProblem
) -> None:
    add_contact(officer, carte(card(serial=2)))

    assert refusal(officer, carte(again)) is problem
    assert next(one for one in contacts(officer) if one.card.fingerprint == OLD.public.fingerprint).card.serial == 2


def test_the_same_card_again_changes_nothing(officer: Session) -> None:
    known = compared(officer)

    assert add_contact(officer, carte(card())).id == known


def test_a_changed_key_falls_back_and_says_who_compared_the_old_one(officer: Session) -> None:
    known = compared(officer)

    added = add_contact(officer, carte(card(NEW, previous=OLD), NEW, OLD))

    assert added.id != known
    assert (added.standing.state, added.compared_at) == (TrustState.IMPORTED, None)
    assert added.changed_from is not None
    assert (added.changed_from.id, added.changed_from.name) == (known, "Lecteur")
    assert (added.changed_from.compared_by, added.changed_from.compared_at) == ("Officier", START)
    assert contact(officer, known).replaced_by == added.id
    assert added.looks_like == ()


def test_a_succession_the_old_keys_did_not_sign_is_refused(officer: Session) -> None:
    compared(officer)
    claimed = card(NEW, previous=OLD)
    body = claimed.body()
    forged = seal(CARD, body, (*NEW.sign_every(CARD, body), *OLD.sign_every(CARD, card().body())))

    with pytest.raises(CardError):
        add_contact(officer, write_carte(forged, ()))

    assert len(contacts(officer)) == 2


def test_a_succession_whose_old_card_is_not_known_is_a_card_like_any_other(officer: Session) -> None:
    added = add_contact(officer, carte(card(NEW, previous=OLD), NEW, OLD))

    assert (added.changed_from, added.standing.state) == (None, TrustState.IMPORTED)


def test_a_line_of_cards_is_one_person_however_it_turns(officer: Session) -> None:
    add_contact(officer, carte(card()))
    add_contact(officer, carte(card(NEW, previous=OLD), NEW, OLD))
    add_contact(officer, carte(card(LATEST, previous=NEW), LATEST, NEW))
    circle = add_contact(officer, carte(card(OLD, serial=2, previous=LATEST), OLD, LATEST))

    assert [one.looks_like for one in contacts(officer) if one.card.name == "Lecteur"] == [(), (), ()]
    assert circle.changed_from is not None


@pytest.mark.parametrize("name", ["Lecteur", "LECTEUR", "Lесteur"], ids=["the same", "capitals", "Cyrillic letters"])
def test_a_name_that_looks_like_another_is_told_on_both(officer: Session, name: str) -> None:
    compared(officer)

    added = add_contact(officer, carte(card(NEW, name=name), NEW))

    assert added.looks_like == ("Lecteur",)
    assert next(one for one in contacts(officer) if one.card.identity == OLD.public).looks_like == (name,)


def test_a_name_that_looks_like_that_of_an_authority_is_told(officer: Session) -> None:
    added = add_contact(officer, carte(card(NEW, name="OFFICIER DE SECURITE"), NEW))

    assert added.looks_like == ("Officier de sécurité",)


def test_my_own_card_is_never_taken_from_a_file(service: Service, officer: Session) -> None:
    add_contact(officer, export_card(officer))

    assert sum(one.is_mine for one in contacts(officer)) == 1


def test_the_word_of_revoked_keys_is_worth_nothing(service: Service, officer: Session) -> None:
    compared(officer)
    added = add_contact(officer, carte(card(NEW, previous=OLD), NEW, OLD))
    revoke(service.authority, OLD.public.fingerprint, Fallen.CARD)
    take_revocations(officer, export_revocations(service.authority)[1])

    after = contact(officer, added.id)

    assert (after.changed_from, after.looks_like) == (None, ("Lecteur",))


def test_whoever_sends_to_a_card_that_was_replaced_is_told(service: Service, officer: Session) -> None:
    compartment = add_compartment(officer, "ALPHA", ceiling=None, need_to_know=False)
    known = compared(officer)
    add_contact(officer, carte(card(NEW, previous=OLD), NEW, OLD))
    note = write_marked(officer, compartment, "[NP] Titre", ["[NP] un"])

    found = plan(officer, note.uid, [known]).rows[0]

    assert (found.is_refused, found.warnings) == (False, (TrustWarning.REPLACED,))


def test_an_authority_endorses_no_card_that_it_revoked(service: Service, officer: Session) -> None:
    revoke(service.authority, officer.vault.member.identity.public.fingerprint, Fallen.CARD)

    with pytest.raises(CardRefusedError) as refused:
        service.endorsed(officer, "S")

    assert refused.value.problem is CardProblem.REVOKED
