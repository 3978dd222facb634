"""What a picker may offer."""

from __future__ import annotations

from collections.abc import Callable

from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.picker import Refusal, choices, levels, toggle, with_level
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
