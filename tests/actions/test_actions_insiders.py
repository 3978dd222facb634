"""No trick of a member works who has the keys of shared.db and of the header and can write every file: it is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.health import Topic, health
from cloison.actions.members import add_member, confirm_member, remove_member
from cloison.actions.readers import read_in, read_out
from cloison.actions.session import Session
from cloison.directory.card import Card, Role, sign_card
from cloison.vault.errors import AliasOfSeveralError, HeaderRolledBackError, UnconfirmedMembersError, WrapRefusedError
from cloison.vault.header import read_header, write_header
from cloison.vault.keys import HEADER_PURPOSE
from cloison.vault.members import Acquaintance
from cloison.vault.opening import open_vault, read_doors
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.roster import ReaderRow
from cloison.vault.unlocking import PassphraseSecret
from cloison.vault.wraps import Grant, seal_wrap
from cloison_crypto.identity import Identity, fingerprint_text
from cloison_crypto.secrets import SecretKey
from cloison_crypto.slots import LOWEST
from service import Clock
from several import ALL, ALONE, BOTH, CLERK, DEPUTY, OFFICER, SharedVault, found_shared, named, passphrase_of

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


def told(session: Session) -> list[tuple[ProblemKind, str]]:
    return [(one.kind, one.name) for one in session.vault.problems]


def card_of(session: Session, identity: Identity, name: str, previous: Identity | None = None) -> bytes:
    card = Card(
        identity=identity.public,
        name=name,
        role=Role.MEMBER,
        issued=session.now(),
        expires=session.now().replace(year=2030),
        serial=1,
        previous=None if previous is None else previous.public.fingerprint,
    )
    return sign_card(card, identity, previous)


def go_by(session: Session, alias: str, identity: Identity, card: bytes) -> None:
    """Write other keys into the list of members."""
    session.vault.directory.put_card(identity.public.fingerprint, card)
    member = session.vault.members.named(alias)
    session.vault._shared.execute(
        "UPDATE members SET fingerprint = ? WHERE id = ?", (identity.public.fingerprint, member.id)
    )


# Whose keys they are.


def test_keys_put_in_the_place_of_a_members_are_told_and_sealed_to_by_nobody(open_as: OpenAs) -> None:
    clerk, swapped = open_as(CLERK), Identity.generate(os.urandom)
    go_by(clerk, DEPUTY, swapped, card_of(clerk, swapped, DEPUTY))

    officer = open_as(OFFICER)

    assert told(officer) == [(ProblemKind.MEMBER_CHANGED, DEPUTY)]
    with pytest.raises(UnconfirmedMembersError):
        read_in(officer, named(officer, ALONE), DEPUTY)
    with pytest.raises(UnconfirmedMembersError):
        read_out(officer, named(officer, ALL), CLERK)


def test_a_card_that_says_it_follows_is_not_believed_without_the_signature_of_the_one_before(open_as: OpenAs) -> None:
    clerk, swapped = open_as(CLERK), Identity.generate(os.urandom)
    go_by(clerk, DEPUTY, swapped, card_of(clerk, swapped, DEPUTY, clerk.vault.member.identity))

    officer = open_as(OFFICER)

    assert officer.vault.members.named(DEPUTY).acquaintance is Acquaintance.CHANGED


def test_members_who_change_names_are_told(open_as: OpenAs) -> None:
    clerk = open_as(CLERK)
    one, other = (clerk.vault.ways.header.member(clerk.vault.members.named(alias).id) for alias in (DEPUTY, CLERK))
    clerk.vault._current.put(replace(one, alias=CLERK), replace(other, alias=DEPUTY))

    officer = open_as(OFFICER)

    assert sorted(told(officer)) == sorted([(ProblemKind.MEMBER_CHANGED, one) for one in (CLERK, DEPUTY)])
    with pytest.raises(UnconfirmedMembersError):
        read_in(officer, named(officer, ALONE), DEPUTY)


def test_new_keys_are_sealed_to_once_their_fingerprint_was_compared(open_as: OpenAs) -> None:
    clerk, swapped = open_as(CLERK), Identity.generate(os.urandom)
    go_by(clerk, DEPUTY, swapped, card_of(clerk, swapped, DEPUTY))
    officer = open_as(OFFICER)

    confirm_member(officer, DEPUTY, fingerprint_text(swapped.public.fingerprint))

    assert officer.vault.problems == ()
    read_in(officer, named(officer, ALONE), DEPUTY)


def test_a_second_member_of_the_same_name_does_not_keep_anybody_from_being_removed(open_as: OpenAs) -> None:
    clerk = open_as(CLERK)
    mine = clerk.vault.ways.header.member(clerk.vault.member.id)
    second = replace(mine, id="ab" * 16)
    clerk.vault._current.put(second)

    for id in (second.id, mine.id):
        remove_member(open_as(OFFICER), id)

    assert [one.alias for one in open_as(OFFICER).vault.members.all()] == [OFFICER, DEPUTY]


# Two of one name.


def twin(open_as: OpenAs, alias: str) -> str:
    """The clerk writes their own entry into the header a second time, under that name; its id."""
    clerk = open_as(CLERK)
    mine = clerk.vault.ways.header.member(clerk.vault.member.id)
    clerk.vault._current.put(replace(mine, id="ab" * 16, alias=alias))
    return "ab" * 16


def test_a_second_member_of_a_name_is_told_and_removed_by_id(open_as: OpenAs) -> None:
    second = twin(open_as, DEPUTY)
    officer = open_as(OFFICER)
    first = next(one for one in officer.vault.members.all() if one.alias == DEPUTY)

    assert told(officer) == [(ProblemKind.ALIAS_OF_SEVERAL, DEPUTY)]
    with pytest.raises(AliasOfSeveralError) as caught:
        remove_member(officer, DEPUTY)
    assert caught.value.ids == (first.id, second)
    assert [one.title for one in officer.vault.members.all()][1:] == [
        f"{DEPUTY} ({first.id})",
        CLERK,
        f"{DEPUTY} ({second})",
    ]
    assert officer.vault.members.named(fingerprint_text(first.fingerprint or b"")).id == first.id

    remove_member(officer, second)

    assert told(officer) == []
    assert [one.alias for one in open_as(DEPUTY).vault.members.all()] == [OFFICER, DEPUTY, CLERK]


def test_whoever_shares_a_name_opens_the_vault_by_id(open_as: OpenAs, shared: SharedVault) -> None:
    mine = open_as(DEPUTY).vault.member.id
    second = twin(open_as, DEPUTY)
    shared.close()
    secret = PassphraseSecret(passphrase=passphrase_of(DEPUTY))
    with pytest.raises(AliasOfSeveralError):
        open_vault(shared.folder, alias=DEPUTY, secret=secret, clock=shared.clock, randomness=os.urandom)

    with open_vault(shared.folder, alias=mine, secret=secret, clock=shared.clock, randomness=os.urandom) as vault:
        assert vault.member.id == mine
    assert [one.alias for one in read_doors(shared.folder)] == [OFFICER, mine, CLERK, second]


def test_a_name_that_is_the_id_of_another_takes_nobodys_place(open_as: OpenAs) -> None:
    deputy = open_as(DEPUTY).vault.member.id
    twin(open_as, deputy)

    assert open_as(OFFICER).vault.members.named(deputy).alias == DEPUTY


def test_a_reader_whom_the_list_calls_something_else_is_read_out(open_as: OpenAs) -> None:
    named(open_as(DEPUTY), BOTH)._file.database.execute(
        "UPDATE readers SET alias = 'Personne' WHERE alias = ?", (DEPUTY,)
    )
    officer = open_as(OFFICER)

    read_out(officer, named(officer, BOTH), DEPUTY)

    assert [one.alias for one in named(officer, BOTH).roster.readers()] == [OFFICER]


# Keys that are planted, and keys that are put back.


def read_out_of_both(session: Session) -> None:
    read_out(session, named(session, BOTH), DEPUTY)


def remove(session: Session) -> None:
    remove_member(session, DEPUTY)


def plant(session: Session, grant: Grant, member: Identity, signer: Identity) -> None:
    wrap = seal_wrap(grant, member.public, signer=signer, randomness=os.urandom)
    session.vault._shared.execute("INSERT INTO wraps VALUES (?, ?)", (os.urandom(16).hex(), wrap))


def grant_of(session: Session, name: str) -> Grant:
    grant: Grant = session.vault._compartments.keys.grant(named(session, name).id)
    return replace(grant, key=SecretKey.copy_of(grant.key.view))


def victim(open_as: OpenAs) -> Identity:
    """The deputy's keys, to seal to: anybody has the public half."""
    return Identity.from_seeds(open_as(DEPUTY).vault.member.identity.seeds())


