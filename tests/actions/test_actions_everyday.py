"""Unlocking, compartments, finding, cards and trust, over real vaults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cloison.actions.cards import (
    Granted,
    add_contact,
    become_authority,
    confirm_contact,
    endorse,
    export_card,
    remove_authority,
    trust_authority,
)
from cloison.actions.compartments import add_compartment, list_compartments, named_compartment
from cloison.actions.find_notes import find_notes
from cloison.actions.passphrase import change_passphrase
from cloison.actions.people import authorities, contact, contacts, myself
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.actions.write_note import mark_portions, save_note
from cloison.directory.authority import Scope
from cloison.directory.card import Role
from cloison.directory.carte import read_carte, write_carte
from cloison.directory.endorsement import Endorsement
from cloison.directory.errors import FingerprintError, NotAnAuthorityError, UnholdableClearanceError
from cloison.directory.trust import TrustState
from cloison.labels.clearance import Clearance
from cloison.settings.values import Settings
from cloison.vault.errors import CeilingError, CompartmentClosedError, UnknownIdError, WrongPassphraseError
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.envelope import seal
from cloison_crypto.identity import fingerprint_text
from cloison_crypto.signing import ENDORSEMENT
from cloison_crypto.slots import LOWEST
from service import Clock, Service, mark, new_vault, write_marked


def secret(text: str) -> PassphraseSecret:
    return PassphraseSecret(passphrase=bytearray(text.encode()))


def again(path: Path, clock: Clock, text: str) -> Session:
    return unlock(path, alias=None, secret=secret(text), settings=Settings(), clock=clock, randomness=os.urandom)


def granted(service: Service, clearance: str, nationality: str) -> Granted:
    return Granted(
        clearance=Clearance.from_mark(service.authority.policy, clearance),
        nationality=nationality,
        need_to_know=("ab" * 16, "ab" * 16),
        until=service.clock.now.replace(year=2027),
    )


def test_a_note_is_there_again_after_unlocking(tmp_path: Path, clock: Clock) -> None:
    first = new_vault(tmp_path / "v", "Officier", clock)
    note = write_marked(first, add_compartment(first, "A", ceiling=None, need_to_know=False), "[S] Titre", ["[S] un"])
    first.vault.close()

    second = again(tmp_path / "v", clock, "une phrase de passe pour les essais")

    with second.vault:
        assert second.find_note(note.uid)[1].note == note


def test_a_changed_passphrase_opens_and_the_old_one_no_longer(tmp_path: Path, clock: Clock) -> None:
    session = new_vault(tmp_path / "v", "Officier", clock)
    change_passphrase(
        session,
        old=secret("une phrase de passe pour les essais"),
        new=bytearray(b"une autre phrase, plus longue"),
        cost=LOWEST,
    )
    session.vault.close()

    again(tmp_path / "v", clock, "une autre phrase, plus longue").vault.close()
    with pytest.raises(WrongPassphraseError):
        again(tmp_path / "v", clock, "une phrase de passe pour les essais")


def test_the_old_passphrase_is_asked_for_before_it_is_changed(tmp_path: Path, clock: Clock) -> None:
    session = new_vault(tmp_path / "v", "Officier", clock)

    with session.vault, pytest.raises(WrongPassphraseError):
        change_passphrase(session, old=secret("devinée"), new=bytearray(b"x" * 20), cost=LOWEST)


def test_a_closed_compartment_shows_its_name_and_nothing_else(service: Service) -> None:
    session = service.member("Officier", "S")
    compartment = add_compartment(session, "A", ceiling=mark(session, "S"), need_to_know=True)
    note = write_marked(session, compartment, "[S] Titre", ["[S] un"])
    session.vault.close_compartment(compartment.id)

    (line,) = list_compartments(session)

    assert (line.name, line.notes) == ("A", None)
    assert find_notes(session, limit=10) == ()
    with pytest.raises(UnknownIdError):
        session.find_note(note.uid)
    with pytest.raises(CompartmentClosedError):
        named_compartment(session, "A")


def test_a_compartment_answers_to_its_name_and_its_id(service: Service) -> None:
    session = service.member("Officier", "S")
    compartment = add_compartment(session, "A", ceiling=None, need_to_know=False)

    assert named_compartment(session, "A").id == named_compartment(session, compartment.id).id == compartment.id
    with pytest.raises(UnknownIdError):
        named_compartment(session, "B")


def test_a_note_above_the_ceiling_is_not_saved(service: Service) -> None:
    session = service.member("Officier", "S")
    compartment = add_compartment(session, "A", ceiling=mark(session, "DR"), need_to_know=False)
    note = write_marked(session, compartment, "[NP] Titre", ["[DR] un"])

    with pytest.raises(CeilingError):
        mark_portions(session, note.uid, [1], mark(session, "S"), reason=None)

    assert session.find_note(note.uid)[1].revision == 1


def test_notes_are_found_over_the_open_compartments_newest_first(service: Service) -> None:
    session = service.member("Officier", "S")
    one, two = (add_compartment(session, name, ceiling=None, need_to_know=False) for name in ("A", "B"))
    write_marked(session, one, "[NP] Premier", ["[NP] le héron cendré"])
    service.clock.advance(minutes=1)
    write_marked(session, two, "[S] Second", ["[S] un héron"])
    service.clock.advance(minutes=1)
    write_marked(session, one, "Troisième", ["sans marque"])

    def titles(*, query: str | None = None, compartment_id: str | None = None) -> list[str]:
        found = find_notes(session, query=query, compartment_id=compartment_id, limit=10)
        return [line.row.title for line in found]

    assert titles() == ["Troisième", "Second", "Premier"]
    assert titles(query="heron") == ["Second", "Premier"]
    assert titles(query="heron", compartment_id=one.id) == ["Premier"]
    assert titles(query="  ", compartment_id=two.id) == ["Second"]
    assert [line.row.title for line in find_notes(session, limit=1)] == ["Troisième"]
    assert [line.label is None for line in find_notes(session, limit=10)] == [True, False, False]


def test_saving_again_adds_a_revision(service: Service) -> None:
    session = service.member("Officier", "S")
    compartment = add_compartment(session, "A", ceiling=None, need_to_know=False)
    note = write_marked(session, compartment, "[NP] Titre", ["[NP] un"])

    assert save_note(session, compartment, note, changes=()).revision == 2


def test_only_an_authority_endorses(service: Service) -> None:
    officer = service.member("Officier", "S")

    with pytest.raises(NotAnAuthorityError):
        endorse(officer, export_card(officer), granted(service, "[S]", "FRA"))


def test_only_an_authority_is_trusted_as_one(service: Service) -> None:
    officer, other = service.member("Officier", "S"), service.member("Autre", "S")
    typed = fingerprint_text(other.vault.member.identity.public.fingerprint)

    with pytest.raises(NotAnAuthorityError):
        trust_authority(officer, export_card(other), typed=typed, scope=Scope())


def test_an_authority_is_not_trusted_on_another_fingerprint(service: Service) -> None:
    officer = service.member("Officier", None)
    remove_authority(officer, service.authority.vault.member.identity.public.fingerprint)
    other = fingerprint_text(officer.vault.member.identity.public.fingerprint)

    with pytest.raises(FingerprintError):
        trust_authority(officer, export_card(service.authority), typed=other, scope=Scope())

    assert authorities(officer) == {}


def test_a_contact_is_not_confirmed_on_another_fingerprint(service: Service) -> None:
    officer, other = service.member("Officier", "S"), service.member("Autre", None)
    added = add_contact(officer, export_card(other))

    with pytest.raises(FingerprintError):
        confirm_contact(officer, added.id, fingerprint_text(officer.vault.member.identity.public.fingerprint))

    assert contact(officer, added.id).standing.state is TrustState.IMPORTED


def test_nobody_puts_an_older_card_of_mine_in_place_of_my_own(service: Service, tmp_path: Path) -> None:
    session = new_vault(tmp_path / "v", "Sécurité", service.clock)
    older = export_card(session)
    become_authority(session, "Sécurité")

    with session.vault:
        add_contact(session, older)

        assert myself(session).card.role is Role.AUTHORITY


def test_my_own_endorsed_card_is_mine(service: Service) -> None:
    officer = service.member("Officier", "S-SF")

    mine = myself(officer)

    assert (mine.standing.state, mine.standing.nationality, mine.is_mine) == (TrustState.SELF, "FRA", True)


def test_an_endorsement_by_a_trusted_authority_that_cannot_be_held_is_refused_whole(service: Service) -> None:
    officer = service.member("Officier", "S")
    stranger = service.member("Étranger", None)
    carte = read_carte(export_card(stranger))
    authority = service.authority.vault.member.identity
    careless = Endorsement(
        subject=carte.card.fingerprint,
        authority=authority.public.fingerprint,
        clearance=Clearance.from_mark(officer.policy, "[S-SF]"),
        nationality="DEU",
        need_to_know=(),
        issued=service.clock.now,
        expires=service.clock.now.replace(year=2027),
    )
    forced = seal(ENDORSEMENT, careless.body(), authority.sign_every(ENDORSEMENT, careless.body()))
    before = contacts(officer)

    with pytest.raises(UnholdableClearanceError):
        add_contact(officer, write_carte(carte.card_envelope, [forced]))

    assert contacts(officer) == before


def test_an_endorsement_by_an_authority_trusted_later_counts_from_then_on(service: Service, tmp_path: Path) -> None:
    officer = service.member("Officier", "S")
    partner_authority = new_vault(tmp_path / "partner", "Sécurité partenaire", service.clock)
    become_authority(partner_authority, "Sécurité partenaire")
    stranger = service.member("Étranger", None)
    _, carte = endorse(partner_authority, export_card(stranger), granted(service, "[DR]", "DEU"))
    imported = add_contact(officer, carte)

    typed = fingerprint_text(partner_authority.vault.member.identity.public.fingerprint)
    trust_authority(officer, export_card(partner_authority), typed=typed, scope=Scope())

    assert imported.standing.state is TrustState.IMPORTED
    assert contact(officer, imported.id).standing.state is TrustState.ENDORSED
    partner_authority.vault.close()


def test_an_authority_that_is_trusted_no_longer_establishes_nothing(service: Service) -> None:
    officer = service.member("Officier", "S")

    remove_authority(officer, service.authority.vault.member.identity.public.fingerprint)

    assert myself(officer).standing.clearance is None
    with pytest.raises(UnknownIdError):
        remove_authority(officer, bytes(32))


def test_a_compared_fingerprint_is_remembered(service: Service) -> None:
    officer, other = service.member("Officier", "S"), service.member("Autre", None)
    added = add_contact(officer, export_card(other))

    confirmed = confirm_contact(officer, added.id, fingerprint_text(added.card.fingerprint))

    assert (added.standing.state, confirmed.standing.state) == (TrustState.IMPORTED, TrustState.COMPARED)
    with pytest.raises(UnknownIdError):
        contact(officer, "nobody")


def test_an_authority_keeps_its_keys_and_gets_a_new_card(service: Service) -> None:
    card = myself(service.authority).card

    assert (card.role, card.serial) == (Role.AUTHORITY, 2)
    assert card.fingerprint == service.authority.vault.member.identity.public.fingerprint
