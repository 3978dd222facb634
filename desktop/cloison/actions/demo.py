"""The whole main job on the sample dossier, with nothing in it faked: what a service would do in its first week.

An authority, an officer and three readers each get a vault; cards are exchanged and endorsed; the officer's notes are
kept in three compartments, sealed to whoever may read them, opened by each reader, printed and registered.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.compartments import add_compartment, list_compartments, named_compartment
from cloison.actions.demo_people import DemoVault, Surroundings, found_people
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.print_copy import print_to_folder
from cloison.actions.registers import Verdict, verify
from cloison.actions.samples import Dossier, sample_dossier
from cloison.actions.seal_note import Sealed, SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.write_note import import_note, mark_portions
from cloison.labels.marks import read_mark
from cloison.notes.note import Note
from cloison.vault.compartment import Compartment
from cloison.vault.errors import FolderNotEmptyError
from cloison.vault.files import disk_errors
from cloison.vault.lock import FILE_NAME as LOCK
from cloison.vault.lock import FolderLock

MARKER = ".cloison-demo"
VAULTS, PACKAGES, PRINTS, INBOX = "coffres", "paquets", "exemplaires", "Arrivées"
_REAL_TEXT_MARKS = ("[NP]", "[DR]", "[S]", "[S-SF]")
_TITLE_MARK = "[S]"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """Where everything is. ``vaults`` begins with the authority's, then the officer's."""

    vaults: tuple[DemoVault, ...]
    packages: tuple[Sealed, ...]
    pdfs: tuple[Path, ...]
    register: tuple[Verdict, ...]
    notes: int
    accepted: int

    @property
    def officer(self) -> DemoVault:
        """The vault the window opens."""
        return self.vaults[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A note the officer wrote, for whom it is sealed and for whom it is printed."""

    note: Note
    to: tuple[str, ...]
    holders: tuple[str, ...] = ()


def demonstrate(folder: Path, around: Surroundings, *, real_text: bytes | None) -> DemoReport:
    """Do the whole job in ``folder``; ``real_text`` is a plain text that is imported, marked and sealed besides.

    A folder made by an earlier demonstration is made anew; raises ``FolderNotEmptyError`` for any other that is not
    empty, ``VaultBusyError`` where the window still has one of its vaults open.
    """
    _prepare(folder)
    dossier = sample_dossier()
    with ExitStack() as closing:
        people = found_people(folder / VAULTS, dossier, around, closing)
        written = _write(people.officer, dossier, real_text)
        packages = [sealed for one in written for sealed in _seal(people.officer, one, folder / PACKAGES, around)]
        accepted = [_receive(people.sessions[sealed.recipient], sealed) for sealed in packages]
        pdfs = [pdf for one in written for pdf in _print(people.officer, one, folder / PRINTS, around)]
        return DemoReport(
            vaults=people.vaults,
            packages=tuple(packages),
            pdfs=tuple(pdfs),
            register=tuple(verdict for session in people.sessions.values() for verdict in verify(session)),
            notes=len(written),
            accepted=len(accepted),
        )


def _prepare(folder: Path) -> None:
    """A folder with the marker in it; only what an earlier demonstration made is removed."""
    with disk_errors(folder.name):
        if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise FolderNotEmptyError
        for lock in folder.glob(f"{VAULTS}/*/{LOCK}"):
            FolderLock(lock).release()
        for made in (VAULTS, PACKAGES, PRINTS):
            shutil.rmtree(folder / made, ignore_errors=True)
        (folder / VAULTS).mkdir(parents=True)
        (folder / MARKER).touch()


def _write(officer: Session, dossier: Dossier, real_text: bytes | None) -> list[_Written]:
    written = []
    for sample in dossier.notes:
        compartment = named_compartment(officer, sample.compartment)
        note = _import(officer, compartment, sample.content, extension=sample.extension)
        written.append(_Written(note=note, to=sample.to, holders=sample.holders))
    if real_text is not None:
        compartment = named_compartment(officer, dossier.compartments[0].name)
        note = _mark_level_by_level(officer, _import(officer, compartment, real_text, extension=".txt"))
        written.append(_Written(note=note, to=tuple(reader.name for reader in dossier.readers[1:])))
    return written


def _import(officer: Session, compartment: Compartment, content: bytes, *, extension: str) -> Note:
    return import_note(officer, compartment, content, extension=extension, title=None, default=None).note


def _mark_level_by_level(officer: Session, note: Note) -> Note:
    """A text as it came: its first quarter under the lowest mark, the next under the next, and so on."""
    last = len(note.portions)
    for position, text in enumerate(_REAL_TEXT_MARKS):
        share = range(position * last // 4 + 1, (position + 1) * last // 4 + 1)
        numbers = [0, *share] if text == _TITLE_MARK else share
        label = read_mark(officer.policy, text, created=officer.now())
        note = mark_portions(officer, note.uid, numbers, label, reason=None).note
    return note


def _seal(officer: Session, written: _Written, folder: Path, around: Surroundings) -> Sequence[Sealed]:
    if not written.to:
        return ()
    ids = {one.card.name: one.id for one in contacts(officer)}
    return seal_note(
        officer,
        written.note.uid,
        [ids[name] for name in written.to],
        folder,
        options=SealOptions(),
        words_for=around.words_for,
    )


def _receive(session: Session, sealed: Sealed) -> Note:
    opened = read(sealed.path, receiver(session))
    known = [one.id for one in list_compartments(session) if one.name == INBOX]
    compartment_id = known[0] if known else add_compartment(session, INBOX, ceiling=None, need_to_know=False).id
    return accept(session, opened, compartment_id).note


def _print(officer: Session, written: _Written, folder: Path, around: Surroundings) -> Iterable[Path]:
    if not written.holders:
        return ()
    printed = print_to_folder(officer, written.note.uid, written.holders, folder, words_for=around.words_for)
    return (one.path for one in printed)