def test_a_key_by_somebody_unknown_is_refused_and_told(open_as: OpenAs) -> None:
    deputy, stranger = victim(open_as), Identity.generate(os.urandom)
    clerk = open_as(CLERK)
    plant(clerk, replace(grant_of(clerk, ALL), id="ab" * 16, name="Piège"), deputy, stranger)

    found = open_as(DEPUTY)

    assert told(found) == [(ProblemKind.WRAP_REFUSED, "")]
    assert "Piège" not in [one.name for one in found.open_compartments()]


@pytest.mark.parametrize("epoch", [1, 2], ids=["in the place of the one there is", "after the one there is"])
def test_a_key_by_somebody_known_who_was_never_read_in_is_refused_and_told(open_as: OpenAs, epoch: int) -> None:
    deputy, officer = victim(open_as), open_as(OFFICER)
    id = named(officer, BOTH).id
    found = open_as(DEPUTY)
    found.vault.members.confirm(CLERK, own_fingerprint(found, CLERK))
    clerk = open_as(CLERK)
    false = replace(
        grant_of(clerk, ALL), id=id, name=BOTH, epoch=epoch, past=(os.urandom(32),) * (epoch - 1), file="cd" * 16
    )
    plant(clerk, false, deputy, clerk.vault.member.identity)

    found = open_as(DEPUTY)

    assert told(found) == [(ProblemKind.KEY_PLANTED, BOTH)]
    assert [row.title for row in named(found, BOTH).notes.list(limit=9)] == [f"Titre {BOTH}"]


