"""How late a label may be declassified or looked at again: policy data, checked on what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.errors import BadValueError
from cloison.labels.label import Label, Succession
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.labels.validity import ValidityRule, check, years_after

Build = Callable[..., Policy]
FR = built_in("FR")
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def label(text: str, *, at: datetime | None = None, then: str = "NON PROTÉGÉ", review: datetime | None = None) -> Label:
    succession = None if at is None else Succession(at=at, classification=then)
    return replace(read_mark(FR, text, created=MADE), succession=succession, review=review)


def rules(one: Label, *, new: bool = True) -> list[tuple[ValidityRule, str]]:
    return [(reason.rule, reason.other) for reason in check(FR, one, now=MADE, new=new)]


@pytest.mark.parametrize("name", ["SECRET", "TRÈS SECRET"])
def test_the_french_limits_are_those_of_the_instruction(name: str) -> None:
    limits = FR.classification(name).handling.requires

    assert (limits.declassify_within, limits.review_within) == (50, 20)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (label("S", at=datetime(2076, 3, 1, 11, tzinfo=UTC)), []),
        (label("S", at=datetime(2076, 3, 1, 12, tzinfo=UTC)), [(ValidityRule.DECLASSIFIED_TOO_LATE, "50")]),
        (label("S", review=datetime(2046, 3, 1, 12, tzinfo=UTC)), []),
        (label("S", review=datetime(2046, 3, 1, 13, tzinfo=UTC)), [(ValidityRule.REVIEWED_TOO_LATE, "20")]),
        (label("DR", at=datetime(2090, 1, 1, tzinfo=UTC), review=datetime(2090, 1, 1, tzinfo=UTC)), []),
        (label("S", at=datetime(2040, 1, 1, tzinfo=UTC), then="NOWHERE"), [(ValidityRule.SUCCESSOR, "")]),
    ],
    ids=["just in time", "fifty years", "twenty years", "later", "no limit", "unknown"],
)
def test_a_new_label_falls_in_time(one: Label, expected: list[tuple[ValidityRule, str]]) -> None:
    assert rules(one) == expected


def test_a_label_that_takes_over_from_itself_at_once_is_no_new_label() -> None:
    before = replace(label("S", at=MADE), created=MADE)

    found = check(FR, before, now=datetime(2026, 1, 1, tzinfo=UTC), new=True)

    assert [one.rule for one in found] == [ValidityRule.SUCCESSOR]


def test_what_was_made_long_ago_is_read_whatever_its_dates() -> None:
    assert rules(label("S", at=datetime(2090, 1, 1, tzinfo=UTC)), new=False) == []


@pytest.mark.parametrize("years", ["0", "100", "a", "-1", ""])
def test_years_that_are_no_number_are_a_fault_of_the_policy(build: Build, years: str) -> None:
    with pytest.raises(BadValueError):
        build(layout=f'<classification name="LOW"><requires declassifyWithin="{years}"/></classification>')


def test_years_are_counted_to_the_day() -> None:
    assert years_after(datetime(2024, 2, 29, tzinfo=UTC), 1) == datetime(2025, 3, 1, tzinfo=UTC)
    assert years_after(datetime(2024, 2, 29, tzinfo=UTC), 4) == datetime(2028, 2, 29, tzinfo=UTC)
