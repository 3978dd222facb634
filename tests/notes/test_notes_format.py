"""The stored form of notes and renditions: read back as written, refused where anything is off."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.compilation import CompilationRaise, LiftedRaise
from cloison.notes.errors import NoteFormatError, UnknownPortionError
from cloison.notes.evaluation import Credibility, Evaluation, Reliability, Source
from cloison.notes.image import image_of
from cloison.notes.note import Note, note_from_bytes
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import OBJECTS, Content, Kind, Origin, Portion, Run, Style, new_uid, plain_portion
from cloison.notes.release import whole
from cloison.notes.rendition import received_note, rendition_from_bytes, rendition_to_bytes
from cloison.notes.table import table_of

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECRET = read_mark(POLICY, "[S]", created=NOW)
ORIGIN = Origin(fingerprint="ab" * 32, reference="PARTENAIRE-7")
TEXT = st.text(st.characters(codec="utf-8"), max_size=60)

TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.builds(
        table_of,
        st.lists(st.lists(TEXT, min_size=columns, max_size=columns), min_size=1, max_size=4),
        has_header=st.booleans(),
    )
)
PIXELS = st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from((1, 3))).flatmap(
    lambda size: st.builds(
        Pixels,
        width=st.just(size[0]),
        height=st.just(size[1]),
        channels=st.just(size[2]),
        data=st.binary(min_size=prod(size), max_size=prod(size)),
    )
)
IMAGES = st.builds(image_of, PIXELS.map(write_png), description=TEXT)
RUNS = st.lists(st.builds(Run, text=TEXT, style=st.none() | st.sampled_from(Style)), max_size=3).map(tuple)


def portions(kinds: st.SearchStrategy[Kind], content: st.SearchStrategy[Content]) -> st.SearchStrategy[Portion]:
    return st.builds(
        Portion,
        uid=st.binary(min_size=16, max_size=16).map(bytes.hex),
        kind=kinds,
        content=content,
        label=st.none() | st.just(SECRET),
        origin=st.none() | st.just(ORIGIN),
    )


WRITTEN = portions(st.sampled_from(sorted(set(Kind) - OBJECTS, key=str)), RUNS)
PORTIONS = WRITTEN | portions(st.just(Kind.TABLE), TABLES) | portions(st.just(Kind.IMAGE), IMAGES)
DAYS = st.dates(min_value=date(1900, 1, 1))
RAISES = st.builds(CompilationRaise, label=st.just(SECRET), reason=TEXT, by=TEXT, at=st.just(NOW))
LIFTED = st.builds(
    LiftedRaise,
    raised=RAISES,
    decision=st.builds(AuthorityDecision, authority=TEXT, reference=TEXT, day=DAYS),
    reason=TEXT,
    by=TEXT,
    at=st.just(NOW),
)
SOURCES = st.builds(Source, name=TEXT.map(lambda text: f"x{text}"), is_independent=st.booleans())
EVALUATIONS = st.builds(
    Evaluation,
    uid=st.binary(min_size=16, max_size=16).map(bytes.hex),
    reliability=st.sampled_from(Reliability),
    credibility=st.sampled_from([one for one in Credibility if one is not Credibility.CONFIRMED]),
    sources=st.lists(SOURCES, max_size=3).map(tuple),
    label=st.none() | st.just(SECRET),
    origin=st.none() | st.just(ORIGIN),
)
NOTES = st.builds(
    Note,
    uid=st.binary(min_size=16, max_size=16).map(bytes.hex),
    reference=st.just("2026-00001"),
    language=st.sampled_from(("fr", "en")),
    author=TEXT,
    created=st.just(NOW),
    title=WRITTEN,
    portions=st.lists(PORTIONS, max_size=4).map(tuple),
    raised=st.none() | RAISES,
    lifted=st.lists(LIFTED, max_size=2).map(tuple),
    evaluation=st.none() | EVALUATIONS,
)


def simple() -> Note:
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="Auteur",
        created=NOW,
        title=plain_portion("titre", randomness=os.urandom, label=SECRET),
        portions=(plain_portion("texte", randomness=os.urandom, label=SECRET),),
    )


def raised_once() -> Note:
    raised = CompilationRaise(label=SECRET, reason="pris ensemble", by="Auteur", at=NOW)
    decision = AuthorityDecision(authority="SGDSN", reference="2026/1", day=date(2026, 11, 20))
    lifted = LiftedRaise(raised=raised, decision=decision, reason="publié", by="Auteur", at=NOW)
    return replace(simple(), lifted=(lifted,))


def edited(data: bytes, **changes: object) -> bytes:
    value = json.loads(data)
    value.update(changes)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@given(NOTES)
def test_a_note_is_read_back_as_it_was_written(note: Note) -> None:
    data = note.to_bytes()

    assert note_from_bytes(data) == note
    assert note_from_bytes(data).to_bytes() == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        edited(simple().to_bytes(), format="cloison/note/v2"),
        edited(simple().to_bytes(), format="cloison/note/v3"),
        edited(raised_once().to_bytes(), format="cloison/note/v1"),
        edited(raised_once().to_bytes(), lifted=[{**json.loads(raised_once().to_bytes())["lifted"][0], "day": "x"}]),
        edited(simple().to_bytes(), more=1),
        edited(simple().to_bytes(), uid="AB" * 16),
        edited(simple().to_bytes(), title={}),
        edited(simple().to_bytes(), title={**json.loads(simple().to_bytes())["title"], "kind": "banner"}),
        edited(simple().to_bytes(), title={**json.loads(simple().to_bytes())["title"], "label": "<x/>"}),
        edited(
            simple().to_bytes(),
            title={**json.loads(simple().to_bytes())["title"], "runs": [{"text": "x", "style": "blink"}]},
        ),
        edited(simple().to_bytes(), raised={"label": "x", "reason": "", "by": "", "at": "2026-11-22T00:00:00Z"}),
        simple().to_bytes() + b" ",
    ],
    ids=[
        "empty",
        "no fields",
        "not an object",
        "the version of what it does not hold",
        "a later version",
        "an earlier version than what it holds",
        "a decision without a day",
        "an unknown field",
        "upper-case uid",
        "no portion",
        "unknown kind",
        "unreadable label",
        "unknown style",
        "unreadable raise",
        "not canonical",
    ],
)
def test_what_is_not_a_stored_note_is_refused(data: bytes) -> None:
    with pytest.raises(NoteFormatError):
        note_from_bytes(data)


def test_a_portion_is_found_by_its_number_and_no_other() -> None:
    note = simple()

    assert (note.portion(0), note.portion(1)) == (note.title, note.portions[0])
    for number in (-1, 2):
        with pytest.raises(UnknownPortionError) as refused:
            note.portion(number)
        assert refused.value.last == 1


def test_a_rendition_is_read_back_as_it_was_written() -> None:
    rendition = whole(POLICY, simple(), now=NOW)

    data = rendition_to_bytes(rendition)

    assert rendition_from_bytes(data) == rendition


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "cloison/rendition/v2"},
        {"format": "cloison/rendition/v3"},
        {"author": "nobody asked"},
        {"label": "<x/>"},
        {"portions": [replace(simple().portions[0], label=None).to_json()]},
    ],
    ids=[
        "the version of what it does not hold",
        "a later version",
        "a field that is not on the list",
        "unreadable label",
        "an unmarked portion",
    ],
)
def test_what_is_not_a_rendition_is_refused(changes: dict[str, object]) -> None:
    data = edited(rendition_to_bytes(whole(POLICY, simple(), now=NOW)), **changes)

    with pytest.raises(NoteFormatError):
        rendition_from_bytes(data)


def test_bytes_that_are_not_canonical_are_no_rendition() -> None:
    with pytest.raises(NoteFormatError):
        rendition_from_bytes(b"{ }")


def test_a_received_note_remembers_where_each_portion_came_from() -> None:
    rendition = whole(POLICY, simple(), now=NOW)

    note = received_note(rendition, origin=ORIGIN, author="Expéditeur", now=NOW, randomness=os.urandom)

    assert {portion.origin for portion in note.all_portions} == {ORIGIN}


def test_a_received_portion_keeps_the_origin_it_came_with() -> None:
    earlier = Origin(fingerprint="cd" * 32, reference="TIERS-1")
    written = simple()
    written = written.with_portions({1: replace(written.portions[0], origin=earlier)})

    note = received_note(
        whole(POLICY, written, now=NOW), origin=ORIGIN, author="Expéditeur", now=NOW, randomness=os.urandom
    )

    assert [portion.origin for portion in note.all_portions] == [ORIGIN, earlier]


def test_a_withheld_title_is_replaced_by_the_reference_at_the_level_of_the_whole() -> None:
    rendition = replace(whole(POLICY, simple(), now=NOW), title=None)

    note = received_note(rendition, origin=ORIGIN, author="Expéditeur", now=NOW, randomness=os.urandom)

    assert (note.title.text, note.title.label) == ("2026-00001", rendition.label)
