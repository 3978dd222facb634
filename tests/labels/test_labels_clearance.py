"""Clearances: from a mark, as XML, within a scope, held by a nationality."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from cloison.labels.clearance import Clearance, clearance_from_xml, effective, holdable
from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.errors import ClearanceError, MarkError, OtherPolicyClearanceError
from cloison.labels.policy import Policy
from cloison.labels.validity import Reason, ValidityRule

SCLR = "urn:nato:stanag:4774:confidentialityclearance:1:0"
SLAB = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"


def test_a_mark_clears_for_that_level_and_every_one_below(fr: Policy) -> None:
    clearance = Clearance.from_mark(fr, "[S]")
    assert clearance.classifications == {"NON PROTÉGÉ", "DIFFUSION RESTREINTE", "SECRET"}
    assert clearance.categories == frozenset()


def test_a_special_category_is_held_only_where_it_is_named(fr: Policy) -> None:
    assert {ref.name for ref in Clearance.from_mark(fr, "TS-SF").categories} == {"SPÉCIAL FRANCE"}


def test_informative_categories_are_no_part_of_a_clearance(alliance: Policy) -> None:
    clearance = Clearance.from_mark(alliance, "CONFIDENTIAL BOHEMIA STAFF")
    assert {ref.name for ref in clearance.categories} == {"BOHEMIA"}


def test_an_unknown_mark_clears_nobody(fr: Policy) -> None:
    with pytest.raises(MarkError):
        Clearance.from_mark(fr, "CONFIDENTIEL")


def test_clearance_is_written_as_the_standard_has_it(fr: Policy) -> None:
    xml = Clearance.from_mark(fr, "DR-SF").to_xml()
    assert xml.startswith(f'<sclr:ConfidentialityClearance xmlns:sclr="{SCLR}" xmlns:slab="{SLAB}">'.encode())
    root = etree.fromstring(xml)
    assert root.tag == f"{{{SCLR}}}ConfidentialityClearance"
    assert [one.tag for one in root] == [
        f"{{{SLAB}}}PolicyIdentifier",
        f"{{{SCLR}}}ClassificationList",
        f"{{{SLAB}}}Category",
    ]
    assert [one.text for one in root[1]] == ["DIFFUSION RESTREINTE", "NON PROTÉGÉ"]


def test_clearance_round_trip_is_stable_to_the_byte(fr: Policy) -> None:
    clearance = Clearance.from_mark(fr, "TS-SF")
    assert Clearance.from_xml(clearance.to_xml()) == clearance
    assert clearance_from_xml(clearance.to_xml()).to_xml() == clearance.to_xml()


def test_canonical_bytes_do_not_depend_on_what_was_parsed_before(fr: Policy) -> None:
    before = Clearance.from_mark(fr, "S").to_xml()
    etree.fromstring(b'<slab:a xmlns:slab="urn:x" xmlns:sclr="urn:y"/>')
    assert Clearance.from_mark(fr, "S").to_xml() == before


def clearance_xml(levels: str, *, categories: str = "", root: str = "ConfidentialityClearance") -> bytes:
    """A clearance as another system might write it."""
    return (
        f'<c:{root} xmlns:c="{SCLR}" xmlns:s="{SLAB}"><s:PolicyIdentifier>FR</s:PolicyIdentifier>'
        f"{levels}{categories}</c:{root}>"
    ).encode()


LEVELS = "<c:ClassificationList><s:Classification>SECRET</s:Classification></c:ClassificationList>"
LEVEL = "Classification"
FOREIGN = LEVELS.replace("s:Class", "c:Class")
MIXED = LEVELS.replace("</c:", "<c:Other/></c:")
UNKNOWN_TYPE = '<s:Category Type="X" TagName="T"/>'


def test_informative_categories_of_a_read_clearance_are_dropped() -> None:
    category = '<s:Category TagName="T" Type="INFORMATIVE"><s:GenericValue>X</s:GenericValue></s:Category>'
    assert clearance_from_xml(clearance_xml(LEVELS, categories=category)).categories == frozenset()


@pytest.mark.parametrize(
    ("data", "path", "value"),
    [
        pytest.param(clearance_xml(LEVELS, root="Clearance"), "", f"{{{SCLR}}}Clearance", id="another root"),
        pytest.param(clearance_xml(""), "", "ClassificationList", id="no list"),
        pytest.param(clearance_xml("<c:ClassificationList/>"), "ClassificationList[1]", LEVEL, id="empty list"),
        pytest.param(clearance_xml(LEVELS + LEVELS), "ClassificationList[2]", "ClassificationList", id="two lists"),
        pytest.param(clearance_xml(FOREIGN), "ClassificationList[1]", LEVEL, id="list of something else"),
        pytest.param(clearance_xml(MIXED), "ClassificationList[1]", LEVEL, id="something else in the list"),
        pytest.param(clearance_xml(LEVELS + "<c:Other/>"), "Other", "Other", id="unknown element"),
        pytest.param(clearance_xml(LEVELS + "<s:PrivacyMark/>"), "PrivacyMark", "PrivacyMark", id="element of a label"),
        pytest.param(clearance_xml(LEVELS, categories=UNKNOWN_TYPE), "Category[1]/@Type", "X", id="type"),
        pytest.param(
            clearance_xml(LEVELS).replace(b"FR", b""), "PolicyIdentifier[1]", "PolicyIdentifier", id="no policy"
        ),
    ],
)
def test_faulty_clearances_are_refused_where_they_are_faulty(data: bytes, path: str, value: str) -> None:
    with pytest.raises(ClearanceError) as caught:
        clearance_from_xml(data)
    assert (caught.value.path, caught.value.value) == (path, value)


def test_without_a_scope_an_endorsement_is_worth_what_it_says(fr: Policy) -> None:
    endorsed = Clearance.from_mark(fr, "S-SF")
    assert effective(endorsed, None) == endorsed


def test_a_scope_takes_away_what_it_does_not_have(fr: Policy) -> None:
    worth = effective(Clearance.from_mark(fr, "TS-SF"), Clearance.from_mark(fr, "S"))
    assert worth == Clearance.from_mark(fr, "S")
    assert effective(Clearance.from_mark(fr, "TS-SF"), Clearance.from_mark(fr, "S-SF")) == Clearance.from_mark(
        fr, "S-SF"
    )
    assert effective(Clearance.from_mark(fr, "DR"), Clearance.from_mark(fr, "TS-SF")) == Clearance.from_mark(fr, "DR")


def test_a_scope_of_another_policy_is_an_error(fr: Policy, alliance: Policy) -> None:
    with pytest.raises(OtherPolicyClearanceError) as caught:
        effective(Clearance.from_mark(fr, "S"), Clearance.from_mark(alliance, "RESTRICTED"))
    assert (caught.value.path, caught.value.value) == ("PolicyIdentifier/@URI", "PACT")


def test_special_france_cannot_be_held_by_a_foreigner(fr: Policy) -> None:
    clearance = Clearance.from_mark(fr, "S-SF")
    assert holdable(fr, clearance, "FRA") == ()
    for nationality in ("GBR", "fra", "", None):
        assert holdable(fr, clearance, nationality) == (
            Reason(
                rule=ValidityRule.NATIONALITY,
                element="SPÉCIAL FRANCE",
                path=fr.category(*clearance.categories).category.path,
                other="FRA",
            ),
        )
    assert holdable(fr, Clearance.from_mark(fr, "TS"), "GBR") == ()


def test_all_who_may_hold_a_category_are_named(build: Callable[..., Policy], tag_set: Callable[..., str]) -> None:
    policy = build(
        sets=tag_set('tagType="restrictive"', '<tagCategory name="A" lacv="1"/>'),
        layout='<category tagSetId="1.3.6.1.4.1.99999.9.1" name="A" heldBy="GBR FRA"/>',
    )
    clearance = Clearance.from_mark(policy, "LOW A")
    assert holdable(policy, clearance, "GBR") == ()
    assert [reason.other for reason in holdable(policy, clearance, "DEU")] == ["FRA GBR"]


def test_being_named_in_a_communicable_list_is_a_matter_of_nationality(fr: Policy) -> None:
    clearance = Clearance.from_mark(fr, "S CAN")
    assert holdable(fr, clearance, "CAN") == holdable(fr, clearance, "FRA") == ()
    [reason] = holdable(fr, clearance, "GBR")
    assert (reason.rule, reason.other) == (ValidityRule.NATIONALITY, "CAN")


def test_what_the_policy_does_not_know_cannot_be_held(fr: Policy) -> None:
    odd = CategoryRef(tag_set_id="1.2.3", tag_set="Odd", type=CategoryType.RESTRICTIVE, name="ODD")
    clearance = Clearance(
        policy_id=fr.id, policy_name="FR", classifications=frozenset({"CONFIDENTIEL"}), categories=frozenset({odd})
    )
    assert holdable(fr, clearance, "FRA") == (
        Reason(
            rule=ValidityRule.UNKNOWN_CLASSIFICATION, element="CONFIDENTIEL", path="securityClassifications", other=""
        ),
        Reason(rule=ValidityRule.UNKNOWN_CATEGORY, element="ODD", path="securityCategoryTagSets", other="Odd"),
    )


def test_a_clearance_of_another_policy_cannot_be_held(
    fr: Policy, alliance: Policy, build: Callable[..., Policy]
) -> None:
    [reason] = holdable(fr, Clearance.from_mark(alliance, "RESTRICTED"), "FRA")
    assert reason == Reason(rule=ValidityRule.OTHER_POLICY, element="PACT", path="securityPolicyId")
