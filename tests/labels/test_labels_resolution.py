"""Labels and clearances from elsewhere, put into the terms of a policy at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.clearance import clearance_from_xml
from cloison.labels.errors import (
    LabelError,
    PolicyMismatchError,
    UnknownCategoryError,
    UnknownClassificationError,
    UnknownPolicyError,
)
from cloison.labels.label import Label, Succession, label_from_xml
from cloison.labels.library import PolicySet, built_in, built_in_policies
from cloison.labels.policy import Policy
from cloison.labels.resolution import resolve, resolve_clearance

FIELD = (
    '<originatorConfidentialityLabel xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">'
    "<ConfidentialityInformation><PolicyIdentifier>pact</PolicyIdentifier><Classification>restricted</Classification>"
    '<Category TagName="releasable to" Type="PERMISSIVE"><GenericValue>jpn</GenericValue></Category>'
    "</ConfidentialityInformation><CreationDateTime>2026-03-01T12:00:00Z</CreationDateTime>"
    "</originatorConfidentialityLabel>"
)


@pytest.fixture
def policies(alliance: Policy, fr: Policy) -> PolicySet:
    return PolicySet([alliance, fr])


def test_names_in_any_case_become_the_policys_own(policies: PolicySet, alliance: Policy) -> None:
    policy, label = resolve(policies, label_from_xml(FIELD.encode()))
    assert policy is alliance
    assert (label.policy_id, label.policy_name, label.classification) == (alliance.id, "PACT", "RESTRICTED")
    assert label.categories[0].name == "JPN"
    assert label.categories[0].tag_set_id == "1.3.6.1.4.1.99999.7.2"


def test_our_own_label_is_left_as_it_is(policies: PolicySet, mark: Callable[[str], Label]) -> None:
    label = replace(
        mark("S-SF"), succession=Succession(at=datetime(2050, 1, 1, tzinfo=UTC), classification="DIFFUSION RESTREINTE")
    )
    assert resolve(policies, label)[1] == label


def test_what_takes_over_is_put_into_the_policys_terms_too(policies: PolicySet, alliance: Policy) -> None:
    label = label_from_xml(FIELD.encode())
    then = Succession(at=datetime(2050, 1, 1, tzinfo=UTC), classification="restricted", categories=label.categories)
    resolved = resolve(policies, replace(label, classification="confidential", succession=then))[1]
    assert resolved.classification == "CONFIDENTIAL"
    assert resolved.succession == replace(
        then, classification="RESTRICTED", categories=resolve(policies, label)[1].categories
    )


def test_the_very_file_a_label_was_made_with_is_found_by_its_digest(
    build: Callable[..., Policy], label: Callable[..., Label]
) -> None:
    old, new = build(root='schemaVersion="2.1" version="1"'), build(root='schemaVersion="2.1" version="2"')
    policies = PolicySet([new, old])
    made_with_old = label(old, "LOW")
    assert resolve(policies, made_with_old)[0].digest == old.digest
    assert resolve(policies, replace(made_with_old, policy_digest=None))[0].digest == new.digest
    assert resolve(policies, replace(made_with_old, policy_digest="0" * 64))[0].digest == new.digest
    assert resolve(policies, replace(made_with_old, policy_digest=None, policy_id=""))[0].digest == new.digest


OID = 'URI="urn:oid:'
FR = "1.3.6.1.4.1.99999.1.1"


@pytest.mark.parametrize(
    ("old", "new", "error", "path", "value"),
    [
        (">pact<", ">other<", UnknownPolicyError, "PolicyIdentifier", "other"),
        ("<PolicyIdentifier>", f'<PolicyIdentifier {OID}1.2.3">', UnknownPolicyError, "PolicyIdentifier", "1.2.3"),
        ("<PolicyIdentifier>", f'<PolicyIdentifier {OID}{FR}">', PolicyMismatchError, "PolicyIdentifier", f"{FR} pact"),
        (">restricted<", ">secret<", UnknownClassificationError, "Classification", "secret"),
        ("releasable to", "given to", UnknownCategoryError, "Category/@TagName", "given to"),
        ('Type="PERMISSIVE"', 'Type="RESTRICTIVE"', UnknownCategoryError, "Category[releasable to]", "jpn"),
        ('Type="PERM', f'{OID}1.2.3" Type="PERM', UnknownCategoryError, "Category/@TagName", "releasable to"),
        (">jpn<", ">xyz<", UnknownCategoryError, "Category[releasable to]", "xyz"),
    ],
)
def test_what_the_policy_does_not_have_is_an_error_of_its_own(
    policies: PolicySet, old: str, new: str, error: type[LabelError], path: str, value: str
) -> None:
    with pytest.raises(error) as caught:
        resolve(policies, label_from_xml(FIELD.replace(old, new).encode()))
    assert (caught.value.path, caught.value.value) == (f"ConfidentialityInformation/{path}", value)


def test_an_unknown_policy_is_named_by_identifier_or_else_by_name(fr: Policy) -> None:
    named = label_from_xml(FIELD.encode())
    for label, said in ((named, "pact"), (replace(named, policy_id="1.2.3"), "1.2.3")):
        with pytest.raises(UnknownPolicyError) as caught:
            resolve(PolicySet([fr]), label)
        assert caught.value.value == said


def test_a_digest_of_one_policy_under_the_name_of_another_is_a_mismatch(
    policies: PolicySet, alliance: Policy, mark: Callable[[str], Label]
) -> None:
    with pytest.raises(PolicyMismatchError):
        resolve(policies, replace(mark("S"), policy_digest=alliance.digest))


def test_clearances_are_resolved_too(policies: PolicySet, alliance: Policy) -> None:
    data = (
        '<c:ConfidentialityClearance xmlns:c="urn:nato:stanag:4774:confidentialityclearance:1:0" '
        'xmlns:s="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"><s:PolicyIdentifier>pact</s:PolicyIdentifier>'
        "<c:ClassificationList><s:Classification>Restricted</s:Classification></c:ClassificationList>"
        '<s:Category TagName="sensitivity" Type="RESTRICTIVE"><s:GenericValue>Bohemia</s:GenericValue></s:Category>'
        "</c:ConfidentialityClearance>"
    )
    policy, clearance = resolve_clearance(policies, clearance_from_xml(data.encode()))
    assert policy is alliance
    assert (clearance.policy_id, clearance.policy_name) == (alliance.id, "PACT")
    assert clearance.classifications == {"RESTRICTED"}
    assert {ref.name for ref in clearance.categories} == {"BOHEMIA"}


def test_a_set_answers_by_identifier_and_digest(policies: PolicySet, fr: Policy) -> None:
    assert policies[fr.id] is policies[fr.digest] is fr
    assert set(policies) == {key for policy in policies.values() for key in (policy.id, policy.digest)}
    assert len(policies) == 4
    assert policies.named("fr") is fr
    assert policies.named("none") is None


def test_built_in_policies_are_read_once() -> None:
    assert built_in("fr") is built_in_policies()[built_in("fr").id]
    with pytest.raises(UnknownPolicyError):
        built_in("XX")
