"""A batch: whole notes only, whatever stops it, and an outcome with its reason for each note."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.actions import seal_note as steps
from cloison.actions.compartments import add_compartment
from cloison.actions.people import contacts
from cloison.actions.registers import lines, verify
from cloison.actions.seal_batch import (
    Batch,
    BatchStep,
    NoteOutcome,
    begin,
    give_up,
    new_batch,
    seal_batch,
    settle,
    tools_of,
    write_all,
)
from cloison.actions.seal_note import SealOptions, Written, finish_interrupted
from cloison.actions.session import Session
from cloison.dissemination.errors import CannotSealError
from cloison.notes.errors import UnmarkedPortionsError
from cloison.registers.facts import Dispatch, DispatchEvent
from cloison.vault.errors import DiskError, DiskProblem, UnknownIdError
from cloison.vault.files import sync_folder
from service import Service, words_for, write_marked


class Stop(Exception):  # noqa: N818 - what a person does, not an error
    """Somebody gave up."""


class Office:
    """An officer with three notes, and two readers."""

    def __init__(self, service: Service) -> None:
        self.officer: Session = service.member("Officier", "S-SF")
        for name, clearance in (("Lecteur", "S"), ("Partenaire", "DR")):
            service.introduce(service.member(name, clearance), self.officer)
        self.compartment = add_compartment(self.officer, "Dossier", ceiling=None, need_to_know=False)
        self.notes = [self.write("[DR] Titre", f"[DR] Note {number}") for number in range(3)]
        self.folder = service.folder / "out"

    def write(self, title: str, *portions: str) -> str:
        return write_marked(self.officer, self.compartment, title, portions).uid

    def batch(self, *uids: str, to: tuple[str, ...] = ("Lecteur", "Partenaire")) -> Batch:
        known = {one.card.name: one.id for one in contacts(self.officer)}
        return new_batch(self.officer, uids, [known[name] for name in to], self.folder, options=SealOptions())

    def events(self) -> list[tuple[DispatchEvent, str]]:
        return [
            (facts.event, facts.note_uid)
            for line in lines(self.officer)
            if isinstance(facts := line.entry.facts, Dispatch)
        ]

    def files(self) -> list[str]:
        return sorted(one.name for one in self.folder.iterdir()) if self.folder.exists() else []


@pytest.fixture
def office(service: Service) -> Office:
    return Office(service)


def pay_no_heed(step: BatchStep) -> None:
    assert step.done <= step.total


def names(outcomes: list[NoteOutcome]) -> list[str]:
    return sorted(package.path.name for one in outcomes for package in one.sealed)


def test_every_note_goes_to_every_reader(office: Office) -> None:
    steps_told: list[BatchStep] = []

    outcomes = list(
        seal_batch(office.officer, office.batch(*office.notes), words_for=words_for, tell=steps_told.append)
    )

    assert [one.uid for one in outcomes] == office.notes
    assert [[package.recipient for package in one.sealed] for one in outcomes] == [["Lecteur", "Partenaire"]] * 3
    assert names(outcomes) == office.files()
    assert [(one.done, one.total, one.recipient) for one in steps_told[-2:]] == [
        (5, 6, "Lecteur"),
        (6, 6, "Partenaire"),
    ]
    assert steps_told[0].reference == "2026-00001"


def test_a_note_or_a_reader_named_twice_is_sealed_once(office: Office) -> None:
    batch = office.batch(office.notes[0], office.notes[0], to=("Lecteur", "Lecteur"))

    assert (batch.uids, [one.card.name for one in batch.to]) == ((office.notes[0],), ["Lecteur"])


def test_a_note_that_cannot_be_sealed_says_why_and_the_others_go(office: Office) -> None:
    secret, bare = office.write("[S] Titre", "[S] Note"), office.write("Titre", "Note")

    first, refused, unmarked, last = seal_batch(
        office.officer,
        office.batch(office.notes[0], secret, bare, office.notes[1]),
        words_for=words_for,
        tell=pay_no_heed,
    )

    assert isinstance(refused.refusal, CannotSealError)
    assert [(one.name, one.is_nothing_theirs) for one in refused.refusal.refused] == [("Partenaire", True)]
    assert isinstance(unmarked.refusal, UnmarkedPortionsError)
    assert (refused.sealed, unmarked.sealed) == ((), ())
    assert names([first, last]) == office.files()
    assert {uid for _, uid in office.events()} == {office.notes[0], office.notes[1]}


def test_a_note_that_nobody_has_stops_the_batch_before_it_begins(office: Office) -> None:
    with pytest.raises(UnknownIdError):
        office.batch(office.notes[0], "0" * 32)

    assert (office.files(), office.events()) == ([], [])


def test_giving_up_leaves_the_earlier_notes_whole_and_nothing_of_the_one_at_hand(office: Office) -> None:
    def stop_at_third(step: BatchStep) -> None:
        if step.done == 3:
            raise Stop

    outcomes: list[NoteOutcome] = []
    with pytest.raises(Stop):
        outcomes.extend(
            seal_batch(office.officer, office.batch(*office.notes), words_for=words_for, tell=stop_at_third)
        )
    sealed = [event for event, uid in office.events() if uid == office.notes[0]]
    stopped = [event for event, uid in office.events() if uid == office.notes[1]]

    assert len(office.files()) == 2
    assert not any(name.endswith(".part") for name in office.files())
    assert (sealed, stopped) == ([DispatchEvent.SEALED] * 2, [DispatchEvent.VOID] * 2)
    assert [one.first_bad for one in verify(office.officer)] == [None]


def test_a_full_disk_at_the_last_name_takes_the_note_back_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, given = Path.rename, list[Path]()

    def full_after_one(path: Path, target: Path) -> Path:
        if path.parent == office.folder:
            given.append(path)
            if len(given) == 2:
                raise OSError(errno.ENOSPC, "full")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_after_one)
    with pytest.raises(DiskError):
        list(seal_batch(office.officer, office.batch(office.notes[0]), words_for=words_for, tell=pay_no_heed))

    assert office.files() == []
    assert [event for event, _ in office.events()] == [DispatchEvent.SEALED, DispatchEvent.VOID] * 2


def test_packages_that_the_register_cannot_give_up_wait_for_their_names(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise DiskError(DiskProblem.FULL, file="x")

    with monkeypatch.context() as full:
        full.setattr("cloison.actions.files.sync_folder", fails_after(2, fails))
        full.setattr(steps, "_enter_void", fails)
        with pytest.raises(DiskError):
            list(seal_batch(office.officer, office.batch(office.notes[0]), words_for=words_for, tell=pay_no_heed))
    left = office.files()

    finished = finish_interrupted(office.officer, office.folder)

    assert [name.endswith(".pli.part") for name in left] == [True, True]
    assert office.files() == sorted(path.name for path in finished)
    assert [event for event, _ in office.events()] == [DispatchEvent.SEALED] * 2


def fails_after(count: int, fails: Callable[..., None]) -> Callable[[Path], None]:
    """The real ``sync_folder`` for so many calls, and then ``fails``."""
    calls = itertools.count()

    def sync(path: Path) -> None:
        (sync_folder if next(calls) < count else fails)(path)

    return sync


def test_a_register_that_cannot_be_written_leaves_no_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise Stop

    batch = office.batch(office.notes[0])
    in_hand, written = begin(office.officer, batch, office.notes[0], words_for=words_for), list[Written]()
    write_all(in_hand, batch, tools_of(office.officer), written, pay_no_heed)
    monkeypatch.setattr(steps, "sign_head", fails)

    with pytest.raises(Stop):
        settle(office.officer, in_hand, written)

    assert (office.files(), office.events()) == ([], [])


def test_what_a_crash_left_without_its_name_gets_it_at_the_next_batch(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = office.batch(office.notes[0])
    in_hand, written = begin(office.officer, batch, office.notes[0], words_for=words_for), list[Written]()
    write_all(in_hand, batch, tools_of(office.officer), written, pay_no_heed)
    with monkeypatch.context() as crashed:
        crashed.setattr(steps, "_published", lambda *_: ())
        settle(office.officer, in_hand, written)
    left = office.files()

    outcomes = list(seal_batch(office.officer, office.batch(office.notes[1]), words_for=words_for, tell=pay_no_heed))

    assert [name.endswith(".pli.part") for name in left] == [True, True]
    assert office.files() == sorted([name.removesuffix(".part") for name in left] + names(outcomes))


def test_the_package_after_a_crash_names_the_one_that_gets_its_name_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = office.batch(office.notes[0], to=("Lecteur",))
    in_hand, written = begin(office.officer, batch, office.notes[0], words_for=words_for), list[Written]()
    write_all(in_hand, batch, tools_of(office.officer), written, pay_no_heed)
    with monkeypatch.context() as crashed:
        crashed.setattr(steps, "_published", lambda *_: ())
        settle(office.officer, in_hand, written)

    after = office.batch(office.notes[1], to=("Lecteur",))
    (prepared,) = begin(office.officer, after, office.notes[1], words_for=words_for).prepared

    assert prepared.manifest.previous == written[0].manifest_sha256


def test_what_is_not_on_the_register_gets_no_name(office: Office) -> None:
    batch = office.batch(office.notes[0])
    in_hand, written = begin(office.officer, batch, office.notes[0], words_for=words_for), list[Written]()
    write_all(in_hand, batch, tools_of(office.officer), written, pay_no_heed)
    left = office.files()

    assert finish_interrupted(office.officer, office.folder) == ()
    assert office.files() == left
    give_up(office.officer, in_hand, written)
    assert office.files() == []


def test_what_was_changed_under_its_part_name_gets_no_name(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = office.batch(office.notes[0], to=("Lecteur",))
    in_hand, written = begin(office.officer, batch, office.notes[0], words_for=words_for), list[Written]()
    write_all(in_hand, batch, tools_of(office.officer), written, pay_no_heed)
    monkeypatch.setattr(steps, "_published", lambda *_: ())
    settle(office.officer, in_hand, written)
    (part,) = office.folder.iterdir()
    part.write_bytes(part.read_bytes()[:-1])

    assert finish_interrupted(office.officer, office.folder) == ()