def own_fingerprint(session: Session, alias: str) -> bytes:
    fingerprint = session.vault.members.named(alias).fingerprint
    assert fingerprint is not None
    return fingerprint


def test_an_older_key_put_back_is_refused_and_told(open_as: OpenAs) -> None:
    rows = open_as(DEPUTY).vault._shared.rows("SELECT sealed FROM wraps")
    officer = open_as(OFFICER)
    read_out(officer, named(officer, ALL), CLERK)
    open_as(DEPUTY)
    clerk = open_as(CLERK)
    for (sealed,) in rows:
        clerk.vault._shared.execute("INSERT INTO wraps VALUES (?, ?)", (os.urandom(16).hex(), sealed))

    found = open_as(DEPUTY)

    assert told(found) == [(ProblemKind.KEY_ROLLED_BACK, ALL)]
    assert [one.alias for one in named(found, ALL).roster.readers()] == [OFFICER, DEPUTY]


def test_an_older_shared_file_put_back_with_its_compartments_is_refused_and_told(
    open_as: OpenAs, shared: SharedVault, tmp_path: Path
) -> None:
    for place in ("shared.db", "compartments"):
        source, target = shared.folder / place, tmp_path / "old" / place
        target.parent.mkdir(exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    officer = open_as(OFFICER)
    read_out(officer, named(officer, ALL), CLERK)
    open_as(DEPUTY)
    shared.close()
    shutil.copytree(tmp_path / "old", shared.folder, dirs_exist_ok=True)

    for alias in (OFFICER, DEPUTY):
        found = open_as(alias)

        assert (ProblemKind.KEY_ROLLED_BACK, ALL) in told(found)
        assert ALL not in [one.name for one in found.open_compartments()]


@pytest.mark.parametrize("act", [read_out_of_both, remove], ids=["read out", "removed"])
def test_whoever_takes_themselves_off_the_list_of_readers_loses_the_key_all_the_same(
    open_as: OpenAs, act: Callable[[Session], object]
) -> None:
    # Opening the compartment enters its reader again: it is the last thing they do.
    named(open_as(DEPUTY), BOTH)._file.database.execute("DELETE FROM readers WHERE alias = ?", (DEPUTY,))
    officer = open_as(OFFICER)
    before = grant_of(officer, BOTH).epoch
    found = [(one.name, one.member) for one in health(officer) if one.topic is Topic.READERS]

    act(officer)

    assert found == [(BOTH, DEPUTY)]
    assert [one for one in health(officer) if one.topic is Topic.READERS] == []
    assert grant_of(officer, BOTH).epoch == before + 1
    assert [one.alias for one in named(officer, BOTH).roster.readers()] == [OFFICER]


@pytest.mark.parametrize("alias", [CLERK, OFFICER], ids=["by their name", "by the name of a reader"])
def test_somebody_put_on_the_list_of_readers_is_not_handed_the_next_key(open_as: OpenAs, alias: str) -> None:
    deputy = open_as(DEPUTY)
    clerk = deputy.vault.members.named(CLERK)
    row = ReaderRow(member=clerk.id, alias=alias, fingerprint=clerk.fingerprint or b"", wrap=os.urandom(16).hex())
    named(deputy, BOTH).roster.put(row)

    read_out_of_both(open_as(OFFICER))

    assert BOTH not in [one.name for one in open_as(CLERK).open_compartments()]


def test_a_key_that_was_taken_away_is_told_until_somebody_accepts_it(open_as: OpenAs) -> None:
    clerk = open_as(CLERK)
    clerk.vault._shared.execute("DELETE FROM wraps")

    lost = open_as(DEPUTY)
    assert sorted(told(lost)) == [(ProblemKind.KEY_GONE, name) for name in sorted((ALL, BOTH))]
    for problem in lost.vault.problems:
        lost.vault.accept(problem)

    assert told(open_as(DEPUTY)) == []


# The header.


def test_an_older_header_put_back_is_told(open_as: OpenAs, shared: SharedVault) -> None:
    old = (shared.folder / "header.json").read_bytes()
    officer = open_as(OFFICER)
    add_member(officer, "Nouveau", passphrase=bytearray(b"x"), cost=LOWEST)
    add_compartment(officer, "Neuf", ceiling=None, need_to_know=False)
    shared.close()
    (shared.folder / "header.json").write_bytes(old)

    # What the officer's older entry does not know is not written into it before somebody accepts the header.
    for alias in (DEPUTY, OFFICER, OFFICER):
        problems = open_as(alias).vault.problems
        assert problems == (Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file="header.json"),)


