"""What comes in for a note that has moved since: a later rendition of it, an answer to what it was sent as."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloison.actions.bin import bin_note
from cloison.actions.compartments import add_compartment
from cloison.actions.make_receipt import Answer, Remark, arrived, make_receipt
from cloison.actions.move_note import move_note
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.propose_compartment import ProposalReason, propose_compartment
from cloison.actions.registers import lines
from cloison.actions.requirements import requirements_about
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.take_receipt import receipt_checks, receipts_for, take_receipt
from cloison.actions.write_note import mark_portions
from cloison.dissemination.checks import Opened
from cloison.dissemination.receipt_file import open_receipt
from cloison.notes.note import Note
from cloison.registers.facts import Arrival
from cloison.vault.compartment import Compartment
from cloison.vault.errors import MovedAwayError, NotInUseError
from service import Service, mark, words_for, write_marked


class Story:
    """An officer's note, sealed twice to a reader who has accepted the first rendition."""

    def __init__(self, service: Service) -> None:
        self.officer = service.member("Officier", "S-SF")
        self.reader = service.member("Lecteur", "S-SF")
        service.introduce(self.officer, self.reader)
        service.introduce(self.reader, self.officer)
        self.folder = service.folder / "out"
        self.sent_from = _add(self.officer, "Dossier")
        self.note = write_marked(self.officer, self.sent_from, "[S] Titre", ["[S] Alouette"])
        self.arrivals, self.elsewhere = _add(self.reader, "Arrivées"), _add(self.reader, "Fond")
        self.first = self.sealed()
        self.received: Note = accept(self.reader, self.first, self.arrivals.id).note

    def sealed(self) -> Opened:
        ids = [one.id for one in contacts(self.officer) if one.card.name == "Lecteur"]
        options = SealOptions(is_reply_expected=True)
        (made,) = seal_note(self.officer, self.note.uid, ids, self.folder, options=options, words_for=words_for)
        return read(made.path, receiver(self.reader))

    def answered(self) -> Path:
        (uid,) = [one.entry.facts.package_uid for one in lines(self.reader) if isinstance(one.entry.facts, Arrival)]
        answer = Answer(useful=4, questions=(Remark(text="Qui ?"),))
        return make_receipt(self.reader, arrived(self.reader, uid), answer, self.folder / "r.pli").path


def _add(session: Session, name: str) -> Compartment:
    return add_compartment(session, name, ceiling=None, need_to_know=False)


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def test_a_later_rendition_of_a_note_that_moved_becomes_its_revision_where_it_lies(story: Story) -> None:
    move_note(story.reader, story.received.uid, story.elsewhere.id)
    mark_portions(story.officer, story.note.uid, [1], mark(story.officer, "S-SF"), reason=None)
    later = story.sealed()

    proposed = propose_compartment(story.reader, later.manifest)
    accepted = accept(story.reader, later, story.elsewhere.id)

    assert (proposed.compartment_id, proposed.reason) == (story.elsewhere.id, ProposalReason.RECEIVED_BEFORE)
    assert accepted.note.uid == story.received.uid
    assert len(story.elsewhere.notes.revisions(story.received.uid)) == 2


def test_it_does_not_come_in_where_the_note_was_moved_from(story: Story) -> None:
    move_note(story.reader, story.received.uid, story.elsewhere.id)
    later = story.sealed()

    with pytest.raises(MovedAwayError):
        accept(story.reader, later, story.arrivals.id)

    assert story.arrivals.notes.count() == 0
    assert accept(story.reader, later, story.elsewhere.id).note.uid == story.received.uid


def test_it_does_not_come_in_while_the_note_is_in_the_bin(story: Story) -> None:
    bin_note(story.reader, story.received.uid)

    with pytest.raises(NotInUseError):
        accept(story.reader, story.sealed(), story.arrivals.id)


def test_an_answer_to_what_was_sent_before_is_shown_with_the_note_where_it_lies_now(story: Story) -> None:
    answered = story.answered()
    move_note(story.officer, story.note.uid, _add(story.officer, "Ailleurs").id)

    taken = take_receipt(story.officer, open_receipt(answered.read_bytes(), receipt_checks(story.officer)))

    (said,) = receipts_for(story.officer, story.note.uid)
    (asked,) = requirements_about(story.officer, story.note.uid)
    assert taken.compartment_id == story.sent_from.id
    assert (said.useful, asked.text, asked.reference) == (4, "Qui ?", story.note.reference)
