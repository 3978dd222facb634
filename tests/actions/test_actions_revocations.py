"""Revocation lists going from an authority to a workstation, between real vaults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.cards import add_contact, export_card, remove_authority, trust_authority
from cloison.actions.compartments import add_compartment
from cloison.actions.people import authorities, contact, myself
from cloison.actions.registers import lines
from cloison.actions.revocations import export_revocations, own_list, revoke, take_revocations
from cloison.actions.session import Session
from cloison.directory.authority import ListState, Scope, TrustedAuthority
from cloison.directory.errors import (
    EndOf,
    LateEndError,
    ListProblem,
    NotAnAuthorityError,
    RevocationsError,
    RevocationsRefusedError,
)
from cloison.directory.revocations import Fallen, RevocationList, sign_revocations
from cloison.directory.trust import TrustState
from cloison.registers.facts import Kind, Trust, TrustEvent
from cloison_crypto.identity import fingerprint_text
from service import Clock, Service, found_service, new_vault


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = found_service(tmp_path, Clock())
    yield service
    service.close()


@pytest.fixture
def officer(service: Service) -> Session:
    session = service.member("Officier", "S")
    add_compartment(session, "ALPHA", ceiling=None, need_to_know=False)
    return session


@pytest.fixture
def reader(service: Service, officer: Session) -> Session:
    session = service.member("Lecteur", "S")
    service.introduce(session, officer)
    return session


def print_of(session: Session) -> bytes:
    return session.vault.member.identity.public.fingerprint


def id_of(known: Session, to: Session) -> str:
    return to.vault.directory.contact(print_of(known)).id


def refusal(session: Session, data: bytes) -> ListProblem:
    with pytest.raises(RevocationsRefusedError) as refused:
        take_revocations(session, data)
    return refused.value.problem


def test_a_list_takes_a_card_out_and_says_whose(service: Service, officer: Session, reader: Session) -> None:
    revoke(service.authority, print_of(reader), Fallen.CARD)

    taken = take_revocations(officer, export_revocations(service.authority)[1])

    fallen = contact(officer, id_of(reader, officer)).standing
    assert [one.card.name for one in taken.named] == ["Lecteur"]
    assert fallen.state is TrustState.REVOKED
    assert fallen.fall is not None
    assert (fallen.fall.authority, fallen.fall.at) == ("Officier de sécurité", service.clock.now)


def test_a_card_whose_endorsement_fell_is_endorsed_anew(service: Service, officer: Session, reader: Session) -> None:
    revoke(service.authority, print_of(reader), Fallen.ENDORSEMENT)
    take_revocations(officer, export_revocations(service.authority)[1])
    fallen = contact(officer, id_of(reader, officer)).standing
    service.clock.advance(minutes=1)

    add_contact(officer, service.endorsed(reader, "DR"))

    assert (fallen.state, fallen.clearance) == (TrustState.COMPARED, None)
    assert contact(officer, id_of(reader, officer)).standing.state is TrustState.ENDORSED


def test_what_fell_as_a_card_stays_fallen(service: Service, reader: Session) -> None:
    first = revoke(service.authority, print_of(reader), Fallen.CARD)

    assert revoke(service.authority, print_of(reader), Fallen.ENDORSEMENT) == first
    assert own_list(service.authority) == first


def test_each_export_has_its_own_number_and_date(service: Service) -> None:
    first, _ = export_revocations(service.authority)
    service.clock.advance(days=3)
    second, _ = export_revocations(service.authority, service.clock.now + timedelta(days=7))

    assert (first.number, second.number) == (1, 2)
    assert (second.issued, second.next_due) == (service.clock.now, service.clock.now + timedelta(days=7))


def test_a_list_runs_for_a_year_at_most(service: Service) -> None:
    with pytest.raises(LateEndError) as refused:
        export_revocations(service.authority, service.clock.now + timedelta(days=367))

    assert refused.value.of is EndOf.LIST


def test_a_member_revokes_nobody(officer: Session) -> None:
    for act in (own_list, export_revocations, lambda session: revoke(session, bytes(32), Fallen.CARD)):
        with pytest.raises(NotAnAuthorityError):
            act(officer)


def test_an_old_list_is_not_put_back(service: Service, officer: Session, reader: Session) -> None:
    old = export_revocations(service.authority)[1]
    revoke(service.authority, print_of(reader), Fallen.CARD)
    take_revocations(officer, export_revocations(service.authority)[1])

    assert refusal(officer, old) is ListProblem.LOWER_NUMBER
    assert contact(officer, id_of(reader, officer)).standing.state is TrustState.REVOKED


def test_the_same_list_again_changes_nothing(service: Service, officer: Session) -> None:
    data = export_revocations(service.authority)[1]

    numbers = [take_revocations(officer, data).number for _ in range(2)]

    assert numbers == ["T-2026-00001", None]


def test_another_list_of_the_same_number_is_an_alarm(service: Service, officer: Session) -> None:
    take_revocations(officer, export_revocations(service.authority)[1])

    assert refusal(officer, first_list(service)) is ListProblem.SAME_NUMBER


def test_a_list_of_a_day_to_come_is_refused_since_it_would_be_missed_too_late(
    service: Service, officer: Session
) -> None:
    ahead = first_list(service, timedelta(days=1, seconds=1))

    assert refusal(officer, ahead) is ListProblem.DATED_AHEAD
    service.clock.advance(seconds=1)
    assert take_revocations(officer, ahead).revocations.number == 1


def first_list(service: Service, later: timedelta = timedelta(days=1)) -> bytes:
    """A first list by the authority, dated a day later."""
    issued = service.clock.now + later
    made = RevocationList(
        authority=print_of(service.authority),
        number=1,
        issued=issued,
        next_due=issued + timedelta(days=1),
        revocations=(),
    )
    return sign_revocations(made, service.authority.vault.member.identity)


def test_the_list_of_somebody_nobody_trusts_is_refused(service: Service, officer: Session) -> None:
    data = export_revocations(service.authority)[1]
    with pytest.raises(RevocationsError):
        take_revocations(officer, data[:-1])
    remove_authority(officer, print_of(service.authority))

    assert refusal(officer, data) is ListProblem.UNTRUSTED
    assert officer.vault.revocations.all() == ()


def test_an_authority_that_is_followed_again_is_still_bound_by_its_list(
    service: Service, officer: Session, reader: Session
) -> None:
    revoke(service.authority, print_of(reader), Fallen.CARD)
    take_revocations(officer, export_revocations(service.authority)[1])

    remove_authority(officer, print_of(service.authority))
    without = contact(officer, id_of(reader, officer)).standing.state
    typed = fingerprint_text(print_of(service.authority))
    trust_authority(officer, export_card(service.authority), typed=typed, scope=Scope())

    assert without is TrustState.COMPARED
    assert contact(officer, id_of(reader, officer)).standing.state is TrustState.REVOKED


def test_the_lists_known_here_say_how_old_they_are(service: Service, officer: Session) -> None:
    def known() -> TrustedAuthority:
        return authorities(officer)[print_of(service.authority)]

    before = known()
    take_revocations(officer, export_revocations(service.authority)[1])
    after, now = known(), service.clock.now
    service.clock.advance(days=31)

    assert (before.list_state(now), before.revocations) == (ListState.NONE_SEEN, None)
    assert (after.list_state(now), after.list_due) == (ListState.FRESH, now + timedelta(days=30))
    assert known().list_state(service.clock.now) is ListState.OVERDUE
    assert myself(officer).standing.list_state is ListState.OVERDUE


def test_the_authority_sees_in_its_own_vault_what_its_list_does(service: Service, reader: Session) -> None:
    known = add_contact(service.authority, service.endorsed(reader, "S"))
    revoke(service.authority, print_of(reader), Fallen.CARD)

    assert known.standing.state is TrustState.ENDORSED
    assert contact(service.authority, known.id).standing.state is TrustState.REVOKED


def test_who_is_believed_is_on_the_register(service: Service, officer: Session, reader: Session) -> None:
    take_revocations(officer, export_revocations(service.authority)[1])
    typed = fingerprint_text(print_of(service.authority))
    trust_authority(officer, export_card(service.authority), typed=typed, scope=Scope())
    remove_authority(officer, print_of(service.authority))

    facts = [one.entry.facts for one in lines(officer, Kind.TRUST)]

    assert [one.event for one in facts if isinstance(one, Trust)] == [
        TrustEvent.CARD_COMPARED,
        TrustEvent.LIST_TAKEN,
        TrustEvent.AUTHORITY_TRUSTED,
        TrustEvent.AUTHORITY_REMOVED,
    ]


def test_without_an_open_compartment_nothing_is_entered(service: Service, reader: Session) -> None:
    assert take_revocations(reader, export_revocations(service.authority)[1]).number is None


def test_an_authority_speaks_for_nobody_it_is(service: Service, tmp_path: Path) -> None:
    lonely = new_vault(tmp_path / "seul", "Seul", service.clock)
    service.opened.append(lonely)

    assert refusal(lonely, export_revocations(service.authority)[1]) is ListProblem.UNTRUSTED
