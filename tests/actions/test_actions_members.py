"""Several members: who may be read in, what is left after one is gone, what keys, backups and registers become."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cloison.actions.backup import make_backup, restore
from cloison.actions.cards import Granted, add_contact, become_authority, endorse
from cloison.actions.check_vault import check_vault
from cloison.actions.compartments import add_compartment
from cloison.actions.members import add_member, confirm_member, remove_member
from cloison.actions.readers import list_readers, read_in, read_out
from cloison.actions.registers import lines, verify
from cloison.actions.renewal import renew_identity
from cloison.actions.session import Session
from cloison.directory.authority import Scope
from cloison.directory.carte import write_carte
from cloison.labels.clearance import Clearance
from cloison.labels.marks import read_mark
from cloison.registers.facts import Trust, TrustEvent
from cloison.settings.values import Settings
from cloison.vault.errors import (
    DiskError,
    DiskProblem,
    NotClearedError,
    UnconfirmedMembersError,
    UnknownIdError,
    UnknownToMembersError,
)
from cloison.vault.header import write_header
from cloison.vault.members import Acquaintance
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto import canonical
from cloison_crypto.identity import fingerprint_text
from cloison_crypto.slots import LOWEST
from service import Clock, Service, write_marked
from several import ALL, BOTH, CLERK, DEPUTY, OFFICER, SharedVault, found_shared, named, passphrase_of

OpenAs = Callable[[str], Session]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> SharedVault:
    return found_shared(tmp_path_factory.mktemp("shared"), Clock())


@pytest.fixture
def shared(founded: SharedVault, tmp_path: Path) -> Iterator[SharedVault]:
    shutil.copytree(founded.folder, tmp_path / "vault")
    copy = SharedVault(folder=tmp_path / "vault", clock=Clock())
    yield copy
    copy.close()


@pytest.fixture
def open_as(shared: SharedVault) -> OpenAs:
    return shared.open_as


def titles(session: Session, name: str) -> list[str]:
    return [row.title for row in named(session, name).notes.list(limit=99)]


def names(session: Session) -> list[str]:
    return sorted(one.name for one in session.open_compartments())


# Reading in asks for what is endorsed.


@pytest.fixture
def officer(service: Service) -> Session:
    """An officer's vault with a second member, "Adjoint", whom nobody has endorsed."""
    officer = service.member(OFFICER, "TS-SF")
    add_member(officer, DEPUTY, passphrase=passphrase_of(DEPUTY), cost=LOWEST)
    return officer


def endorse_member(
    service: Service, authority: Session, to: Session, clearance: str, *needed: str, alias: str = DEPUTY
) -> None:
    """Endorse the deputy, or another, in the officer's vault."""
    fingerprint = to.vault.members.named(alias).fingerprint
    assert fingerprint is not None
    bare = write_carte(to.vault.directory.contact(fingerprint).card, ())
    granted = Granted(
        clearance=Clearance.from_mark(authority.policy, clearance),
        nationality="FRA",
        need_to_know=needed,
        until=service.clock.now + timedelta(days=300),
    )
    add_contact(to, endorse(authority, bare, granted)[1])


@pytest.mark.parametrize(("clearance", "is_read_in"), [("S", True), ("DR", False), (None, False)], ids=str)
def test_a_ceiling_asks_for_a_clearance_that_reaches_it(
    service: Service, officer: Session, clearance: str | None, *, is_read_in: bool
) -> None:
    ceiling = read_mark(officer.policy, "S", created=officer.now())
    made = add_compartment(officer, "Plafond", ceiling=ceiling, need_to_know=False)
    if clearance is not None:
        endorse_member(service, service.authority, officer, clearance)

    with suppress(NotClearedError):
        read_in(officer, made, DEPUTY)

    assert (DEPUTY in [one.alias for one in list_readers(officer, made)]) is is_read_in


def test_need_to_know_asks_for_an_endorsement_that_lists_the_compartment(service: Service, officer: Session) -> None:
    made = add_compartment(officer, "Source", ceiling=None, need_to_know=True)
    endorse_member(service, service.authority, officer, "S")
    with pytest.raises(NotClearedError) as caught:
        read_in(officer, made, DEPUTY)
    service.clock.advance(days=1)

    endorse_member(service, service.authority, officer, "S", made.id)
    read_in(officer, made, DEPUTY)

    assert caught.value.needed == made.id
    assert [one.alias for one in list_readers(officer, made)] == [OFFICER, DEPUTY]


