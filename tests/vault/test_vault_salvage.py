"""Salvage of really damaged vaults: what can be read is in the new one, what cannot is listed, nothing is made up."""

import hashlib
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cloison.notes.note import Note
from cloison.vault.damaged_file import DamagedFile
from cloison.vault.database import PAGE_SIZE, Database
from cloison.vault.errors import DamagedError, FolderNotEmptyError, UnknownIdError
from cloison.vault.founding import CreatedVault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.opening import open_vault
from cloison.vault.salvage import Salvaged, Salvaging
from cloison.vault.salvage_facts import Loss, LossKind
from cloison.vault.ways import PassphraseSecret
from cloison_crypto.secrets import Clock, SecretKey

SECRET = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
NOTES = 40
ENTRIES = 60
BEYOND_TABLES = 90
"""The first pages hold the tables' own description; a file without that gives nothing."""

Salvage = Callable[[], Salvaged]


class Filled:
    """A closed vault with two compartments, one of them full of notes of two revisions each."""

    def __init__(
        self, created: CreatedVault, write: Callable[..., Note], facts: Callable[[Note], RevisionFacts]
    ) -> None:
        vault = created.vault
        self.folder, self.life = vault.folder, vault.life
        full, other = vault.add_compartment("Sahel"), vault.add_compartment("Ormuz")
        self.full_id, self.other_id = full.id, other.id
        self.full, self.other = (self.folder / one.file_name for one in (full, other))
        draw = random.Random(7)  # noqa: S311 - text to fill pages with
        self.notes: list[Note] = []
        for number in range(NOTES):
            texts = [draw.randbytes(900).hex() for _ in range(5)]
            note = write(f"Note {number}", *texts)
            full.notes.save(note, facts(note))
            full.notes.save(note, facts(note))
            self.notes.append(note)
        for number in range(1, ENTRIES + 1):
            full.chain.append(draw.randbytes(3500), digest=draw.randbytes(32), kind="A", number=f"A-{number}", at=AT)
        self.other_note = write("Autre", "texte")
        other.notes.save(self.other_note, facts(self.other_note))
        vault.close()

    def overwrite(self, path: Path, pages: list[int]) -> None:
        content = bytearray(path.read_bytes())
        for page in pages:
            content[page * PAGE_SIZE : (page + 1) * PAGE_SIZE] = os.urandom(PAGE_SIZE)
        path.write_bytes(content)

    def pages(self, path: Path) -> int:
        return path.stat().st_size // PAGE_SIZE


AT = "2026-03-01T08:00:00Z"


@pytest.fixture
def filled(created: CreatedVault, write: Callable[..., Note], facts: Callable[[Note], RevisionFacts]) -> Filled:
    return Filled(created, write, facts)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "neuf.cloison"


@pytest.fixture
def salvage(filled: Filled, target: Path, clock: Callable[[], datetime]) -> Iterator[Salvage]:
    made: list[Salvaged] = []

    def run() -> Salvaged:
        salvaging = Salvaging(filled.folder, target, clock=clock, randomness=os.urandom)
        made.append(salvaging.run(alias=None, secret=SECRET, step=lambda done, total: None))
        return made[-1]

    yield run
    for one in made:
        one.vault.close()


def kinds(losses: tuple[Loss, ...]) -> set[LossKind]:
    return {one.kind for one in losses}


def digests(folder: Path) -> dict[str, bytes]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_a_sound_vault_comes_out_whole_under_a_new_life(
    filled: Filled, salvage: Salvage, target: Path, clock: Clock
) -> None:
    before = digests(filled.folder)

    salvaged = salvage()

    assert salvaged.losses == ()
    assert digests(filled.folder) == before
    assert salvaged.vault.life != filled.life
    salvaged.vault.close()
    again = open_vault(target, alias=None, secret=SECRET, clock=clock, randomness=os.urandom)
    assert again.problems == again.check() == ()
    full = again.compartment(filled.full_id)
    assert [len(full.notes.revisions(note.uid)) for note in filled.notes] == [2] * NOTES
    assert full.notes.get(filled.notes[7].uid).note == filled.notes[7]
    assert len(full.notes.search("Note", limit=100)) == NOTES
    assert len(full.chain.entries()) == ENTRIES
    again.close()


