"""Dates on the parts of a note: by decision, in time, on what would fall, and on nothing that is another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.errors import NoDecisionReferenceError, NotADowngradeError
from cloison.labels.label import Label, Succession
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.validity import ValidityRule
from cloison.notes.dating import Dates, dated, downgrade_parts, lowest_marking, set_dates
from cloison.notes.errors import DateRefusedError, UnknownPortionError
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Origin, Portion, Run

FR = built_in("FR")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
DECISION = AuthorityDecision(authority="SGDSN", reference="2026/12", day=date(2026, 2, 1))


def label(text: str) -> Label:
    return read_mark(FR, text, created=NOW)


def note(*marks: str | None, **changes: object) -> Note:
    title, *portions = (
        Portion(
            uid=f"{number:032x}",
            label=None if mark is None else label(mark),
            origin=None,
            kind=Kind.PARAGRAPH,
            content=(Run(text="texte"),),
        )
        for number, mark in enumerate(marks)
    )
    made = Note(
        uid="ab" * 16,
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=NOW,
        title=title,
        portions=tuple(portions),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # each test gives fields of a note


def on(year: int) -> Dates:
    return Dates(succession=lowest_marking(FR, datetime(year, 1, 1, tzinfo=UTC)))


def years(made: Note) -> list[int | None]:
    every = [part.label.declassify_on if part.label else None for part in made.parts.values()]
    return [None if one is None else one.year for one in every]


def test_a_date_is_set_on_every_part_that_would_fall() -> None:
    written = note("NP", "S", None, "DR-SF", evaluation=Evaluation(uid="cd" * 16, label=label("S")))

    made, changes = set_dates(FR, written, None, on(2050), decision=DECISION, now=NOW)

    assert years(made) == [None, 2050, None, 2050, 2050]
    assert {one.decision for one in changes} == {DECISION}
    assert [one.portion_uid for one in changes] == [f"{1:032x}", f"{3:032x}", "cd" * 16]


def test_a_date_is_set_on_the_parts_that_are_named() -> None:
    written = note("S", "S", "S")

    assert years(set_dates(FR, written, [2, 2], on(2050), decision=DECISION, now=NOW)[0]) == [None, None, 2050]
    with pytest.raises(UnknownPortionError):
        set_dates(FR, written, [7], on(2050), decision=DECISION, now=NOW)


def test_a_review_takes_the_place_of_a_date_and_never_takes_both_away() -> None:
    made, _ = set_dates(FR, note("S"), None, on(2050), decision=DECISION, now=NOW)
    reviewed, _ = set_dates(FR, made, None, Dates(review=datetime(2040, 1, 1, tzinfo=UTC)), decision=DECISION, now=NOW)
    never, changes = set_dates(FR, reviewed, None, Dates(), decision=DECISION, now=NOW)

    assert reviewed.title.label is not None and reviewed.title.label.review is not None
    assert years(reviewed) == [None]
    assert never.title.label == label("S")
    assert len(changes) == 1
    assert set_dates(FR, never, None, Dates(), decision=DECISION, now=NOW) == (never, ())


@pytest.mark.parametrize(
    ("dates", "rule"),
    [
        (on(2076), ValidityRule.DECLASSIFIED_TOO_LATE),
        (Dates(review=datetime(2046, 3, 2, tzinfo=UTC)), ValidityRule.REVIEWED_TOO_LATE),
        (on(2026), ValidityRule.SUCCESSOR),
        (Dates(review=NOW), ValidityRule.SUCCESSOR),
        (
            Dates(succession=Succession(at=datetime(2040, 1, 1, tzinfo=UTC), classification="NOWHERE")),
            ValidityRule.SUCCESSOR,
        ),
    ],
    ids=["fifty years", "twenty years", "past", "review past", "unknown level"],
)
def test_a_day_the_policy_does_not_allow_is_refused_and_changes_nothing(dates: Dates, rule: ValidityRule) -> None:
    with pytest.raises(DateRefusedError) as caught:
        set_dates(FR, note("S"), None, replace_day(dates), decision=DECISION, now=NOW)

    assert caught.value.numbers == (0,)
    assert caught.value.reasons[0].rule is rule


def replace_day(dates: Dates) -> Dates:
    """The first of March for a declassification, so that fifty years are counted to the day."""
    if dates.succession is None:
        return dates
    at = dates.succession.at
    return replace(dates, succession=replace(dates.succession, at=at.replace(month=3 if at.year == 2076 else 1)))


def test_the_last_day_before_fifty_years_is_allowed_and_twenty_years_are() -> None:
    last = Dates(succession=lowest_marking(FR, datetime(2076, 2, 28, tzinfo=UTC)))
    review = Dates(review=datetime(2046, 3, 1, tzinfo=UTC))

    assert years(set_dates(FR, note("S"), None, last, decision=DECISION, now=NOW)[0]) == [2076]
    assert set_dates(FR, note("S"), None, review, decision=DECISION, now=NOW)[1]


def test_a_date_takes_a_decision_with_its_reference() -> None:
    with pytest.raises(NoDecisionReferenceError):
        set_dates(FR, note("S"), None, on(2050), decision=replace(DECISION, reference=" "), now=NOW)


def test_what_came_from_another_service_keeps_its_dates() -> None:
    written = note("S", "S")
    foreign = replace(written.title, origin=Origin(fingerprint="ab" * 32, reference="X"))

    made, _ = set_dates(FR, replace(written, title=foreign), None, on(2050), decision=DECISION, now=NOW)

    assert years(made) == [None, 2050]


def test_a_new_label_may_bear_a_date_that_lowers_it() -> None:
    assert dated(FR, label("S"), on(2050), now=NOW).declassify_on == datetime(2050, 1, 1, tzinfo=UTC)
    for mark, dates in (("S", on(2090)), ("NP", on(2050))):
        with pytest.raises(DateRefusedError):
            dated(FR, label(mark), dates, now=NOW)


def test_a_downgrading_lowers_what_is_higher_on_record() -> None:
    written = note("NP", "S", "DR", evaluation=Evaluation(uid="cd" * 16, label=label("TS")))

    made, changes = downgrade_parts(
        FR, written, None, classification="DIFFUSION RESTREINTE", categories=(), decision=DECISION, now=NOW
    )

    marks = [portion_mark(FR, part.label) for part in made.parts.values() if part.label]
    assert marks == ["[NP]", "[DR]", "[DR]", "[DR]"]
    assert [one.decision for one in changes] == [DECISION, DECISION]
    assert made.parts[EVALUATION].label is not None


def test_a_part_that_is_named_and_would_not_fall_is_an_error() -> None:
    with pytest.raises(NotADowngradeError):
        downgrade_parts(FR, note("NP"), [0], classification="SECRET", categories=(), decision=DECISION, now=NOW)