def test_whoever_is_cleared_no_longer_does_not_get_the_next_key(service: Service, officer: Session) -> None:
    made = add_compartment(officer, "Source", ceiling=None, need_to_know=True)
    add_member(officer, CLERK, passphrase=passphrase_of(CLERK), cost=LOWEST)
    endorse_member(service, service.authority, officer, "S", made.id)
    endorse_member(service, service.authority, officer, "S", made.id, alias=CLERK)
    read_in(officer, made, DEPUTY)
    read_in(officer, made, CLERK)
    service.clock.advance(days=1)
    endorse_member(service, service.authority, officer, "S")

    fallen = read_out(officer, made, CLERK)

    assert [(one.compartment, one.alias) for one in fallen] == [("Source", DEPUTY)]
    assert [one.alias for one in list_readers(officer, made)] == [OFFICER]
    entered = [one.entry.facts for one in lines(officer)]
    assert [one.name for one in entered if isinstance(one, Trust) and one.event is TrustEvent.READ_OUT] == [
        DEPUTY,
        CLERK,
    ]


def test_an_authority_that_another_member_put_in_the_shared_file_endorses_nobody(
    service: Service, officer: Session, tmp_path: Path
) -> None:
    false = service.member("Fausse autorité", None)
    card = become_authority(false, "Fausse autorité")
    made = add_compartment(officer, "Source", ceiling=None, need_to_know=True)
    directory = officer.vault.directory
    row = false.vault.directory.contact(card.fingerprint)
    # What an insider can write: the row that trusting an authority makes.
    directory.put_authority(
        card.fingerprint, row.card, canonical.write(Scope().to_json()), at=officer.now(), by=OFFICER
    )
    endorse_member(service, false, officer, "TS", made.id)

    with pytest.raises(NotClearedError):
        read_in(officer, made, DEPUTY)


# Keys, registers, backups.


def test_chains_states_and_ids_survive_another_key(open_as: OpenAs) -> None:
    officer = open_as(OFFICER)
    before = named(officer, ALL)
    entries = [(one.sequence, one.digest) for one in before.chain.entries()]
    ids = [row.uid for row in before.notes.list(limit=9)]

    read_out(officer, before, CLERK)
    write_marked(officer, before, "[S] Suite", ("[S] Texte.",))

    again = open_as(OFFICER)
    after = named(again, ALL)
    assert [(one.sequence, one.digest) for one in after.chain.entries()][: len(entries)] == entries
    assert [row.uid for row in after.notes.list(limit=9)][1:] == ids
    assert after.id == before.id
    assert check_vault(again).is_sound
    assert [len(found.notes.search("Texte", limit=9)) for found in (after,)] == [2]


def test_whoever_stays_goes_on_and_whoever_is_out_is_told(open_as: OpenAs) -> None:
    officer = open_as(OFFICER)
    read_out(officer, named(officer, ALL), CLERK)

    assert names(open_as(DEPUTY)) == sorted((ALL, BOTH))
    clerk = open_as(CLERK)

    assert names(clerk) == []
    assert [(one.kind.name, one.name) for one in clerk.vault.problems] == [("KEY_GONE", ALL)]


def test_somebody_read_out_can_be_read_in_again(open_as: OpenAs) -> None:
    officer = open_as(OFFICER)
    read_out(officer, named(officer, ALL), CLERK)
    open_as(CLERK)
    officer = open_as(OFFICER)

    read_in(officer, named(officer, ALL), CLERK)

    clerk = open_as(CLERK)
    assert names(clerk) == [ALL]
    assert clerk.vault.problems == ()


def test_a_member_is_gone_from_everything_and_the_others_go_on(open_as: OpenAs, shared: SharedVault) -> None:
    assert remove_member(open_as(OFFICER), CLERK).pending == ()

    for alias, seen in ((OFFICER, 3), (DEPUTY, 2)):
        found = open_as(alias)
        assert len(names(found)) == seen
        assert check_vault(found).is_sound
        assert [one.alias for one in list_readers(found, named(found, ALL))] == [OFFICER, DEPUTY]
    with pytest.raises(UnknownIdError):
        open_as(CLERK)
    shared.close()
    assert len(list(shared.folder.glob("shared*.db"))) == 1


