"""Clearance is recomputed by the sender before sealing and by the receiver before opening, each within their own scope.

A home authority and a partner one, an officer of the first and a liaison of the second, all with real vaults.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.cards import Granted, add_contact, confirm_contact, endorse, export_card, trust_authority
from cloison.actions.compartments import add_compartment, named_compartment
from cloison.actions.dissemination_plan import Row, plan
from cloison.actions.endorsements import look_up
from cloison.actions.open_package import read, receiver
from cloison.actions.people import contact, myself
from cloison.actions.revocations import export_revocations, revoke, take_revocations
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.directory.authority import WITHOUT_LIST, Scope
from cloison.directory.errors import EndOf, LateEndError, OwnEndorsementError
from cloison.directory.revocations import Fallen
from cloison.directory.sufficiency import TrustShortfall, TrustWarning
from cloison.directory.weighing import Lapse
from cloison.dissemination.errors import CannotSealError, NotClearedError, OwnCardError, SenderNotTrustedError
from cloison.labels.clearance import Clearance
from cloison.vault.compartment import Compartment
from cloison_crypto.identity import fingerprint_text
from service import Clock, Service, found_service, new_vault, words_for, write_marked

PORTIONS = ("[NP] un", "[DR] deux", "[S] trois")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = found_service(tmp_path, Clock())
    yield service
    service.close()


@pytest.fixture
def partner(service: Service, tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "partner").mkdir()
    partner = found_service(tmp_path / "partner", service.clock)
    yield partner
    partner.close()


@pytest.fixture
def officer(service: Service) -> Session:
    session = service.member("Officier", "S")
    add_compartment(session, "ALPHA", ceiling=None, need_to_know=False)
    return session


def follow(session: Session, authority: Session, scope: Scope) -> None:
    typed = fingerprint_text(authority.vault.member.identity.public.fingerprint)
    trust_authority(session, export_card(authority), typed=typed, scope=scope)


def limited(session: Session, mark: str, *nations: str) -> Scope:
    return Scope(
        clearance=Clearance.from_mark(session.policy, mark), nationalities=frozenset(nations) if nations else None
    )


def granted(service: Service, session: Session, mark: str, nationality: str, *needs: str) -> bytes:
    """The card of ``session``, endorsed for these compartments."""
    given = Granted(
        clearance=Clearance.from_mark(session.policy, mark),
        nationality=nationality,
        need_to_know=needs,
        until=service.clock.now + timedelta(days=100),
    )
    return endorse(service.authority, export_card(session), given)[1]


def known(to: Session, carte: bytes) -> str:
    """Take in a card and compare it; its id."""
    added = add_contact(to, carte)
    return confirm_contact(to, added.id, fingerprint_text(added.card.fingerprint)).id


def row(session: Session, reader: str, compartment: str = "ALPHA", *portions: str) -> Row:
    note = write_marked(session, named_compartment(session, compartment), "[NP] Titre", portions or PORTIONS)
    return plan(session, note.uid, [reader]).rows[0]


def released(one: Row) -> list[bool]:
    return [decision.is_released for decision in one.decisions if decision.number > 0]


def test_a_partner_authority_gives_nobody_more_than_its_scope_here(
    service: Service, partner: Service, officer: Session
) -> None:
    liaison = partner.member("Liaison", None)
    follow(officer, partner.authority, limited(officer, "[DR]", "DEU"))
    id = known(officer, granted(partner, liaison, "[TS]", "DEU"))

    found = row(officer, id)

    assert contact(officer, id).standing.clearance == Clearance.from_mark(officer.policy, "[DR]")
    assert released(found) == [True, True, False]


@pytest.mark.parametrize(
    "scope",
    [Scope(nationalities=frozenset({"BEL"})), Scope(policies=frozenset({"1.2.3"}))],
    ids=["another nationality", "another policy"],
)
def test_a_partner_authority_says_nothing_outside_its_scope(
    service: Service, partner: Service, officer: Session, scope: Scope
) -> None:
    liaison = partner.member("Liaison", None)
    follow(officer, partner.authority, scope)
    id = known(officer, granted(partner, liaison, "[S]", "DEU"))

    assert contact(officer, id).standing.clearance is None
    assert released(row(officer, id)) == [True, False, False]


def test_a_receiver_opens_nothing_above_the_scope_of_who_endorses_them_there(
    service: Service, officer: Session, tmp_path: Path
) -> None:
    reader = new_vault(tmp_path / "reader", "Lecteur", service.clock)
    service.opened.append(reader)
    follow(reader, service.authority, limited(reader, "[DR]"))
    add_contact(reader, granted(service, reader, "[S]", "FRA"))
    known(reader, export_card(officer))
    id = known(officer, export_card(reader))
    path = sealed(officer, id, tmp_path, "[S] un")

    assert myself(reader).standing.clearance == Clearance.from_mark(reader.policy, "[DR]")
    with pytest.raises(NotClearedError):
        read(path, receiver(reader))


def sealed(officer: Session, reader: str, folder: Path, *portions: str, compartment: str = "ALPHA") -> Path:
    note = write_marked(officer, named_compartment(officer, compartment), "[NP] Titre", portions)
    (one,) = seal_note(officer, note.uid, [reader], folder, options=SealOptions(), words_for=words_for)
    return one.path


def test_a_sender_beyond_the_scope_of_their_authority_there_is_not_endorsed(
    service: Service, partner: Service, officer: Session, tmp_path: Path
) -> None:
    liaison = partner.member("Liaison", "DR", "DEU")
    add_compartment(liaison, "ALPHA", ceiling=None, need_to_know=False)
    follow(liaison, service.authority, Scope())
    follow(officer, partner.authority, Scope(nationalities=frozenset({"BEL"})))
    known(officer, export_card(liaison))
    path = sealed(liaison, known(liaison, export_card(officer)), tmp_path, "[DR] un")

    with pytest.raises(SenderNotTrustedError) as refused:
        read(path, receiver(officer))

    assert refused.value.shortfall is TrustShortfall.NOT_ENDORSED


@pytest.fixture
def closed(officer: Session) -> Compartment:
    return add_compartment(officer, "CLOISON", ceiling=None, need_to_know=True)


def test_a_need_to_know_compartment_is_for_whom_the_endorsement_names_its_id(
    service: Service, officer: Session, closed: Compartment
) -> None:
    reader = service.member("Lecteur", None)
    without = known(officer, granted(service, reader, "[S]", "FRA"))
    before = row(officer, without, "CLOISON")
    service.clock.advance(minutes=1)
    add_contact(officer, granted(service, reader, "[S]", "FRA", closed.id))
    after = row(officer, without, "CLOISON")

    assert (released(before), before.is_refused) == ([False] * 3, True)
    assert (released(after), after.is_refused) == ([True] * 3, False)


def test_a_partner_authority_opens_no_need_to_know_compartment_of_ours(
    service: Service, partner: Service, officer: Session, closed: Compartment
) -> None:
    liaison = partner.member("Liaison", None)
    follow(officer, partner.authority, limited(officer, "[DR]"))
    id = known(officer, granted(partner, liaison, "[DR]", "DEU", closed.id))

    assert contact(officer, id).standing.clearance is not None
    assert contact(officer, id).standing.need_to_know == frozenset()
    assert released(row(officer, id, closed.name)) == [False] * 3


@pytest.mark.parametrize("own_has_ended", [False, True])
def test_a_partner_authority_is_not_heard_on_whom_our_own_has_spoken_of(
    service: Service, partner: Service, officer: Session, reader: Session, own_has_ended: bool
) -> None:
    id = id_of(reader, officer)
    before = contact(officer, id).standing
    follow(officer, partner.authority, limited(officer, "[TS]", "DEU"))
    if own_has_ended:
        service.clock.advance(days=366)
    service.clock.advance(minutes=1)
    known(officer, granted(partner, reader, "[DR]", "DEU"))

    now = contact(officer, id).standing
    lines = look_up(officer, contact(officer, id)).endorsements
    assert (before.is_endorsed, before.nationality) == (True, "FRA")
    assert now.nationality == (None if own_has_ended else "FRA")
    assert now.is_endorsed is not own_has_ended
    assert [one.lapse for one in lines if one.nationality == "DEU"] == [Lapse.OVERRULED]


def test_the_id_of_another_compartment_opens_none(service: Service, officer: Session, closed: Compartment) -> None:
    reader = service.member("Lecteur", None)
    other = named_compartment(officer, "ALPHA").id
    id = known(officer, granted(service, reader, "[S]", "FRA", other))

    assert row(officer, id, "CLOISON").is_refused


def test_a_need_to_know_is_gone_with_the_endorsement_that_gave_it(
    service: Service, officer: Session, closed: Compartment
) -> None:
    reader = service.member("Lecteur", None)
    id = known(officer, granted(service, reader, "[S]", "FRA", closed.id))
    revoke(service.authority, reader.vault.member.identity.public.fingerprint, Fallen.ENDORSEMENT)
    take_revocations(officer, export_revocations(service.authority)[1])

    found = row(officer, id, "CLOISON")

    assert contact(officer, id).standing.need_to_know == frozenset()
    assert found.shortfall is TrustShortfall.ENDORSEMENT_REVOKED


@pytest.fixture
def reader(service: Service, officer: Session) -> Session:
    session = service.member("Lecteur", "S")
    service.introduce(session, officer)
    service.introduce(officer, session)
    return session


def id_of(session: Session, to: Session) -> str:
    return to.vault.directory.contact(session.vault.member.identity.public.fingerprint).id


def test_a_revoked_sender_is_refused_though_the_package_was_sealed_before(
    service: Service, officer: Session, reader: Session, tmp_path: Path
) -> None:
    path = sealed(officer, id_of(reader, officer), tmp_path, "[DR] un")
    revoke(service.authority, officer.vault.member.identity.public.fingerprint, Fallen.CARD)
    take_revocations(reader, export_revocations(service.authority)[1])

    with pytest.raises(SenderNotTrustedError) as refused:
        read(path, receiver(reader))

    assert refused.value.shortfall is TrustShortfall.REVOKED


def test_a_revoked_member_sends_nothing(service: Service, officer: Session, reader: Session, tmp_path: Path) -> None:
    revoke(service.authority, officer.vault.member.identity.public.fingerprint, Fallen.CARD)
    take_revocations(officer, export_revocations(service.authority)[1])

    with pytest.raises(OwnCardError) as refused:
        sealed(officer, id_of(reader, officer), tmp_path, "[NP] un")

    assert refused.value.shortfall is TrustShortfall.REVOKED
    assert not list(tmp_path.glob("*.pli*"))


def test_an_overdue_list_warns_at_dr_and_refuses_from_secret_on_both_sides(
    service: Service, officer: Session, reader: Session, tmp_path: Path
) -> None:
    id = id_of(reader, officer)
    restricted, secret = sealed(officer, id, tmp_path, "[DR] un"), sealed(officer, id, tmp_path, "[S] un")
    service.clock.advance(days=WITHOUT_LIST.days)

    at_dr, at_secret = row(officer, id, "ALPHA", "[DR] un"), row(officer, id, "ALPHA", "[S] un")

    assert (at_dr.shortfall, at_dr.warnings) == (None, (TrustWarning.LIST_OVERDUE,))
    assert (at_secret.shortfall, at_secret.is_refused) == (TrustShortfall.LIST_OVERDUE, True)
    assert read(restricted, receiver(reader)).warnings == (TrustWarning.LIST_OVERDUE,)
    with pytest.raises(SenderNotTrustedError) as refused:
        read(secret, receiver(reader))
    assert refused.value.shortfall is TrustShortfall.LIST_OVERDUE


def test_a_fresh_list_opens_what_an_overdue_one_kept_closed(
    service: Service, officer: Session, reader: Session, tmp_path: Path
) -> None:
    path = sealed(officer, id_of(reader, officer), tmp_path, "[S] un")
    service.clock.advance(days=WITHOUT_LIST.days)

    take_revocations(reader, export_revocations(service.authority)[1])

    assert read(path, receiver(reader)).warnings == ()


def test_an_endorsement_that_ended_is_told_from_one_there_never_was(
    service: Service, officer: Session, reader: Session
) -> None:
    stranger = service.member("Inconnu", None)
    service.introduce(stranger, officer)
    service.clock.advance(days=366)

    note = write_marked(officer, named_compartment(officer, "ALPHA"), "[S] Titre", ["[S] un"])
    ended, never = plan(officer, note.uid, [id_of(reader, officer), id_of(stranger, officer)]).rows

    assert (ended.shortfall, never.shortfall) == (TrustShortfall.ENDORSEMENT_EXPIRED, None)
    assert never.is_refused
    with pytest.raises(CannotSealError) as refused:
        seal_note(
            officer,
            note.uid,
            [id_of(reader, officer), id_of(stranger, officer)],
            Path("out"),
            options=SealOptions(),
            words_for=words_for,
        )
    assert [one.shortfall for one in refused.value.refused] == [TrustShortfall.ENDORSEMENT_EXPIRED, None]


def test_an_endorsement_ends_no_later_than_the_card_of_its_authority(service: Service, officer: Session) -> None:
    latest = myself(service.authority).card.expires
    given = Granted(
        clearance=Clearance.from_mark(officer.policy, "[S]"),
        nationality="FRA",
        need_to_know=(),
        until=latest + timedelta(seconds=1),
    )

    with pytest.raises(LateEndError) as refused:
        endorse(service.authority, export_card(officer), given)

    assert (refused.value.of, refused.value.latest) == (EndOf.ENDORSEMENT, latest)
    assert endorse(service.authority, export_card(officer), replace(given, until=latest))


def test_an_authority_does_not_endorse_its_own_card(service: Service) -> None:
    with pytest.raises(OwnEndorsementError):
        granted(service, service.authority, "[S]", "FRA")
