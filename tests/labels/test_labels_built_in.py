"""The policies that ship: how they read in both languages, what they are worth to each other, how they are handled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from cloison.labels.decision import decide
from cloison.labels.errors import (
    MappingError,
    MarkError,
    NoEquivalentCategoryError,
    NoEquivalentClassificationError,
    NoEquivalentPolicyError,
)
from cloison.labels.label import Label, LabelKind, new_label
from cloison.labels.library import BUILT_IN, built_in, built_in_policies
from cloison.labels.mapping import map_label, trace_label
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.phrasing import Place
from cloison.labels.picker import levels
from cloison.labels.policy import Policy
from cloison.labels.rendering import render, strip
from cloison.labels.rollup import roll_up
from cloison.labels.validity import ValidityRule, check

NOW = datetime(2026, 3, 1, tzinfo=UTC)
POLICIES = [pytest.param(built_in(name), id=name) for name in BUILT_IN]
NEW = [name for name in BUILT_IN if name != "FR-ANCIEN"]


def marked(name: str, text: str) -> Label:
    return read_mark(built_in(name), text, created=NOW)


def old_label(classification: str) -> Label:
    return new_label(built_in("FR-ANCIEN"), classification=classification, created=NOW)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_is_named_as_it_is_asked_for(policy: Policy) -> None:
    assert built_in(policy.name) is policy
    assert built_in_policies()[policy.id] is policy
    assert policy.has_layout


@pytest.mark.parametrize("policy", POLICIES)
def test_every_level_has_colours_and_handling_of_its_own(policy: Policy) -> None:
    assert all(one.screen is not None for one in policy.levels)
    assert [one for one in policy.levels if one.handling.open_without_clearance] == [
        one for one in policy.levels if one.name in {"NON PROTÉGÉ", "OFFICIAL", "TLP:CLEAR"}
    ]


@pytest.mark.parametrize(
    ("name", "high"),
    [
        ("FR", {"TRÈS SECRET"}),
        ("FR-ANCIEN", {"SECRET DÉFENSE", "TRÈS SECRET DÉFENSE"}),
        ("NATO", {"TOP SECRET"}),
        ("EU", {"TRÈS SECRET UE/EU TOP SECRET"}),
        ("UK", {"TOP SECRET"}),
        ("EXERCICE", {"TRÈS SECRET"}),
        ("TLP", set()),
    ],
)
def test_the_highest_levels_need_suite_2_and_no_other_does(name: str, high: set[str]) -> None:
    assert not any(one.handling.needs_recovery for one in built_in(name).levels)
    needed = {one.name: one.handling.minimum_suite for one in built_in(name).levels}
    assert needed == {level: 2 if level in high else 1 for level in needed}


@pytest.mark.parametrize("mark", ["TS", "TS-SF"])
def test_tres_secret_needs_suite_2_with_special_france_and_without(mark: str) -> None:
    policy = built_in("FR")
    assert policy.classification(marked("FR", mark).classification).handling.minimum_suite == 2


@pytest.mark.parametrize(
    ("mark", "english", "french"),
    [
        ("(NU)", "NATO UNCLASSIFIED", "NATO SANS CLASSIFICATION"),
        ("(NR)", "NATO RESTRICTED", "NATO DIFFUSION RESTREINTE"),
        ("(NC)", "NATO CONFIDENTIAL", "NATO CONFIDENTIEL"),
        ("(NS)", "NATO SECRET", "NATO SECRET"),
        ("(CTS)", "COSMIC TOP SECRET", "COSMIC TRÈS SECRET"),
        ("NS ATOMAL", "NATO SECRET ATOMAL", "NATO SECRET ATOMAL"),
        ("CTS BOHEMIA", "COSMIC TOP SECRET BOHEMIA", "COSMIC TRÈS SECRET BOHEMIA"),
        ("NU STAFF", "NATO UNCLASSIFIED - STAFF", "NATO SANS CLASSIFICATION - STAFF"),
        (
            "NR REL TO JPN, CHE, UKR",
            "NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine",
            "NATO DIFFUSION RESTREINTE Communicable à Japon, Suisse, Ukraine",
        ),
        ("NC IRL, SWE ONLY", "NATO CONFIDENTIAL Ireland, Sweden ONLY", "NATO CONFIDENTIEL Irlande, Suède SEULEMENT"),
        (
            "NS NOR ONLY REL TO CHE",
            "NATO SECRET Norway ONLY Releasable to Switzerland",
            "NATO SECRET Norvège SEULEMENT Communicable à Suisse",
        ),
    ],
)
def test_nato_marks_read_in_english_and_french(mark: str, english: str, french: str) -> None:
    label = marked("NATO", mark)
    for place in (Place.PAGE_TOP, Place.PAGE_BOTTOM, Place.DOCUMENT_START, Place.DOCUMENT_END, Place.WATERMARK):
        assert render(built_in("NATO"), label, place, "en") == english
        assert render(built_in("NATO"), label, place, "fr") == french


@pytest.mark.parametrize(
    ("classification", "names", "marking"),
    [
        (
            "RESTRICTED",
            ["Context:NATO", "Releasable To:JPN", "Releasable To:CHE", "Releasable To:UKR"],
            "NATO RESTRICTED Releasable to Japan, Switzerland, Ukraine",
        ),
        (
            "CONFIDENTIAL",
            ["Context:KFOR", "Only:IRL", "Only:SWE", "Only:UKR", "Only:NATO"],
            "NATO/KFOR CONFIDENTIAL Ireland, Sweden, Ukraine, NATO ONLY",
        ),
        ("TOP SECRET", ["Context:NATO"], "COSMIC TOP SECRET"),
    ],
)
def test_labels_of_the_nato_tables_read_as_printed_there(
    label: Callable[..., Label], classification: str, names: list[str], marking: str
) -> None:
    nato = built_in("NATO")
    assert strip(nato, label(nato, classification, *names), "en") == marking


def test_a_context_says_nothing_in_a_portion_mark(label: Callable[..., Label]) -> None:
    nato = built_in("NATO")
    assert portion_mark(nato, label(nato, "SECRET", "Context:KFOR")) == "(NS)"


@pytest.mark.parametrize(
    ("name", "mark", "marking"),
    [
        ("EU", "(R-UE/EU-R)", "RESTREINT UE/EU RESTRICTED"),
        ("EU", "(C-UE/EU-C)", "CONFIDENTIEL UE/EU CONFIDENTIAL"),
        ("EU", "(S-UE/EU-S)", "SECRET UE/EU SECRET"),
        ("EU", "(TS-UE/EU-TS)", "TRÈS SECRET UE/EU TOP SECRET"),
        ("UK", "(O)", "OFFICIAL"),
        ("UK", "(O-S)", "OFFICIAL-SENSITIVE"),
        ("UK", "(S)", "SECRET"),
        ("UK", "(TS)", "TOP SECRET"),
        ("UK", "(S UK EYES ONLY)", "SECRET UK EYES ONLY"),
        ("UK", "(TS UK / US EYES ONLY)", "TOP SECRET UK / US EYES ONLY"),
        ("TLP", "TLP:CLEAR", "TLP:CLEAR"),
        ("TLP", "TLP:GREEN", "TLP:GREEN"),
        ("TLP", "TLP:AMBER", "TLP:AMBER"),
        ("TLP", "TLP:AMBER+STRICT", "TLP:AMBER+STRICT"),
        ("TLP", "TLP:RED", "TLP:RED"),
    ],
)
def test_marks_that_are_not_translated_stand_on_both_edges(name: str, mark: str, marking: str) -> None:
    policy, label = built_in(name), marked(name, mark)
    for language in ("fr", "en"):
        assert render(policy, label, Place.PAGE_TOP, language) == marking
        assert render(policy, label, Place.PAGE_BOTTOM, language) == marking
    assert portion_mark(policy, label) == mark


@pytest.mark.parametrize(
    ("mark", "top", "bottom"),
    [
        ("[EXERCICE – S-SF]", "EXERCICE – SECRET – SPÉCIAL FRANCE", "EXERCICE – SECRET"),
        ("[EXERCICE – DR]", "EXERCICE – DIFFUSION RESTREINTE", ""),
        ("[EXERCICE – TS]", "EXERCICE – TRÈS SECRET", "EXERCICE – TRÈS SECRET"),
    ],
)
def test_exercise_marks_bear_their_prefix_everywhere(mark: str, top: str, bottom: str) -> None:
    policy, label = built_in("EXERCICE"), marked("EXERCICE", mark)
    assert render(policy, label, Place.PAGE_TOP, "fr") == top
    assert render(policy, label, Place.PAGE_BOTTOM, "fr") == bottom
    assert portion_mark(policy, label) == mark


@pytest.mark.parametrize(
    ("classification", "mark", "handled_as"),
    [
        ("CONFIDENTIEL DÉFENSE", "[CD]", "SECRET"),
        ("SECRET DÉFENSE", "[SD]", "TRÈS SECRET"),
        ("TRÈS SECRET DÉFENSE", "[TSD]", "TRÈS SECRET"),
    ],
)
def test_the_old_french_levels_are_read_and_no_longer_given(classification: str, mark: str, handled_as: str) -> None:
    old, label = built_in("FR-ANCIEN"), old_label(classification)
    handled = old.classification(classification).handled_as

    assert strip(old, label, "fr") == classification
    assert portion_mark(old, label) == mark
    assert handled is not None
    assert (handled.policy, handled.classification, handled.provenance.day) == ("FR", handled_as, date(2021, 8, 9))
    assert check(old, label, now=NOW, new=False) == ()
    assert [one.rule for one in check(old, label, now=NOW, new=True)] == [ValidityRule.OBSOLETE]
    assert levels(old) == ()
    with pytest.raises(MarkError):
        marked("FR-ANCIEN", mark)


EQUIVALENT = [
    ("FR", "DR", "EU", "RESTREINT UE/EU RESTRICTED"),
    ("FR", "DR", "NATO", "RESTRICTED"),
    ("FR", "S", "EU", "SECRET UE/EU SECRET"),
    ("FR", "S", "NATO", "SECRET"),
    ("FR", "TS", "EU", "TRÈS SECRET UE/EU TOP SECRET"),
    ("FR", "TS", "NATO", "TOP SECRET"),
    ("NATO", "NR", "FR", "DIFFUSION RESTREINTE"),
    ("NATO", "NS", "FR", "SECRET"),
    ("NATO", "CTS", "FR", "TRÈS SECRET"),
    ("NATO", "NC", "EU", "CONFIDENTIEL UE/EU CONFIDENTIAL"),
    ("EU", "C-UE/EU-C", "NATO", "CONFIDENTIAL"),
    ("EU", "S-UE/EU-S", "FR", "SECRET"),
    ("EU", "TS-UE/EU-TS", "NATO", "TOP SECRET"),
]


@pytest.mark.parametrize(("source", "mark", "target", "level"), EQUIVALENT)
def test_equivalent_levels_map(source: str, mark: str, target: str, level: str) -> None:
    mapped = map_label(built_in_policies(), marked(source, mark), built_in(target))
    assert (mapped.policy_name, mapped.classification, mapped.kind) == (target, level, LabelKind.ALTERNATIVE)


@pytest.mark.parametrize(
    ("classification", "level"),
    [
        ("CONFIDENTIEL DÉFENSE", "CONFIDENTIEL UE/EU CONFIDENTIAL"),
        ("SECRET DÉFENSE", "SECRET UE/EU SECRET"),
        ("TRÈS SECRET DÉFENSE", "TRÈS SECRET UE/EU TOP SECRET"),
    ],
)
def test_an_old_level_is_equivalent_to_what_it_is_not_handled_as(classification: str, level: str) -> None:
    assert map_label(built_in_policies(), old_label(classification), built_in("EU")).classification == level
    with pytest.raises(NoEquivalentPolicyError):
        map_label(built_in_policies(), old_label(classification), built_in("FR"))


@pytest.mark.parametrize(
    ("source", "mark", "target", "error"),
    [
        ("FR", "NP", "NATO", NoEquivalentClassificationError),
        ("NATO", "NC", "FR", NoEquivalentClassificationError),
        ("EU", "C-UE/EU-C", "FR", NoEquivalentClassificationError),
        ("EU", "C-UE/EU-C", "FR-ANCIEN", NoEquivalentClassificationError),
        ("FR", "S-SF", "NATO", NoEquivalentCategoryError),
        ("FR", "S COMMUNICABLE À CAN", "NATO", NoEquivalentCategoryError),
        ("NATO", "NR REL TO CHE", "FR", NoEquivalentCategoryError),
        ("EXERCICE", "S", "FR", NoEquivalentPolicyError),
        ("FR", "S", "EXERCICE", NoEquivalentPolicyError),
        ("UK", "S", "FR", NoEquivalentPolicyError),
        ("TLP", "TLP:RED", "FR", NoEquivalentPolicyError),
    ],
)
def test_what_has_no_equivalent_is_never_mapped(source: str, mark: str, target: str, error: type[MappingError]) -> None:
    with pytest.raises(error):
        map_label(built_in_policies(), marked(source, mark), built_in(target))


@pytest.mark.parametrize("policy", POLICIES)
def test_every_equivalence_says_where_it_comes_from(policy: Policy) -> None:
    assert all(one.provenance is not None and one.provenance.source for one in policy.equivalents)
    assert {one.name: one.id for one in policy.equivalents}.items() <= {
        one.name: one.id for one in map(built_in, BUILT_IN)
    }.items()


@pytest.mark.parametrize("name", ["NATO", "EU"])
def test_confidential_is_handled_as_secret(name: str) -> None:
    handled = {one.name: one.handled_as for one in built_in(name).levels if one.handled_as is not None}
    assert len(handled) == 1
    for level, one in handled.items():
        assert "CONFIDENTI" in level
        assert (one.policy, one.classification) == ("FR", "SECRET")


def test_releasable_values_are_intersected_and_an_empty_rest_is_for_nobody() -> None:
    nato = built_in("NATO")
    both, one, other = (marked("NATO", f"NC REL TO {names}") for names in ("CHE, JPN", "CHE", "JPN"))
    assert strip(nato, roll_up(nato, [both, one], created=NOW).label, "en") == (
        "NATO CONFIDENTIAL Releasable to Switzerland"
    )
    assert roll_up(nato, [one, other], created=NOW).decision_required


@pytest.mark.parametrize(
    ("name", "marks", "marking"),
    [("NATO", ("NC", "NC IRL, SWE ONLY"), "NATO CONFIDENTIAL Ireland, Sweden ONLY"),
     ("UK", ("S", "S UK / US EYES ONLY"), "SECRET UK / US EYES ONLY")],
)  # fmt: skip
def test_what_restricts_stays_when_another_portion_has_none(name: str, marks: tuple[str, ...], marking: str) -> None:
    policy = built_in(name)
    assert strip(policy, roll_up(policy, [marked(name, one) for one in marks], created=NOW).label, "en") == marking


def test_eyes_only_of_different_nations_is_for_nobody() -> None:
    uk = built_in("UK")
    first = new_label(uk, classification="SECRET", categories=[uk.categories[0].ref], created=NOW)
    second = new_label(uk, classification="SECRET", categories=[uk.categories[1].ref], created=NOW)
    rolled = roll_up(uk, [first, second], created=NOW)
    assert rolled.decision_required
    assert not decide(
        uk, rolled.label, clearance=None, nationality="GBR", need_to_know=frozenset(), needed=frozenset(), now=NOW
    ).permitted


def test_american_eyes_need_british_ones_beside_them() -> None:
    uk = built_in("UK")
    label = new_label(uk, classification="SECRET", categories=[uk.categories[1].ref], created=NOW)
    assert [one.rule for one in check(uk, label, now=NOW, new=True)] == [ValidityRule.REQUIRED_CATEGORY]


def test_the_context_nato_is_left_out_of_other_policies_and_listed(label: Callable[..., Label]) -> None:
    nato = built_in("NATO")
    for target, level in (("FR", "SECRET"), ("EU", "SECRET UE/EU SECRET")):
        mapped = trace_label(built_in_policies(), label(nato, "SECRET", "Context:NATO"), built_in(target))
        assert (mapped.label.classification, mapped.label.categories) == (level, ())
        assert [ref.name for ref in mapped.discarded] == ["NATO"]
        with pytest.raises(NoEquivalentCategoryError):
            map_label(built_in_policies(), label(nato, "SECRET", "Context:KFOR"), built_in(target))
