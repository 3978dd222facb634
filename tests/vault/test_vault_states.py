"""Old files put back: the state of every compartment is mirrored in shared.db, and neither can go back unnoticed."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from cloison.vault.errors import DiskError, DiskProblem
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.problems import ProblemKind
from cloison.vault.vault import Vault
from cloison.vault.wraps import seal_wrap

Save = Callable[[Compartment, str], Note]
Reopen = Callable[[], Vault]


@pytest.fixture
def save(write: Callable[..., Note], facts: Callable[[Note], RevisionFacts]) -> Save:
    def one(compartment: Compartment, title: str) -> Note:
        note = write(title)
        compartment.notes.save(note, facts(note))
        return note

    return one


def append(compartment: Compartment, digest: bytes) -> None:
    compartment.chain.append(b"{}", digest=digest, kind="A", number="A-1", at="2026-03-01T08:00:00Z")


def file_of(folder: Path) -> Path:
    (path,) = (folder / "compartments").glob("*.db")
    return path


def taken(vault: Vault, path: Path) -> bytes:
    """The content of a file once the vault is closed."""
    vault.close()
    return path.read_bytes()


@pytest.fixture
def again(vault: Vault, compartment: Compartment, reopen: Reopen) -> Callable[[], tuple[Vault, Compartment]]:
    vault.close()

    def opened() -> tuple[Vault, Compartment]:
        vault = reopen()
        return vault, vault.compartment(compartment.id)

    return opened


Again = Callable[[], tuple[Vault, Compartment]]


def kinds(vault: Vault) -> list[ProblemKind]:
    return [problem.kind for problem in vault.problems]


@pytest.mark.parametrize("act", ["save", "append"])
def test_older_compartment_put_back_is_noticed_until_accepted(again: Again, folder: Path, save: Save, act: str) -> None:
    vault, _ = again()
    old = taken(vault, file_of(folder))
    vault, compartment = again()
    save(compartment, "Perdue") if act == "save" else append(compartment, bytes(32))
    vault.close()
    file_of(folder).write_bytes(old)

    vault, compartment = again()
    assert kinds(vault) == [ProblemKind.COMPARTMENT_ROLLED_BACK]
    save(compartment, "Suivante")
    vault, compartment = again()
    (problem,) = vault.problems
    assert problem.compartment_id == compartment.id
    vault.accept(problem)
    save(compartment, "Encore")
    vault, _ = again()

    assert vault.problems == ()


def test_copy_that_went_its_own_way_is_noticed(again: Again, folder: Path, save: Save) -> None:
    vault, _ = again()
    old = taken(vault, file_of(folder))
    for _ in range(2):
        vault, compartment = again()
        save(compartment, "D'ici")
    vault.close()
    file_of(folder).write_bytes(old)
    for _ in range(2):
        vault, compartment = again()
        save(compartment, "D'ailleurs")

    vault, _ = again()

    assert kinds(vault) == [ProblemKind.STATE_MISMATCH]


def test_older_shared_file_put_back_is_noticed(again: Again, folder: Path, save: Save) -> None:
    vault, _ = again()
    old = taken(vault, folder / "shared.db")
    vault, compartment = again()
    save(compartment, "Une")
    save(compartment, "Deux")
    vault.close()
    (folder / "shared.db").write_bytes(old)

    vault, _ = again()

    assert kinds(vault) == [ProblemKind.SHARED_ROLLED_BACK]


def test_not_even_one_act_can_be_taken_back_after_a_session_that_ended_well(
    again: Again, folder: Path, save: Save
) -> None:
    vault, compartment = again()
    save(compartment, "Une")
    old = taken(vault, folder / "shared.db")
    vault, compartment = again()
    save(compartment, "Deux")
    vault.close()
    (folder / "shared.db").write_bytes(old)

    vault, _ = again()

    assert kinds(vault) == [ProblemKind.SHARED_ROLLED_BACK]


def test_commitment_that_vanished_is_noticed(again: Again) -> None:
    vault, _ = again()
    vault._shared.execute("DELETE FROM commitments")

    vault, _ = again()

    assert kinds(vault) == [ProblemKind.SHARED_ROLLED_BACK]


def test_lost_log_of_a_compartment_is_noticed(again: Again, folder: Path, save: Save) -> None:
    vault, compartment = again()
    before = file_of(folder).read_bytes()
    save(compartment, "Dans le journal seulement")
    assert file_of(folder).read_bytes() == before
    vault.close()
    file_of(folder).write_bytes(before)

    vault, _ = again()

    assert kinds(vault) == [ProblemKind.COMPARTMENT_ROLLED_BACK]


def test_state_that_could_not_be_told_is_told_at_the_next_opening(
    again: Again, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, compartment = again()

    def full(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="shared.db")

    monkeypatch.setattr("cloison.vault.states.StateMirror._put", full)
    note = save(compartment, "Gardée")
    monkeypatch.undo()
    mirrored = vault._shared.rows("SELECT sequence FROM commitments")
    vault, compartment = again()

    assert vault.problems == ()
    assert compartment.notes.get(note.uid).note == note
    assert vault._shared.rows("SELECT sequence FROM commitments") == [(mirrored[0][0] + 1,)]


def test_states_no_longer_needed_are_dropped(again: Again, save: Save) -> None:
    _, compartment = again()

    for number in range(5):
        save(compartment, f"Note {number}")

    assert len(compartment._file.database.rows("SELECT 1 FROM states")) == 2


def test_draft_is_no_state(again: Again, write: Callable[..., Note]) -> None:
    vault, compartment = again()
    before = vault._shared.rows("SELECT sequence, at, commitment FROM commitments")

    compartment.drafts.save(write("Brouillon"))

    assert vault._shared.rows("SELECT sequence, at, commitment FROM commitments") == before


def test_mirror_says_nothing_about_the_compartment(again: Again, folder: Path, save: Save) -> None:
    vault, compartment = again()
    append(compartment, b"\xabdigest of the head in the chain"[:32])
    ((id, _, at, commitment),) = vault._shared.rows("SELECT id, sequence, at, commitment FROM commitments")

    assert id not in (compartment.id, file_of(folder).stem)
    assert at == "2026-03-01T08:00:00Z"
    assert len(commitment) == 32
    assert commitment != b"\xabdigest of the head in the chain"[:32]


def test_equal_compartments_have_different_commitments(vault: Vault) -> None:
    for _ in range(2):
        vault.add_compartment("Sahel")

    commitments = vault._shared.rows("SELECT DISTINCT commitment FROM commitments")

    assert len(commitments) == 2


def test_chain_behind_the_head_named_when_the_key_was_handed_over_is_noticed(
    again: Again,
) -> None:
    vault, compartment = again()
    append(compartment, bytes(32))
    granted = vault._compartments.keys.grant(compartment.id)
    later = replace(granted, head=compartment.chain.head())
    wrap = seal_wrap(later, vault.member.identity.public, signer=vault.member.identity, randomness=os.urandom)
    vault._shared.execute("UPDATE wraps SET sealed = ?", (wrap,))

    vault, compartment = again()
    assert vault.problems == ()
    database = compartment._file.database
    database.execute("DROP TRIGGER chain_delete")
    database.execute("DELETE FROM chain")
    vault, _ = again()

    assert kinds(vault) == [ProblemKind.COMPARTMENT_ROLLED_BACK]


def test_failure_while_settling_closes_the_file(
    again: Again, folder: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    again()[0].close()

    def fail(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FAILED, file="x.db")

    monkeypatch.setattr("cloison.vault.states.StateMirror.judge", fail)
    vault = reopen()

    assert kinds(vault) == [ProblemKind.UNREADABLE]
    assert not file_of(folder).with_suffix(".db-wal").exists()
