"""The third-party rule: what a recorded consent lets go on, to whom, and what it never does."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.composing import new_note
from cloison.notes.consent import Consent, consent_from_bytes, new_consent, words_digest
from cloison.notes.errors import (
    ConsentProblem,
    ConsentRefusedError,
    NoteFormatError,
    NothingToReadError,
    UnknownPortionError,
)
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.evaluation import new_evaluation
from cloison.notes.note import Note
from cloison.notes.portion import Origin, Portion, Run, plain_portion
from cloison.notes.release import Reader, judge, release

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 11, 20)
ORIGIN = Origin(fingerprint="aa" * 32, reference="AILLEURS-7")
READER_KEY, OTHER_KEY = "bb" * 32, "cc" * 32


def portion(mark: str, text: str, origin: Origin | None = ORIGIN) -> Portion:
    label = read_mark(POLICY, mark, created=NOW)
    return replace(plain_portion(text, randomness=os.urandom, label=label), origin=origin)


def note(*portions: Portion) -> Note:
    empty = new_note(reference="2026-00001", language="fr", author="A", now=NOW, randomness=os.urandom)
    return replace(empty, title=portion("[NP]", "Titre", None), portions=portions)


NOTE = note(portion("[DR]", "venu d’ailleurs"), portion("[DR]", "le mien", None), portion("[S]", "secret d’ailleurs"))


def consent(of: Note = NOTE, numbers: tuple[int, ...] = (1,), **changes: object) -> Consent:
    terms: dict[str, object] = {
        "given_by": "Bureau X",
        "reference": "X/12",
        "day": DAY,
        "readers": (READER_KEY,),
        "nationalities": (),
        "names_originator": False,
    }
    return new_consent(of, numbers, **(terms | changes))  # type: ignore[arg-type]


def reader(key: str = READER_KEY, nationality: str = "DEU", clearance: str = "DR") -> Reader:
    return Reader(clearance=Clearance.from_mark(POLICY, clearance), nationality=nationality, fingerprint=key)


def received(by: Reader, *consents: Consent, of: Note = NOTE) -> list[str]:
    """What that reader is sent of the note."""
    made = release(POLICY, of, by, needed=frozenset(), now=NOW, consents=consents)
    return [one.text for one in made.portions]


def test_without_consent_what_came_from_elsewhere_stays() -> None:
    judged = judge(POLICY, NOTE, reader(), needed=frozenset(), now=NOW)

    assert received(reader()) == ["le mien"]
    assert [(one.needs_consent, one.origin) for one in judged] == [
        (False, None), (True, ORIGIN), (False, None), (True, ORIGIN),
    ]  # fmt: skip


def test_with_consent_it_goes_to_whom_it_is_for() -> None:
    assert received(reader(), consent()) == ["venu d’ailleurs", "le mien"]
    assert received(reader(OTHER_KEY), consent()) == ["le mien"]


def test_a_consent_for_a_nationality_is_for_nobody_else() -> None:
    for_germany = consent(readers=(), nationalities=("DEU",))

    assert received(reader(OTHER_KEY), for_germany) == ["venu d’ailleurs", "le mien"]
    assert received(reader(READER_KEY, "ITA"), for_germany) == ["le mien"]


def test_a_reader_of_whom_nothing_is_established_is_nobodys_reader() -> None:
    unknown = Reader(clearance=None, nationality=None)

    with pytest.raises(NothingToReadError):
        received(unknown, consent(), consent(readers=(), nationalities=("DEU",)))


def test_a_consent_lets_nothing_go_on_that_the_mark_forbids() -> None:
    everything = consent(numbers=(1, 3))

    judged = judge(POLICY, NOTE, reader(), needed=frozenset(), now=NOW, consents=(everything,))

    assert received(reader(), everything) == ["venu d’ailleurs", "le mien"]
    assert (judged[3].needs_consent, judged[3].is_released) == (False, False)


def test_no_mark_is_lowered_by_a_consent() -> None:
    made = release(
        POLICY, NOTE, reader(clearance="S"), needed=frozenset(), now=NOW, consents=(consent(numbers=(1, 3)),)
    )

    assert [one.label for one in made.portions] == [one.label for one in NOTE.portions]
    assert made.label.classification == "SECRET"


def test_a_consent_is_for_the_very_words_it_was_given_for() -> None:
    given = consent()
    first = NOTE.portions[0]
    rewritten = replace(first, content=(Run(text="autre chose"),))
    elsewhere = replace(first, origin=replace(ORIGIN, fingerprint="dd" * 32))

    assert received(reader(), given, of=note(rewritten, *NOTE.portions[1:])) == ["le mien"]
    assert received(reader(), given, of=note(elsewhere, *NOTE.portions[1:])) == ["le mien"]


def test_a_mark_that_was_raised_here_leaves_the_consent_standing() -> None:
    raised = NOTE.portions[0].marked(read_mark(POLICY, "[S]", created=NOW))

    assert words_digest(raised) == words_digest(NOTE.portions[0])
    assert received(reader(), consent(), of=note(raised, *NOTE.portions[1:])) == ["le mien"]
    assert len(received(reader(clearance="S"), consent(), of=note(raised, *NOTE.portions[1:]))) == 2


@pytest.mark.parametrize(("names_originator", "seen"), [(False, None), (True, ORIGIN)], ids=["not named", "named"])
def test_the_reader_is_told_whose_words_they_are_only_where_the_consent_says_so(
    names_originator: bool, seen: Origin | None
) -> None:
    given = consent(names_originator=names_originator)

    made = release(POLICY, NOTE, reader(), needed=frozenset(), now=NOW, consents=(given,))

    assert [one.origin for one in made.portions] == [seen, None]


def test_title_and_evaluation_of_another_service_take_a_consent_too() -> None:
    label = read_mark(POLICY, "[DR]", created=NOW)
    evaluation = replace(new_evaluation(randomness=os.urandom, label=label), origin=ORIGIN)
    whole = replace(NOTE, title=portion("[DR]", "Titre d’ailleurs"), evaluation=evaluation)

    kept = release(POLICY, whole, reader(), needed=frozenset(), now=NOW)
    given = consent(whole, (0, EVALUATION))
    sent = release(POLICY, whole, reader(), needed=frozenset(), now=NOW, consents=(given,))

    assert (kept.title, kept.evaluation) == (None, None)
    assert sent.title is not None
    assert sent.evaluation is not None
    assert (sent.title.origin, sent.evaluation.origin) == (None, None)


@pytest.mark.parametrize(
    ("numbers", "changes", "problem"),
    [
        ((1,), {"reference": " "}, ConsentProblem.NO_REFERENCE),
        ((1,), {"given_by": ""}, ConsentProblem.NO_REFERENCE),
        ((1,), {"readers": ()}, ConsentProblem.NOBODY_NAMED),
        ((2,), {}, ConsentProblem.NOT_FOREIGN),
        ((1, 2), {}, ConsentProblem.NOT_FOREIGN),
        ((), {}, ConsentProblem.NOT_FOREIGN),
    ],
)
def test_a_consent_that_says_too_little_is_refused(
    numbers: tuple[int, ...], changes: dict[str, object], problem: ConsentProblem
) -> None:
    with pytest.raises(ConsentRefusedError) as refused:
        consent(NOTE, numbers, **changes)

    assert refused.value.problem is problem


def test_one_consent_is_one_originators() -> None:
    other = portion("[DR]", "de plus loin", Origin(fingerprint="ee" * 32, reference="Z"))

    with pytest.raises(ConsentRefusedError) as refused:
        consent(note(*NOTE.portions, other), (1, 4))

    assert refused.value.problem is ConsentProblem.SEVERAL_ORIGINATORS


def test_a_part_that_is_not_there_has_no_consent() -> None:
    with pytest.raises(UnknownPortionError):
        consent(NOTE, (9,))
    with pytest.raises(UnknownPortionError):
        consent(NOTE, (EVALUATION,))


def test_what_is_stored_is_read_again_and_nothing_else() -> None:
    given = consent(nationalities=("DEU", "ITA"))

    assert consent_from_bytes(given.to_bytes()) == given
    for broken in (b"{}", given.to_bytes()[:-1], given.to_bytes().replace(b"2026-11-20", b"2026-11-99")):
        with pytest.raises(NoteFormatError):
            consent_from_bytes(broken)
