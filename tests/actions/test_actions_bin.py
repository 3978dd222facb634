"""The bin, and the end of notes: out of every list, kept for its time, and then nothing of the words is left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.attachments import attach_file
from cloison.actions.bin import bin_note, list_bin, take_from_bin
from cloison.actions.compartments import add_compartment, list_compartments
from cloison.actions.destroy_note import destroy_before_term, destroy_due, destroy_note
from cloison.actions.find_notes import find_notes
from cloison.actions.links import link_notes, links_of
from cloison.actions.print_copy import print_to_folder
from cloison.actions.registers import lines, verify
from cloison.actions.session import Session
from cloison.actions.write_note import mark_portions, save_note
from cloison.labels.label import Label
from cloison.notes.errors import ReasonMissingError
from cloison.notes.link import LinkKind
from cloison.notes.note import Note
from cloison.notes.portion import Run
from cloison.registers.errors import ClockSetBackError
from cloison.registers.facts import NoteDestroyed
from cloison.settings.values import Origin, Settings, Source
from cloison.vault.blob_files import MOST_SMALL
from cloison.vault.compartment import Compartment
from cloison.vault.database import dbapi2
from cloison.vault.errors import NotInUseError, StillKeptError, UnknownIdError
from cloison.vault.requirement_store import StoredRequirement
from pages import decrypted_pages
from service import START, Clock, mark, new_vault, words_for, write_marked

DAYS = 30


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_vault(tmp_path / "vault", "Officier", clock)
    yield made
    made.vault.close()


@pytest.fixture
def compartment(session: Session) -> Compartment:
    return add_compartment(session, "Alpha", ceiling=None, need_to_know=False)


@pytest.fixture
def note(session: Session, compartment: Compartment) -> Note:
    return write_marked(session, compartment, "[NP] Entretien", ("[DR] Kessar au port.", "[NP] Second."))


def rewritten(note: Note, text: str) -> Note:
    return note.with_portions({1: replace(note.portions[0], content=(Run(text=text),))})


def test_a_deleted_note_is_out_of_every_list_and_comes_back_as_it_was(
    session: Session, compartment: Compartment, note: Note
) -> None:
    before = compartment.notes.get(note.uid)

    line = bin_note(session, note.uid)

    assert line.until == session.now() + timedelta(days=DAYS)
    assert [one.row.uid for one in list_bin(session)] == [note.uid]
    assert find_notes(session, limit=9) == find_notes(session, query="kessar", limit=9) == ()
    assert [one.notes for one in list_compartments(session)] == [0]
    with pytest.raises(UnknownIdError) as caught:
        mark_portions(session, note.uid, [1], mark(session, "S"), reason=None)
    assert caught.value.kind == "note out of the bin"
    with pytest.raises(NotInUseError):
        save_note(session, compartment, note, changes=())
    take_from_bin(session, note.uid)
    assert compartment.notes.get(note.uid) == before
    assert [one.row.uid for one in find_notes(session, query="kessar", limit=9)] == [note.uid]
    assert list_bin(session) == ()
    assert compartment.check() == ()


def test_what_was_being_written_is_kept_in_the_bin(session: Session, compartment: Compartment, note: Note) -> None:
    compartment.drafts.save(rewritten(note, "En cours."))

    bin_note(session, note.uid)
    take_from_bin(session, note.uid)

    assert compartment.notes.get(note.uid).note == rewritten(note, "En cours.")


def test_only_what_is_in_the_bin_comes_out_or_is_destroyed(session: Session, note: Note) -> None:
    for act in (take_from_bin, lambda session, uid: destroy_before_term(session, uid, reason="périmé")):
        with pytest.raises(UnknownIdError):
            act(session, note.uid)

    assert session.find_note(note.uid)[1].note == note


def test_a_note_is_kept_in_the_bin_for_its_time(session: Session, note: Note, clock: Clock) -> None:
    bin_note(session, note.uid)
    clock.advance(days=DAYS, seconds=-1)

    with pytest.raises(StillKeptError) as caught:
        destroy_note(session, note.uid, reason="périmé")
    clock.advance(seconds=1)
    destroyed = destroy_note(session, note.uid, reason="périmé")

    assert caught.value.until == clock.now
    assert list_bin(session) == ()
    assert destroyed.reference == note.reference


def test_the_time_in_the_bin_is_not_cut_short_where_the_machine_fixes_it(session: Session, note: Note) -> None:
    origin = Origin(source=Source.MACHINE, locked=True)
    fixed = replace(session, settings=Settings(bin_days=365, origins={"bin_days": origin}))
    bin_note(fixed, note.uid)

    with pytest.raises(StillKeptError) as caught:
        destroy_before_term(fixed, note.uid, reason="périmé")

    assert caught.value.is_fixed
    assert caught.value.until == fixed.now() + timedelta(days=365)


def test_the_time_in_the_bin_does_not_begin_by_a_clock_that_was_set_back(
    session: Session, note: Note, clock: Clock
) -> None:
    bin_note(session, note.uid)
    destroy_before_term(session, note.uid, reason="erreur")
    other = write_marked(session, session.open_compartments()[0], "[NP] Autre", ("[NP] Texte.",))
    clock.advance(days=-DAYS)

    with pytest.raises(ClockSetBackError):
        bin_note(session, other.uid)

    assert list_bin(session) == ()


def test_what_is_due_is_destroyed_together_each_note_with_its_entry(
    session: Session, compartment: Compartment, note: Note, clock: Clock
) -> None:
    elsewhere = add_compartment(session, "Bravo", ceiling=None, need_to_know=False)
    other = write_marked(session, elsewhere, "[NP] Autre", ("[NP] Texte.",))
    for uid in (note.uid, other.uid):
        bin_note(session, uid)
    clock.advance(days=DAYS)
    young = write_marked(session, compartment, "[NP] Jeune", ("[NP] Texte.",))
    bin_note(session, young.uid)

    destroyed = destroy_due(session, reason="échéance")

    entries = [line.entry for line in lines(session)]
    assert {one.uid for one in destroyed} == {note.uid, other.uid}
    assert [(one.number, one.facts.note_uid) for one in entries] == [(one.number, one.uid) for one in destroyed]
    assert [line.row.uid for line in list_bin(session)] == [young.uid]
    assert compartment.check() == elsewhere.check() == ()


def test_destruction_takes_a_reason_and_is_entered_with_the_copies_that_are_out(
    session: Session, note: Note, tmp_path: Path
) -> None:
    print_to_folder(session, note.uid, ["Mme Martin"], tmp_path / "out", words_for=words_for)
    mark_portions(session, note.uid, [1], mark(session, "S"), reason=None)
    bin_note(session, note.uid)

    with pytest.raises(ReasonMissingError):
        destroy_before_term(session, note.uid, reason=" ")
    destroyed = destroy_before_term(session, note.uid, reason=" saisi par erreur ")

    entry = lines(session)[-1].entry
    assert isinstance(entry.facts, NoteDestroyed)
    assert (entry.number, destroyed.copies_out) == (destroyed.number, 1)
    assert (entry.facts.reason, entry.facts.revisions, entry.facts.copies_out) == ("saisi par erreur", 2, 1)
    assert "SECRET" in entry.facts.label
    assert [verdict.first_bad for verdict in verify(session)] == [None]


def test_links_to_a_note_that_was_destroyed_are_gone_with_it(session: Session, note: Note) -> None:
    other_place = add_compartment(session, "Bravo", ceiling=None, need_to_know=False)
    other = write_marked(session, other_place, "[NP] Autre", ("[NP] Texte.",))
    link_notes(session, other.uid, LinkKind.CONTRADICTS, note.uid)
    bin_note(session, note.uid)

    assert links_of(session, other.uid) == ()
    destroy_before_term(session, note.uid, reason="périmé")

    assert other_place.links.of(other.uid) == ()


def test_revisions_can_be_deleted_of_nothing_else(session: Session, compartment: Compartment, note: Note) -> None:
    mark_portions(session, note.uid, [1], mark(session, "S"), reason=None)
    database = compartment._file.database

    for statement in (
        "DELETE FROM revisions",
        "DELETE FROM label_changes",
        "INSERT INTO departures VALUES (1, 'X-2026-00001', NULL, '', '')",
    ):
        with pytest.raises(dbapi2.IntegrityError, match=r"only grows|not on the register"):
            database.execute(statement)


OTHERS = 40
WORDS = ("Ouragan", "Kyklone", "Tempete", "Zanzibar", "Vertige")


def asked_of(note: Note, text: str, label: Label) -> StoredRequirement:
    return StoredRequirement(
        id="q" * 32,
        note_uid=note.uid,
        package_uid="p" * 32,
        sender="Lecteur",
        sender_fingerprint="f" * 64,
        text=text,
        label_xml=label.to_xml(),
        at=START,
    )


def pieces(compartment: Compartment, uid: str) -> list[bytes]:
    """Pieces of the revisions of a note, as they were packed."""
    rows = compartment._file.database.rows(
        "SELECT packed FROM revisions JOIN notes ON notes.id = revisions.note WHERE uid = ?", (uid,)
    )
    return [row[at : at + 24].lower() for (row,) in rows for at in range(16, len(row) - 24, 64)]


def test_nothing_of_a_destroyed_note_is_left_in_the_pages_of_the_file_or_in_its_log(
    session: Session, compartment: Compartment, note: Note, tmp_path: Path
) -> None:
    first = save_note(session, compartment, rewritten(note, WORDS[0]), changes=()).note
    for number in range(OTHERS):
        other = write_marked(session, compartment, f"[NP] Note {number}", (f"[NP] {os.urandom(900).hex()}",))
        save_note(session, compartment, rewritten(other, os.urandom(1500).hex()), changes=())
        save_note(session, compartment, rewritten(first, f"{WORDS[number % 2]} {os.urandom(300).hex()}"), changes=())
    compartment.drafts.save(rewritten(first, WORDS[2]))
    compartment.requirements.add(asked_of(note, WORDS[3], mark(session, "NP")))
    for name, content in (("petit", WORDS[4].encode()), ("grand", os.urandom(MOST_SMALL + 1))):
        (tmp_path / name).write_bytes(content)
        attach_file(session, note.uid, tmp_path / name, label=mark(session, "NP"))
    # But for first letters, which the index may share with other words.
    wanted = [*pieces(compartment, note.uid), *(word[2:].lower().encode() for word in WORDS)]
    database = compartment._file.database
    database.checkpoint()
    before = [one for one in wanted if one in decrypted_pages(session.vault, compartment.id).lower()]
    blobs = session.vault.folder / "blobs"
    assert len(list(blobs.iterdir())) == 1
    bin_note(session, note.uid)

    destroy_before_term(session, note.uid, reason="périmé")

    pages = decrypted_pages(session.vault, compartment.id).lower()
    assert len(before) > len(wanted) / 2
    assert [one for one in wanted if one in pages] == []
    assert list(blobs.iterdir()) == []
    assert database._path.with_name(f"{database.file}-wal").stat().st_size == 0