def test_the_header_from_before_a_removal_opens_nothing(open_as: OpenAs, shared: SharedVault) -> None:
    old = (shared.folder / "header.json").read_bytes()
    remove_member(open_as(OFFICER), CLERK)
    shared.close()
    (shared.folder / "header.json").write_bytes(old)

    for alias in (OFFICER, DEPUTY, CLERK):
        with pytest.raises(HeaderRolledBackError):
            open_as(alias)


def test_an_older_header_and_its_shared_file_put_back_remove_nothing_newer(
    open_as: OpenAs, shared: SharedVault, tmp_path: Path
) -> None:
    for name in ("header.json", "shared.db"):
        shutil.copy(shared.folder / name, tmp_path / name)
    remove_member(open_as(OFFICER), CLERK)
    shared.close()
    (later,) = shared.folder.glob("shared-*.db")
    for name in ("header.json", "shared.db"):
        shutil.copy(tmp_path / name, shared.folder / name)

    open_as(OFFICER)
    shared.close()

    assert later.exists()


def test_whoever_was_removed_leads_nobody_back_who_has_opened_the_vault_since(
    open_as: OpenAs, shared: SharedVault, tmp_path: Path
) -> None:
    clerk = open_as(CLERK)
    with clerk.vault._current.grant.derived(HEADER_PURPOSE) as key:
        kept = SecretKey.copy_of(key.view)
    shared.close()
    old = read_header(shared.folder)
    shutil.copy(shared.folder / "shared.db", tmp_path / "shared.db")
    remove_member(open_as(OFFICER), CLERK)
    deputy = open_as(DEPUTY).vault.member.id
    shared.close()
    theirs = replace(read_header(shared.folder).member(deputy), shared_wrap=old.member(deputy).shared_wrap)
    write_header(shared.folder, old.with_members(theirs).sealed(kept), randomness=os.urandom)
    shutil.copy(tmp_path / "shared.db", shared.folder / "shared.db")

    with pytest.raises(WrapRefusedError):
        open_as(DEPUTY)


def test_another_key_of_the_shared_file_is_refused(open_as: OpenAs) -> None:
    deputy, clerk = victim(open_as), open_as(CLERK)
    current = clerk.vault._current
    false = replace(current.grant, key=SecretKey.random(32, os.urandom))
    wrap = seal_wrap(false, deputy.public, signer=clerk.vault.member.identity, randomness=os.urandom)
    theirs = current.header.member(clerk.vault.members.named(DEPUTY).id)
    current.put(replace(theirs, shared_wrap=wrap))

    with pytest.raises(WrapRefusedError):
        open_as(DEPUTY)
