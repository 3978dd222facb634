"""Every rule a policy can lay down, kept and broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.validity import Reason, ValidityRule, check

Build = Callable[..., Policy]
Text = Callable[..., str]
Make = Callable[..., Label]

RESTRICTIVE = 'tagType="restrictive"'
ABC = "".join(f'<tagCategory name="{name}" lacv="{number}"/>' for number, name in enumerate("ABC"))

REST = ABC.partition("/>")[2]
AT_ONE = 'lacv="1"'


TAG = "securityCategoryTagSets[1]/securityCategoryTagSet[1]/securityCategoryTag[1]"
CATEGORY = f"{TAG}/tagCategory[1]"


def reasons(policy: Policy, label: Label, *, new: bool = True) -> tuple[Reason, ...]:
    return check(policy, label, now=datetime(2026, 3, 1, tzinfo=UTC), new=new)


def rules(policy: Policy, label: Label, *, new: bool = True) -> list[ValidityRule]:
    return [reason.rule for reason in reasons(policy, label, new=new)]


@pytest.mark.parametrize("text", ["NP", "DR", "DR-SF", "S", "S-SF", "TS", "TS-SF", "S CAN, GBR"])
def test_ordinary_french_marks_are_valid(fr: Policy, mark: Callable[[str], Label], text: str) -> None:
    assert rules(fr, mark(text)) == []


def test_special_france_is_not_allowed_on_what_is_not_protected(
    fr: Policy, mark: Callable[[str], Label], now: datetime
) -> None:
    label = replace(mark("S-SF"), classification="NON PROTÉGÉ")
    [reason] = check(fr, label, now=now, new=False)
    assert reason == Reason(
        rule=ValidityRule.EXCLUDED_CLASS,
        element="SPÉCIAL FRANCE",
        path="securityCategoryTagSets[1]/securityCategoryTagSet[1]/securityCategoryTag[1]/tagCategory[1]/excludedClass[1]",
        other="NON PROTÉGÉ",
    )


def test_special_france_excludes_communicable(fr: Policy, label: Make) -> None:
    assert rules(fr, label(fr, "SECRET", "SPÉCIAL FRANCE", "CAN")) == [ValidityRule.EXCLUDED_CATEGORY]


def test_a_label_of_another_policy_is_invalid(fr: Policy, alliance: Policy, label: Make) -> None:
    assert reasons(fr, label(alliance, "RESTRICTED")) == (
        Reason(rule=ValidityRule.OTHER_POLICY, element="PACT", path="securityPolicyId"),
    )


def test_an_unknown_level_is_invalid(fr: Policy, mark: Callable[[str], Label]) -> None:
    assert rules(fr, replace(mark("S"), classification="SECRET DÉFENSE")) == [ValidityRule.UNKNOWN_CLASSIFICATION]


@pytest.mark.parametrize(
    "change",
    [{"name": "OTHER"}, {"tag_set_id": "1.2.3"}, {"tag_set": "Other"}, {"type": CategoryType.INFORMATIVE}],
    ids=["name", "identifier", "tag set name", "type"],
)
def test_an_unknown_category_is_invalid(fr: Policy, mark: Callable[[str], Label], change: dict[str, str]) -> None:
    known = fr.categories[0].ref
    fields = {"tag_set_id": known.tag_set_id, "tag_set": known.tag_set, "type": known.type, "name": known.name}
    unknown = CategoryRef(**{**fields, **change})  # type: ignore[arg-type]
    assert reasons(fr, replace(mark("S"), categories=(unknown,))) == (
        Reason(
            rule=ValidityRule.UNKNOWN_CATEGORY,
            element=unknown.name,
            path="securityCategoryTagSets",
            other=unknown.tag_set,
        ),
    )


def test_an_undecided_label_is_invalid(fr: Policy, mark: Callable[[str], Label]) -> None:
    assert rules(fr, replace(mark("S"), undecided=("1.2.3",))) == [ValidityRule.UNDECIDED]


def test_names_count_without_case(fr: Policy, mark: Callable[[str], Label]) -> None:
    ref = replace(fr.categories[0].ref, name="Spécial France")
    assert rules(fr, replace(mark("S"), classification="Secret", categories=(ref,))) == []
    assert rules(fr, replace(mark("S"), classification="non protégé", categories=(ref,))) == [
        ValidityRule.EXCLUDED_CLASS
    ]


def test_a_required_class_must_be_there(build: Build, tag_set: Text, label: Make) -> None:
    policy = build(sets=tag_set(RESTRICTIVE, '<tagCategory name="A" lacv="1" requiredClass="high"/>'))
    assert rules(policy, label(policy, "HIGH", "A")) == []
    [reason] = reasons(policy, label(policy, "LOW", "A"))
    assert reason == Reason(rule=ValidityRule.REQUIRED_CLASS, element="A", path=CATEGORY, other="high")


def test_an_excluded_category_may_not_be_there(build: Build, tag_set: Text, label: Make) -> None:
    group = '<excludedCategory tagSetRef="SET" tagType="restrictive" lacv="1"/>'
    categories = f'<tagCategory name="A" lacv="0">{group}</tagCategory>{REST}'
    policy = build(sets=tag_set(RESTRICTIVE, categories))
    assert rules(policy, label(policy, "LOW", "A", "C")) == []
    [reason] = check(policy, label(policy, "LOW", "A", "B"), now=datetime.now(UTC), new=False)
    assert (reason.rule, reason.element, reason.other) == (ValidityRule.EXCLUDED_CATEGORY, "A", "B")
    assert reason.path.endswith("excludedCategory[1]")


def test_a_category_that_excludes_its_whole_tag_set_does_not_exclude_itself(
    build: Build, tag_set: Text, label: Make
) -> None:
    group = '<excludedCategory tagSetRef="SET" tagType="restrictive" all="true"/>'
    categories = f'<tagCategory name="A" lacv="0">{group}</tagCategory>{REST}'
    policy = build(sets=tag_set(RESTRICTIVE, categories))
    assert rules(policy, label(policy, "LOW", "A")) == []
    assert rules(policy, label(policy, "LOW", "A", "B", "C")) == [ValidityRule.EXCLUDED_CATEGORY] * 2


def requiring(operation: str, *groups: str) -> str:
    inside = "".join(f'<categoryGroup tagSetRef="SET" tagType="restrictive" {group}/>' for group in groups)
    return f'<requiredCategory operation="{operation}">{inside}</requiredCategory>'


@pytest.mark.parametrize(
    ("operation", "picked", "valid"),
    [
        ("onlyOne", "", False),
        ("onlyOne", "A", True),
        ("onlyOne", "AB", False),
        ("oneOrMore", "", False),
        ("oneOrMore", "B", True),
        ("oneOrMore", "AB", True),
        ("all", "A", False),
        ("all", "AB", True),
        ("all", "C", False),
    ],
)
def test_a_level_may_require_categories(
    build: Build, tag_set: Text, label: Make, operation: str, picked: str, *, valid: bool
) -> None:
    policy = build(sets=tag_set(RESTRICTIVE, ABC), high=requiring(operation, 'lacv="0"', 'lacv="1"'))
    assert rules(policy, label(policy, "HIGH", *picked)) == ([] if valid else [ValidityRule.REQUIRED_CATEGORY])
    assert rules(policy, label(policy, "LOW", *picked)) == []


def test_a_group_without_a_number_is_met_by_any_category_of_the_set(build: Build, tag_set: Text, label: Make) -> None:
    policy = build(sets=tag_set(RESTRICTIVE, ABC), high=requiring("onlyOne", 'all="true"'))
    assert rules(policy, label(policy, "HIGH", "A", "C")) == []
    [reason] = check(policy, label(policy, "HIGH"), now=datetime.now(UTC), new=False)
    assert (reason.element, reason.other) == ("HIGH", "A, B, C")


def test_a_rule_to_have_all_of_nothing_is_never_met(build: Build, label: Make) -> None:
    policy = build(high=requiring("all"))
    assert rules(policy, label(policy, "HIGH")) == [ValidityRule.REQUIRED_CATEGORY]


def test_a_category_may_require_another(build: Build, tag_set: Text, label: Make) -> None:
    categories = f'<tagCategory name="A" lacv="0">{requiring("all", AT_ONE)}</tagCategory>{REST}'
    policy = build(sets=tag_set(RESTRICTIVE, categories))
    [reason] = reasons(policy, label(policy, "LOW", "A"))
    assert reason == Reason(
        rule=ValidityRule.REQUIRED_CATEGORY, element="A", path=f"{CATEGORY}/requiredCategory[1]", other="B"
    )
    assert rules(policy, label(policy, "LOW", "A", "B")) == []


@pytest.mark.parametrize(
    ("limits", "picked", "expected"),
    [
        ('singleSelection="true"', "A", None),
        ('singleSelection="true"', "AB", (ValidityRule.SINGLE_SELECTION, "")),
        ('maxSelection="2"', "AB", None),
        ('maxSelection="2"', "ABC", (ValidityRule.TOO_MANY, "2")),
        ('minSelection="2"', "A", (ValidityRule.TOO_FEW, "2")),
        ('minSelection="1"', "", (ValidityRule.TOO_FEW, "1")),
        ('minSelection="2"', "BC", None),
    ],
)
def test_selection_limits_are_kept(
    build: Build, tag_set: Text, label: Make, limits: str, picked: str, expected: tuple[ValidityRule, str] | None
) -> None:
    policy = build(sets=tag_set(f"{RESTRICTIVE} {limits}", ABC))
    told = [] if expected is None else [Reason(rule=expected[0], element="SET", path=TAG, other=expected[1])]
    assert list(reasons(policy, label(policy, "LOW", *picked))) == told


def test_what_is_obsolete_serves_old_labels_only(build: Build, tag_set: Text, label: Make) -> None:
    policy = build(
        levels='<securityClassification name="LOW" lacv="1" hierarchy="1" obsolete="true"/>',
        sets=tag_set(RESTRICTIVE, '<tagCategory name="A" lacv="1" obsolete="1"/>'),
    )
    assert rules(policy, label(policy, "LOW", "A"), new=False) == []
    assert reasons(policy, label(policy, "LOW", "A")) == (
        Reason(
            rule=ValidityRule.OBSOLETE,
            element="LOW",
            path="securityClassifications[1]/securityClassification[1]/@obsolete",
        ),
        Reason(rule=ValidityRule.OBSOLETE, element="A", path=f"{CATEGORY}/@obsolete"),
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ('notBefore="2026-03-02T00:00:00Z"', (ValidityRule.NOT_YET, "@notBefore")),
        ('notBefore="2026-03-01T00:00:00Z"', None),
        ('notBefore="2026-02-28T00:00:00Z"', None),
        ('notAfter="2026-02-28T00:00:00Z"', (ValidityRule.EXPIRED, "@notAfter")),
        ('notAfter="2026-03-01T00:00:00Z"', None),
        ('notAfter="2026-03-02T00:00:00Z"', None),
    ],
)
def test_dates_of_policies_and_categories_are_kept(
    build: Build, tag_set: Text, label: Make, dates: str, expected: tuple[ValidityRule, str] | None
) -> None:
    def told(element: str, above: str) -> tuple[Reason, ...]:
        if expected is None:
            return ()
        return (Reason(rule=expected[0], element=element, path=above + expected[1]),)

    dated = build(root=f'schemaVersion="2.1" {dates}')
    assert reasons(dated, label(dated, "LOW"), new=False) == told("TEST", "")
    policy = build(sets=tag_set(RESTRICTIVE, f'<tagCategory name="A" lacv="1" {dates}/>'))
    assert reasons(policy, label(policy, "LOW", "A"), new=False) == told("A", f"{CATEGORY}/")
    assert rules(policy, label(policy, "LOW"), new=False) == []


PRIVACY = '<privacyMarks><privacyMark name="STAFF"/><privacyMark name="OLD" obsolete="true"/></privacyMarks>'


@pytest.mark.parametrize(
    ("marks", "privacy_mark", "new", "expected"),
    [
        ("", "anything", True, []),
        (PRIVACY, None, True, []),
        (PRIVACY, "staff", True, []),
        (PRIVACY, "anything", False, [ValidityRule.UNKNOWN_PRIVACY_MARK]),
        (PRIVACY, "OLD", False, []),
        (PRIVACY, "OLD", True, [ValidityRule.OBSOLETE]),
        ("<privacyMarks/>", "STAFF", True, [ValidityRule.UNKNOWN_PRIVACY_MARK]),
    ],
)
def test_privacy_marks_are_those_of_the_policy_where_it_has_a_list(
    build: Build, label: Make, marks: str, privacy_mark: str | None, new: bool, expected: list[ValidityRule]
) -> None:
    policy = build(markings=marks)
    told = reasons(policy, replace(label(policy, "LOW"), privacy_mark=privacy_mark), new=new)
    assert [one.rule for one in told] == expected
    assert {one.path for one in told} <= {"privacyMarks", "privacyMarks[1]/privacyMark[2]/@obsolete"}
