"""What a given reader is released of a note, and that nothing else of it shows."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.labels.clearance import Clearance
from cloison.labels.label import Label, same_marking
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.compilation import CompilationRaise
from cloison.notes.errors import NothingToReadError, UnmarkedPortionsError
from cloison.notes.note import Note
from cloison.notes.portion import Origin, Portion, new_uid, plain_portion
from cloison.notes.release import Reader, judge, release, whole
from cloison.notes.rendition import rendition_to_bytes

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
MARKS = ("[NP]", "[DR]", "[S]", "[S-SF]", "[TS]", "[TS-SF]")


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def portion(mark: str | None, text: str = "texte") -> Portion:
    return plain_portion(text, randomness=os.urandom, label=None if mark is None else label(mark))


def note(title: str | None, *marks: str | None) -> Note:
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="Auteur",
        created=NOW,
        title=portion(title, "titre"),
        portions=tuple(portion(mark, f"texte {number}") for number, mark in enumerate(marks, start=1)),
    )


def reader(mark: str, nationality: str = "FRA") -> Reader:
    return Reader(clearance=Clearance.from_mark(POLICY, mark), nationality=nationality)


def released(of: Note, to: Reader) -> tuple[Portion, ...]:
    return release(POLICY, of, to, needed=frozenset(), now=NOW).portions


def test_portion_above_clearance_is_left_out() -> None:
    written = note("[NP]", "[DR]", "[S]")

    assert released(written, reader("[DR]")) == written.portions[:1]


def test_a_foreigner_is_never_released_special_france_whatever_their_clearance() -> None:
    written = note("[NP]", "[DR]", "[S-SF]")

    assert released(written, reader("[S-SF]", nationality="GBR")) == written.portions[:1]


def test_a_title_above_clearance_is_withheld() -> None:
    rendition = release(POLICY, note("[S]", "[DR]"), reader("[DR]"), needed=frozenset(), now=NOW)

    assert rendition.title is None


def test_a_note_without_a_portion_to_read_is_not_released_for_its_title_alone() -> None:
    with pytest.raises(NothingToReadError):
        released(note("[NP]", "[S]"), reader("[DR]"))


def test_a_recorded_raise_goes_on_applying_to_every_rendition() -> None:
    raised = CompilationRaise(label=label("[S]"), reason="recoupement", by="Auteur", at=NOW)
    written = replace(note("[NP]", "[DR]"), raised=raised)

    rendition = release(POLICY, written, reader("[S]"), needed=frozenset(), now=NOW)

    assert same_marking(rendition.label, label("[S]"))
    with pytest.raises(NothingToReadError):
        released(written, reader("[DR]"))


def test_a_portion_of_foreign_origin_stays() -> None:
    written = note("[NP]", "[NP]", "[NP]")
    foreign = replace(written.portions[0], origin=Origin(fingerprint="0" * 64, reference="X-1"))
    written = written.with_portions({1: foreign})

    assert released(written, reader("[S]")) == written.portions[1:]


def test_nothing_is_judged_while_a_portion_is_unmarked() -> None:
    with pytest.raises(UnmarkedPortionsError) as refused:
        judge(POLICY, note("[NP]", None, "[S]", None), reader("[S]"), needed=frozenset(), now=NOW)

    assert refused.value.numbers == (1, 3)


def test_the_author_prints_the_whole_note_but_not_an_unmarked_one() -> None:
    written = note("[NP]", "[S-SF]", "[DR]")

    printed = whole(POLICY, written, now=NOW)

    assert (printed.title, printed.portions) == (written.title, written.portions)
    assert same_marking(printed.label, label("[S-SF]"))
    with pytest.raises(UnmarkedPortionsError):
        whole(POLICY, note(None, "[S]"), now=NOW)


def test_a_recorded_raise_applies_to_what_the_author_prints() -> None:
    raised = CompilationRaise(label=label("[TS]"), reason="recoupement", by="Auteur", at=NOW)

    printed = whole(POLICY, replace(note("[NP]", "[DR]"), raised=raised), now=NOW)

    assert same_marking(printed.label, label("[TS]"))


def test_a_reader_without_the_need_to_know_is_released_nothing() -> None:
    needed = frozenset({"ab" * 16})

    with pytest.raises(NothingToReadError):
        release(POLICY, note("[NP]", "[NP]"), reader("[TS]"), needed=needed, now=NOW)


@given(
    st.lists(st.sampled_from(MARKS), min_size=1, max_size=8),
    st.sampled_from(MARKS),
    st.sampled_from(("FRA", "DEU")),
)
def test_no_reader_is_released_a_portion_its_own_label_denies(
    marks: list[str], clearance: str, nationality: str
) -> None:
    written = note("[NP]", *marks)
    to = reader(clearance, nationality)
    allowed = {one.number for one in judge(POLICY, written, to, needed=frozenset(), now=NOW) if one.is_released}

    try:
        kept = released(written, to)
    except NothingToReadError:
        kept = ()

    assert set(kept) == {written.portion(number) for number in allowed if number}


@given(st.lists(st.sampled_from(("[S]", "[S-SF]", "[TS]")), max_size=6), st.text(max_size=200))
def test_a_rendition_does_not_depend_on_what_was_left_out(above: list[str], text: str) -> None:
    base = note("[NP]", "[NP]", "[DR]")
    fuller = replace(
        base,
        title=base.title,
        portions=(base.portions[0], *(portion(mark, text) for mark in above), base.portions[1]),
    )

    plain, full = (
        rendition_to_bytes(release(POLICY, one, reader("[DR]"), needed=frozenset(), now=NOW)) for one in (base, fuller)
    )

    assert plain == full
