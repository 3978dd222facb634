"""What becomes of a whole by itself: lower only when the last part is, and never by a guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cloison.labels.course import is_lower
from cloison.labels.elements import CategoryType
from cloison.labels.label import Label, Succession, same_marking
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.picker import with_level
from cloison.labels.policy import Policy
from cloison.labels.rollup import RollUp, covers, roll_up
from cloison.labels.succession import in_force, same_course

FR = built_in("FR")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Mark = Callable[[str], Label]


def year(number: int) -> datetime:
    return datetime(number, 1, 1, tzinfo=UTC)


def dated(text: str, *, then: str | None = None, at: int = 2030) -> Label:
    """A French label from its mark, and the mark that takes over on the first of January of that year."""
    label = read_mark(FR, text, created=NOW)
    if then is None:
        return label
    after = read_mark(FR, then, created=NOW)
    succession = Succession(at=year(at), classification=after.classification, categories=after.categories)
    return replace(label, succession=succession)


def rolled(*labels: Label, at: datetime = NOW) -> RollUp:
    return roll_up(FR, labels, created=at)


def course(found: RollUp) -> tuple[str, int, str] | tuple[str]:
    label = found.label
    if label.succession is None:
        return (portion_mark(FR, label),)
    then = in_force(label, now=label.succession.at)
    return portion_mark(FR, label), label.succession.at.year, portion_mark(FR, then)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([dated("S", then="NP")], ("[S]", 2030, "[NP]"), id="one part"),
        pytest.param([dated("S", then="NP"), dated("S", then="NP", at=2040)], ("[S]", 2040, "[NP]"), id="the last"),
        pytest.param([dated("S", then="NP"), dated("S")], ("[S]",), id="one part that never falls"),
        pytest.param([dated("S", then="NP"), dated("DR")], ("[S]", 2030, "[DR]"), id="down to what is left"),
        pytest.param(
            [dated("S", then="DR"), dated("DR", then="NP", at=2028)], ("[S]", 2030, "[DR]"), id="a lower part first"
        ),
        pytest.param([dated("TS", then="NP", at=2050), dated("S", then="NP")], ("[TS]", 2050, "[NP]"), id="all gone"),
        pytest.param([dated("S-SF", then="S"), dated("S")], ("[S-SF]", 2030, "[S]"), id="a mention"),
        pytest.param([dated("NP"), dated("DR")], ("[DR]",), id="no date"),
        pytest.param([dated("DR", then="S"), dated("DR")], ("[DR]", 2030, "[S]"), id="one that rises"),
        pytest.param([dated("DR", then="S"), dated("S", then="NP", at=2028)], ("[S]",), id="down, and up again"),
    ],
)
def test_a_whole_becomes_lower_only_when_its_last_part_does(parts: Sequence[Label], expected: tuple[object]) -> None:
    assert course(rolled(*parts)) == expected
    assert course(rolled(*reversed(parts), *parts)) == expected


def test_what_has_taken_over_counts_without_being_written(mark: Mark) -> None:
    parts = (dated("S", then="NP"), dated("DR"))

    assert course(rolled(*parts, at=year(2030))) == ("[DR]",)
    assert course(rolled(*parts, at=year(2029))) == ("[S]", 2030, "[DR]")


def test_a_whole_that_would_need_a_decision_stays_as_it_is() -> None:
    both = read_mark(FR, "S-SF", created=NOW).categories
    canada = read_mark(FR, "[DR-COMMUNICABLE À CAN]", created=NOW)
    special = replace(
        canada, succession=Succession(at=year(2030), classification="DIFFUSION RESTREINTE", categories=both)
    )
    unknown = replace(dated("S"), succession=Succession(at=year(2030), classification="NOWHERE"))
    odd = replace(
        canada, succession=Succession(at=year(2030), classification="SECRET", categories=(*both, *canada.categories))
    )

    assert course(rolled(unknown, dated("NP"))) == ("[S]",)
    assert rolled(special, dated("DR")).label.succession is not None
    assert course(rolled(odd)) == ("[DR-COMMUNICABLE À CAN]",)


def test_an_undecided_whole_names_no_day() -> None:
    one, other = (read_mark(FR, f"[S-COMMUNICABLE À {name}]", created=NOW) for name in ("CAN", "BEL"))
    fading = replace(one, succession=Succession(at=year(2030), classification="NON PROTÉGÉ"))

    found = rolled(fading, other)

    assert found.decision_required
    assert found.label.succession is None


def test_a_privacy_mark_that_changes_is_followed_too() -> None:
    named = replace(
        dated("S"),
        privacy_mark="PERSONNEL",
        succession=Succession(at=year(2030), classification="SECRET", privacy_mark=None),
    )

    found = rolled(named)

    assert found.label.succession is not None
    assert found.label.succession.privacy_mark is None


def falling(text: str, then: str, *, at: int, privacy_marks: tuple[str | None, str | None] = (None, None)) -> Label:
    label = dated(text, then=then, at=at)
    assert label.succession is not None
    before, after = privacy_marks
    return replace(label, privacy_mark=before, succession=replace(label.succession, privacy_mark=after))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(
            [
                falling("S", "DR", at=2028, privacy_marks=("PERSONNEL", None)),
                falling("S", "DR", at=2030, privacy_marks=(None, "PERSONNEL")),
            ],
            id="a privacy mark",
        ),
        pytest.param(
            [
                falling("S COMMUNICABLE À CAN", "DR", at=2028),
                falling("S", "DR COMMUNICABLE À CAN", at=2030),
            ],
            id="a list",
        ),
    ],
)
def test_what_goes_and_comes_back_stays_meanwhile(parts: Sequence[Label]) -> None:
    assert rolled(dated("TS"), *parts).label.succession is None
    assert rolled(dated("TS"), parts[0]).label.succession is not None


def test_what_takes_over_is_told_in_full() -> None:
    part = falling("S-SF", "DR-SF", at=2030, privacy_marks=("PERSONNEL", "MÉDICAL"))

    assert rolled(part).label.succession == part.succession


_MARKS = st.sampled_from(["NP", "DR", "S", "TS", "S-SF", "TS-SF"])


@st.composite
def _parts(draw: st.DrawFn) -> list[Label]:
    made = []
    for _ in range(draw(st.integers(1, 5))):
        then = draw(st.none() | _MARKS)
        made.append(dated(draw(_MARKS), then=then, at=draw(st.integers(2027, 2033))))
    return made


def _says_more(one: Label, other: Label) -> bool:
    """Whether `one` is of a higher level, or has a restrictive category that `other` has not."""
    levels = [FR.classification(each.classification).hierarchy for each in (one, other)]
    held = [{ref for ref in each.categories if ref.type is CategoryType.RESTRICTIVE} for each in (one, other)]
    return levels[0] > levels[1] or not held[0] <= held[1]


@given(parts=_parts(), at=st.integers(2026, 2034))
def test_the_whole_never_says_less_than_its_parts_on_any_day(parts: list[Label], at: int) -> None:
    now = max(NOW, year(at))
    whole = roll_up(FR, parts, created=NOW).label
    assert not _says_more(roll_up(FR, parts, created=now).label, in_force(whole, now=now))


@given(parts=_parts(), at=st.integers(2026, 2034))
def test_the_whole_of_parts_that_only_fall_is_what_they_are_until_the_day_it_names_and_on_it(
    parts: list[Label], at: int
) -> None:
    falling_only = [one for one in parts if one.succession is None or is_lower(FR, one, one.succession)]
    assume(falling_only)
    now = max(NOW, year(at))
    whole = roll_up(FR, falling_only, created=NOW).label
    then = roll_up(FR, falling_only, created=now).label
    if whole.succession is None or now <= whole.succession.at:
        assert same_marking(then, in_force(whole, now=now))


def test_a_whole_that_would_rise_again_is_worth_what_is_still_to_come() -> None:
    """NP from 2030 alone would be too little from 2035 on."""
    back = rolled(dated("S", then="NP", at=2030), dated("NP", then="S", at=2035)).label
    between = rolled(dated("TS", then="NP", at=2030), dated("NP", then="S", at=2035)).label
    twice = rolled(dated("NP", then="DR", at=2030), dated("NP", then="S", at=2035)).label

    assert (back.classification, back.succession) == ("SECRET", None)
    for whole in (between, twice):
        assert whole.succession is not None
        assert (whole.succession.at, whole.succession.classification) == (year(2030), "SECRET")


def test_a_whole_that_only_rises_names_the_day() -> None:
    whole = rolled(dated("DR"), dated("NP", then="S", at=2035)).label

    assert whole.succession is not None
    assert (whole.succession.at, whole.succession.classification) == (year(2035), "SECRET")


def test_a_label_with_another_day_takes_another_course() -> None:
    first, second = dated("S", then="NP"), dated("S", then="NP", at=2031)

    assert not same_course(first, second)
    assert same_course(first, replace(first, created=year(2027)))
    assert not same_course(first, replace(first, review=year(2027)))


@pytest.mark.parametrize(
    ("level", "is_kept"),
    [("TRÈS SECRET", True), ("DIFFUSION RESTREINTE", True), ("NON PROTÉGÉ", False)],
)
def test_picking_a_level_keeps_the_day_only_where_it_still_lowers(level: str, is_kept: bool) -> None:
    picked = with_level(FR, dated("S", then="NP"), level)

    assert isinstance(picked, Label)
    assert (picked.succession is not None) is is_kept


def test_picking_drops_a_day_on_which_nothing_known_takes_over(build: Callable[..., Policy]) -> None:
    broken = replace(dated("S"), succession=Succession(at=year(2030), classification="NOWHERE"))

    picked = with_level(FR, broken, "TRÈS SECRET")

    assert isinstance(picked, Label)
    assert picked.succession is None


@pytest.mark.parametrize(
    ("upper", "lower", "is_covered"),
    [
        (dated("S", then="DR"), dated("DR", then="NP", at=2035), True),
        (dated("S", then="DR"), dated("DR", then="S", at=2035), False),
        (dated("S"), dated("DR", then="S", at=2035), True),
        (dated("S"), dated("DR", then="TS", at=2035), False),
    ],
    ids=["falls after", "rises after", "rises as far", "rises above"],
)
def test_a_label_covers_another_at_every_later_moment_or_not_at_all(
    upper: Label, lower: Label, is_covered: bool
) -> None:
    assert covers(FR, upper, lower) is is_covered


def test_a_label_does_not_cover_one_whose_successor_the_policy_does_not_allow() -> None:
    broken = Succession(at=year(2030), classification="PERDU")

    assert not covers(FR, dated("S"), replace(dated("S"), succession=broken))
