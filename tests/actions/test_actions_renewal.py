"""My card anew: of the same keys, or with new keys that the old ones sign; the old identity goes on reading."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cloison.actions.cards import add_contact, export_card, remove_authority, trust_authority
from cloison.actions.compartments import add_compartment, named_compartment
from cloison.actions.open_package import read, receiver
from cloison.actions.people import authorities, contact, contacts, myself
from cloison.actions.registers import lines, verify
from cloison.actions.renewal import reissue_card, renew_identity
from cloison.actions.revocations import export_revocations, own_list, revoke, take_revocations
from cloison.actions.roll_over import roll_over
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session, session_on
from cloison.directory.authority import Scope
from cloison.directory.card import Card, Role
from cloison.directory.carte import write_carte
from cloison.directory.errors import CardError, FingerprintError
from cloison.directory.revocations import Fallen
from cloison.directory.trust import TrustState
from cloison.dissemination.errors import UnknownSenderError
from cloison.registers.facts import Kind
from cloison.vault.errors import DiskError, DiskProblem, WrongPassphraseError
from cloison.vault.header import write_header
from cloison.vault.opening import open_vault
from cloison.vault.ways import PassphraseSecret
from cloison_crypto.envelope import seal
from cloison_crypto.identity import Identity, fingerprint_text
from cloison_crypto.signing import CARD
from service import START, Clock, Service, found_service, words_for, write_marked

STRANGER = Identity.generate(os.urandom)
PASSPHRASE = b"une phrase de passe pour les essais"


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
    service.introduce(officer, session)
    return session


def secret() -> PassphraseSecret:
    return PassphraseSecret(passphrase=bytearray(PASSPHRASE))


def print_of(session: Session) -> bytes:
    return session.vault.member.identity.public.fingerprint


def sealed(officer: Session, reader: bytes, folder: Path) -> Path:
    """A package to the card of that fingerprint."""
    note = write_marked(officer, named_compartment(officer, "ALPHA"), "[S] Titre", ["[S] un"])
    recipient = officer.vault.directory.contact(reader).id
    (one,) = seal_note(officer, note.uid, [recipient], folder, options=SealOptions(), words_for=words_for)
    return one.path


def reopened(session: Session, service: Service) -> Session:
    """The same vault, closed and opened again."""
    folder = session.vault.folder
    session.vault.close()
    vault = open_vault(folder, alias=None, secret=secret(), clock=service.clock, randomness=session.randomness)
    again = session_on(vault, settings=session.settings, clock=service.clock, randomness=session.randomness)
    service.opened.append(again)
    return again


def test_a_card_issued_anew_keeps_what_was_compared(service: Service, officer: Session, reader: Session) -> None:
    service.clock.advance(days=30)
    card = reissue_card(reader)

    added = add_contact(officer, export_card(reader))

    assert (card.serial, added.card) == (2, card)
    assert (added.standing.state, added.standing.is_compared) == (TrustState.ENDORSED, True)


def test_new_keys_are_compared_and_endorsed_anew(service: Service, officer: Session, reader: Session) -> None:
    old = print_of(reader)

    card = renew_identity(reader, secret())
    added = add_contact(officer, export_card(reader))
    again = add_contact(officer, service.endorsed(reader, "S"))

    assert (card.previous, card.name) == (old, "Lecteur")
    assert myself(reader).standing.clearance is None
    assert added.changed_from is not None
    assert (added.changed_from.fingerprint, added.changed_from.compared_by) == (old, "Officier")
    assert (added.standing.state, again.standing.state) == (TrustState.IMPORTED, TrustState.ENDORSED)
    assert not again.standing.is_compared


def test_i_am_one_person_in_my_own_directory(reader: Session) -> None:
    renew_identity(reader, secret(), name="Lectrice")

    assert [one.card.name for one in contacts(reader) if one.is_mine] == ["Lectrice"]
    assert [one.card.name for one in contacts(reader)] == ["Lectrice", "Officier"]


def test_what_was_sealed_to_the_old_keys_still_opens(
    service: Service, officer: Session, reader: Session, tmp_path: Path
) -> None:
    path = sealed(officer, print_of(reader), tmp_path)
    renew_identity(reader, secret())
    add_contact(reader, service.endorsed(reader, "S"))

    now = read(path, receiver(reader))
    later = read(path, receiver(reopened(reader, service)))

    assert now.digest == later.digest


def test_a_vault_with_new_keys_opens_with_every_compartment(service: Service, officer: Session) -> None:
    renew_identity(officer, secret())
    add_compartment(officer, "BRAVO", ceiling=None, need_to_know=False)

    again = reopened(officer, service)

    assert [one.name for one in again.open_compartments()] == ["ALPHA", "BRAVO"]
    assert again.vault.problems == ()
    assert [verdict.first_bad for verdict in verify(again)] == [None, None]
    assert lines(again, Kind.TRUST)[-1].entry.by == "Officier"


def test_what_was_received_before_is_known_after(officer: Session, reader: Session) -> None:
    reader.vault.exchange.next_serial("ab" * 32)
    before = reader.vault.exchange.next_serial("ab" * 32).serial

    renew_identity(reader, secret())

    assert reader.vault.exchange.next_serial("ab" * 32).serial == before + 1


def test_a_sender_with_new_keys_is_unknown_until_their_card_comes(
    service: Service, officer: Session, reader: Session, tmp_path: Path
) -> None:
    renew_identity(officer, secret())
    add_contact(officer, service.endorsed(officer, "S"))
    path = sealed(officer, print_of(reader), tmp_path)

    with pytest.raises(UnknownSenderError):
        read(path, receiver(reader))
    add_contact(reader, export_card(officer))

    assert read(path, receiver(reader)).sender.name == "Officier"


def test_a_wrong_secret_makes_no_new_keys(reader: Session) -> None:
    old = print_of(reader)

    with pytest.raises(WrongPassphraseError):
        renew_identity(reader, PassphraseSecret(passphrase=bytearray(b"another")))

    assert print_of(reader) == old
    assert len(reader.vault.directory.contacts()) == 2


def test_an_authority_with_new_keys_is_trusted_by_its_whole_fingerprint_again(
    service: Service, officer: Session, reader: Session
) -> None:
    old = print_of(service.authority)
    renew_identity(service.authority, secret())

    with pytest.raises(FingerprintError):
        trust_authority(officer, export_card(service.authority), typed=fingerprint_text(old), scope=Scope())
    typed = fingerprint_text(print_of(service.authority))
    trusted = trust_authority(officer, export_card(service.authority), typed=typed, scope=Scope())
    found = roll_over(officer, trusted)
    remove_authority(officer, old)

    assert found is not None
    assert (found.earlier.card.fingerprint, {one.card.name for one in found.relying}) == (old, {"Officier", "Lecteur"})
    assert set(authorities(officer)) == {print_of(service.authority)}
    assert roll_over(officer, trusted) is None
    assert contact(officer, officer.vault.directory.contact(print_of(reader)).id).standing.state is TrustState.COMPARED


def test_new_keys_the_old_authority_did_not_sign_are_not_trusted_as_its_own(service: Service, officer: Session) -> None:
    claimed = Card(
        identity=STRANGER.public,
        name="Officier de sécurité",
        role=Role.AUTHORITY,
        issued=START,
        expires=START + timedelta(days=100),
        serial=1,
        previous=print_of(service.authority),
    )
    body = claimed.body()
    elsewhere = service.authority.vault.member.identity.sign_every(CARD, b"another card")
    forged = seal(CARD, body, (*STRANGER.sign_every(CARD, body), *elsewhere))
    typed = fingerprint_text(STRANGER.public.fingerprint)

    with pytest.raises(CardError):
        trust_authority(officer, write_carte(forged, ()), typed=typed, scope=Scope())

    assert set(authorities(officer)) == {print_of(service.authority)}


def test_an_authority_with_new_keys_still_revokes_what_it_had_revoked(
    service: Service, officer: Session, reader: Session
) -> None:
    revoke(service.authority, print_of(reader), Fallen.CARD)
    renew_identity(service.authority, secret())
    typed = fingerprint_text(print_of(service.authority))
    trust_authority(officer, export_card(service.authority), typed=typed, scope=Scope())

    taken = take_revocations(officer, export_revocations(service.authority)[1])

    assert (taken.revocations.number, [one.card.name for one in taken.named]) == (1, ["Lecteur"])
    assert own_list(service.authority).of(print_of(reader)) is not None


def test_new_keys_that_a_failing_disk_has_kept_are_in_use_with_their_card(
    service: Service, officer: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = print_of(officer)

    def fails_late(*arguments: Any, **named: Any) -> None:
        write_header(*arguments, **named)
        raise DiskError(DiskProblem.FULL, file="header.json")

    monkeypatch.setattr("cloison.vault.current_header.write_header", fails_late)
    with pytest.raises(DiskError):
        renew_identity(officer, secret())
    monkeypatch.undo()
    again = reopened(officer, service)

    assert myself(again).card.previous == old
    assert myself(again).card.fingerprint == print_of(again)
    assert [one.first_bad for one in verify(again)] == [None]
    add_compartment(again, "BRAVO", ceiling=None, need_to_know=False)


def test_new_keys_that_a_failing_disk_has_not_kept_leave_no_card(
    officer: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = myself(officer).card

    def fails(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="header.json")

    monkeypatch.setattr("cloison.vault.current_header.write_header", fails)
    with pytest.raises(DiskError):
        renew_identity(officer, secret())

    assert myself(officer).card == before
    assert [one.card for one in contacts(officer)] == [before]
