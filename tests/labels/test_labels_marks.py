"""Typed marks read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from cloison.labels.errors import MarkError, MarkFault
from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import MOST_CHARACTERS, portion_mark, read_mark, split_leading_mark
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.labels.validity import ValidityRule

Build = Callable[..., Policy]
Text = Callable[..., str]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[S-SF]", "[S-SF]"),
        ("S-SF", "[S-SF]"),
        ("(S-SF)", "[S-SF]"),
        ("s-sf", "[S-SF]"),
        ("s sf", "[S-SF]"),
        (" [ s – sf ] ", "[S-SF]"),
        ("S\u00a0SF", "[S-SF]"),
        ("S\u202f–\u202fSF", "[S-SF]"),
        ("S\u2011SF", "[S-SF]"),
        ("S/SF", "[S-SF]"),
        ("S//SF", "[S-SF]"),
        ("S, SF", "[S-SF]"),
        ("\u200bS-\u2060SF", "[S-SF]"),
        ("SECRET – SPÉCIAL FRANCE", "[S-SF]"),
        ("secret special france", "[S-SF]"),
        ("Secret - Spe\u0301cial France", "[S-SF]"),
        ("S-SPÉCIAL FRANCE", "[S-SF]"),
        ("TRÈS SECRET", "[TS]"),
        ("tres secret", "[TS]"),
        ("TRÈS SECRET SF", "[TS-SF]"),
        ("[NP]", "[NP]"),
        ("non protégé", "[NP]"),
        ("DR", "[DR]"),
        ("diffusion restreinte", "[DR]"),
        ("[DR-SF-SF]", "[DR-SF]"),
        ("[s communicable à can, gbr]", "[S-COMMUNICABLE À CAN, GBR]"),
        ("SECRET COMMUNICABLE A Royaume-Uni / Canada", "[S-COMMUNICABLE À CAN, GBR]"),
        ("S COMMUNICABLE À CÔTE D’IVOIRE", "[S-COMMUNICABLE À CIV]"),
        ("S COMMUNICABLE À GUINÉE-BISSAU", "[S-COMMUNICABLE À GNB]"),
    ],
)
def test_french_marks_are_read_however_they_are_typed(fr: Policy, now: datetime, typed: str, expected: str) -> None:
    label = read_mark(fr, typed, created=now)
    assert portion_mark(fr, label) == expected
    assert label.created == now


@pytest.mark.parametrize(
    ("typed", "fault", "element"),
    [
        ("", MarkFault.EMPTY, ""),
        ("[]", MarkFault.EMPTY, ""),
        (" [ - ] ", MarkFault.EMPTY, ""),
        ("SF", MarkFault.NO_LEVEL, "sf"),
        ("CONFIDENTIEL", MarkFault.NO_LEVEL, "confidentiel"),
        ("SECRETS", MarkFault.NO_LEVEL, "secrets"),
        ("[S-SF", MarkFault.NO_LEVEL, "[s-sf"),
        ("[", MarkFault.NO_LEVEL, "["),
        ("S-XX", MarkFault.UNKNOWN, "xx"),
        ("S-SF-NOFORN", MarkFault.UNKNOWN, "noforn"),
        ("S SECRET", MarkFault.UNKNOWN, "secret"),
        ("SECRET DÉFENSE", MarkFault.UNKNOWN, "defense"),
        ("S COMMUNICABLE À", MarkFault.INCOMPLETE, "communicable a"),
        ("S COMMUNICABLE À SF", MarkFault.INCOMPLETE, "communicable a"),
        ("NP-SF", MarkFault.INVALID, "SPÉCIAL FRANCE"),
        ("S-SF COMMUNICABLE À CAN", MarkFault.INVALID, "SPÉCIAL FRANCE"),
    ],
)
def test_what_is_not_understood_is_a_precise_error(
    fr: Policy, now: datetime, typed: str, fault: MarkFault, element: str
) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(fr, typed, created=now)
    assert (caught.value.mark, caught.value.fault, caught.value.element) == (typed, fault, element)
    assert caught.value.reason is fault


def test_a_mark_the_policy_forbids_says_why(fr: Policy, now: datetime) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(fr, "[NP-SF]", created=now)
    assert [reason.rule for reason in caught.value.reasons] == [ValidityRule.EXCLUDED_CLASS]


def test_a_page_of_text_is_not_a_mark(fr: Policy, now: datetime) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(fr, "S-" * 5000, created=now)
    assert (caught.value.fault, caught.value.mark) == (MarkFault.UNKNOWN, "S-" * 5000)


def test_a_mark_may_be_as_long_as_five_hundred_characters(fr: Policy, now: datetime) -> None:
    longest = "S" + " " * (MOST_CHARACTERS - 3) + "SF"
    assert portion_mark(fr, read_mark(fr, longest, created=now)) == "[S-SF]"
    with pytest.raises(MarkError):
        read_mark(fr, f" {longest}", created=now)
    assert split_leading_mark(fr, f"[{longest[2:]}] x", created=now) == (None, f"[{longest[2:]}] x")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("(PC)", "PACT CONFIDENTIAL"),
        ("PACT CONFIDENTIAL", "PACT CONFIDENTIAL"),
        ("CONFIDENTIEL", "PACT CONFIDENTIAL"),
        ("COSMIC TOP SECRET", "COSMIC TOP SECRET"),
        ("COSMIC TRÈS SECRET", "COSMIC TOP SECRET"),
        ("CONFIDENTIAL//BOHEMIA ATOMAL", "PACT CONFIDENTIAL BOHEMIA ATOMAL"),
        ("PACT RESTRICTED Releasable to Japan, Ukraine", "PACT RESTRICTED Releasable to Japan, Ukraine"),
        ("RESTRICTED communicable à Japon", "PACT RESTRICTED Releasable to Japan"),
        ("PC SWE, IRL ONLY", "PACT CONFIDENTIAL Ireland, Sweden ONLY"),
        ("PU - STAFF", "PACT UNCLASSIFIED - STAFF"),
    ],
)
def test_marks_of_another_policy_are_read(alliance: Policy, now: datetime, typed: str, expected: str) -> None:
    assert strip(alliance, read_mark(alliance, typed, created=now), "en") == expected


def test_a_value_of_two_lists_is_ambiguous_unless_its_list_is_named(alliance: Policy, now: datetime) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(alliance, "PC UKR", created=now)
    assert (caught.value.fault, caught.value.mark, caught.value.element) == (MarkFault.AMBIGUOUS, "PC UKR", "ukr")
    assert caught.value.choices == ("Releasable To", "Only")
    label = read_mark(alliance, "PC Releasable to UKR", created=now)
    assert [ref.tag_set for ref in label.categories] == ["Releasable To"]


def test_what_replaces_the_policy_is_no_level_by_itself(alliance: Policy, now: datetime) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(alliance, "COSMIC", created=now)
    assert caught.value.fault is MarkFault.NO_LEVEL


def test_two_levels_with_one_spelling_are_ambiguous(build: Build, now: datetime) -> None:
    short = '<markingData phrase="X"><code>portionMarking</code></markingData>'
    policy = build(low=short, high=short)
    with pytest.raises(MarkError) as caught:
        read_mark(policy, "[x]", created=now)
    assert (caught.value.fault, caught.value.choices) == (MarkFault.AMBIGUOUS, ("LOW", "HIGH"))
    assert (caught.value.mark, caught.value.element) == ("[x]", "x")


def test_a_value_spelt_as_a_prefix_is_ambiguous(build: Build, tag_set: Text, now: datetime) -> None:
    prefix = '<markingQualifier><qualifier qualifierCode="prefix" markingQualifier="COM "/></markingQualifier>'
    policy = build(
        sets=tag_set('tagType="restrictive"', '<tagCategory name="COM" lacv="1"/>', qualifiers=prefix, name="LIST")
    )
    with pytest.raises(MarkError) as caught:
        read_mark(policy, "LOW COM", created=now)
    assert (caught.value.fault, caught.value.choices) == (MarkFault.AMBIGUOUS, ("COM", "LIST"))
    assert (caught.value.mark, caught.value.element) == ("LOW COM", "com")


@pytest.mark.parametrize(
    ("line", "expected", "rest"),
    [
        ("[S-SF] texte du paragraphe.", "[S-SF]", "texte du paragraphe."),
        ("[S-SF]texte", "[S-SF]", "texte"),
        ("(DR)\u00a0texte", "[DR]", "texte"),
        ("  [np]\ttexte", "[NP]", "texte"),
        ("[TS]", "[TS]", ""),
        ("[S] [1] texte", "[S]", "[1] texte"),
    ],
)
def test_leading_mark_is_split_from_the_line(fr: Policy, now: datetime, line: str, expected: str, rest: str) -> None:
    label, text = split_leading_mark(fr, line, created=now)
    assert label is not None
    assert (portion_mark(fr, label), text) == (expected, rest)


@pytest.mark.parametrize(
    "line",
    [
        "texte sans marque",
        "S texte",
        "",
        "   ",
        "[1] note",
        "[] rien",
        "[S-SF sans fin",
        "(voir annexe) texte",
        "(S et T) texte",
        "(S'il le faut) texte",
        "texte [S]",
        "S\ntexte",
        "[" + "x" * 1000 + "] texte",
    ],
)
def test_a_line_without_a_mark_is_left_whole(fr: Policy, now: datetime, line: str) -> None:
    assert split_leading_mark(fr, line, created=now) == (None, line)


def test_a_leading_mark_of_an_exercise_that_was_meant_as_one_is_not_taken_for_text_either(now: datetime) -> None:
    with pytest.raises(MarkError):
        split_leading_mark(built_in("EXERCICE"), "[EXERCICE – S-XX] texte", created=now)


@pytest.mark.parametrize("line", ["[S-XX] texte", "[NP-SF] texte", "[SECRET DÉFENSE] texte"])
def test_a_leading_mark_that_was_meant_as_one_is_not_taken_for_text(fr: Policy, now: datetime, line: str) -> None:
    with pytest.raises(MarkError):
        split_leading_mark(fr, line, created=now)


def test_every_mark_of_the_french_policy_is_read_back(fr: Policy, label: Callable[..., Label], now: datetime) -> None:
    for level in fr.levels[1:]:
        for placed in fr.categories:
            marked = label(fr, level.name, placed.ref.name)
            assert read_mark(fr, portion_mark(fr, marked), created=now) == marked
            assert read_mark(fr, strip(fr, marked, "fr"), created=now) == marked


@pytest.mark.parametrize(
    "text", ["CONFIDENTIAL UKR, IRL ONLY", "PC IRL UKR ONLY", "confidential ukraine, ireland only"]
)
def test_a_suffix_says_which_tag_the_values_before_it_belong_to(alliance: Policy, now: datetime, text: str) -> None:
    label = read_mark(alliance, text, created=now)
    assert [(one.tag_set, one.name) for one in label.categories] == [("Only", "IRL"), ("Only", "UKR")]


def test_a_suffix_leaves_values_of_a_prefix_alone(alliance: Policy, now: datetime) -> None:
    label = read_mark(alliance, "CONFIDENTIAL IRL ONLY RELEASABLE TO UKR", created=now)
    assert {(one.tag_set, one.name) for one in label.categories} == {("Only", "IRL"), ("Releasable To", "UKR")}


def test_a_suffix_without_a_value_of_its_own_is_refused(alliance: Policy, now: datetime) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(alliance, "CONFIDENTIAL RELEASABLE TO UKR ONLY JPN", created=now)
    assert (caught.value.fault, caught.value.element) == (MarkFault.INCOMPLETE, "only")
    assert caught.value.mark == "CONFIDENTIAL RELEASABLE TO UKR ONLY JPN"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PACT/KFOR CONFIDENTIAL", ["KFOR"]),
        ("pact/kfor confidential – Bohemia", ["BOHEMIA", "KFOR"]),
        ("PACT/KFOR CONFIDENTIEL Ireland, Sweden, Ukraine SEULEMENT", ["IRL", "KFOR", "SWE", "UKR"]),
    ],
)
def test_a_category_may_stand_for_the_policys_name(
    alliance: Policy, now: datetime, text: str, names: list[str]
) -> None:
    label = read_mark(alliance, text, created=now)
    assert label.classification == "CONFIDENTIAL"
    assert sorted(ref.name for ref in label.categories) == names


def test_such_a_category_without_a_level_is_no_mark(alliance: Policy, now: datetime) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(alliance, "PACT/KFOR BOHEMIA", created=now)
    assert (caught.value.fault, caught.value.element) == (MarkFault.NO_LEVEL, "pact/kfor bohemia")
    assert caught.value.mark == "PACT/KFOR BOHEMIA"


def test_what_stands_around_a_category_is_read_with_it(build: Build, tag_set: Text, now: datetime) -> None:
    around = (
        '<markingQualifier><qualifier qualifierCode="prefix" markingQualifier="("/>'
        '<qualifier qualifierCode="suffix" markingQualifier=")"/></markingQualifier>'
    )
    policy = build(
        sets=tag_set('tagType="restrictive"', f'<tagCategory name="A" lacv="1">{around}</tagCategory>'),
        low=around,
    )
    label = read_mark(policy, "LOW A", created=now)
    assert strip(policy, label, "fr") == "TEST (LOW) (A)"
    assert read_mark(policy, strip(policy, label, "fr"), created=now) == label


def test_a_suffix_does_not_take_what_the_policy_words_as_another_tags(
    build: Build, tag_set: Text, now: datetime
) -> None:
    """Both tags have a RED; the policy words the RED of the first, beside A with its suffix, just as it is typed."""
    red = '<tagCategory name="{name}" lacv="1"><markingData phrase="RED"/></tagCategory>'
    suffix = '<markingQualifier><qualifier qualifierCode="suffix" markingQualifier=" ONLY"/></markingQualifier>'
    policy = build(
        sets=tag_set('tagType="restrictive"', red.format(name="FIRST"), number=1, name="ONE")
        + tag_set(
            'tagType="restrictive"',
            f'<tagCategory name="A" lacv="0"/>{red.format(name="SECOND")}',
            number=2,
            name="TWO",
            qualifiers=suffix,
        )
    )
    with pytest.raises(MarkError) as caught:
        read_mark(policy, "TEST LOW RED A ONLY", created=now)
    assert caught.value.fault is MarkFault.AMBIGUOUS
    assert (caught.value.mark, caught.value.element) == ("TEST LOW RED A ONLY", "test low red a only")
    assert caught.value.choices == ("LOW SECOND A", "LOW FIRST A")
    assert [one.name for one in read_mark(policy, "TEST LOW A/RED ONLY", created=now).categories] == ["A", "SECOND"]
