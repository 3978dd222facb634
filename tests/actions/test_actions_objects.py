"""Tables and images from the officer's vault to the readers': what is theirs whole, what is not without a trace."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.find_notes import find_notes
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.paper import Letterhead, PaperCopy, page_model
from cloison.actions.people import contacts, myself, reader_of
from cloison.actions.print_copy import print_to_folder
from cloison.actions.registers import lines
from cloison.actions.seal_note import Sealed, SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.write_note import save_note
from cloison.notes.image import image_of
from cloison.notes.note import Note
from cloison.notes.png import Pixels, read_png, write_png
from cloison.notes.portion import Kind, Portion, image_portion, table_portion
from cloison.notes.release import release
from cloison.notes.rendition import rendition_to_bytes
from cloison.notes.table import table_of
from cloison.rendering.page import CopyNumber
from cloison.rendering.pdf import draw
from cloison_crypto import age
from cloison_crypto.fields import base64_text
from service import START, Service, mark, words_for, write_marked

OPEN_TABLE = table_of([["Navire", "Port"], ["Bouvreuil", "Sarnac"]], has_header=True)
SECRET_TABLE = table_of([["Source", "Moyen"], ["Épervier", "Dauphin"]], has_header=True)


def png(seed: int) -> bytes:
    noise = bytes((x * 7919 + seed * 104729) % 251 for x in range(120 * 90 * 3))
    return write_png(Pixels(width=120, height=90, channels=3, data=noise))


OPEN_PNG, SECRET_PNG = png(1), png(2)


class Story:
    """A note whose secret table and picture are SPÉCIAL FRANCE; a foreign reader of DIFFUSION RESTREINTE."""

    def __init__(self, service: Service) -> None:
        self.folder = service.folder / "out"
        self.officer = service.member("Officier", "S-SF")
        self.partner = service.member("Partenaire", "DR", nationality="DEU")
        service.introduce(self.partner, self.officer)
        service.introduce(self.officer, self.partner)
        self.compartment = add_compartment(self.officer, "Cormoran", ceiling=None, need_to_know=False)
        written = write_marked(self.officer, self.compartment, "[S] Titre", ["[NP] Ouvert"])
        self.open = (self.table("DR"), self.image(OPEN_PNG, "Le port vu du nord", "DR"))
        secret = (
            self.table("S-SF", secret=True),
            self.image(SECRET_PNG, "Le contact Corneille", "S-SF"),
        )
        paragraph = written.portions[0]
        self.without = replace(written, portions=(paragraph, *self.open))
        self.note = replace(written, portions=(secret[0], paragraph, self.open[0], secret[1], self.open[1]))
        save_note(self.officer, self.compartment, self.note, changes=())

    def table(self, marked: str, *, secret: bool = False) -> Portion:
        shown = SECRET_TABLE if secret else OPEN_TABLE
        return table_portion(shown, randomness=os.urandom, label=mark(self.officer, marked))

    def image(self, content: bytes, description: str, marked: str) -> Portion:
        shown = image_of(content, description=description)
        return image_portion(shown, randomness=os.urandom, label=mark(self.officer, marked))

    def seal(self) -> Sealed:
        (contact,) = (one for one in contacts(self.officer) if one.card.name == "Partenaire")
        options = SealOptions()
        (sealed,) = seal_note(
            self.officer, self.note.uid, [contact.id], self.folder, options=options, words_for=words_for
        )
        return sealed


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def plaintext(session: Session, path: Path) -> bytes:
    target = io.BytesIO()
    with path.open("rb") as source:
        age.decrypt(source, target, (session.vault.member.identity.opener(),))
    return target.getvalue()


def received(session: Session, path: Path) -> Note:
    inbox = add_compartment(session, "Arrivées", ceiling=None, need_to_know=False)
    return accept(session, read(path, receiver(session)), inbox.id).note


def for_partner(story: Story, note: Note) -> tuple[bytes, bytes]:
    """The note file and the paper of the partner's rendition."""
    reader = reader_of(myself(story.partner).standing)
    rendition = release(story.officer.policy, note, reader, needed=frozenset(), now=START)
    copy = PaperCopy(holder="P", copy_id="0" * 32, registration=None, number=CopyNumber(number=1, total=1))
    letterhead = Letterhead(authority="A", at=START, words=words_for("fr"))
    return rendition_to_bytes(rendition), draw(page_model(story.officer.policy, rendition, copy, letterhead))


def test_a_reader_keeps_the_tables_and_images_that_are_theirs(story: Story) -> None:
    kept = received(story.partner, story.seal().path)

    assert [one.kind for one in kept.portions] == [Kind.PARAGRAPH, Kind.TABLE, Kind.IMAGE]
    assert [one.content for one in kept.portions[1:]] == [one.content for one in story.open]


def test_what_a_reader_keeps_is_found_there_by_its_words(story: Story) -> None:
    kept = received(story.partner, story.seal().path)

    for query, count in (("sarnac", 1), ('"vu du nord"', 1), ("épervier", 0), ("corneille", 0)):
        found = find_notes(story.partner, query=query, limit=9)
        assert [one.row.uid for one in found] == [kept.uid] * count


def test_a_package_holds_no_byte_of_a_table_or_an_image_that_was_left_out(story: Story) -> None:
    inside = plaintext(story.partner, story.seal().path)

    for kept in ("Bouvreuil", "Le port vu du nord", base64_text(OPEN_PNG)):
        assert kept.encode() in inside
    for word in ("Épervier", "Dauphin", "Source", "Corneille", base64_text(SECRET_PNG)):
        assert word.encode() not in inside
    assert read_png(OPEN_PNG, longest_side=200).stream in inside  # the PDF has its very rows
    assert read_png(SECRET_PNG, longest_side=200).stream[:400] not in inside


def test_with_or_without_what_is_left_out_a_reader_gets_the_same_bytes(story: Story) -> None:
    assert for_partner(story, story.note) == for_partner(story, story.without)


def test_a_reader_who_is_left_with_text_alone_is_not_told_of_more(story: Story) -> None:
    text_alone = replace(story.note, portions=tuple(one for one in story.note.portions if one not in story.open))

    note_file, _ = for_partner(story, text_alone)

    assert b'"cloison/rendition/v1"' in note_file


def test_registers_hold_nothing_of_tables_and_images(story: Story) -> None:
    story.seal()
    print_to_folder(story.officer, story.note.uid, ["Chef"], story.folder, words_for=words_for)

    entered = " ".join(repr(line.entry) for line in lines(story.officer))

    assert entered
    for word in ("Bouvreuil", "Épervier", "Le port", base64_text(OPEN_PNG)[:40]):
        assert word not in entered


def test_a_printed_copy_has_every_table_and_image(story: Story) -> None:
    (printed,) = print_to_folder(story.officer, story.note.uid, ["Chef"], story.folder, words_for=words_for)

    content = printed.path.read_bytes()

    for stream in (read_png(one, longest_side=200).stream for one in (OPEN_PNG, SECRET_PNG)):
        assert stream in content
