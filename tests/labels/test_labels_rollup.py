"""What labels are worth together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.errors import EmptyRollUpError, UnusableLabelError
from cloison.labels.label import Label, same_marking
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.labels.rollup import Drop, RollUp, dropped, roll_up
from cloison.labels.validity import Reason, ValidityRule, check

Build = Callable[..., Policy]
Make = Callable[..., Label]
Mark = Callable[[str], Label]
Text = Callable[..., str]

OID = "1.3.6.1.4.1.99999.9"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def rolled(policy: Policy, *labels: Label) -> RollUp:
    return roll_up(policy, labels, created=NOW)


def french(fr: Policy, mark: Mark, *marks: str) -> str:
    roll = rolled(fr, *map(mark, marks))
    assert roll.decision_required == ()
    return portion_mark(fr, roll.label)


def test_french_portions_give_the_banner_of_the_worked_example(fr: Policy, mark: Mark) -> None:
    roll = rolled(fr, mark("NP"), mark("DR"), mark("S-SF"))
    assert strip(fr, roll.label, "fr") == "SECRET – SPÉCIAL FRANCE"


def test_the_highest_level_and_the_caveat_may_come_from_different_portions(fr: Policy, mark: Mark) -> None:
    roll = rolled(fr, mark("DR-SF"), mark("TS"), mark("NP"), mark("TS"))
    assert portion_mark(fr, roll.label) == "[TS-SF]"
    assert roll.because.classification == (1, 3)
    assert [(ref.name, indexes) for ref, indexes in roll.because.categories] == [("SPÉCIAL FRANCE", (0,))]


def test_one_label_rolls_up_to_itself(fr: Policy, mark: Mark) -> None:
    assert same_marking(rolled(fr, mark("S-SF")).label, mark("S-SF"))


def test_nothing_has_no_label(fr: Policy) -> None:
    with pytest.raises(EmptyRollUpError):
        rolled(fr)


def test_a_label_of_another_policy_is_named(fr: Policy, alliance: Policy, mark: Mark, label: Make) -> None:
    with pytest.raises(UnusableLabelError) as caught:
        rolled(fr, mark("S"), label(alliance, "RESTRICTED"))
    assert caught.value.index == 1
    assert caught.value.reason == Reason(rule=ValidityRule.OTHER_POLICY, element="PACT", path="securityPolicyId")


def test_a_level_the_policy_does_not_know_is_named(fr: Policy, mark: Mark) -> None:
    with pytest.raises(UnusableLabelError) as caught:
        rolled(fr, mark("S"), mark("S"), replace(mark("S"), classification="CONFIDENTIEL DÉFENSE"))
    assert (caught.value.index, caught.value.reason.rule) == (2, ValidityRule.UNKNOWN_CLASSIFICATION)


def test_the_result_is_a_label_of_the_present_policy_at_the_given_time(fr: Policy, mark: Mark) -> None:
    old = replace(mark("S"), policy_version=0, policy_digest="0" * 64)
    label = rolled(fr, old).label
    assert (label.policy_version, label.policy_digest, label.created) == (fr.version, fr.digest, NOW)


def test_releasability_is_what_all_have_in_common(alliance: Policy, label: Make) -> None:
    roll = rolled(alliance, label(alliance, "CONFIDENTIAL", "JPN", "CHE"), label(alliance, "RESTRICTED", "JPN"))
    assert roll.decision_required == ()
    assert roll.label == label(alliance, "CONFIDENTIAL", "JPN")


def test_releasability_is_dropped_when_one_portion_has_none(alliance: Policy, label: Make) -> None:
    roll = rolled(alliance, label(alliance, "CONFIDENTIAL", "JPN"), label(alliance, "CONFIDENTIAL"))
    assert roll.decision_required == ()
    assert roll.label.categories == ()


def test_nothing_in_common_is_not_no_caveat(alliance: Policy, label: Make) -> None:
    roll = rolled(alliance, label(alliance, "CONFIDENTIAL", "JPN"), label(alliance, "CONFIDENTIAL", "CHE", "UKR"))
    [decision] = roll.decision_required
    assert (decision.reason.rule, str(decision), decision.indexes) == (
        ValidityRule.UNDECIDED,
        "Releasable To",
        (0, 1),
    )
    assert roll.label.undecided == ("1.3.6.1.4.1.99999.7.2",)
    assert [one.rule for one in check(alliance, roll.label, now=NOW, new=True)] == [ValidityRule.UNDECIDED]


def test_nothing_in_common_needs_a_decision_even_beside_a_portion_that_has_none(alliance: Policy, label: Make) -> None:
    parts = [label(alliance, "CONFIDENTIAL", *names) for names in (["JPN"], ["CHE"], [])]
    assert [one.indexes for one in rolled(alliance, *parts).decision_required] == [(0, 1)]


def test_an_open_decision_stays_open_when_rolled_up_again(alliance: Policy, label: Make) -> None:
    undecided = rolled(alliance, label(alliance, "RESTRICTED", "JPN"), label(alliance, "RESTRICTED", "CHE")).label
    again = rolled(alliance, label(alliance, "CONFIDENTIAL"), undecided)
    assert again.label.undecided == undecided.undecided
    assert [one.indexes for one in again.decision_required] == [(1,)]


def test_one_value_in_two_tag_sets_is_two_values(alliance: Policy, label: Make) -> None:
    roll = rolled(
        alliance,
        label(alliance, "CONFIDENTIAL", "Releasable To:UKR", "Only:UKR"),
        label(alliance, "CONFIDENTIAL", "Only:UKR", "Only:SWE"),
    )
    assert [(ref.tag_set, ref.name) for ref in roll.label.categories] == [("Only", "UKR")]


def test_restrictive_and_informative_categories_are_united(alliance: Policy, label: Make) -> None:
    roll = rolled(
        alliance,
        label(alliance, "CONFIDENTIAL", "BOHEMIA", "STAFF"),
        label(alliance, "CONFIDENTIAL", "ATOMAL", "MEDICAL"),
    )
    assert {ref.name for ref in roll.label.categories} == {"BOHEMIA", "STAFF", "ATOMAL", "MEDICAL"}


def test_a_restricting_tag_is_kept_when_other_portions_have_none(fr: Policy, mark: Mark) -> None:
    assert french(fr, mark, "S CAN GBR", "DR", "DR GBR") == "[S-COMMUNICABLE À GBR]"


def test_two_lists_without_a_common_state_need_a_decision(fr: Policy, mark: Mark) -> None:
    roll = rolled(fr, mark("S CAN"), mark("S GBR"), mark("NP"))
    assert [str(one) for one in roll.decision_required] == ["Communicable à"]


def test_special_france_makes_communicable_empty_words(fr: Policy, mark: Mark) -> None:
    assert french(fr, mark, "S-SF", "DR CAN") == "[S-SF]"
    assert french(fr, mark, "DR CAN", "S GBR", "DR-SF") == "[S-SF]"


def test_a_list_that_is_not_made_empty_still_counts(build: Build, tag_set: Text, label: Make) -> None:
    excluded = '<excludedCategory tagSetRef="REL" tagType="permissive" lacv="1"/>'
    policy = build(
        sets=tag_set('tagType="restrictive"', f'<tagCategory name="OWN" lacv="1">{excluded}</tagCategory>')
        + tag_set(
            'tagType="permissive"',
            '<tagCategory name="AAA" lacv="1"/><tagCategory name="BBB" lacv="2"/>',
            number=2,
            name="REL",
        ),
        layout='<category tagSetId="1.3.6.1.4.1.99999.9.1" name="OWN" heldBy="FRA"/>'
        '<tag tagSetId="1.3.6.1.4.1.99999.9.2" name="REL" nationalityCounts="true" always="FRA"/>',
    )
    roll = rolled(policy, label(policy, "LOW", "OWN", "BBB"), label(policy, "LOW", "AAA"))
    assert {ref.name for ref in roll.label.categories} == {"OWN", "BBB"}
    assert roll.decision_required == ()


def test_a_result_the_policy_does_not_allow_needs_a_decision(build: Build, tag_set: Text, label: Make) -> None:
    excluded = '<excludedCategory tagSetRef="SET" tagType="restrictive" lacv="2"/>'
    policy = build(
        sets=tag_set(
            'tagType="restrictive"',
            f'<tagCategory name="A" lacv="1">{excluded}</tagCategory><tagCategory name="B" lacv="2"/>',
        )
    )
    [decision] = rolled(policy, label(policy, "LOW", "A"), label(policy, "HIGH", "B")).decision_required
    assert (decision.reason.rule, str(decision), decision.indexes) == (ValidityRule.EXCLUDED_CATEGORY, "A", (0, 1))


def test_a_tag_set_left_open_that_the_policy_does_not_have_is_told_by_its_identifier(fr: Policy, mark: Mark) -> None:
    [decision] = rolled(fr, mark("NP"), replace(mark("S"), undecided=("1.2.3",))).decision_required
    assert decision.reason == Reason(rule=ValidityRule.UNDECIDED, element="1.2.3", path="")
    assert decision.indexes == (1,)


EXCLUDING = '<tagCategory name="A" lacv="1">{}</tagCategory>'.format(
    "".join(f'<excludedCategory tagSetRef="{name}" tagType="permissive" all="true"/>' for name in ("LIST", "MORE"))
)
LISTS = [("LIST", 2, "XY"), ("MORE", 3, "ZW")]


@pytest.fixture
def excluding(build: Build, tag_set: Text) -> Callable[[str], Policy]:
    """A policy of one reserved category, which excludes the values of two lists; more said in its layout."""
    lists = [
        tag_set(
            'tagType="permissive"',
            "".join(f'<tagCategory name="{one}" lacv="{number}"/>' for number, one in enumerate(values)),
            number=number,
            name=name,
        )
        for name, number, values in LISTS
    ]
    return lambda layout: build(sets=tag_set('tagType="restrictive"', EXCLUDING) + "".join(lists), layout=layout)


def test_what_is_excluded_without_being_reserved_to_anybody_needs_a_decision(
    excluding: Callable[[str], Policy], label: Make
) -> None:
    policy = excluding('<tag tagSetId="1.3.6.1.4.1.99999.9.2" name="LIST" restricts="true"/>')
    roll = rolled(policy, label(policy, "LOW", "A"), label(policy, "LOW", "X"))
    assert {ref.name for ref in roll.label.categories} == {"A", "X"}
    assert [(one.reason.rule, one.indexes) for one in roll.decision_required] == [
        (ValidityRule.EXCLUDED_CATEGORY, (0, 1))
    ]


@pytest.mark.parametrize("absorbed", LISTS, ids=[one[0] for one in LISTS])
def test_a_list_that_says_nothing_more_leaves_the_others_their_say(
    excluding: Callable[[str], Policy], label: Make, absorbed: tuple[str, int, str]
) -> None:
    policy = excluding(
        '<category tagSetId="1.3.6.1.4.1.99999.9.1" name="A" heldBy="FRA"/>'
        + "".join(
            f'<tag tagSetId="1.3.6.1.4.1.99999.9.{number}" name="{name}" restricts="true"'
            + (' always="FRA"/>' if name == absorbed[0] else "/>")
            for name, number, _ in LISTS
        )
    )
    parts = [label(policy, "LOW", "A"), label(policy, "LOW", "X", "Z")]
    left = {"X", "Z"} - set(absorbed[2])
    assert {ref.name for ref in rolled(policy, *parts).label.categories} == {"A", *left}


def test_a_part_that_is_invalid_by_itself_still_counts(fr: Policy, mark: Mark, label: Make) -> None:
    broken = label(fr, "NON PROTÉGÉ", "SPÉCIAL FRANCE")
    assert portion_mark(fr, rolled(fr, broken, mark("S")).label) == "[S-SF]"
    assert [str(one) for one in rolled(fr, broken).decision_required] == ["SPÉCIAL FRANCE"]


def test_names_in_another_case_are_the_same_names(fr: Policy, mark: Mark) -> None:
    odd = replace(
        mark("S"), classification="secret", categories=(replace(fr.categories[0].ref, name="Spécial France"),)
    )
    assert portion_mark(fr, rolled(fr, odd, mark("DR-SF")).label) == "[S-SF]"


def test_the_earliest_review_counts(fr: Policy, mark: Mark) -> None:
    early, late = datetime(2030, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    parts = [replace(mark("S"), review=late), replace(mark("DR"), review=early), mark("NP")]
    assert rolled(fr, *parts).label.review == early


@pytest.mark.parametrize(("marks", "expected"), [((None, "a"), "a"), (("a", "b"), None), ((None, None), None)])
def test_a_privacy_mark_speaks_for_the_whole_only_when_it_is_the_only_one(
    fr: Policy, mark: Mark, marks: tuple[str | None, str | None], expected: str | None
) -> None:
    parts = [replace(mark("S"), privacy_mark=one) for one in marks]
    assert rolled(fr, *parts).label.privacy_mark == expected


def fallen(policy: Policy, *labels: Label) -> list[tuple[str, Drop, tuple[int, ...], tuple[int, ...], str | None]]:
    return [
        (one.category.name, one.why, one.indexes, one.against, None if one.by is None else one.by.name)
        for one in dropped(policy, labels, created=NOW)
    ]


def test_a_value_that_not_all_share_is_named_with_the_parts_that_lack_it(alliance: Policy, label: Make) -> None:
    both, one = label(alliance, "CONFIDENTIAL", "JPN", "CHE"), label(alliance, "RESTRICTED", "JPN")
    assert fallen(alliance, both, one, both) == [("CHE", Drop.NOT_SHARED, (0, 2), (1,), None)]


def test_a_value_falls_where_a_part_has_none_of_its_tag_set_and_that_part_is_named(
    alliance: Policy, label: Make
) -> None:
    released, other = label(alliance, "RESTRICTED", "JPN"), label(alliance, "RESTRICTED")
    assert fallen(alliance, released, other) == [("JPN", Drop.MISSING, (0,), (1,), None)]


def test_what_special_france_absorbs_is_named_with_it(fr: Policy, mark: Mark) -> None:
    parts = mark("S COMMUNICABLE À CAN"), mark("S-SF"), mark("NP")
    assert fallen(fr, *parts) == [("CAN", Drop.ABSORBED, (0,), (1,), "SPÉCIAL FRANCE")]


def test_a_value_beside_an_absorbed_one_falls_with_it(build: Callable[..., Policy], tag_set: Text, label: Make) -> None:
    excluded = (
        '<tagCategory name="OWN" lacv="1">'
        '<excludedCategory tagSetRef="REL" tagType="permissive" lacv="1"/></tagCategory>'
    )
    sets = tag_set('tagType="restrictive"', excluded) + tag_set(
        'tagType="permissive"',
        '<tagCategory name="AAA" lacv="1"/><tagCategory name="BBB" lacv="2"/>',
        number=2,
        name="REL",
    )
    layout = (
        f'<tag tagSetId="{OID}.2" name="REL" nationalityCounts="true" always="FRA"/>'
        f'<category tagSetId="{OID}.1" name="OWN" heldBy="FRA"/>'
    )
    policy = build(sets=sets, layout=layout)
    parts = label(policy, "LOW", "AAA", "BBB"), label(policy, "LOW", "OWN")
    assert [(name, why) for name, why, *_ in fallen(policy, *parts)] == [("AAA", Drop.ABSORBED), ("BBB", Drop.ABSORBED)]


def test_nothing_is_dropped_where_nothing_falls_and_where_a_person_must_decide(
    fr: Policy, alliance: Policy, mark: Mark, label: Make
) -> None:
    assert fallen(fr, mark("S-SF"), mark("NP")) == []
    undecided = label(alliance, "RESTRICTED", "JPN"), label(alliance, "RESTRICTED", "CHE")
    assert rolled(alliance, *undecided).decision_required
    assert fallen(alliance, *undecided) == []
