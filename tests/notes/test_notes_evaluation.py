"""Evaluation A–F, 1–6: F6 at first, "1" only with two independent sources, a mark of its own."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.label import Label, Succession, same_marking
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.notes.errors import (
    LoweringNeedsReasonError,
    NoteFormatError,
    NothingToReadError,
    SourceProblem,
    SourceRefusedError,
    UnconfirmedError,
    UnmarkedPortionsError,
)
from cloison.notes.evaluating import evaluate
from cloison.notes.evaluation import (
    MOST_NAME,
    MOST_SOURCES,
    NUMBER,
    Credibility,
    Evaluation,
    Reliability,
    Source,
    new_evaluation,
)
from cloison.notes.note import Note, note_from_bytes, note_label
from cloison.notes.portion import Origin, new_uid, plain_portion
from cloison.notes.release import Reader, Rendition, judge, release, whole
from cloison.notes.rendition import received_note, rendition_from_bytes, rendition_to_bytes
from cloison_crypto import canonical

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ORIGIN = Origin(fingerprint="ab" * 32, reference="PARTENAIRE-7")


def label(text: str) -> Label:
    return read_mark(POLICY, text, created=NOW)


def block(mark: str | None, *sources: Source) -> Evaluation:
    return Evaluation(
        uid=new_uid(os.urandom),
        reliability=Reliability.USUALLY,
        credibility=Credibility.PROBABLY_TRUE,
        sources=sources,
        label=None if mark is None else label(mark),
    )


def note(*marks: str, evaluation: Evaluation | None = None) -> Note:
    title, *rest = (plain_portion("x", randomness=os.urandom, label=label(one)) for one in marks)
    return Note(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        author="Auteur",
        created=NOW,
        title=title,
        portions=tuple(rest),
        evaluation=evaluation,
    )


def rendition_for(mark: str, of: Note) -> Rendition:
    reader = Reader(clearance=Clearance.from_mark(POLICY, mark), nationality="FRA")
    return release(POLICY, of, reader, needed=frozenset(), now=NOW)


def test_a_new_evaluation_judges_nothing() -> None:
    made = new_evaluation(randomness=os.urandom)

    assert (made.code, made.sources, made.label) == ("F6", (), None)


def test_the_two_characters_are_independent() -> None:
    codes = {
        replace(block("[S]"), reliability=one, credibility=other).code
        for one in Reliability
        for other in list(Credibility)[1:]
    }

    assert len(codes) == 30


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        ((), 0),
        ((Source(name="Alpha"),), 1),
        ((Source(name="Alpha"), Source(name="  alpha ")), 1),
        ((Source(name="Alpha"), Source(name="Bravo", is_independent=False)), 1),
    ],
    ids=["none", "one", "the same one twice", "one that repeats the other"],
)
def test_confirmed_takes_a_second_independent_source(sources: tuple[Source, ...], count: int) -> None:
    with pytest.raises(UnconfirmedError) as refused:
        replace(block("[S]", *sources), credibility=Credibility.CONFIRMED)

    assert refused.value.independent == count


def test_two_independent_sources_confirm() -> None:
    two = (Source(name="Alpha"), Source(name="Bravo"))

    assert replace(block("[S]", *two), credibility=Credibility.CONFIRMED).code == "B1"


def test_a_source_that_confirmed_cannot_be_taken_away() -> None:
    confirmed = replace(block("[S]", Source(name="A"), Source(name="B")), credibility=Credibility.CONFIRMED)

    with pytest.raises(UnconfirmedError):
        replace(confirmed, sources=confirmed.sources[:1])


@pytest.mark.parametrize(
    ("sources", "problem"),
    [
        ((Source(name=" "),), SourceProblem.NAMELESS),
        ((Source(name="x" * (MOST_NAME + 1)),), SourceProblem.NAME_TOO_LONG),
        ((Source(name="x"),) * (MOST_SOURCES + 1), SourceProblem.TOO_MANY),
    ],
    ids=["nameless", "name too long", "too many"],
)
def test_what_is_no_source_is_refused(sources: tuple[Source, ...], problem: SourceProblem) -> None:
    with pytest.raises(SourceRefusedError) as refused:
        block("[S]", *sources)

    assert refused.value.problem is problem


def test_an_evaluation_takes_part_in_the_roll_up() -> None:
    rolled = note_label(POLICY, note("[NP]", "[DR]", evaluation=block("[S-SF]")), now=NOW)

    assert rolled is not None
    assert portion_mark(POLICY, rolled.label) == "[S-SF]"


def test_an_unmarked_evaluation_stops_sealing_and_printing() -> None:
    unmarked = note("[NP]", "[DR]", evaluation=block(None))

    with pytest.raises(UnmarkedPortionsError) as printing:
        whole(POLICY, unmarked, now=NOW)
    with pytest.raises(UnmarkedPortionsError) as sealing:
        rendition_for("[S]", unmarked)

    assert (printing.value.numbers, sealing.value.numbers) == ((NUMBER,), (NUMBER,))


def test_a_reader_who_is_not_cleared_for_it_gets_nothing_of_it() -> None:
    written = note("[NP]", "[DR]", evaluation=block("[S]", Source(name="Alouette")))

    rendition = rendition_for("[DR]", written)

    assert rendition.evaluation is None
    assert same_marking(rendition.label, label("[DR]"))
    assert b"Alouette" not in rendition_to_bytes(rendition)
    assert b"evaluation" not in rendition_to_bytes(rendition)


def test_a_reader_who_is_cleared_gets_it_with_its_mark() -> None:
    written = note("[NP]", "[DR]", evaluation=block("[S]", Source(name="Alouette")))

    rendition = rendition_for("[S]", written)

    assert rendition.evaluation == written.evaluation
    assert same_marking(rendition.label, label("[S]"))
    assert rendition_from_bytes(rendition_to_bytes(rendition)) == rendition


def test_an_evaluation_alone_is_nothing_to_read() -> None:
    with pytest.raises(NothingToReadError):
        rendition_for("[DR]", note("[NP]", "[S]", evaluation=block("[DR]")))


def test_the_evaluation_is_judged_last_and_by_its_own_number() -> None:
    decisions = judge(
        POLICY,
        note("[NP]", "[DR]", evaluation=replace(block("[NP]"), origin=ORIGIN)),
        Reader(clearance=None, nationality=None),
        needed=frozenset(),
        now=NOW,
    )

    assert [(one.number, one.is_released) for one in decisions] == [(0, True), (1, False), (NUMBER, False)]
    assert decisions[-1].needs_consent


def test_a_received_evaluation_remembers_where_it_came_from() -> None:
    rendition = whole(POLICY, note("[NP]", "[DR]", evaluation=block("[DR]")), now=NOW)

    kept = received_note(rendition, origin=ORIGIN, author="E", now=NOW, randomness=os.urandom)

    assert kept.evaluation is not None
    assert kept.evaluation.origin == ORIGIN


def test_a_mark_of_an_evaluation_falls_only_with_a_reason() -> None:
    written = note("[NP]", "[DR]", evaluation=block("[S]"))
    assert written.evaluation is not None
    lower = written.evaluation.marked(label("[DR]"))

    for reason in (None, "  "):
        with pytest.raises(LoweringNeedsReasonError) as refused:
            evaluate(POLICY, written, lower, reason=reason)
        assert refused.value.numbers == (NUMBER,)
    changed, [change] = evaluate(POLICY, written, lower, reason="source publiée")

    assert changed.evaluation == lower
    assert (change.portion_uid, change.before, change.after, change.reason) == (
        lower.uid,
        label("[S]"),
        label("[DR]"),
        "source publiée",
    )


def test_a_mark_of_an_evaluation_is_never_just_taken_away() -> None:
    written = note("[NP]", "[DR]", evaluation=block("[S]"))
    assert written.evaluation is not None

    with pytest.raises(LoweringNeedsReasonError):
        evaluate(POLICY, written, replace(written.evaluation, label=None), reason="x")


def test_an_evaluation_is_set_changed_and_raised_freely() -> None:
    written = note("[NP]", "[DR]")

    unmarked, nothing = evaluate(POLICY, written, block(None), reason=None)
    marked, first = evaluate(POLICY, unmarked, block("[S]"), reason=None)
    assert marked.evaluation is not None
    judged, same = evaluate(POLICY, marked, replace(marked.evaluation, reliability=Reliability.FAIRLY), reason=None)
    raised, higher = evaluate(POLICY, judged, block("[TS]"), reason=None)

    assert (nothing, same) == ((), ())
    assert [(one.before, one.after) for one in (*first, *higher)] == [
        (None, label("[S]")),
        (label("[S]"), label("[TS]")),
    ]
    assert raised.evaluation is not None


@pytest.mark.parametrize(
    "changes",
    [{"credibility": "1"}, {"reliability": "G"}, {"label": "<x/>"}, {"sources": [{"name": "", "independent": True}]}],
    ids=["unconfirmed", "unknown character", "unreadable label", "nameless source"],
)
def test_what_breaks_a_rule_is_not_read(changes: dict[str, object]) -> None:
    stored = json.loads(note("[NP]", "[DR]", evaluation=block("[S]")).to_bytes())
    stored["evaluation"].update(changes)

    with pytest.raises(NoteFormatError) as refused:
        note_from_bytes(canonical.write(stored))

    assert refused.value.path.startswith("evaluation")


def test_a_note_without_one_is_stored_as_it_ever_was() -> None:
    plain = note("[NP]", "[DR]")

    assert b'"cloison/note/v1"' in plain.to_bytes()
    assert note_from_bytes(plain.to_bytes()) == plain
    assert b'"cloison/rendition/v1"' in rendition_to_bytes(whole(POLICY, plain, now=NOW))


def test_a_mark_that_is_to_fall_by_itself_takes_a_reason_as_one_that_falls_now() -> None:
    before = note("[NP]", "[DR]", evaluation=block("[S]"))
    assert before.evaluation is not None
    falls = Succession(at=NOW + timedelta(days=1), classification=POLICY.levels[0].name)
    after = before.evaluation.marked(replace(label("[S]"), succession=falls))

    with pytest.raises(LoweringNeedsReasonError):
        evaluate(POLICY, before, after, reason=None)
    _, (change,) = evaluate(POLICY, before, after, reason="décision")

    assert (change.before, change.after) == (before.evaluation.label, after.label)
