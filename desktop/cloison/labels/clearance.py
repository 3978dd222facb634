"""A clearance (ADatP-4774 App. 2): what its holder may see.

XML form: `ConfidentialityClearance` in canonical XML, classifications and categories sorted. A classification
is held when it is in the list; holding a level says nothing of those below, so `from_mark` lists them. Informative
categories are not part of a clearance.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from cloison.labels import slab
from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.errors import ClearanceError, LabelError, OtherPolicyClearanceError
from cloison.labels.marks import parse_mark
from cloison.labels.markup import Node, canonical_document, parse
from cloison.labels.policy import Placed, Policy
from cloison.labels.validity import Reason, ValidityRule

NAMESPACE = "urn:nato:stanag:4774:confidentialityclearance:1:0"
MOST_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """The levels and categories held, under one policy."""

    policy_id: str
    policy_name: str
    classifications: frozenset[str]
    categories: frozenset[CategoryRef] = frozenset()

    @classmethod
    def from_mark(cls, policy: Policy, mark: str) -> Clearance:
        """That level and every one below, and the categories the mark names; raises `MarkError`."""
        typed = parse_mark(policy, mark)
        return cls(
            policy_id=policy.id,
            policy_name=policy.name,
            classifications=frozenset(one.name for one in policy.levels if one.hierarchy <= typed.level.hierarchy),
            categories=frozenset(one.ref for one in typed.categories if one.ref.type is not CategoryType.INFORMATIVE),
        )

    @classmethod
    def from_xml(cls, data: bytes) -> Clearance:
        """The checked door; raises `XmlError` or `ClearanceError`."""
        root = Node(parse(data, limit=MOST_BYTES), namespace=NAMESPACE)
        if root.element.tag != f"{{{NAMESPACE}}}ConfidentialityClearance":
            raise ClearanceError("", str(root.element.tag))
        try:
            return _read(root)
        except LabelError as error:
            raise ClearanceError(error.path, error.value) from error

    def to_xml(self) -> bytes:
        """The canonical bytes."""
        root = etree.Element(
            f"{{{NAMESPACE}}}ConfidentialityClearance", nsmap={"sclr": NAMESPACE, "slab": slab.NAMESPACE}
        )
        slab.write_policy_identifier(root, policy_id=self.policy_id, policy_name=self.policy_name)
        levels = etree.SubElement(root, f"{{{NAMESPACE}}}ClassificationList")
        for name in sorted(self.classifications):
            slab.add(levels, "Classification", name)
        slab.write_categories(root, self.categories)
        return canonical_document(root)


def clearance_from_xml(data: bytes) -> Clearance:
    """The checked door for clearances; raises `XmlError` or `ClearanceError`."""
    return Clearance.from_xml(data)


def effective(endorsed: Clearance, scope: Clearance | None) -> Clearance:
    """What an endorsement is worth within a local scope: what both hold. Raises `OtherPolicyClearanceError`."""
    if scope is None:
        return endorsed
    if scope.policy_id != endorsed.policy_id:
        raise OtherPolicyClearanceError("PolicyIdentifier/@URI", scope.policy_name)
    return Clearance(
        policy_id=endorsed.policy_id,
        policy_name=endorsed.policy_name,
        classifications=endorsed.classifications & scope.classifications,
        categories=endorsed.categories & scope.categories,
    )


def holdable(policy: Policy, clearance: Clearance, nationality: str | None) -> tuple[Reason, ...]:
    """Why somebody of `nationality` (ISO 3166 alpha-3) cannot hold `clearance`; empty where they can.

    What the policy does not know cannot be held by anybody.
    """
    if clearance.policy_id != policy.id:
        return (Reason(rule=ValidityRule.OTHER_POLICY, element=clearance.policy_name, path="securityPolicyId"),)
    reasons = [
        Reason(rule=ValidityRule.UNKNOWN_CLASSIFICATION, element=name, path="securityClassifications")
        for name in sorted(clearance.classifications)
        if not policy.has_classification(name)
    ]
    for ref in sorted(clearance.categories):
        placed = policy.find_category(ref)
        if placed is None:
            reasons.append(_unknown(ref))
        elif not _may_hold(placed, nationality):
            reasons.append(_reserved(placed))
    return tuple(reasons)


def _may_hold(placed: Placed, nationality: str | None) -> bool:
    if placed.tag.nationality_counts and nationality not in (placed.category.name, *placed.tag.always):
        return False
    return placed.category.held_by is None or nationality in placed.category.held_by


def _unknown(ref: CategoryRef) -> Reason:
    return Reason(
        rule=ValidityRule.UNKNOWN_CATEGORY, element=ref.name, path="securityCategoryTagSets", other=ref.tag_set
    )


def _reserved(placed: Placed) -> Reason:
    nations = placed.category.held_by or {placed.category.name}
    return Reason(
        rule=ValidityRule.NATIONALITY,
        element=placed.category.name,
        path=placed.category.path,
        other=" ".join(sorted(nations)),
    )


def _read(root: Node) -> Clearance:
    slab.refuse_unknown(root, {"ClassificationList"})
    levels = slab.only_child(root, "ClassificationList")
    labels = root.seen_in(slab.NAMESPACE)
    slab.refuse_unknown(labels, {"PolicyIdentifier", "Category"})
    policy_id, policy_name = slab.read_policy_identifier(labels)
    held = levels.seen_in(slab.NAMESPACE).children("Classification")
    if not held or len(held) != len(levels.element):
        raise ClearanceError(levels.path, "Classification")
    return Clearance(
        policy_id=policy_id,
        policy_name=policy_name,
        classifications=frozenset(slab.leaf_text(one) for one in held),
        categories=frozenset(ref for ref in slab.read_categories(labels) if ref.type is not CategoryType.INFORMATIVE),
    )
