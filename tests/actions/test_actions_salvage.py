"""A damaged vault, salvaged as an action: numbers are not given twice, and a broken register is said."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.registers import enter_in_each, lines
from cloison.actions.salvage import Salvage, salvage
from cloison.actions.session import Session
from cloison.actions.write_note import start_note
from cloison.registers.errors import BrokenChainError
from cloison.registers.facts import ClockConfirmed
from cloison.settings.values import Settings
from cloison.vault.database import Database
from cloison.vault.salvage_facts import LossKind
from cloison.vault.ways import PassphraseSecret
from service import Clock, new_vault, write_marked
from several import CLERK, DEPUTY, OFFICER, SharedVault, found_shared, passphrase_of

ENTRIES = 30
Salvaged = Callable[[], Salvage]


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Session:
    made = new_vault(tmp_path / "vault", "Officier", clock)
    compartment = add_compartment(made, "Alpha", ceiling=None, need_to_know=False)
    write_marked(made, compartment, "[NP] Titre", ("[DR] Premier.",))
    for number in range(ENTRIES):
        clock.advance(minutes=1)
        enter_in_each(made, ClockConfirmed(latest="2026-01-01T00:00:00Z", reason=f"{number} " * 1000))
    return made


@pytest.fixture
def salvaged(session: Session, tmp_path: Path, clock: Clock) -> Salvaged:
    def run() -> Salvage:
        session.vault.close()
        return salvage(
            tmp_path / "vault",
            tmp_path / "salvaged",
            alias=None,
            secret=PassphraseSecret(passphrase=bytearray(b"une phrase de passe pour les essais")),
            settings=Settings(),
            step=lambda done, total: None,
            clock=clock,
            randomness=os.urandom,
        )

    return run


def shared_of(session: Session) -> Database:
    return session.vault._shared


def test_numbers_go_on_after_the_highest_that_is_shown(session: Session, salvaged: Salvaged) -> None:
    shared_of(session).execute("DELETE FROM series")

    made = salvaged()

    with made.session.vault:
        assert start_note(made.session).reference == "2026-00002"
        assert enter_in_each(made.session, ClockConfirmed(latest="", reason="essai")) == f"H-2026-{ENTRIES + 1:05d}"
        assert made.broken == ()


def test_a_register_with_a_gap_says_so_ever_after(session: Session, salvaged: Salvaged) -> None:
    (compartment,) = session.open_compartments()
    file = session.vault.folder / compartment.file_name
    session.vault.close()
    content = bytearray(file.read_bytes())
    for page in range(len(content) // 4096 - 14, len(content) // 4096 - 12):
        content[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    file.write_bytes(content)

    made = salvaged()

    with made.session.vault:
        (broken,) = made.broken
        assert [one.kind for one in made.losses] == [LossKind.REGISTER]
        assert broken.first_bad is not None
        assert 1 < broken.first_bad <= broken.entries < ENTRIES
        with pytest.raises(BrokenChainError):
            lines(made.session)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedVault]:
    made = found_shared(tmp_path, Clock())
    yield made
    made.close()


def seen_by(shared: SharedVault, alias: str) -> dict[str, list[str]]:
    """The titles a member sees, by compartment; nothing is amiss for them."""
    session = shared.open_as(alias)
    assert session.vault.problems == ()
    seen = {one.name: [row.title for row in one.notes.list(limit=9)] for one in session.open_compartments()}
    shared.close()
    return seen


def test_each_member_finds_their_own_in_what_one_of_them_salvaged(shared: SharedVault, tmp_path: Path) -> None:
    before = {alias: seen_by(shared, alias) for alias in (OFFICER, DEPUTY, CLERK)}

    made = salvage(
        shared.folder,
        tmp_path / "salvaged",
        alias=DEPUTY,
        secret=PassphraseSecret(passphrase=passphrase_of(DEPUTY)),
        settings=Settings(),
        step=lambda done, total: None,
        clock=shared.clock,
        randomness=os.urandom,
    )
    made.session.vault.close()

    unopened = {one.file for one in made.losses if one.kind is LossKind.NOT_OPENED}
    assert {one.kind for one in made.losses} <= {LossKind.NOT_OPENED}
    assert len(unopened) == len(before[OFFICER]) - len(before[DEPUTY])
    anew = SharedVault(folder=tmp_path / "salvaged", clock=shared.clock)
    assert {alias: seen_by(anew, alias) for alias in before} == before
