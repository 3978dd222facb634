"""Departures from the schema of XML SPIF 2.1: warnings that leave a policy in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.labels.errors import XmlError
from cloison.labels.library import BUILT_IN
from cloison.labels.spif import policy_from_spif
from cloison.labels.spif_schema import SchemaFault, schema_warnings
from cloison_resources import __path__ as resources

Text = Callable[..., str]

WHOLE = (
    'schemaVersion="2.1" creationDate="20260301000000Z" originatorDN="CN=x" keyIdentifier="00" '
    'privilegeId="1.2.3" rbacId="1.2.3"'
)
TAG = 'tagType="restrictive"'
ONE = '<tagCategory name="A" lacv="1"/>'


def found(text: str) -> list[tuple[SchemaFault, str, str]]:
    policy_from_spif(text.encode(), source="a policy that is read all the same")
    return [(one.fault, one.path, one.value) for one in schema_warnings(text.encode())]


@pytest.fixture
def whole(spif: Text, tag_set: Text) -> Text:
    """A policy as the schema has it, but for what is asked."""

    def text(**parts: str) -> str:
        return spif(**({"root": WHOLE, "sets": tag_set(TAG, ONE)} | parts))

    return text


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_policies_that_ship_are_as_the_schema_has_them(name: str) -> None:
    content = (Path(resources[0]) / "policies" / BUILT_IN[name]).read_bytes()
    assert schema_warnings(content) == ()


def test_a_policy_as_the_schema_has_it_has_no_warnings(whole: Text) -> None:
    assert found(whole()) == []


@pytest.mark.parametrize("data", [b"<SPIF/>", b'<a xmlns="http://www.xmlspif.org/spif"/>'])
def test_what_is_no_policy_has_no_warnings(data: bytes) -> None:
    assert schema_warnings(data) == ()


def test_what_is_no_xml_is_an_error() -> None:
    with pytest.raises(XmlError):
        schema_warnings(b"<SPIF")


def test_attributes_the_schema_asks_for_are_missed_once_each(spif: Text, tag_set: Text) -> None:
    warnings = found(spif(root='creationDate="2015-11-11 09:23:00"', sets=tag_set(TAG, ONE)))
    missed = [(path, value) for fault, path, value in warnings if fault is SchemaFault.MISSING_ATTRIBUTE]
    lacking = ["schemaVersion", "originatorDN", "keyIdentifier", "privilegeId", "rbacId"]
    assert missed == [("", one) for one in lacking]
    assert (SchemaFault.BAD_VALUE, "@creationDate", "2015-11-11 09:23:00") in warnings


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(
            {"low": '<markingData phrase="a"/><markingData phrase="b"/>', "high": '<markingData phrase="c"/>'},
            (
                SchemaFault.MISSING_ELEMENT,
                "securityClassifications[1]/securityClassification[1]/markingData[1]",
                "code",
            ),
            id="one warning for a fault there three times",
        ),
        pytest.param(
            {"low": '<markingData phrase="a" colour="red"><code>pageTop</code></markingData>'},
            (
                SchemaFault.UNKNOWN_ATTRIBUTE,
                "securityClassifications[1]/securityClassification[1]/markingData[1]/@colour",
                "colour",
            ),
            id="attribute",
        ),
        pytest.param(
            {"high": "<remark/>"},
            (SchemaFault.UNKNOWN_ELEMENT, "securityClassifications[1]/securityClassification[2]", "remark"),
            id="element",
        ),
        pytest.param(
            {"high": '<equivalentClassification xmlns=""/>'},
            (
                SchemaFault.UNKNOWN_ELEMENT,
                "securityClassifications[1]/securityClassification[2]",
                "equivalentClassification",
            ),
            id="element without namespace",
        ),
        pytest.param(
            {
                "levels": '<securityClassification name="A" lacv="1" hierarchy="1" color="Red"/>'
                '<securityClassification name="B" lacv="2" hierarchy="2" color="red"/>'
                '<securityClassification name="C" lacv="3" hierarchy="3"/>'
                '<securityClassification name="D" lacv="4" hierarchy="4" color="blue"/>'
            },
            (SchemaFault.COLOUR_TWICE, "securityClassifications[1]/securityClassification", "red"),
            id="two levels of one colour",
        ),
    ],
)
def test_a_departure_is_a_warning_with_its_path(
    whole: Text, parts: dict[str, str], expected: tuple[SchemaFault, str, str]
) -> None:
    assert found(whole(**parts)) == [expected]


@pytest.mark.parametrize(
    ("tag", "categories", "expected"),
    [
        (
            'tagType="informative"',
            ONE,
            (
                SchemaFault.BAD_VALUE,
                "securityCategoryTagSets[1]/securityCategoryTagSet[1]/securityCategoryTag[1]/@tagType",
                "informative",
            ),
        ),
        (
            TAG,
            ONE
            + '<tagCategory name="B" lacv="2"><excludedCategory tagSetRef="SET" tagType="restrictive"/></tagCategory>',
            (
                SchemaFault.BAD_VALUE,
                "securityCategoryTagSets[1]/securityCategoryTagSet[1]/securityCategoryTag[1]/tagCategory[2]/"
                "excludedCategory[1]",
                "lacv, all",
            ),
        ),
    ],
)
def test_values_beside_the_schema_are_warnings(
    whole: Text, tag_set: Text, tag: str, categories: str, expected: tuple[SchemaFault, str, str]
) -> None:
    assert found(whole(sets=tag_set(tag, categories))) == [expected]


def test_what_the_schema_leaves_open_is_not_looked_into(whole: Text) -> None:
    open_parts = '<updateInfo x="1"><y/></updateInfo><other xmlns="urn:x" z="1"/>'
    assert found(whole(markings=open_parts, layout='<classification name="LOW" positions=""/>')) == []
