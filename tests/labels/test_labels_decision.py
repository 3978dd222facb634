"""Who may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.decision import Decision, Rule, decide
from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.label import Label, Succession
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up

Build = Callable[..., Policy]
Make = Callable[..., Label]
Mark = Callable[[str], Label]
Text = Callable[..., str]

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NOTHING: frozenset[str] = frozenset()


def asked(
    policy: Policy,
    label: Label,
    clearance: str | Clearance | None,
    nationality: str | None = "FRA",
    *,
    held: frozenset[str] = NOTHING,
    needed: frozenset[str] = NOTHING,
) -> Decision:
    if isinstance(clearance, str):
        clearance = Clearance.from_mark(policy, clearance)
    return decide(
        policy, label, clearance=clearance, nationality=nationality, need_to_know=held, needed=needed, now=NOW
    )


def refused(rule: Rule, element: str) -> Decision:
    return Decision(permitted=False, rule=rule, element=element)


@pytest.mark.parametrize(
    ("text", "clearance"), [("NP", "NP"), ("DR", "DR"), ("DR", "TS"), ("S", "S"), ("S-SF", "S-SF"), ("DR-SF", "TS-SF")]
)
def test_a_cleared_french_reader_reads(fr: Policy, mark: Mark, text: str, clearance: str) -> None:
    assert asked(fr, mark(text), clearance) == Decision(permitted=True)


@pytest.mark.parametrize(("text", "clearance"), [("DR", "NP"), ("S", "DR"), ("TS", "S"), ("TS", "S-SF")])
def test_portion_above_clearance_is_refused_by_its_level(fr: Policy, mark: Mark, text: str, clearance: str) -> None:
    level = mark(text).classification
    assert asked(fr, mark(text), clearance) == refused(Rule.CLASSIFICATION, level)


def test_a_caveat_that_is_not_held_is_refused(fr: Policy, mark: Mark) -> None:
    assert asked(fr, mark("S-SF"), "TS") == refused(Rule.RESTRICTIVE_CATEGORY, "SPÉCIAL FRANCE")


@pytest.mark.parametrize("nationality", ["GBR", "fra", "", None])
def test_special_france_is_refused_to_foreigners_whatever_their_clearance(
    fr: Policy, mark: Mark, nationality: str | None
) -> None:
    assert asked(fr, mark("S-SF"), "TS-SF", nationality) == refused(Rule.NATIONALITY, "SPÉCIAL FRANCE")


def test_a_foreigner_reads_what_is_not_reserved(fr: Policy, mark: Mark) -> None:
    assert asked(fr, mark("DR"), "DR", "GBR").permitted


def test_a_list_of_states_is_open_to_them_and_to_the_french(fr: Policy, mark: Mark) -> None:
    label = mark("S COMMUNICABLE À CAN, GBR")
    assert asked(fr, label, "S", "CAN").permitted
    assert asked(fr, label, "S", "FRA").permitted
    assert asked(fr, label, "S", "DEU") == refused(Rule.PERMISSIVE_CATEGORY, "Communicable à")
    assert asked(fr, label, "S", None) == refused(Rule.PERMISSIVE_CATEGORY, "Communicable à")


def test_a_clearance_does_not_replace_the_nationality_a_list_asks_for(fr: Policy, mark: Mark) -> None:
    assert not asked(fr, mark("S CAN"), "S CAN", "DEU").permitted


def test_being_named_does_not_replace_the_clearance(fr: Policy, mark: Mark) -> None:
    assert asked(fr, mark("S CAN"), "DR", "CAN") == refused(Rule.CLASSIFICATION, "SECRET")


def test_without_clearance_only_what_the_policy_opens_is_read(fr: Policy, mark: Mark) -> None:
    assert asked(fr, mark("NP"), None, None).permitted
    assert asked(fr, mark("DR"), None) == refused(Rule.NO_CLEARANCE, "DIFFUSION RESTREINTE")


def test_a_policy_that_says_nothing_opens_no_level(alliance: Policy, label: Make) -> None:
    assert asked(alliance, label(alliance, "UNCLASSIFIED"), None).rule is Rule.NO_CLEARANCE


def test_a_clearance_of_another_policy_is_worth_nothing(fr: Policy, alliance: Policy, mark: Mark) -> None:
    other = Clearance.from_mark(alliance, "COSMIC TOP SECRET")
    assert asked(fr, mark("DR"), other) == refused(Rule.OTHER_POLICY_CLEARANCE, "DIFFUSION RESTREINTE")
    assert asked(fr, mark("NP"), other).permitted


def test_the_same_names_under_another_policy_are_other_names(fr: Policy, mark: Mark) -> None:
    namesake = replace(Clearance.from_mark(fr, "S-SF"), policy_id="1.2.3")
    assert asked(fr, mark("S"), namesake) == refused(Rule.OTHER_POLICY_CLEARANCE, "SECRET")


def test_categories_held_under_another_policy_do_not_count_even_where_no_clearance_is_needed(
    build: Build, tag_set: Text, label: Make
) -> None:
    policy = build(
        sets=tag_set('tagType="restrictive"', '<tagCategory name="A" lacv="1"/>'),
        layout='<classification name="LOW">'
        '<handling trust="imported" overdueList="ignore" openWithoutClearance="true"/></classification>',
    )
    held = Clearance.from_mark(policy, "LOW A")
    assert asked(policy, label(policy, "LOW", "A"), held).permitted
    other = asked(policy, label(policy, "LOW", "A"), replace(held, policy_id="1.2.3"))
    assert other == refused(Rule.RESTRICTIVE_CATEGORY, "A")


def test_every_restrictive_category_is_needed(alliance: Policy, label: Make) -> None:
    both = label(alliance, "CONFIDENTIAL", "BOHEMIA", "ATOMAL")
    assert asked(alliance, both, "CONFIDENTIAL BOHEMIA") == refused(Rule.RESTRICTIVE_CATEGORY, "ATOMAL")
    assert asked(alliance, both, "CONFIDENTIAL BOHEMIA ATOMAL").permitted


def test_one_permissive_category_of_each_tag_set_is_enough(alliance: Policy, label: Make) -> None:
    lists = label(alliance, "CONFIDENTIAL", "JPN", "CHE", "Only:SWE")
    assert asked(alliance, lists, "CONFIDENTIAL Releasable to JPN, Ireland, SWE ONLY").permitted
    assert asked(alliance, lists, "CONFIDENTIAL JPN") == refused(Rule.PERMISSIVE_CATEGORY, "Only")


def test_a_value_of_one_list_does_not_serve_for_another(alliance: Policy, label: Make) -> None:
    only_ukraine = label(alliance, "CONFIDENTIAL", "Only:UKR")
    assert not asked(alliance, only_ukraine, "CONFIDENTIAL Releasable to Ukraine").permitted


def test_informative_categories_count_for_nothing(alliance: Policy, label: Make) -> None:
    assert asked(alliance, label(alliance, "CONFIDENTIAL", "STAFF", "MEDICAL"), "CONFIDENTIAL").permitted


def test_a_permissive_value_reserved_to_a_nation_is_held_by_that_nation_only(
    build: Build, tag_set: Text, label: Make
) -> None:
    policy = build(
        sets=tag_set('tagType="permissive"', '<tagCategory name="EYES" lacv="1"/>'),
        layout='<category tagSetId="1.3.6.1.4.1.99999.9.1" name="EYES" heldBy="GBR"/>',
    )
    eyes_only = label(policy, "LOW", "EYES")
    assert asked(policy, eyes_only, "LOW EYES", "GBR").permitted
    assert asked(policy, eyes_only, "LOW EYES", "FRA") == refused(Rule.PERMISSIVE_CATEGORY, "SET")


def test_need_to_know_is_asked_for_last_and_names_what_lacks(fr: Policy, mark: Mark) -> None:
    needed = frozenset({"a1", "b2"})
    assert asked(fr, mark("S"), "S", held=frozenset({"a1", "b2", "c3"}), needed=needed).permitted
    assert asked(fr, mark("S"), "S", held=frozenset({"a1"}), needed=needed) == refused(Rule.NEED_TO_KNOW, "b2")
    assert asked(fr, mark("NP"), None, needed=needed) == refused(Rule.NEED_TO_KNOW, "a1")


UNKNOWN = CategoryRef(tag_set_id="1.2.3", tag_set="x", type=CategoryType.INFORMATIVE, name="y")


@pytest.mark.parametrize("clearance", [None, "NP", "TS-SF"])
@pytest.mark.parametrize("text", ["NP", "S-SF", "S CAN"])
@pytest.mark.parametrize(
    "change",
    [
        {"classification": "CONFIDENTIEL"},
        {"categories": (UNKNOWN,)},
        {"undecided": ("1.2.3",)},
        {"policy_id": "1.2.3"},
    ],
    ids=["unknown level", "unknown category", "undecided", "other policy"],
)
def test_an_invalid_label_is_refused_to_everyone_before_anything_is_compared(
    fr: Policy, mark: Mark, change: dict[str, Any], text: str, clearance: str | None
) -> None:
    broken = replace(mark(text), **change)
    assert asked(fr, broken, clearance).rule is Rule.INVALID_LABEL


@pytest.mark.parametrize("dates", ['notAfter="20260101000000Z"', 'notBefore="20270101000000Z"'])
def test_a_category_out_of_its_time_lets_nobody_read(build: Build, tag_set: Text, label: Make, dates: str) -> None:
    policy = build(sets=tag_set('tagType="tagType7"', f'<tagCategory name="A" lacv="1" {dates}/>'))
    assert asked(policy, label(policy, "LOW", "A"), "HIGH") == refused(Rule.INVALID_LABEL, "A")
    assert asked(policy, label(policy, "LOW"), "HIGH").permitted


def test_an_excluded_combination_is_refused_to_everyone(fr: Policy, label: Make, mark: Mark) -> None:
    broken = replace(mark("S-SF"), classification="NON PROTÉGÉ")
    assert asked(fr, broken, "TS-SF") == refused(Rule.INVALID_LABEL, "SPÉCIAL FRANCE")


def test_an_expired_policy_lets_nobody_read(build: Build, label: Make) -> None:
    policy = build(root='schemaVersion="2.1" notAfter="20260101000000Z"')
    assert asked(policy, label(policy, "LOW"), "HIGH").rule is Rule.INVALID_LABEL


def test_lists_that_exclude_each_other_open_to_nobody_until_decided(alliance: Policy, label: Make) -> None:
    parts = [label(alliance, "RESTRICTED", "Only:IRL"), label(alliance, "RESTRICTED", "Only:SWE")]
    both = roll_up(alliance, parts, created=NOW).label
    assert asked(alliance, both, "TOP SECRET IRL SWE").rule is Rule.INVALID_LABEL


def test_old_labels_with_an_obsolete_category_are_still_read(build: Build, tag_set: Text, label: Make) -> None:
    policy = build(sets=tag_set('tagType="restrictive"', '<tagCategory name="A" lacv="1" obsolete="true"/>'))
    assert asked(policy, label(policy, "LOW", "A"), "HIGH A").permitted


@pytest.mark.parametrize(("at", "is_permitted"), [(NOW, True), (NOW + timedelta(seconds=1), False)])
def test_what_takes_over_is_decided_from_its_moment_on(
    fr: Policy, mark: Mark, at: datetime, *, is_permitted: bool
) -> None:
    falling = replace(mark("TS"), succession=Succession(at=at, classification="NON PROTÉGÉ"))
    assert asked(fr, falling, None).permitted is is_permitted
