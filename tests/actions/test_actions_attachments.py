"""Attachments between vaults: each reader receives theirs, as they were attached, and no trace of any other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cloison.actions.attachments import attach_file, detach_file, kept_file
from cloison.actions.compartments import add_compartment
from cloison.actions.consent import ConsentTerms, record_consent
from cloison.actions.dissemination_plan import plan
from cloison.actions.open_package import accept, look_at, receiver
from cloison.actions.people import contacts
from cloison.actions.print_copy import print_to_folder
from cloison.actions.seal_note import Sealed, SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.write_note import save_note
from cloison.dissemination.checks import Opened
from cloison.dissemination.opening import MOST_SEALED
from cloison.notes.attaching import attached_files
from cloison.notes.attachment import FIRST_NUMBER, MOST_BYTES
from cloison.notes.errors import AttachmentProblem, AttachmentRefusedError, UnmarkedPortionsError
from cloison.notes.note import Note
from cloison.vault.blob_files import MOST_SMALL
from cloison.vault.compartment import Compartment
from cloison.vault.errors import CeilingError, DamagedError
from service import Service, mark, words_for, write_marked

PLAN, FILM, SECRET = b"un plan", os.urandom(MOST_SMALL + 7), b"MARQUEUR-c41e " * 50


class Story:
    """An officer with a note and files, a reader cleared for SECRET and a partner for DIFFUSION RESTREINTE."""

    def __init__(self, service: Service) -> None:
        self.folder = service.folder
        self.officer = service.member("Officier", "TS-SF")
        self.readers = {"S": service.member("Lecteur", "S"), "DR": service.member("Partenaire", "DR")}
        for one in self.readers.values():
            service.introduce(one, self.officer)
            service.introduce(self.officer, one)
        self.compartment = add_compartment(self.officer, "Dossier", ceiling=None, need_to_know=False)
        self.kept = {
            key: add_compartment(one, "Reçu", ceiling=None, need_to_know=False) for key, one in self.readers.items()
        }
        self.uid = write_marked(self.officer, self.compartment, "[NP] Titre", ("[DR] un",)).uid

    def attach(self, name: str, content: bytes, text: str | None) -> None:
        path = self.folder / name
        path.write_bytes(content)
        label = None if text is None else mark(self.officer, text)
        attach_file(self.officer, self.uid, path, label=label)

    def contact(self, to: str) -> str:
        name = self.readers[to].vault.member.alias
        return next(one.id for one in contacts(self.officer) if one.card.name == name)

    def sealed(self, to: str, out: str = "out") -> Sealed:
        folder = self.folder / out
        [sealed] = seal_note(
            self.officer, self.uid, [self.contact(to)], folder, options=SealOptions(), words_for=words_for
        )
        return sealed

    def received(self, to: str, out: str = "out") -> Note:
        reader = self.readers[to]
        opened = look_at(self.sealed(to, out).path, receiver(reader))
        assert isinstance(opened, Opened)
        return accept(reader, opened, self.kept[to].id).note


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def contents_of(compartment: Compartment, note: Note) -> dict[str, bytes]:
    return {file.name: kept_file(compartment, note.uid, file).read() for _, file in attached_files(note)}


def blobs(session: Session) -> list[Path]:
    return sorted((session.vault.folder / "blobs").iterdir())


def test_a_file_larger_than_can_be_sent_is_refused_before_it_is_read(story: Story) -> None:
    path = story.folder / "image.iso"
    with path.open("wb") as sparse:
        sparse.truncate(MOST_BYTES + 1)

    with pytest.raises(AttachmentRefusedError):
        attach_file(story.officer, story.uid, path, label=mark(story.officer, "DR"))

    assert blobs(story.officer) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no name in a folder there")
def test_a_pipe_is_not_waited_for(story: Story) -> None:
    pipe = story.folder / "tube"
    os.mkfifo(pipe)

    with pytest.raises(AttachmentRefusedError) as caught:
        attach_file(story.officer, story.uid, pipe, label=mark(story.officer, "DR"))

    assert caught.value.problem is AttachmentProblem.NOT_A_FILE
    assert blobs(story.officer) == []


def test_each_reader_receives_the_attachments_that_are_theirs(story: Story) -> None:
    story.attach("plan.pdf", PLAN, "DR")
    story.attach("source.txt", SECRET, "S")
    story.attach("film.mkv", FILM, "DR")

    to_cleared, to_partner = story.received("S"), story.received("DR")

    assert contents_of(story.kept["S"], to_cleared) == {"plan.pdf": PLAN, "source.txt": SECRET, "film.mkv": FILM}
    assert contents_of(story.kept["DR"], to_partner) == {"plan.pdf": PLAN, "film.mkv": FILM}
    assert all(one.origin == to_partner.title.origin for one in to_partner.attachments)
    assert b"source" not in to_partner.to_bytes()


def test_two_attachments_under_one_uid_are_not_taken_for_each_other(story: Story) -> None:
    story.attach("plan.pdf", PLAN, "DR")
    story.attach("source.txt", SECRET, "S")
    note = story.compartment.notes.get(story.uid).note
    first, second = note.attachments
    alike = replace(note, attachments=(first, replace(second, uid=first.uid)))
    save_note(story.officer, story.compartment, alike, changes=())

    to_partner = story.received("DR")

    assert contents_of(story.kept["DR"], to_partner) == {"plan.pdf": PLAN}


def test_the_table_names_each_attachment_and_says_who_receives_it(story: Story) -> None:
    story.attach("plan.pdf", PLAN, "DR")
    story.attach("source.txt", SECRET, "S")

    [row] = plan(story.officer, story.uid, [story.contact("DR")]).rows

    assert [(one.number, one.is_released) for one in row.decisions] == [
        (0, True),
        (1, True),
        (FIRST_NUMBER, True),
        (FIRST_NUMBER + 1, False),
    ]


def test_each_paper_lists_the_attachments_that_go_with_it(
    story: Story, tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    pdftotext = tool("pdftotext", "apt install poppler-utils")
    story.attach("plan.pdf", PLAN, "DR")
    story.attach("source.txt", SECRET, "S")

    [printed] = print_to_folder(story.officer, story.uid, ["Mercier"], tmp_path, words_for=words_for)
    opened = look_at(story.sealed("DR").path, receiver(story.readers["DR"]))

    assert isinstance(opened, Opened)
    (tmp_path / "theirs.pdf").write_bytes(opened.pdf)
    whole, theirs = (
        subprocess.run([pdftotext, path, "-"], check=True, capture_output=True, text=True).stdout
        for path in (printed.path, tmp_path / "theirs.pdf")
    )
    assert "[DR] attachment-fr 1 plan.pdf" in whole
    assert "[S] attachment-fr 2 source.txt" in whole
    assert "[DR] attachment-fr 1 plan.pdf" in theirs
    assert "source" not in theirs


def test_a_package_is_no_longer_for_what_is_withheld(story: Story) -> None:
    without = story.sealed("DR").path.stat().st_size
    story.attach("source.bin", FILM, "S")

    assert story.sealed("DR", "out2").path.stat().st_size == without


def test_nothing_leaves_while_an_attachment_is_unmarked(story: Story) -> None:
    story.attach("plan.pdf", PLAN, None)

    with pytest.raises(UnmarkedPortionsError):
        story.sealed("S")


def test_a_package_too_long_to_be_held_in_memory_is_received_as_it_comes(story: Story) -> None:
    content = os.urandom(1 << 20) * 44
    story.attach("film.mkv", content, "DR")

    kept = story.received("DR")

    assert contents_of(story.kept["DR"], kept) == {"film.mkv": content}
    assert next((story.folder / "out").iterdir()).stat().st_size > MOST_SEALED


def test_what_is_received_again_is_kept_once_and_is_the_same_file(story: Story) -> None:
    story.attach("film.mkv", FILM, "DR")

    first, again = story.received("S", "out"), story.received("S", "out2")

    assert [one.content for one in first.attachments] == [one.content for one in again.attachments]
    assert len(blobs(story.readers["S"])) == 1


def test_an_attachment_the_sender_took_out_stays_in_the_revision_that_had_it(story: Story) -> None:
    story.attach("film.mkv", FILM, "DR")
    first = story.received("S", "out")
    detach_file(story.officer, story.uid, 1)

    again = story.received("S", "out2")

    assert again.attachments == ()
    kept = story.kept["S"]
    assert contents_of(kept, kept.notes.revision(first.uid, 1).note) == {"film.mkv": FILM}


def test_what_a_reader_attached_stays_when_the_note_comes_again(story: Story) -> None:
    story.attach("plan.pdf", PLAN, "DR")
    kept = story.received("S")
    reader = story.readers["S"]
    attach_file(reader, kept.uid, story.folder / "plan.pdf", label=mark(reader, "S"), name="note.pdf")

    again = story.received("S", "out2")

    assert [one.text for one in again.attachments] == ["plan.pdf", "note.pdf"]
    assert contents_of(story.kept["S"], again) == {"plan.pdf": PLAN, "note.pdf": PLAN}


def test_what_came_goes_further_only_with_its_originators_consent(story: Story, service: Service) -> None:
    story.attach("plan.pdf", PLAN, "DR")
    kept = story.received("S")
    reader, partner = story.readers["S"], story.readers["DR"]
    service.introduce(partner, reader)
    to = next(one for one in contacts(reader) if one.card.name == "Partenaire")

    [before] = plan(reader, kept.uid, [to.id]).rows
    terms = ConsentTerms(given_by="Officier", reference="2026/7", day=date(2026, 11, 20), contact_ids=(to.id,))
    record_consent(reader, kept.uid, [1, FIRST_NUMBER], terms)
    [after] = plan(reader, kept.uid, [to.id]).rows

    assert before.rendition is None
    assert after.rendition is not None
    assert [one.text for one in after.rendition.attachments] == ["plan.pdf"]


def test_a_compartment_that_cannot_keep_it_leaves_it_for_another(story: Story) -> None:
    story.attach("film.mkv", FILM, "S")
    reader = story.readers["S"]
    low = add_compartment(reader, "Bas", ceiling=mark(reader, "DR"), need_to_know=False)
    opened = look_at(story.sealed("S").path, receiver(reader))
    assert isinstance(opened, Opened)

    with pytest.raises(CeilingError):
        accept(reader, opened, low.id)
    kept = accept(reader, opened, story.kept["S"].id).note

    assert contents_of(story.kept["S"], kept) == {"film.mkv": FILM}


def test_what_nobody_keeps_leaves_nothing_behind(story: Story) -> None:
    story.attach("film.mkv", FILM, "S")
    reader = story.readers["S"]

    opened = look_at(story.sealed("S").path, receiver(reader))
    assert isinstance(opened, Opened)
    opened.discard()

    assert blobs(reader) == []


def test_a_damaged_attachment_stops_sealing_and_leaves_no_package(story: Story) -> None:
    story.attach("film.mkv", FILM, "S")
    [blob] = blobs(story.officer)
    blob.write_bytes(blob.read_bytes()[:-1])

    with pytest.raises(DamagedError):
        story.sealed("S")

    assert list((story.folder / "out").glob("*")) == []
    # Whoever may not read it is not kept from the rest.
    assert story.received("DR", "out2").attachments == ()


def test_an_attachment_above_the_ceiling_is_refused_and_leaves_nothing(story: Story) -> None:
    officer = story.officer
    low = add_compartment(officer, "Bas", ceiling=mark(officer, "DR"), need_to_know=False)
    note = write_marked(officer, low, "[NP] Titre", ("[DR] un",))
    path = story.folder / "film.mkv"
    path.write_bytes(FILM)

    with pytest.raises(CeilingError):
        attach_file(officer, note.uid, path, label=mark(officer, "S"))

    assert blobs(officer) == []
    assert low.notes.get(note.uid).note.attachments == ()
