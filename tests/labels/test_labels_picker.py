"""What a picker may offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, new_label
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark
from cloison.labels.picker import (
    Refusal,
    choices,
    level_choices,
    levels,
    outstanding,
    privacy_marks,
    toggle,
    with_level,
)
from cloison.labels.policy import Policy
from cloison.labels.validity import ValidityRule

Mark = Callable[[str], Label]
Make = Callable[..., Label]


def marking(policy: Policy, outcome: Label | Refusal) -> str:
    assert isinstance(outcome, Label)
    return portion_mark(policy, outcome)


def rules(outcome: Label | Refusal | None) -> list[ValidityRule]:
    assert isinstance(outcome, Refusal)
    return [reason.rule for reason in outcome.reasons]


def test_levels_are_offered_lowest_first(fr: Policy) -> None:
    assert [one.name for one in levels(fr)] == ["NON PROTÉGÉ", "DIFFUSION RESTREINTE", "SECRET", "TRÈS SECRET"]


def test_obsolete_levels_are_not_offered(build: Callable[..., Policy]) -> None:
    policy = build(
        levels='<securityClassification name="A" lacv="1" hierarchy="1" obsolete="true"/>'
        '<securityClassification name="B" lacv="2" hierarchy="2"/>'
    )
    assert [one.name for one in levels(policy)] == ["B"]


def test_toggling_adds_and_takes_away(fr: Policy, mark: Mark) -> None:
    special = fr.categories[0].ref
    assert marking(fr, toggle(fr, mark("S"), special)) == "[S-SF]"
    assert marking(fr, toggle(fr, mark("S-SF"), special)) == "[S]"


def test_special_france_is_refused_on_what_is_not_protected(fr: Policy, mark: Mark) -> None:
    assert rules(toggle(fr, mark("NP"), fr.categories[0].ref)) == [ValidityRule.EXCLUDED_CLASS]


def test_a_level_is_refused_while_a_category_does_not_allow_it(fr: Policy, mark: Mark) -> None:
    assert rules(with_level(fr, mark("S-SF"), "NON PROTÉGÉ")) == [ValidityRule.EXCLUDED_CLASS]
    assert marking(fr, with_level(fr, mark("S-SF"), "très secret")) == "[TS-SF]"


def test_communicable_is_refused_beside_special_france_and_says_why(fr: Policy, mark: Mark) -> None:
    offered = {choice.category.name: choice for choice in choices(fr, mark("S-SF"))}
    assert offered["SPÉCIAL FRANCE"].is_picked
    assert offered["SPÉCIAL FRANCE"].refusal is None
    assert not offered["CAN"].is_picked
    assert rules(offered["CAN"].refusal) == [ValidityRule.EXCLUDED_CATEGORY]


def test_nothing_is_refused_on_an_ordinary_secret(fr: Policy, mark: Mark) -> None:
    assert all(choice.refusal is None for choice in choices(fr, mark("S")))


def test_a_fault_that_is_there_already_does_not_block_other_choices(fr: Policy, label: Make) -> None:
    broken = label(fr, "NON PROTÉGÉ", "SPÉCIAL FRANCE")
    assert marking(fr, toggle(fr, broken, fr.categories[0].ref)) == "[NP]"
    assert marking(fr, with_level(fr, broken, "SECRET")) == "[S-SF]"


def test_obsolete_categories_are_shown_only_to_be_taken_away(
    build: Callable[..., Policy], tag_set: Callable[..., str], label: Make
) -> None:
    policy = build(sets=tag_set('tagType="restrictive"', '<tagCategory name="OLD" lacv="1" obsolete="true"/>'))
    assert choices(policy, label(policy, "LOW")) == ()
    [choice] = choices(policy, label(policy, "LOW", "OLD"))
    assert choice.is_picked
    assert choice.refusal is None
    left = outstanding(policy, label(policy, "LOW", "OLD"))
    assert [(one.rule, one.element) for one in left] == [(ValidityRule.OBSOLETE, "OLD")]


LEVELS_THAT_ASK = """
<securityClassification name="LOW" lacv="1" hierarchy="1"/>
<securityClassification name="HIGH" lacv="2" hierarchy="2">
  <requiredCategory operation="{operation}">
    <categoryGroup tagSetRef="SET" tagType="restrictive"/><categoryGroup tagSetRef="REL" tagType="permissive"/>
  </requiredCategory>
