"""Compartments: made, opened, closed; what a closed one keeps to itself; ceilings; findings at unlock."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from cloison.vault.database import Database
from cloison.vault.errors import (
    CeilingError,
    CompartmentClosedError,
    DamagedError,
    DiskError,
    DiskProblem,
    NewerFormatError,
    SearchCancelledError,
    UnknownIdError,
    UnusableNameError,
)
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.problems import ProblemKind
from cloison.vault.vault import Vault
from cloison.vault.wraps import seal_wrap
from cloison_crypto.identity import Identity

Write = Callable[..., Note]
Facts = Callable[[Note], RevisionFacts]
Reopen = Callable[[], Vault]


def file_of(folder: Path) -> Path:
    (path,) = (folder / "compartments").glob("*.db")
    return path


def test_new_compartment_is_open_and_listed(vault: Vault, policy: Policy, clock: Callable[[], object]) -> None:
    made = vault.add_compartment("Sahel", need_to_know=True)

    (summary,) = vault.compartments()

    assert (summary.id, summary.name, summary.is_open, summary.need_to_know) == (made.id, "Sahel", True, True)
    assert summary.ceiling is None
    assert vault.compartment(made.id) is vault.open_compartment(made.id) is made


def test_compartments_are_open_after_unlocking(vault: Vault, reopen: Reopen) -> None:
    ids = [vault.add_compartment(name).id for name in ("Sahel", "Baltique")]
    vault.close()

    again = reopen()

    assert [(one.id, one.name, one.is_open) for one in again.compartments()] == [
        (ids[0], "Sahel", True),
        (ids[1], "Baltique", True),
    ]


def test_name_of_a_compartment_is_nowhere_in_the_folder(vault: Vault, folder: Path) -> None:
    made = vault.add_compartment("Nom-Marqueur")
    vault.close()

    said = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    assert not any("Marqueur" in name or made.id in name for name in said)
    for path in folder.rglob("*"):
        assert path.is_dir() or b"Marqueur" not in path.read_bytes()


def test_closed_compartment_gives_nothing(vault: Vault, compartment: Compartment) -> None:
    vault.close_compartment(compartment.id)
    vault.close_compartment(compartment.id)

    with pytest.raises(CompartmentClosedError) as caught:
        vault.compartment(compartment.id)
    assert caught.value.compartment_id == compartment.id
    for use in (
        compartment.notes.count,
        compartment.drafts.all,
        compartment.chain.head,
        compartment.check,
        lambda: compartment.notes.search("mot", limit=1),
        lambda: compartment.transaction().__enter__(),
    ):
        with pytest.raises(CompartmentClosedError):
            use()
    compartment.interrupt()
    assert [one.is_open for one in vault.compartments()] == [False]


def test_closed_compartment_opens_again(vault: Vault, compartment: Compartment, write: Write, facts: Facts) -> None:
    note = write("Titre")
    compartment.notes.save(note, facts(note))
    vault.close_compartment(compartment.id)

    again = vault.open_compartment(compartment.id)

    assert again.notes.get(note.uid).note == note
    assert vault.problems == ()


@pytest.mark.parametrize("ask", ["compartment", "open_compartment", "close_compartment"])
def test_unknown_compartment_is_said_to_be_unknown(vault: Vault, ask: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        getattr(vault, ask)("00" * 16)

    assert (caught.value.kind, caught.value.id) == ("compartment", "00" * 16)


@pytest.mark.parametrize("name", ["", "x" * 201, "\udce9"])
def test_name_that_could_not_be_read_back_is_refused(vault: Vault, name: str) -> None:
    with pytest.raises(UnusableNameError):
        vault.add_compartment(name)

    assert vault.compartments() == ()


def test_making_that_fails_leaves_no_file(vault: Vault, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="shared.db")

    monkeypatch.setattr("cloison.vault.wrap_store.WrapStore.put", full)
    with pytest.raises(DiskError):
        vault.add_compartment("Sahel")

    assert list((folder / "compartments").iterdir()) == []
    assert vault.compartments() == ()


# Ceilings.


def marked(policy: Policy, mark: str, write: Write) -> bytes:
    return read_mark(policy, mark, created=write("x").created).to_xml()


@pytest.mark.parametrize("mark", ["NP", "DR", "S"])
def test_note_up_to_the_ceiling_is_taken(vault: Vault, policy: Policy, write: Write, facts: Facts, mark: str) -> None:
    compartment = vault.add_compartment("Sahel", ceiling_xml=marked(policy, "S", write))
    note = write("Titre", mark=mark)

    assert compartment.notes.save(note, facts(note)) == 1


@pytest.mark.parametrize("mark", ["S-SF", "TS"])
def test_note_above_the_ceiling_is_refused(vault: Vault, policy: Policy, write: Write, facts: Facts, mark: str) -> None:
    compartment = vault.add_compartment("Sahel", ceiling_xml=marked(policy, "S", write))
    note = write("Titre", mark=mark)

    with pytest.raises(CeilingError) as caught:
        compartment.notes.save(note, facts(note))

    assert caught.value.compartment_id == compartment.id
    assert compartment.notes.count() == 0


def test_note_not_marked_yet_passes_the_ceiling(vault: Vault, policy: Policy, write: Write, facts: Facts) -> None:
    compartment = vault.add_compartment("Sahel", ceiling_xml=marked(policy, "S", write))
    note = write("Titre")

    assert compartment.notes.save(note, RevisionFacts(author="x", saved_at=note.created, label_xml=None)) == 1


def test_label_of_another_policy_is_refused(vault: Vault, policy: Policy, write: Write, facts: Facts) -> None:
    compartment = vault.add_compartment("Sahel", ceiling_xml=marked(policy, "TS", write))
    note = write("Titre", mark="NP")
    foreign = replace(read_mark(policy, "NP", created=note.created), policy_id="1.2.3")

    with pytest.raises(CeilingError):
        compartment.notes.save(note, replace(facts(note), label_xml=foreign.to_xml()))


@pytest.mark.parametrize("label_xml", [b"<label/>", b"no label"])
def test_label_that_cannot_be_weighed_is_refused(vault: Vault, policy: Policy, write: Write, label_xml: bytes) -> None:
    compartment = vault.add_compartment("Sahel", ceiling_xml=marked(policy, "S", write))
    note = write("Titre")

    with pytest.raises(CeilingError):
        compartment.notes.save(note, RevisionFacts(author="x", saved_at=note.created, label_xml=label_xml))


def test_ceiling_is_kept(vault: Vault, policy: Policy, write: Write, reopen: Reopen) -> None:
    ceiling = marked(policy, "S", write)
    vault.add_compartment("Sahel", ceiling_xml=ceiling)
    vault.close()

    again = reopen()

    (summary,) = again.compartments()
    assert summary.ceiling == again.compartment(summary.id).ceiling == ceiling


# What is found at unlock.


@pytest.mark.parametrize(
    ("spoil", "kind", "error"),
    [
        (Path.unlink, ProblemKind.MISSING, DamagedError),
        (lambda path: path.write_bytes(b""), ProblemKind.DAMAGED, DamagedError),
        (lambda path: path.write_bytes(bytes(8192)), ProblemKind.DAMAGED, DamagedError),
    ],
    ids=["missing", "emptied", "overwritten"],
)
def test_bad_compartment_keeps_nobody_from_the_others(
    vault: Vault,
    folder: Path,
    reopen: Reopen,
    spoil: Callable[[Path], object],
    kind: ProblemKind,
    error: type[Exception],
) -> None:
    bad = vault.add_compartment("Sahel")
    path = file_of(folder)
    good = vault.add_compartment("Baltique")
    vault.close()
    spoil(path)

    again = reopen()

    assert [(one.id, one.is_open) for one in again.compartments()] == [(bad.id, False), (good.id, True)]
    assert [(one.kind, one.compartment_id, one.file) for one in again.problems] == [
        (kind, bad.id, f"compartments/{path.name}")
    ]
    with pytest.raises(error):
        again.open_compartment(bad.id)
    assert len(again.problems) == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NewerFormatError("x.db"), ProblemKind.NEWER),
        (DiskError(DiskProblem.NOT_ALLOWED, file="x.db"), ProblemKind.UNREADABLE),
    ],
    ids=["newer", "not given"],
)
def test_compartment_that_cannot_be_opened_now_is_told(
    vault: Vault, reopen: Reopen, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: ProblemKind
) -> None:
    vault.add_compartment("Sahel")
    vault.close()

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("cloison.vault.compartment_files.open_file", refuse)

    assert [one.kind for one in reopen().problems] == [kind]


def test_file_of_another_compartment_is_no_substitute(vault: Vault, folder: Path, reopen: Reopen) -> None:
    vault.add_compartment("Sahel")
    first = file_of(folder)
    vault.add_compartment("Baltique")
    vault.close()
    (second,) = set((folder / "compartments").glob("*.db")) - {first}
    first.write_bytes(second.read_bytes())

    again = reopen()

    assert [one.kind for one in again.problems] == [ProblemKind.DAMAGED]
    assert [(one.name, one.is_open) for one in again.compartments()] == [("Sahel", False), ("Baltique", True)]


def test_planted_wrap_is_refused_and_said(vault: Vault, compartment: Compartment, reopen: Reopen) -> None:
    intruder = Identity.generate(os.urandom)
    grant = vault._compartments.keys.grant(compartment.id)
    planted = seal_wrap(grant, vault.member.identity.public, signer=intruder, randomness=os.urandom)
    vault._compartments.keys._store.put("00" * 16, planted)
    vault.close()

    again = reopen()

    assert [(one.kind, one.file) for one in again.problems] == [(ProblemKind.WRAP_REFUSED, "shared.db")]
    assert [one.is_open for one in again.compartments()] == [True]


def test_older_wrap_of_a_compartment_does_not_replace_the_newer(
    vault: Vault, compartment: Compartment, reopen: Reopen
) -> None:
    identity = vault.member.identity
    store = vault._compartments.keys._store
    (older,) = store.rows()
    grant = vault._compartments.keys.grant(compartment.id)
    later = replace(grant, epoch=2, past=(grant.proof(),))
    newer = seal_wrap(later, identity.public, signer=identity, randomness=os.urandom)
    store.put("01" * 16, newer)
    store.put("02" * 16, older.sealed)
    vault.close()

    again = reopen()

    # The file is still of the first epoch, and the key of the second is the one that counts.
    assert [(one.kind, one.compartment_id) for one in again.problems] == [(ProblemKind.DAMAGED, compartment.id)]


def test_wrap_of_the_shared_file_is_no_compartment(vault: Vault, compartment: Compartment, reopen: Reopen) -> None:
    shared_wrap = vault.ways.header.member(vault.member.id).shared_wrap
    vault._compartments.keys._store.put("00" * 16, shared_wrap)
    vault.close()

    again = reopen()

    assert [one.kind for one in again.problems] == [ProblemKind.WRAP_REFUSED]
    assert [one.id for one in again.compartments()] == [compartment.id]


def test_check_finds_damage_in_shared_and_compartment(vault: Vault, compartment: Compartment, folder: Path) -> None:
    assert vault.check() == ()
    for path in (folder / "shared.db", file_of(folder)):
        content = bytearray(path.read_bytes())
        content[-100] ^= 1
        path.write_bytes(content)

    found = vault.check()

    assert [(one.kind, one.file) for one in found] == [
        (ProblemKind.DAMAGED, "shared.db"),
        (ProblemKind.DAMAGED, f"compartments/{file_of(folder).name}"),
    ]


def test_check_finds_an_index_that_does_not_agree_with_the_notes(
    vault: Vault, compartment: Compartment, write: Write, facts: Facts
) -> None:
    note = write("Titre", "mot")
    compartment.notes.save(note, facts(note))
    assert compartment.check() == ()
    compartment._file.database.execute("UPDATE bodies SET body = 'autre'")

    assert [one.kind for one in vault.check()] == [ProblemKind.INDEX_DAMAGED]


def test_interrupt_reaches_a_search_in_an_open_compartment(
    vault: Vault, compartment: Compartment, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.add_compartment("Baltique")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    sought = Database.cancellable_rows
    monkeypatch.setattr(Database, "cancellable_rows", lambda self, *_: sought(self, endless))
    timer = threading.Timer(0.05, vault.interrupt)
    timer.start()

    with pytest.raises(SearchCancelledError):
        compartment.notes.search("mot", limit=1)

    timer.join()
