"""Reading what a policy says of others: equivalences, their source and date, and every fault with its path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cloison.labels.elements import Applied
from cloison.labels.errors import BadValueError, DanglingReferenceError, DuplicateError, MissingError
from cloison.labels.layout import Provenance
from cloison.labels.policy import Policy

Build = Callable[..., Policy]
Text = Callable[..., str]

ABROAD = "1.3.6.1.4.1.99999.8"
STATED = f'<equivalentPolicies><equivalentPolicy name="ABROAD" id="{ABROAD}"/></equivalentPolicies>'
DISCARD = '<equivalentSecCategoryTag policyRef="ABROAD" action="discard"/>'


def level(lacv: int, applied: str = 'applied="both"') -> str:
    return f'<equivalentClassification policyRef="ABROAD" lacv="{lacv}" {applied}/>'


def test_an_equivalence_that_does_not_say_which_way_counts_outward(build: Build) -> None:
    [stated] = build(markings=STATED, low=level(1, "")).classification("LOW").equivalents
    assert stated.applied is Applied.ENCRYPT


def test_the_layout_says_where_an_equivalence_comes_from(build: Build) -> None:
    stated = build(
        markings=STATED,
        layout='<equivalence policy="abroad" source="Agreement, art. 2" date="2021-08-09"/>'
        '<classification name="LOW"><handledAs policy="ABROAD" classification="HIGH" source="Annex" '
        'date="2021-08-09"/></classification>',
    )
    [policy] = stated.equivalents
    assert policy.provenance == Provenance(source="Agreement, art. 2", day=date(2021, 8, 9))
    handled = stated.classification("LOW").handled_as
    assert handled is not None
    assert (handled.policy, handled.classification) == ("ABROAD", "HIGH")
    assert stated.classification("HIGH").handled_as is None


@pytest.mark.parametrize(
    ("parts", "error", "path"),
    [
        ({"low": level(1)}, DanglingReferenceError, "equivalentClassification[1]/@policyRef"),
        ({"low": level(1, 'applied="never"')}, BadValueError, "equivalentClassification[1]/@applied"),
        ({"low": '<equivalentClassification lacv="1"/>'}, MissingError, "equivalentClassification[1]"),
        ({"markings": STATED.replace(ABROAD, "x")}, BadValueError, "equivalentPolicy[1]/@id"),
        (
            {"markings": STATED.replace("</equivalentPolicies>", '<equivalentPolicy name="abroad" id="1.2"/>$&')},
            DuplicateError,
            "equivalentPolicy[2]/@name",
        ),
        (
            {"markings": STATED.replace("</equivalentPolicies>", f'<equivalentPolicy name="X" id="{ABROAD}"/>$&')},
            DuplicateError,
            "equivalentPolicy[2]/@id",
        ),
        (
            {"layout": '<equivalence policy="X" source="a" date="2021-08-09"/>'},
            DanglingReferenceError,
            "equivalence[1]",
        ),
        (
            {"markings": STATED, "layout": '<equivalence policy="ABROAD" source="a" date="soon"/>'},
            BadValueError,
            "equivalence[1]/@date",
        ),
    ],
)
def test_faulty_equivalences_are_errors_with_their_path(
    build: Build, parts: dict[str, str], error: type[Exception], path: str
) -> None:
    completed = {name: text.replace("$&", "</equivalentPolicies>") for name, text in parts.items()}
    with pytest.raises(error) as caught:
        build(**completed)
    assert str(caught.value.path).endswith(path)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("equivalent", "error"),
    [
        (DISCARD.replace("discard", "keep"), BadValueError),
        (DISCARD.replace("ABROAD", "NOBODY"), DanglingReferenceError),
    ],
)
def test_faulty_category_equivalences_are_errors(
    build: Build, tag_set: Text, equivalent: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        build(
            markings=STATED,
            sets=tag_set('tagType="restrictive"', f'<tagCategory name="A" lacv="1">{equivalent}</tagCategory>'),
        )


@pytest.mark.parametrize(
    ("attributes", "error", "value"),
    [
        ('policyRef="NOWHERE" id="1.2.3"', DanglingReferenceError, "NOWHERE"),
        ('policyRef="ABROAD"', MissingError, "name"),
        ('policyRef="ABROAD" id="one.two"', BadValueError, "one.two"),
        ('id="1.2.3"', MissingError, "policyRef"),
    ],
)
def test_a_fault_in_the_equivalence_of_a_tag_set_is_named(
    build: Build, tag_set: Text, attributes: str, error: type[Exception], value: str
) -> None:
    equivalent = f"<equivalentSecurityCategoryTagSet {attributes}/></securityCategoryTagSet>"
    sets = tag_set('tagType="restrictive"', "").replace("</securityCategoryTagSet>", equivalent)
    with pytest.raises(error) as caught:
        build(markings=STATED, sets=sets)
    assert isinstance(caught.value, DanglingReferenceError | MissingError | BadValueError)
    assert caught.value.path.startswith(
        "securityCategoryTagSets[1]/securityCategoryTagSet[1]/equivalentSecurityCategoryTagSet[1]"
    )
    assert caught.value.value == value