@pytest.mark.parametrize("seed", [1, 2, 3], ids=str)
def test_every_note_is_there_or_listed_when_pages_are_overwritten(
    filled: Filled, salvage: Salvage, target: Path, clock: Clock, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - pages to damage
    filled.overwrite(filled.full, draw.sample(range(BEYOND_TABLES, filled.pages(filled.full)), 25))

    salvaged = salvage()

    assert salvaged.losses
    assert salvaged.vault.check() == ()
    full = salvaged.vault.compartment(filled.full_id)
    found = {row.uid for row in full.notes.list(limit=1000)}
    for note in filled.notes:
        if note.uid in found:
            # What comes back is what was written, and never something near it.
            assert full.notes.get(note.uid).note == note
    assert len(found) > NOTES // 2
    assert {row.uid for row in full.notes.search("Note", limit=1000)} == found
    assert salvaged.vault.compartment(filled.other_id).notes.get(filled.other_note.uid).note == filled.other_note
    salvaged.vault.close()
    again = open_vault(target, alias=None, secret=SECRET, clock=clock, randomness=os.urandom)
    assert again.problems == ()
    again.close()


def test_a_note_comes_back_as_the_revision_before_the_one_that_is_lost(
    filled: Filled,
    salvage: Salvage,
    write: Callable[..., Note],
    facts: Callable[[Note], RevisionFacts],
    clock: Clock,
) -> None:
    note = write("Dernière", "courte")
    long = random.Random(3).randbytes(400_000).hex()  # noqa: S311 - text to fill pages with
    longer = replace(note, portions=write("Dernière", long).portions)
    for one in (note, longer):
        last = filled.pages(filled.full)
        with open_vault(filled.folder, alias=None, secret=SECRET, clock=clock, randomness=os.urandom) as vault:
            vault.compartment(filled.full_id).notes.save(one, facts(one))
    filled.overwrite(filled.full, list(range(last, last + 6)))

    salvaged = salvage()

    (loss,) = [one for one in salvaged.losses if one.kind is LossKind.LATEST]
    assert loss.names == (note.reference,)
    assert loss.compartment == "Sahel"
    assert salvaged.vault.compartment(filled.full_id).notes.get(note.uid).note == note


def test_missing_register_entries_are_listed_and_the_rest_stays_as_it_was(filled: Filled, salvage: Salvage) -> None:
    pages = filled.pages(filled.full)
    filled.overwrite(filled.full, list(range(pages - 12, pages - 8)))

    salvaged = salvage()

    entries = salvaged.vault.compartment(filled.full_id).chain.entries()
    kept = {one.sequence: one for one in entries}
    assert LossKind.REGISTER in kinds(salvaged.losses)
    assert 0 < len(kept) < ENTRIES
    assert set(kept) < set(range(1, ENTRIES + 1))


def test_a_compartment_whose_first_page_is_bad_is_listed_and_the_others_come(filled: Filled, salvage: Salvage) -> None:
    filled.overwrite(filled.full, [0])

    salvaged = salvage()

    assert salvaged.losses == (Loss(kind=LossKind.FILE, file=f"compartments/{filled.full.name}", compartment="Sahel"),)
    assert [one.is_open for one in salvaged.vault.compartments()] == [False, True]
    assert salvaged.vault.compartment(filled.other_id).notes.count() == 1


def test_a_file_of_others_is_copied_as_it_is(filled: Filled, salvage: Salvage, target: Path) -> None:
    foreign = filled.folder / "compartments" / ("0f" * 16 + ".db")
    foreign.write_bytes(os.urandom(PAGE_SIZE * 2))

    salvaged = salvage()

    assert salvaged.losses == (Loss(kind=LossKind.NOT_OPENED, file=f"compartments/{foreign.name}"),)
    assert (target / "compartments" / foreign.name).read_bytes() == foreign.read_bytes()


def test_damage_in_the_shared_file_costs_what_was_on_the_page_alone(filled: Filled, salvage: Salvage) -> None:
    shared = filled.folder / "shared.db"
    filled.overwrite(shared, [filled.pages(shared) - 1])

    salvaged = salvage()

    assert [one.is_open for one in salvaged.vault.compartments()] == [True, True]


def test_without_the_first_page_of_the_shared_file_nothing_is_made(
    filled: Filled, salvage: Salvage, target: Path
) -> None:
    filled.overwrite(filled.folder / "shared.db", [0])

    with pytest.raises(DamagedError) as caught:
        salvage()

    assert caught.value.file == "shared.db"
    assert not any(target.iterdir())


def test_a_salvage_goes_into_a_new_folder_and_knows_its_members(
    filled: Filled, salvage: Salvage, target: Path, clock: Clock
) -> None:
    target.mkdir()
    (target / "notes.txt").write_text("à moi")

    with pytest.raises(FolderNotEmptyError):
        salvage()
    with pytest.raises(UnknownIdError):
        Salvaging(filled.folder, target, clock=clock, randomness=os.urandom).run(
            alias="personne", secret=SECRET, step=lambda done, total: None
        )

    assert (target / "notes.txt").read_text() == "à moi"


def test_reading_goes_on_right_behind_a_wide_gap_and_counts_it_once(
    database: Database, path: Path, key: SecretKey
) -> None:
    with database.transaction():
        for number in range(20_000):
            database.execute("INSERT INTO words VALUES (?)", (f"mot {number}",))
    database.close()
    pages = path.stat().st_size // PAGE_SIZE
    content = bytearray(path.read_bytes())
    content[pages // 2 * PAGE_SIZE : (pages // 2 + 8) * PAGE_SIZE] = os.urandom(8 * PAGE_SIZE)
    path.write_bytes(content)

    damaged = DamagedFile(path, key)
    found = list(damaged.rows("words"))
    gaps = damaged.gaps
    damaged.close()

    numbers = [int(word.removeprefix("mot ")) for _, word in found]
    known = set(numbers)
    gap_ends = [one for one in numbers if one - 1 not in known]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[-1]) == (0, 19_999)
    assert len(gap_ends) == 2
    assert 500 < 20_000 - len(numbers) < 4_000
    assert gaps == {"words": 1}