def test_what_the_remover_cannot_do_is_pending_until_a_reader_does_it(open_as: OpenAs) -> None:
    deputy = open_as(DEPUTY)
    made = add_compartment(deputy, "À deux", ceiling=None, need_to_know=False)
    confirm_member(deputy, CLERK, fingerprint_text(deputy.vault.members.named(CLERK).fingerprint or b""))
    read_in(deputy, made, CLERK)
    remove_member(open_as(OFFICER), CLERK)

    deputy = open_as(DEPUTY)
    pending = deputy.vault.readers.pending()
    read_out(deputy, named(deputy, "À deux"), CLERK)

    assert [(one.name, one.alias) for one in pending] == [("À deux", CLERK)]
    assert deputy.vault.readers.pending() == ()


def test_several_who_are_gone_lose_a_compartment_by_one_new_key(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = open_as(OFFICER)
    monkeypatch.setattr("cloison.vault.compartment_files.CompartmentFiles.copy", full)
    waiting = remove_member(officer, CLERK).pending
    monkeypatch.undo()

    left = remove_member(officer, DEPUTY).pending

    assert [(one.name, one.alias) for one in waiting] == [(ALL, CLERK)]
    assert left == ()
    assert [one.alias for one in list_readers(officer, named(officer, ALL))] == [OFFICER]
    assert check_vault(open_as(OFFICER)).is_sound


def test_nothing_is_handed_on_by_somebody_who_does_not_know_every_reader(open_as: OpenAs) -> None:
    deputy = open_as(DEPUTY)

    with pytest.raises(UnconfirmedMembersError) as caught:
        read_out(deputy, named(deputy, ALL), OFFICER)

    assert caught.value.aliases == (CLERK,)


def test_nobody_is_shut_out_by_a_key_from_somebody_they_do_not_know(open_as: OpenAs) -> None:
    add_member(open_as(OFFICER), "Relève", passphrase=passphrase_of("Relève"), cost=LOWEST)
    mine = fingerprint_text(open_as("Relève").vault.member.identity.public.fingerprint)
    with pytest.raises(UnknownToMembersError) as caught:
        remove_member(open_as("Relève"), OFFICER)

    for alias in caught.value.aliases:
        confirm_member(open_as(alias), "Relève", mine)
    remove_member(open_as("Relève"), OFFICER)

    assert caught.value.aliases == (DEPUTY, CLERK)
    for alias in (DEPUTY, CLERK, "Relève"):
        assert OFFICER not in [one.alias for one in open_as(alias).vault.members.all()]


def test_new_keys_hand_nothing_over_before_the_others_know_them(open_as: OpenAs) -> None:
    officer = open_as(OFFICER)
    secret = PassphraseSecret(passphrase=passphrase_of(OFFICER))
    renew_identity(officer, secret)

    with pytest.raises(UnknownToMembersError):
        remove_member(officer, CLERK)

    assert names(open_as(DEPUTY)) == sorted((BOTH, ALL))


def test_whoever_confirms_the_new_keys_of_their_maker_goes_on_opening_the_vault(open_as: OpenAs) -> None:
    officer = open_as(OFFICER)
    renew_identity(officer, PassphraseSecret(passphrase=passphrase_of(OFFICER)))
    renewed = fingerprint_text(officer.vault.member.identity.public.fingerprint)

    confirm_member(open_as(DEPUTY), OFFICER, renewed)
    confirm_member(open_as(CLERK), OFFICER, renewed)
    remove_member(open_as(OFFICER), CLERK)

    deputy = open_as(DEPUTY)
    assert deputy.vault.problems == ()
    assert names(deputy) == sorted((ALL, BOTH))


def test_every_member_verifies_what_the_others_signed(open_as: OpenAs) -> None:
    deputy = open_as(DEPUTY)
    made = add_compartment(deputy, "À deux", ceiling=None, need_to_know=False)
    read_in(deputy, made, OFFICER)

    officer = open_as(OFFICER)

    assert [one.first_bad for one in verify(officer)] == [None] * 4
    entered = [one.entry for one in lines(officer) if one.compartment == "À deux"]
    assert [(one.by, one.facts.name) for one in entered if isinstance(one.facts, Trust)] == [(DEPUTY, OFFICER)]


def test_new_keys_of_a_member_are_told_and_everything_goes_on(open_as: OpenAs) -> None:
    deputy = open_as(DEPUTY)
    renew_identity(deputy, PassphraseSecret(passphrase=passphrase_of(DEPUTY)))
    officer = open_as(OFFICER)
    found = officer.vault.members.named(DEPUTY)

    with pytest.raises(UnconfirmedMembersError):
        read_out(officer, named(officer, ALL), CLERK)
    confirm_member(officer, DEPUTY, fingerprint_text(found.fingerprint or b""))
    read_out(officer, named(officer, ALL), CLERK)

    assert found.acquaintance is Acquaintance.RENEWED
    deputy = open_as(DEPUTY)
    assert names(deputy) == sorted((ALL, BOTH))
    assert check_vault(deputy).is_sound


def test_a_backup_from_after_a_removal_and_new_keys_is_restored_by_the_other_member(
    open_as: OpenAs, shared: SharedVault, tmp_path: Path
) -> None:
    remove_member(open_as(OFFICER), CLERK)
    renew_identity(open_as(OFFICER), PassphraseSecret(passphrase=passphrase_of(OFFICER)))
    folder, _ = make_backup(open_as(OFFICER), tmp_path / "backups", step=lambda done, total: None)
    shared.close()

    restored, _ = restore(
        folder,
        tmp_path / "restored",
        alias=DEPUTY,
        secret=PassphraseSecret(passphrase=passphrase_of(DEPUTY)),
        settings=Settings(),
        clock=shared.clock,
        randomness=os.urandom,
        step=lambda done, total: None,
    )

    restored.vault.close()
    found = shared.open_as(DEPUTY, tmp_path / "restored")
    assert names(found) == sorted((ALL, BOTH))
    assert titles(found, ALL) == [f"Titre {ALL}"]
    assert [one.acquaintance for one in found.vault.members.all()] == [Acquaintance.RENEWED, Acquaintance.MYSELF]


# A disk that fails.


@pytest.mark.parametrize(
    "step",
    [
        "compartment_files.CompartmentFiles.copy",
        "handed_keys.HandedKeys.hand",
        "leftovers.Leftovers.keep",
        "states.StateMirror.accept",
    ],
)
def test_reading_out_that_fails_changes_nothing(
    open_as: OpenAs, shared: SharedVault, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    officer = open_as(OFFICER)
    monkeypatch.setattr(f"cloison.vault.{step}", full)
    with pytest.raises(DiskError):
        read_out(officer, named(officer, ALL), CLERK)
    monkeypatch.undo()

    assert names(open_as(CLERK)) == [ALL]
    assert check_vault(open_as(OFFICER)).is_sound
    shared.close()
    assert len(list((shared.folder / "compartments").glob("*.db"))) == 3


def test_a_member_whom_a_failing_disk_has_kept_is_known_all_the_same(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = open_as(OFFICER)

    def fails_late(*arguments: Any, **named: Any) -> None:
        write_header(*arguments, **named)
        full()

    monkeypatch.setattr("cloison.vault.current_header.write_header", fails_late)
    with pytest.raises(DiskError):
        add_member(officer, "Nouveau", passphrase=passphrase_of("Nouveau"), cost=LOWEST)
    monkeypatch.undo()

    assert officer.vault.members.named("Nouveau").acquaintance is Acquaintance.KNOWN
    officer = open_as(OFFICER)
    read_in(officer, named(officer, ALL), "Nouveau")
    assert names(open_as("Nouveau")) == [ALL]


@pytest.mark.parametrize("step", ["removal.Removal._copied", "current_header.write_header"])
def test_a_removal_that_fails_changes_nothing(
    open_as: OpenAs, shared: SharedVault, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    officer = open_as(OFFICER)
    monkeypatch.setattr(f"cloison.vault.{step}", full)
    with pytest.raises(DiskError):
        remove_member(officer, CLERK)
    monkeypatch.undo()

    assert names(open_as(CLERK)) == [ALL]
    assert check_vault(open_as(OFFICER)).is_sound
    shared.close()
    assert [path.name for path in shared.folder.glob("shared*.db")] == ["shared.db"]


def full(*_: object, **__: object) -> None:
    raise DiskError(DiskProblem.FULL, file="x.db")
