"""What one version of a policy says otherwise than another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cloison.labels.library import BUILT_IN, built_in
from cloison.labels.policy import Policy
from cloison.labels.policy_difference import (
    ChangeKind,
    ElementKind,
    category_now,
    difference,
    level_now,
)

Build = Callable[..., Policy]
Part = Callable[..., str]

PLAIN = '<tagCategory name="A" lacv="1"/>'
GROUP = '<requiredCategory operation="all"><categoryGroup tagSetRef="SET" tagType="restrictive" lacv="1"/>'
LEVEL = '<securityClassification name="{}" lacv="{}" hierarchy="{}" {}/>'


def levels(*given: tuple[str, int, int] | tuple[str, int, int, str]) -> str:
    return "".join(LEVEL.format(*one, *("",) * (4 - len(one))) for one in given)


def said(before: Policy, after: Policy) -> list[tuple[ElementKind, ChangeKind, str, str]]:
    return [(one.element, one.kind, one.name, one.before) for one in difference(before, after).changes]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_policy_differs_in_nothing_from_itself(name: str) -> None:
    assert said(built_in(name), built_in(name)) == []


def test_where_something_stands_in_the_file_is_no_difference(build: Build, tag_set: Part) -> None:
    first = tag_set('tagType="restrictive"', PLAIN)
    second = tag_set('tagType="restrictive"', PLAIN, number=2, name="OTHER")

    assert said(build(sets=first + second), build(sets=second + first, root='schemaVersion="2.1" version="4"')) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(levels(("LOW", 1, 1), ("HIGH", 2, 2), ("TOP", 3, 3)), [(ChangeKind.ADDED, "TOP", "")], id="added"),
        pytest.param(levels(("LOW", 1, 1)), [(ChangeKind.REMOVED, "HIGH", "")], id="removed"),
        pytest.param(
            levels(("NONE", 9, 0), ("LOW", 1, 1), ("SECRET", 2, 2)),
            [(ChangeKind.ADDED, "NONE", ""), (ChangeKind.RENAMED, "SECRET", "HIGH")],
            id="added in front of what is renamed",
        ),
        pytest.param(levels(("LOW", 1, 1), ("SECRET", 2, 2)), [(ChangeKind.RENAMED, "SECRET", "HIGH")], id="renamed"),
        pytest.param(
            levels(("LOW", 1, 1), ("HIGH", 2, 2, 'obsolete="true"')),
            [(ChangeKind.OBSOLETE, "HIGH", "")],
            id="obsolete",
        ),
        pytest.param(
            levels(("LOW", 1, 2), ("HIGH", 2, 1)),
            [(ChangeKind.MOVED, "HIGH", ""), (ChangeKind.MOVED, "LOW", "")],
            id="moved",
        ),
        pytest.param(
            levels(("LOW", 1, 1), ("HIGH", 2, 2, 'color="#FF0000"')), [(ChangeKind.WORDING, "HIGH", "")], id="colour"
        ),
        pytest.param(levels(("LOW", 1, 5), ("HIGH", 2, 9)), [], id="same order, other numbers"),
    ],
)
def test_levels_go_by_their_number(build: Build, after: str, expected: list[tuple[ChangeKind, str, str]]) -> None:
    found = said(build(levels=levels(("LOW", 1, 1), ("HIGH", 2, 2))), build(levels=after))

    assert found == [(ElementKind.LEVEL, *one) for one in expected]


def test_a_level_comes_back_into_use(build: Build) -> None:
    old = build(levels=levels(("LOW", 1, 1, 'obsolete="true"')))

    assert said(old, build(levels=levels(("LOW", 1, 1)))) == [(ElementKind.LEVEL, ChangeKind.IN_USE_AGAIN, "LOW", "")]


def test_how_a_level_is_handled_is_a_rule_of_it(build: Build) -> None:
    handled = '<classification name="LOW"><requires destructionMinutes="{}"/></classification>'
    old, new = (build(layout=handled.format(word)) for word in ("true", "false"))

    assert said(old, new) == [(ElementKind.LEVEL, ChangeKind.RULES, "LOW", "")]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(f'{PLAIN}<tagCategory name="B" lacv="2"/>', [(ChangeKind.ADDED, "B", "")], id="added"),
        pytest.param(
            '<tagCategory name="B" lacv="2"/>', [(ChangeKind.ADDED, "B", ""), (ChangeKind.REMOVED, "A", "")], id="other"
        ),
        pytest.param('<tagCategory name="B" lacv="1"/>', [(ChangeKind.RENAMED, "B", "A")], id="renamed"),
        pytest.param(
            '<tagCategory name="A" lacv="1" obsolete="true"/>', [(ChangeKind.OBSOLETE, "A", "")], id="obsolete"
        ),
        pytest.param(
            '<tagCategory name="A" lacv="1"><excludedClass>LOW</excludedClass></tagCategory>',
            [(ChangeKind.RULES, "A", "")],
            id="rules",
        ),
        pytest.param(
            '<tagCategory name="A" lacv="1"><markingData phrase="a"/></tagCategory>',
            [(ChangeKind.WORDING, "A", "")],
            id="wording",
        ),
    ],
)
def test_categories_go_by_tag_set_kind_and_number(
    build: Build, tag_set: Part, after: str, expected: list[tuple[ChangeKind, str, str]]
) -> None:
    old, new = (build(sets=tag_set('tagType="restrictive"', one)) for one in (PLAIN, after))

    assert said(old, new) == [(ElementKind.CATEGORY, *one) for one in expected]


@pytest.mark.parametrize(
    ("attributes", "qualifiers", "kind"),
    [
        ('tagType="restrictive" singleSelection="true"', "", ChangeKind.RULES),
        (
            'tagType="restrictive"',
            '<markingQualifier><qualifier markingQualifier="+" qualifierCode="separator"/></markingQualifier>',
            ChangeKind.WORDING,
        ),
    ],
)
def test_tags_are_compared_too(build: Build, tag_set: Part, attributes: str, qualifiers: str, kind: ChangeKind) -> None:
    old = build(sets=tag_set('tagType="restrictive"', PLAIN))
    new = build(sets=tag_set(attributes, PLAIN, qualifiers=qualifiers))

    assert said(old, new) == [(ElementKind.TAG, kind, "SET", "")]


def test_a_new_tag_set_is_told_by_its_categories(build: Build, tag_set: Part) -> None:
    assert said(build(), build(sets=tag_set('tagType="restrictive"', PLAIN))) == [
        (ElementKind.CATEGORY, ChangeKind.ADDED, "A", "")
    ]


def test_what_counts_for_the_whole_policy_is_told_of_the_policy(build: Build) -> None:
    root = 'schemaVersion="2.1" version="3" notBefore="20270101000000Z"'

    assert said(build(), build(markings='<markingData phrase="X"/>')) == [
        (ElementKind.POLICY, ChangeKind.WORDING, "TEST", "")
    ]
    assert said(build(), build(root=root)) == [(ElementKind.POLICY, ChangeKind.RULES, "TEST", "")]


def test_what_an_old_level_or_category_is_now_is_found_by_its_number(build: Build, tag_set: Part) -> None:
    old = build(sets=tag_set('tagType="restrictive"', PLAIN))
    new = build(
        levels=levels(("SECRET", 2, 2)), sets=tag_set('tagType="restrictive"', '<tagCategory name="B" lacv="1"/>')
    )
    level, category = level_now(old, new, "HIGH"), category_now(new, old.categories[0])

    assert level is not None and level.name == "SECRET"
    assert level_now(old, new, "LOW") is None
    assert category is not None and category.category.name == "B"
    assert category_now(build(), old.categories[0]) is None
