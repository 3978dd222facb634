"""Mapping to another policy: by what the policies state and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cloison.labels.errors import (
    AmbiguousEquivalenceError,
    InvalidMappingError,
    MappingError,
    NoEquivalentCategoryError,
    NoEquivalentClassificationError,
    NoEquivalentPolicyError,
    NoEquivalentPrivacyMarkError,
    RequiredCategoryError,
    UnknownPolicyError,
)
from cloison.labels.label import Label, LabelKind, Originator, Succession
from cloison.labels.library import PolicySet
from cloison.labels.mapping import map_label, trace_label
from cloison.labels.policy import Policy
from cloison.labels.validity import ValidityRule

Build = Callable[..., Policy]
Text = Callable[..., str]
Make = Callable[..., Label]

HOME = "1.3.6.1.4.1.99999.9"
ABROAD = "1.3.6.1.4.1.99999.8"
ABROAD_SETS = (
    f'<securityCategoryTagSet name="THERE" id="{ABROAD}.1"><securityCategoryTag name="THERE" tagType="restrictive">'
    '<tagCategory name="X" lacv="1"/><tagCategory name="Y" lacv="2"/>'
    '<tagCategory name="OLD" lacv="3" obsolete="true"/>'
    "</securityCategoryTag></securityCategoryTagSet>"
)
STATED = f'<equivalentPolicies><equivalentPolicy name="ABROAD" id="{ABROAD}"/></equivalentPolicies>'
RESTRICTIVE = 'tagType="restrictive"'


def level(lacv: int, applied: str = 'applied="both"', inside: str = "", policy: str = "ABROAD") -> str:
    return f'<equivalentClassification policyRef="{policy}" lacv="{lacv}" {applied}>{inside}</equivalentClassification>'


def category(lacv: int, more: str = 'applied="both"', *, number: int = 1) -> str:
    return (
        f'<equivalentSecCategoryTag policyRef="ABROAD" tagSetId="{ABROAD}.{number}" tagType="restrictive" '
        f'lacv="{lacv}" {more}/>'
    )


DISCARD = '<equivalentSecCategoryTag policyRef="ABROAD" action="discard"/>'


def required(operation: str, *lacvs: str) -> str:
    groups = "".join(f'<categoryGroup tagSetRef="THERE" tagType="restrictive" {one}/>' for one in lacvs)
    return f'<requiredCategory operation="{operation}">{groups}</requiredCategory>'


def two(*, a: str = "", b: str = "") -> str:
    return f'<tagCategory name="A" lacv="1">{a}</tagCategory><tagCategory name="B" lacv="2">{b}</tagCategory>'


@pytest.fixture
def abroad(build: Build) -> Policy:
    """A policy that says nothing of any other."""
    return build(identity=f'<securityPolicyId name="ABROAD" id="{ABROAD}"/>', sets=ABROAD_SETS)


@pytest.fixture
def map_from(abroad: Policy, label: Make) -> Callable[..., Label]:
    """What a label of a policy is worth abroad."""
    return lambda home, name, *names: map_label(PolicySet([home, abroad]), label(home, name, *names), abroad)


def names(label: Label) -> set[str]:
    return {ref.name for ref in label.categories}


def test_a_label_is_mapped_by_level_and_category_into_an_alternative_label(
    build: Build, tag_set: Text, label: Make, abroad: Policy
) -> None:
    home = build(
        markings=STATED, low=level(1), high=level(2), sets=tag_set(RESTRICTIVE, two(a=category(1), b=category(2)))
    )
    original = replace(label(home, "HIGH", "A"), originator=Originator(id_type="jID", name="x"))

    mapped = map_label(PolicySet([home, abroad]), original, abroad)

    assert (mapped.policy_id, mapped.policy_name, mapped.policy_digest) == (ABROAD, "ABROAD", abroad.digest)
    assert (mapped.classification, names(mapped)) == ("HIGH", {"X"})
    assert mapped.kind is LabelKind.ALTERNATIVE
    assert mapped.created == original.created
    assert mapped.originator is None
    assert original.kind is LabelKind.ORIGINATOR


def test_a_label_of_the_target_stays_as_it_is(build: Build, label: Make) -> None:
    home = build()
    original = label(home, "LOW")
    assert map_label(PolicySet([home]), original, home) == original


def test_a_label_of_a_policy_not_at_hand_is_refused(build: Build, label: Make, abroad: Policy) -> None:
    with pytest.raises(UnknownPolicyError):
        map_label(PolicySet([abroad]), label(build(), "LOW"), abroad)


def test_a_policy_may_be_referred_to_by_its_identifier(build: Build, map_from: Callable[..., Label]) -> None:
    assert map_from(build(markings=STATED, low=level(2, policy=ABROAD)), "LOW").classification == "HIGH"


def test_what_the_target_takes_in_counts_where_the_source_is_silent(build: Build, tag_set: Text, label: Make) -> None:
    stated = STATED.replace("ABROAD", "HOME").replace(ABROAD, HOME)
    taking = build(
        identity=f'<securityPolicyId name="ABROAD" id="{ABROAD}"/>',
        markings=stated,
        high=level(1, 'applied="decrypt"', policy="HOME"),
        sets=ABROAD_SETS.replace(
            '<tagCategory name="X" lacv="1"/>',
            '<tagCategory name="X" lacv="1"><equivalentSecCategoryTag policyRef="HOME" applied="both" '
            f'tagSetId="{HOME}.1" tagType="restrictive" lacv="1"/></tagCategory>',
        ),
    )
    home = build(identity=f'<securityPolicyId name="HOME" id="{HOME}"/>', sets=tag_set(RESTRICTIVE, two()))
    policies = PolicySet([home, taking])

    mapped = map_label(policies, label(home, "LOW", "A"), taking)

    assert (mapped.classification, names(mapped)) == ("HIGH", {"X"})
    with pytest.raises(NoEquivalentCategoryError) as caught:
        map_label(policies, label(home, "LOW", "B"), taking)
    assert (caught.value.value, caught.value.target) == ("B", "ABROAD")
    with pytest.raises(NoEquivalentClassificationError):
        map_label(policies, label(taking, "HIGH"), home)


def test_two_categories_that_take_one_in_are_not_chosen_between(build: Build, tag_set: Text, label: Make) -> None:
    equivalent = category(1).replace("ABROAD", "HOME").replace(ABROAD, HOME)
    taking = build(
        identity=f'<securityPolicyId name="ABROAD" id="{ABROAD}"/>',
        markings=STATED.replace("ABROAD", "HOME").replace(ABROAD, HOME),
        low=level(1, policy="HOME"),
        sets=ABROAD_SETS.replace('lacv="1"/>', f'lacv="1">{equivalent}</tagCategory>').replace(
            'lacv="2"/>', f'lacv="2">{equivalent}</tagCategory>'
        ),
    )
    home = build(identity=f'<securityPolicyId name="HOME" id="{HOME}"/>', sets=tag_set(RESTRICTIVE, two()))
    with pytest.raises(AmbiguousEquivalenceError) as caught:
        map_label(PolicySet([home, taking]), label(home, "LOW", "A"), taking)
    assert caught.value.path == "ConfidentialityInformation/Category[SET]"
    assert (caught.value.value, caught.value.target) == ("A", "ABROAD")


def test_policies_that_say_nothing_of_each_other_are_not_mapped(build: Build, map_from: Callable[..., Label]) -> None:
    with pytest.raises(NoEquivalentPolicyError) as caught:
        map_from(build(), "LOW")
    assert (caught.value.value, caught.value.target) == ("TEST", "ABROAD")


@pytest.mark.parametrize(
    "low",
    [
        pytest.param("", id="nothing stated"),
        pytest.param(level(9), id="a level the target does not have"),
        pytest.param(level(1, 'applied="decrypt"'), id="inward only"),
    ],
)
def test_a_level_without_equivalent_fails_by_name(build: Build, map_from: Callable[..., Label], low: str) -> None:
    with pytest.raises(NoEquivalentClassificationError) as caught:
        map_from(build(markings=STATED, low=low), "LOW")
    assert (caught.value.path, caught.value.value) == ("ConfidentialityInformation/Classification", "LOW")


def test_a_level_with_two_equivalents_fails_by_name(build: Build, map_from: Callable[..., Label]) -> None:
    with pytest.raises(AmbiguousEquivalenceError) as caught:
        map_from(build(markings=STATED, low=level(1) + level(2)), "LOW")
    assert caught.value.value == "LOW"


@pytest.mark.parametrize(
    "equivalent",
    [
        pytest.param("", id="nothing stated"),
        pytest.param(category(9), id="a number the target does not have"),
        pytest.param(category(1, number=7), id="a tag set the target does not have"),
        pytest.param(category(1).replace("restrictive", "permissive"), id="a type the target does not have"),
        pytest.param(category(1, 'applied="decrypt"'), id="inward only"),
        pytest.param(category(1) + category(9), id="one of two is not there"),
    ],
)
def test_a_category_without_equivalent_fails_by_name(
    build: Build, tag_set: Text, map_from: Callable[..., Label], equivalent: str
) -> None:
    home = build(markings=STATED, low=level(1), sets=tag_set(RESTRICTIVE, two(a=equivalent)))
    with pytest.raises(NoEquivalentCategoryError) as caught:
        map_from(home, "LOW", "A")
    assert caught.value.path == "ConfidentialityInformation/Category[SET]"
    assert (caught.value.value, caught.value.target) == ("A", "ABROAD")


def test_a_category_may_be_worth_several(build: Build, tag_set: Text, map_from: Callable[..., Label]) -> None:
    home = build(markings=STATED, low=level(1), sets=tag_set(RESTRICTIVE, two(a=category(1) + category(2))))
    assert names(map_from(home, "LOW", "A")) == {"X", "Y"}


def test_what_the_policy_says_to_discard_is_left_out_and_listed(
    build: Build, tag_set: Text, label: Make, abroad: Policy
) -> None:
    home = build(markings=STATED, low=level(1), sets=tag_set(RESTRICTIVE, two(a=DISCARD, b=category(2))))
    mapped = trace_label(PolicySet([home, abroad]), label(home, "LOW", "A", "B"), abroad)
    assert names(mapped.label) == {"Y"}
    assert [ref.name for ref in mapped.discarded] == ["A"]


def test_a_category_cannot_be_kept_and_discarded(build: Build, tag_set: Text, map_from: Callable[..., Label]) -> None:
    home = build(markings=STATED, low=level(1), sets=tag_set(RESTRICTIVE, two(a=DISCARD + category(2))))
    with pytest.raises(AmbiguousEquivalenceError) as caught:
        map_from(home, "LOW", "A")
    assert caught.value.path == "ConfidentialityInformation/Category[SET]"
    assert (caught.value.value, caught.value.target) == ("A", "ABROAD")


ONE, OTHER, ALL, NONE = 'lacv="1"', 'lacv="2"', 'all="true"', 'lacv="8"'


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(required("all", ONE, OTHER), {"X", "Y"}, id="all of two"),
        pytest.param(required("all", ONE), {"X"}, id="one alone"),
        pytest.param(required("onlyOne", ONE), {"X"}, id="only one, and only one there is"),
        pytest.param(required("oneOrMore", OTHER), {"Y"}, id="one or more, and only one there is"),
    ],
)
def test_required_categories_are_added(
    build: Build, map_from: Callable[..., Label], rule: str, expected: set[str]
) -> None:
    assert names(map_from(build(markings=STATED, low=level(1, inside=rule)), "LOW")) == expected
    for_all = STATED.replace(f'id="{ABROAD}"/>', f'id="{ABROAD}">{rule}</equivalentPolicy>')
    assert names(map_from(build(markings=for_all, low=level(1)), "LOW")) == expected


@pytest.mark.parametrize("rule", [required("onlyOne", ONE, OTHER), required("oneOrMore", ALL), required("all", ONE)])
def test_a_required_category_that_is_there_already_is_enough(
    build: Build, tag_set: Text, map_from: Callable[..., Label], rule: str
) -> None:
    home = build(
        markings=STATED, low=level(1, inside=rule), sets=tag_set(RESTRICTIVE, two(a=category(1), b=category(2)))
    )
    assert names(map_from(home, "LOW", "A")) == {"X"}


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        pytest.param(required("onlyOne", ONE, OTHER), "X, Y", id="one of two"),
        pytest.param(required("oneOrMore", ONE, OTHER), "X, Y", id="some of two"),
        pytest.param(required("oneOrMore", ALL), "X, Y, OLD", id="some of a set"),
        pytest.param(required("all", ALL), "X, Y, OLD", id="a set, not known which of it"),
        pytest.param(required("all", NONE), "", id="not in the target"),
        pytest.param(required("all"), "", id="all of nothing"),
        pytest.param(required("oneOrMore"), "", id="some of nothing"),
    ],
)
def test_a_required_category_a_person_must_choose_fails(
    build: Build, map_from: Callable[..., Label], rule: str, asked: str
) -> None:
    with pytest.raises(RequiredCategoryError) as caught:
        map_from(build(markings=STATED, low=level(1, inside=rule)), "LOW")
    assert caught.value.path.endswith("equivalentClassification[1]/requiredCategory[1]")
    assert (caught.value.value, caught.value.target) == (asked, "ABROAD")


def test_only_one_of_two_that_are_both_there_fails(build: Build, tag_set: Text, map_from: Callable[..., Label]) -> None:
    home = build(
        markings=STATED,
        low=level(1, inside=required("onlyOne", ONE, OTHER)),
        sets=tag_set(RESTRICTIVE, two(a=category(1), b=category(2))),
    )
    with pytest.raises(RequiredCategoryError) as caught:
        map_from(home, "LOW", "A", "B")
    assert caught.value.path.endswith("equivalentClassification[1]/requiredCategory[1]")
    assert (caught.value.value, caught.value.target) == ("X, Y", "ABROAD")


def test_a_privacy_mark_has_no_equivalent(build: Build, label: Make, abroad: Policy) -> None:
    home = build(markings=STATED, low=level(1))
    with pytest.raises(NoEquivalentPrivacyMarkError) as caught:
        map_label(PolicySet([home, abroad]), replace(label(home, "LOW"), privacy_mark="Clear"), abroad)
    assert caught.value.value == "Clear"


def test_an_invalid_or_undecided_label_is_not_mapped(build: Build, label: Make, abroad: Policy) -> None:
    home = build(markings=STATED, low=level(1))
    with pytest.raises(InvalidMappingError) as caught:
        map_label(PolicySet([home, abroad]), replace(label(home, "LOW"), undecided=("1.2.3",)), abroad)
    assert caught.value.policy == "TEST"
    assert [one.rule for one in caught.value.reasons] == [ValidityRule.UNDECIDED]


def test_a_result_the_target_does_not_allow_is_none(
    build: Build, tag_set: Text, map_from: Callable[..., Label]
) -> None:
    home = build(markings=STATED, low=level(1), sets=tag_set(RESTRICTIVE, two(a=category(3))))
    with pytest.raises(InvalidMappingError) as caught:
        map_from(home, "LOW", "A")
    assert caught.value.policy == "ABROAD"
    assert [one.rule for one in caught.value.reasons] == [ValidityRule.OBSOLETE]


def test_what_takes_over_later_is_mapped_too(build: Build, tag_set: Text, label: Make, abroad: Policy) -> None:
    home = build(markings=STATED, low=level(1), high=level(2), sets=tag_set(RESTRICTIVE, two(a=DISCARD)))
    original = label(home, "HIGH")
    later = original.created + timedelta(days=365)
    succession = Succession(at=later, classification="LOW", categories=label(home, "LOW", "A").categories)
    original = replace(original, succession=succession, review=later)

    mapped = trace_label(PolicySet([home, abroad]), original, abroad)

    assert mapped.label.succession == Succession(at=later, classification="LOW")
    assert mapped.label.review == later
    assert [ref.name for ref in mapped.discarded] == ["A"]


def test_a_declassification_without_equivalent_fails(build: Build, label: Make, abroad: Policy) -> None:
    home = build(markings=STATED, high=level(2))
    original = label(home, "HIGH")
    original = replace(original, succession=Succession(at=original.created, classification="LOW"))
    with pytest.raises(MappingError) as caught:
        map_label(PolicySet([home, abroad]), original, abroad)
    assert caught.value.value == "LOW"


def whole_set(build: Build, set_attributes: str, *, own: str = "", inside: str = "", lacv: int = 2) -> PolicySet:
    """A policy whose only tag set is worth one of ABROAD as a whole."""
    equivalent = f'<equivalentSecurityCategoryTagSet policyRef="ABROAD" {set_attributes}>{inside}'
    sets = (
        f'<securityCategoryTagSet name="HERE" id="{HOME}.1"><securityCategoryTag name="HERE" {RESTRICTIVE}>'
        f'<tagCategory name="A" lacv="{lacv}">{own}</tagCategory></securityCategoryTag>'
        f"{equivalent}</equivalentSecurityCategoryTagSet></securityCategoryTagSet>"
    )
    home = build(low=level(1), sets=sets, markings=STATED)
    abroad = build(identity=f'<securityPolicyId name="ABROAD" id="{ABROAD}"/>', sets=ABROAD_SETS)
    return PolicySet([home, abroad])


@pytest.mark.parametrize("attributes", [f'id="{ABROAD}.1"', 'name="there"', f'id="{ABROAD}.1" name="else"'])
def test_a_whole_tag_set_goes_number_by_number(build: Build, label: Make, attributes: str) -> None:
    policies = whole_set(build, attributes)
    mapped = map_label(policies, label(policies[HOME], "LOW", "A"), policies[ABROAD])
    assert [ref.name for ref in mapped.categories] == ["Y"]


def test_what_a_category_says_itself_goes_before_its_tag_set(build: Build, label: Make) -> None:
    policies = whole_set(build, f'id="{ABROAD}.1"', own=category(1), inside=required("all", 'lacv="2"'))
    mapped = map_label(policies, label(policies[HOME], "LOW", "A"), policies[ABROAD])
    assert [ref.name for ref in mapped.categories] == ["X"]


def test_what_a_whole_tag_set_asks_for_is_added(build: Build, label: Make) -> None:
    policies = whole_set(build, f'id="{ABROAD}.1"', inside=required("all", 'lacv="1"'))
    mapped = map_label(policies, label(policies[HOME], "LOW", "A"), policies[ABROAD])
    assert [ref.name for ref in mapped.categories] == ["X", "Y"]


@pytest.mark.parametrize(
    ("attributes", "lacv"), [(f'id="{ABROAD}.1"', 9), (f'id="{ABROAD}.7"', 2), ('name="ELSEWHERE"', 2)]
)
def test_a_number_that_is_not_in_the_other_tag_set_has_no_equivalent(
    build: Build, label: Make, attributes: str, lacv: int
) -> None:
    policies = whole_set(build, attributes, lacv=lacv)
    with pytest.raises(NoEquivalentCategoryError) as caught:
        map_label(policies, label(policies[HOME], "LOW", "A"), policies[ABROAD])
    assert caught.value.path == "ConfidentialityInformation/Category[HERE]"
    assert (caught.value.value, caught.value.target) == ("A", "ABROAD")


def test_a_whole_tag_set_worth_one_of_another_policy_says_nothing_of_this_one(build: Build, label: Make) -> None:
    policies = whole_set(build, f'id="{ABROAD}.1"')
    other = build(
        identity='<securityPolicyId name="OTHER" id="1.2.3"/>',
        sets=ABROAD_SETS,
        low=f'<equivalentClassification policyRef="{HOME}" lacv="1" applied="both"/>',
        markings=f'<equivalentPolicies><equivalentPolicy name="TEST" id="{HOME}"/></equivalentPolicies>',
    )
    with pytest.raises(NoEquivalentCategoryError):
        map_label(PolicySet([*policies.values(), other]), label(policies[HOME], "LOW", "A"), other)
