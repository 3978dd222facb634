"""Attachments as parts of a note: names that are only names, marks, the roll-up, what a reader is sent."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.labels.clearance import Clearance
from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.notes.attaching import attach, attached_file, attachment_number, detach
from cloison.notes.attachment import FIRST_NUMBER, MOST_ATTACHMENTS, MOST_NAME, attachment_of, safe_name
from cloison.notes.changes import changed_marks
from cloison.notes.comparing import State, compare
from cloison.notes.errors import (
    AttachmentRefusedError,
    LoweringNeedsReasonError,
    NoteFormatError,
    UnknownAttachmentError,
    UnmarkedPortionsError,
)
from cloison.notes.marking import mark
from cloison.notes.note import Note, note_from_bytes, note_label
from cloison.notes.portion import Origin, Portion, attachment_portion, new_uid, plain_portion
from cloison.notes.release import Reader, Rendition, release, whole
from cloison.notes.rendition import received_note, rendition_from_bytes, rendition_to_bytes
from cloison.notes.restoring import Step, restored
from cloison_crypto import canonical

FR = built_in("FR")
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def label(text: str) -> Label:
    return read_mark(FR, text, created=NOW)


def file(name: str, text: str | None) -> Portion:
    described = attachment_of(name=name, size=3, content=os.urandom(16).hex())
    return attachment_portion(described, randomness=os.urandom, label=None if text is None else label(text))


def note(*attachments: Portion) -> Note:
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=NOW,
        title=plain_portion("Titre", randomness=os.urandom, label=label("NP")),
        portions=(plain_portion("Texte", randomness=os.urandom, label=label("NP")),),
        attachments=attachments,
    )


def reader(text: str) -> Reader:
    return Reader(clearance=Clearance.from_mark(FR, text), nationality="FRA")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "_.._.._etc_passwd"),
        ("C:\\temp\\a.exe", "C__temp_a.exe"),
        ("facture\u202efdp.exe", "facture_fdp.exe"),
        ("CON.txt", "_CON.txt"),
        ("com¹", "_com¹"),
        (".profile", "_.profile"),
        ("fin. . ", "fin"),
        ("e\u0301te\u0301.png", "été.png"),
        ("", "_"),
        ("a\0b\nc", "a_b_c"),
        ("-rf", "-rf"),
    ],
)
def test_a_name_is_made_one_that_every_system_takes_and_none_obeys(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@given(st.text(max_size=2 * MOST_NAME))
def test_a_safe_name_stays_as_it_is_and_is_never_a_path(found: str) -> None:
    name = safe_name(found)

    assert safe_name(name) == name
    assert 0 < len(name) <= MOST_NAME
    assert not set(name) & set('/\\:\0*?"<>|') and name not in {".", ".."}


def test_a_long_name_keeps_its_extension() -> None:
    assert safe_name("a" * 500 + ".docx").endswith("aaa.docx")


@pytest.mark.parametrize("name", ["a/b", "..", "NUL", "x\u202ey", "x.", ""])
def test_a_name_that_is_more_than_a_name_is_refused_where_it_is_read(name: str) -> None:
    with pytest.raises(AttachmentRefusedError):
        attachment_of(name=name, size=1, content="0" * 32)


def test_the_note_is_worth_what_is_attached_to_it() -> None:
    rolled = note_label(FR, note(file("a.pdf", "S-SF")), now=NOW)

    assert rolled is not None
    assert portion_mark(FR, rolled.label) == "[S-SF]"


def test_an_unmarked_attachment_stops_printing_and_sealing() -> None:
    unmarked = note(file("a.pdf", "S"), file("b.pdf", None))

    with pytest.raises(UnmarkedPortionsError) as caught:
        whole(FR, unmarked, now=NOW)

    assert caught.value.numbers == (FIRST_NUMBER + 1,)


def test_lowering_the_mark_of_an_attachment_takes_a_reason() -> None:
    marked = note(file("a.pdf", "S"))
    number = attachment_number(marked, 1)

    with pytest.raises(LoweringNeedsReasonError):
        mark(FR, marked, [number], label("DR"), reason=None)
    lowered, changes = mark(FR, marked, [number], label("DR"), reason="relu")

    assert portion_mark(FR, lowered.attachments[0].label or label("TS")) == "[DR]"
    assert [one.portion_uid for one in changes] == [marked.attachments[0].uid]


def test_an_attachment_comes_and_goes_and_the_history_says_so() -> None:
    before = note()
    added, changes = attach(before, file("a.pdf", "S"))
    gone = detach(added, 1)

    assert changes == changed_marks(before, added)
    assert attached_file(added, 1)[1].name == "a.pdf"
    assert gone == before
    assert [one.state for one in compare(added, gone)] == [State.SAME, State.SAME, State.REMOVED]
    assert compare(before, added)[-1].number == FIRST_NUMBER


@pytest.mark.parametrize("number", [0, 2])
def test_an_attachment_that_is_not_there_cannot_be_taken_out(number: int) -> None:
    with pytest.raises(UnknownAttachmentError):
        detach(note(file("a.pdf", "S")), number)


def test_a_note_takes_so_many_attachments_and_no_more() -> None:
    full = note(*(file("a.pdf", "NP") for _ in range(MOST_ATTACHMENTS)))

    with pytest.raises(AttachmentRefusedError):
        attach(full, file("b.pdf", "NP"))


def test_restoring_brings_a_removed_attachment_back_under_no_lower_mark() -> None:
    old = note(file("a.pdf", "DR"))
    raised, changes = mark(FR, old, [FIRST_NUMBER], label("S"), reason=None)
    steps = [Step(note=raised, changes=changes), Step(note=detach(raised, 1), changes=())]

    found = restored(FR, old, before=(), since=steps, now=NOW)

    assert [one.text for one in found.note.attachments] == ["a.pdf"]
    assert portion_mark(FR, found.note.attachments[0].label or label("NP")) == "[S]"
    assert found.kept_high == (FIRST_NUMBER,)


def test_a_stored_note_comes_back_with_its_attachments() -> None:
    kept = note(file("a.pdf", "S"), file("b.pdf", None))

    assert note_from_bytes(kept.to_bytes()) == kept
    assert canonical.read(kept.to_bytes(), limit=10**6)["format"] == "cloison/note/v2"  # type: ignore[call-overload,index]


def test_an_attachment_stands_beside_the_text_and_never_in_it() -> None:
    whole_note = note(file("a.pdf", "S"))
    misplaced = (
        replace(note(), portions=whole_note.attachments),
        replace(note(), attachments=note().portions),
        replace(note(), title=whole_note.attachments[0]),
        note(*(file("a.pdf", "NP") for _ in range(MOST_ATTACHMENTS + 1))),
    )

    for one in misplaced:
        with pytest.raises(NoteFormatError):
            note_from_bytes(one.to_bytes())


def test_a_stored_name_that_is_a_path_is_no_note() -> None:
    stored = note(file("plan.pdf", "S")).to_bytes().replace(b"plan.pdf", b"../a.pdf")

    with pytest.raises(NoteFormatError):
        note_from_bytes(stored)


def test_a_reader_is_sent_the_attachments_that_are_theirs_and_no_trace_of_the_others() -> None:
    secret, open_to_all = file("source.pdf", "S"), file("carte.png", "NP")
    full, without = note(secret, open_to_all), note(open_to_all)
    theirs = reader("[DR]")

    sent = release(FR, full, theirs, needed=frozenset(), now=NOW)
    same = replace(without, uid=full.uid, title=full.title, portions=full.portions)
    bare = release(FR, same, theirs, needed=frozenset(), now=NOW)

    assert [one.text for one in sent.attachments] == ["carte.png"]
    assert rendition_to_bytes(sent) == rendition_to_bytes(bare)


def test_an_attachment_alone_is_something_to_read() -> None:
    only = replace(note(file("a.pdf", "NP")), portions=(plain_portion("x", randomness=os.urandom, label=label("S")),))

    sent: Rendition = release(FR, only, reader("[DR]"), needed=frozenset(), now=NOW)

    assert [one.text for one in sent.parts if isinstance(one, Portion)] == ["Titre", "a.pdf"]


def test_a_received_attachment_remembers_whose_it_is() -> None:
    sent = rendition_from_bytes(rendition_to_bytes(whole(FR, note(file("a.pdf", "S")), now=NOW)))
    origin = Origin(fingerprint="ab" * 32, reference="X")

    kept = received_note(sent, origin=origin, author="X", now=NOW, randomness=os.urandom)

    assert [one.origin for one in kept.attachments] == [origin]
