"""Attachments in a real vault: small ones in the table, long ones as blobs; nothing lost, nothing left behind."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.notes.note import Note
from cloison.vault.backup import back_up
from cloison.vault.backup_list import read_backup
from cloison.vault.blob_files import FOLDER, MOST_SMALL, IncomingFile, KeptFile
from cloison.vault.compartment import Compartment
from cloison.vault.errors import DamagedError, DiskError
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.opening import open_vault
from cloison.vault.problems import ProblemKind
from cloison.vault.restoring import restore_backup
from cloison.vault.unlocking import PassphraseSecret
from cloison.vault.vault import Vault
from cloison_crypto.secrets import Clock

SMALL = b"un plan"
LONG = os.urandom(MOST_SMALL + 300_001)
SECRET = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))


class TornError(Exception):
    """The cable was pulled."""


@pytest.fixture
def note(compartment: Compartment, write: Callable[..., Note], facts: Callable[[Note], RevisionFacts]) -> str:
    """A note that was saved."""
    made = write("Entretien", "texte")
    compartment.notes.save(made, facts(made))
    return made.uid


def kept(compartment: Compartment, note: str, content: bytes) -> KeptFile:
    """That content, kept under the note."""
    incoming = compartment.attachments.begin()
    try:
        incoming.fill(io.BytesIO(content))
        compartment.attachments.take_in(incoming)
        return compartment.attachments.get(note, compartment.attachments.keep(note, incoming))
    finally:
        compartment.attachments.end(incoming)


def blobs(vault: Vault) -> list[str]:
    return sorted(path.name for path in (vault.folder / FOLDER).iterdir())


@pytest.mark.parametrize(
    ("size", "files"), [(0, 0), (MOST_SMALL, 0), (MOST_SMALL + 1, 1), (3 * MOST_SMALL, 1)], ids=str
)
def test_a_long_file_becomes_a_blob_and_a_short_one_does_not(
    vault: Vault, compartment: Compartment, note: str, size: int, files: int
) -> None:
    content = os.urandom(size)

    file = kept(compartment, note, content)

    assert (file.size, file.read()) == (size, content)
    assert len(blobs(vault)) == files


def test_what_was_attached_is_there_after_opening_again(
    compartment: Compartment, note: str, reopen: Callable[[], Vault], vault: Vault
) -> None:
    ids = [kept(compartment, note, content).content for content in (SMALL, LONG)]
    vault.close()

    again = reopen().compartment(compartment.id)

    assert [again.attachments.get(note, id).read() for id in ids] == [SMALL, LONG]
    assert again.check() == ()


def test_nothing_of_an_attachment_lies_on_the_disk(vault: Vault, compartment: Compartment, note: str) -> None:
    marker = b"MARQUEUR-7f3a"
    kept(compartment, note, marker)
    kept(compartment, note, marker * 100_000)

    vault.close()

    assert [path for path in vault.folder.rglob("*") if path.is_file() and marker in path.read_bytes()] == []


def test_what_breaks_off_leaves_nothing_behind(vault: Vault, compartment: Compartment, note: str) -> None:
    def torn(count: int) -> None:
        if count > MOST_SMALL:
            raise TornError

    incoming = compartment.attachments.begin()
    with pytest.raises(TornError):
        incoming.fill(io.BytesIO(LONG), torn)
    assert blobs(vault) == [f"{incoming.content}.part"]
    compartment.attachments.end(incoming)

    assert blobs(vault) == []


def test_what_was_filled_and_never_kept_leaves_nothing_behind(vault: Vault, compartment: Compartment) -> None:
    incoming = compartment.attachments.begin()
    incoming.fill(io.BytesIO(LONG))

    compartment.attachments.end(incoming)

    assert blobs(vault) == []


def test_an_act_that_fails_keeps_nothing(vault: Vault, compartment: Compartment, note: str) -> None:
    incoming = compartment.attachments.begin()
    incoming.fill(io.BytesIO(LONG))
    compartment.attachments.take_in(incoming)
    with pytest.raises(TornError), compartment.transaction():
        compartment.attachments.keep(note, incoming)
        raise TornError
    compartment.attachments.end(incoming)

    assert blobs(vault) == []
    with pytest.raises(DamagedError):
        compartment.attachments.get(note, incoming.content)


def test_orphans_of_a_session_that_was_cut_off_are_swept_at_the_next_opening(
    vault: Vault, compartment: Compartment, note: str, reopen: Callable[[], Vault]
) -> None:
    stays = kept(compartment, note, LONG)
    filled, taken = compartment.attachments.begin(), compartment.attachments.begin()
    for incoming in (filled, taken):
        incoming.fill(io.BytesIO(LONG))
    compartment.attachments.take_in(taken)
    foreign = vault.folder / FOLDER / ("ab" * 16)
    foreign.write_bytes(b"of a compartment that is not open")
    vault.close()

    again = reopen()

    assert blobs(again) == sorted([stays.content, foreign.name])


def test_nothing_but_blobs_is_swept_whatever_another_reader_wrote_into_the_table(
    vault: Vault, compartment: Compartment, note: str, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    file = kept(compartment, note, LONG)
    database = compartment._file.database
    for name in (str(outside), "../header.json", f"../{FOLDER}/{file.path.name}"):
        database.execute("INSERT INTO loose_blobs VALUES (?)", (name,))

    compartment.attachments.settle()

    assert outside.exists()
    assert (vault.folder / "header.json").exists()
    assert file.read() == LONG
    assert database.rows("SELECT name FROM loose_blobs") == []


def test_what_is_being_written_is_not_swept(vault: Vault, compartment: Compartment, note: str) -> None:
    incoming = compartment.attachments.begin()
    incoming.fill(io.BytesIO(LONG))
    compartment.attachments.take_in(incoming)

    compartment.attachments.sweep()

    assert blobs(vault) == [incoming.content]
    compartment.attachments.keep(note, incoming)
    compartment.attachments.end(incoming)
    assert compartment.attachments.get(note, incoming.content).read() == LONG


def test_destroying_takes_the_blobs_of_the_note_and_no_other(
    vault: Vault, compartment: Compartment, note: str, write: Callable[..., Note]
) -> None:
    other = kept(compartment, write("Autre", "texte").uid, LONG)
    gone = kept(compartment, note, LONG)

    with compartment.transaction():
        compartment.attachments.destroy(note)
    compartment.attachments.sweep()

    assert blobs(vault) == [other.content]
    with pytest.raises(DamagedError):
        gone.read()


def test_a_file_received_again_is_kept_once(vault: Vault, compartment: Compartment, note: str) -> None:
    for _ in range(2):
        incoming = compartment.attachments.begin()
        incoming.fill(io.BytesIO(LONG))
        compartment.attachments.take_in(incoming)
        compartment.attachments.keep(note, incoming, content="cd" * 16)
        compartment.attachments.end(incoming)

    assert len(blobs(vault)) == 1
    assert compartment.attachments.get(note, "cd" * 16).read() == LONG


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda path: path.unlink(), ProblemKind.MISSING),
        (lambda path: path.write_bytes(flipped(path.read_bytes())), ProblemKind.DAMAGED),
        (lambda path: path.write_bytes(path.read_bytes()[: -64 * 1024 - 16]), ProblemKind.DAMAGED),
        (lambda path: path.write_bytes(b""), ProblemKind.DAMAGED),
    ],
    ids=["missing", "a bit flipped", "cut short", "empty"],
)
def test_a_blob_that_is_not_what_was_written_is_a_finding_and_gives_nothing_false(
    vault: Vault, compartment: Compartment, note: str, change: Callable[[Path], object], kind: ProblemKind
) -> None:
    file = kept(compartment, note, LONG)

    change(file.path)

    (problem,) = vault.check()
    assert (problem.kind, problem.file, problem.compartment_id) == (kind, file.file, compartment.id)
    with pytest.raises(DamagedError):
        file.read()


def test_a_blob_that_goes_while_the_vault_is_looked_through_is_no_finding(
    vault: Vault, compartment: Compartment, note: str
) -> None:
    kept(compartment, note, os.urandom(40 * 1024 * 1024))
    looking = compartment.attachments.check_in_parts()
    next(looking)
    kept(compartment, "ab" * 16, LONG)

    compartment.attachments.destroy(note)
    compartment.attachments.sweep()

    assert [problem for found in looking for problem in found] == []
    looking = vault.check_in_parts()
    next(looking)
    next(looking)
    vault.close_compartment(compartment.id)
    assert [problem for found in looking for problem in found] == []


def test_two_blobs_that_were_swapped_are_both_findings(vault: Vault, compartment: Compartment, note: str) -> None:
    one, other = kept(compartment, note, LONG), kept(compartment, note, flipped(LONG))
    first, second = one.path.read_bytes(), other.path.read_bytes()

    one.path.write_bytes(second)
    other.path.write_bytes(first)

    assert {problem.file for problem in vault.check()} == {one.file, other.file}


def test_a_full_disk_is_told_and_keeps_nothing(
    vault: Vault, compartment: Compartment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    incoming: IncomingFile = compartment.attachments.begin()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskError):
            incoming.fill(io.BytesIO(LONG))
    compartment.attachments.end(incoming)

    assert blobs(vault) == []


def test_a_backup_holds_the_blobs_and_gives_them_back(
    vault: Vault, compartment: Compartment, note: str, clock: Clock, tmp_path: Path
) -> None:
    ids = [kept(compartment, note, content).content for content in (SMALL, LONG)]

    path, _ = back_up(vault, tmp_path / "medium", at=clock(), keep=1, step=lambda *_: None)
    target = tmp_path / "rendu.cloison"
    restore_backup(path, target, alias=None, secret=SECRET, step=lambda *_: None, randomness=os.urandom)

    assert read_backup(path).unopened == ()
    with open_vault(target, alias=None, secret=SECRET, clock=clock, randomness=os.urandom) as again:
        given = again.compartment(compartment.id).attachments
        assert [given.get(note, id).read() for id in ids] == [SMALL, LONG]


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"x")], ids=["missing", "damaged"])
def test_a_backup_is_not_finished_with_a_blob_that_does_not_open(
    vault: Vault, compartment: Compartment, note: str, clock: Clock, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    change(kept(compartment, note, LONG).path)

    with pytest.raises(DamagedError):
        back_up(vault, tmp_path / "medium", at=clock(), keep=1, step=lambda *_: None)

    assert list((tmp_path / "medium").iterdir()) == []


def test_nothing_is_swept_while_the_vault_holds_still(vault: Vault, compartment: Compartment, note: str) -> None:
    file = kept(compartment, note, LONG)
    vault.hold_still()
    compartment.attachments.destroy(note)
    compartment.attachments.sweep()

    assert blobs(vault) == [file.content]
    vault.move_again()
    assert blobs(vault) == []


def test_a_note_moves_with_its_attachments_and_the_blobs_stay_where_they_are(
    vault: Vault, compartment: Compartment, note: str
) -> None:
    target = vault.add_compartment("Cible")
    ids = [kept(compartment, note, content).content for content in (SMALL, LONG)]
    before = blobs(vault)

    for _ in range(2):  # As when a session is cut off between the two acts, and begins again.
        target.attachments.adopt(compartment.attachments.outgoing(note))
    compartment.attachments.let_go(note)
    compartment.attachments.sweep()

    assert [target.attachments.get(note, id).read() for id in ids] == [SMALL, LONG]
    assert list(compartment.attachments.outgoing(note)) == []
    assert blobs(vault) == before


def test_what_one_compartment_could_not_keep_another_one_can(vault: Vault, compartment: Compartment, note: str) -> None:
    target = vault.add_compartment("Cible")
    incoming = compartment.attachments.begin()
    incoming.fill(io.BytesIO(LONG))
    compartment.attachments.take_in(incoming)

    compartment.attachments.give_back(incoming)
    compartment.attachments.sweep()
    target.attachments.take_in(incoming)
    target.attachments.keep(note, incoming)
    target.attachments.end(incoming)

    assert target.attachments.get(note, incoming.content).read() == LONG