</securityClassification>
"""


@pytest.fixture
def asking(build: Callable[..., Policy], tag_set: Callable[..., str]) -> Callable[[str], Policy]:
    """A policy whose HIGH requires categories, so many as the operation says."""

    def make(operation: str) -> Policy:
        two = '<tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="2"/>'
        other = '<tagCategory name="X" lacv="1"/><tagCategory name="Y" lacv="2"/>'
        sets = tag_set('tagType="restrictive"', two) + tag_set(
            'tagType="permissive" singleSelection="true"', other, number=2, name="REL"
        )
        return build(levels=LEVELS_THAT_ASK.format(operation=operation), sets=sets)

    return make


def ref(policy: Policy, name: str) -> CategoryRef:
    return next(one.ref for one in policy.categories if one.ref.name == name)


def picked(policy: Policy, start: Label, *names: str) -> Label:
    label = start
    for name in names:
        outcome = toggle(policy, label, ref(policy, name))
        assert isinstance(outcome, Label), outcome
        label = outcome
    return label


@pytest.mark.parametrize(
    ("operation", "complete"),
    [("oneOrMore", ["A"]), ("onlyOne", ["X"]), ("all", ["A", "X"])],
)
def test_what_a_level_requires_is_picked_after_it_and_named_until_then(
    asking: Callable[[str], Policy], label: Make, operation: str, complete: list[str]
) -> None:
    policy = asking(operation)

    high = with_level(policy, label(policy, "LOW"), "HIGH")

    assert isinstance(high, Label)
    assert [one.rule for one in outstanding(policy, high)] == [ValidityRule.REQUIRED_CATEGORY]
    assert outstanding(policy, picked(policy, high, *complete)) == ()


def test_the_second_of_which_one_only_may_be_picked_is_refused(asking: Callable[[str], Policy], label: Make) -> None:
    policy = asking("onlyOne")

    outcome = toggle(policy, picked(policy, label(policy, "HIGH"), "A"), ref(policy, "X"))

    assert rules(outcome) == [ValidityRule.REQUIRED_CATEGORY]


def test_a_value_of_a_tag_that_takes_one_is_put_in_the_place_of_the_other(
    asking: Callable[[str], Policy], label: Make
) -> None:
    policy = asking("all")

    replaced = picked(policy, label(policy, "LOW"), "A", "X", "Y")

    assert [one.name for one in replaced.categories] == ["A", "Y"]
    assert all(one.refusal is None for one in choices(policy, replaced))
    assert [one.name for one in picked(policy, replaced, "Y").categories] == ["A"]


def test_too_few_of_a_list_is_outstanding_and_too_many_refused(
    build: Callable[..., Policy], tag_set: Callable[..., str], label: Make
) -> None:
    three = "".join(f'<tagCategory name="{name}" lacv="{number}"/>' for number, name in enumerate("ABC", start=1))
    policy = build(sets=tag_set('tagType="permissive" minSelection="2" maxSelection="2"', three))
    one = picked(policy, label(policy, "LOW"), "A")

    assert [reason.rule for reason in outstanding(policy, one)] == [ValidityRule.TOO_FEW]
    two = picked(policy, one, "B")
    assert outstanding(policy, two) == ()
    assert rules(toggle(policy, two, ref(policy, "C"))) == [ValidityRule.TOO_MANY]


def test_levels_say_why_they_cannot_be_picked(fr: Policy, mark: Mark) -> None:
    offered = {one.level.name: one for one in level_choices(fr, mark("S-SF"), floor=None)}

    assert offered["SECRET"].is_picked
    assert offered["TRÈS SECRET"].refusal is None
    assert rules(offered["NON PROTÉGÉ"].refusal) == [ValidityRule.EXCLUDED_CLASS]


def test_nothing_below_the_floor_may_be_picked(fr: Policy, mark: Mark) -> None:
    floor = mark("S-SF")

    below = [one.level.name for one in level_choices(fr, floor, floor=floor) if one.refusal is not None]
    special = next(one for one in choices(fr, floor, floor=floor) if one.category.name == "SPÉCIAL FRANCE")

    assert below == ["NON PROTÉGÉ", "DIFFUSION RESTREINTE"]
    assert special.refusal == Refusal(is_below=True)
    assert next(one for one in choices(fr, floor) if one.category.name == "SPÉCIAL FRANCE").refusal is None


def test_privacy_marks_are_offered_where_the_policy_lists_them(fr: Policy, build: Callable[..., Policy]) -> None:
    listed = '<privacyMarks><privacyMark name="CLEAR"/><privacyMark name="OLD" obsolete="true"/></privacyMarks>'

    assert privacy_marks(build(markings=listed)) == ("CLEAR",)
    assert privacy_marks(fr) == ()


@pytest.fixture
def uk() -> Policy:
    return built_in("UK")


def test_what_a_category_requires_is_picked_after_it(uk: Policy) -> None:
    secret = new_label(uk, classification="SECRET", created=datetime(2026, 3, 1, tzinfo=UTC))

    usa = picked(uk, secret, "USA")

    assert [one.rule for one in outstanding(uk, usa)] == [ValidityRule.REQUIRED_CATEGORY]
    assert outstanding(uk, picked(uk, usa, "GBR")) == ()
