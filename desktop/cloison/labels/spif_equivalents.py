"""Reading what a policy says of others: equivalent policies, classifications and categories.

An equivalence names the other policy by its name or identifier in `equivalentPolicies`. `applied` says which way it
counts: `encrypt` out of this policy, `decrypt` into it, `both`. Where a file leaves it out, it counts out of the policy
alone, and so does that of a whole tag set, which has no such word. Where an equivalence comes from and since when it
holds has no field in SPIF: the layout block says it.
"""

from __future__ import annotations

from collections.abc import Callable

from cloison.labels.elements import (
    Applied,
    EquivalentCategory,
    EquivalentClassification,
    EquivalentPolicy,
    EquivalentTagSet,
    TagType,
)
from cloison.labels.errors import BadValueError
from cloison.labels.layout import Provenance
from cloison.labels.markup import Node
from cloison.labels.spif_references import read_lacv, read_oid, read_required_categories, read_tag_type
from cloison.labels.spif_values import required

_DISCARD = "discard"


def read_equivalent_policies(
    root: Node, provenance_of: Callable[[str], Provenance | None]
) -> tuple[EquivalentPolicy, ...]:
    """The policies this one says something of; raises `PolicyError`."""
    block = root.child("equivalentPolicies")
    if block is None:
        return ()
    return tuple(_policy(one, provenance_of) for one in block.children("equivalentPolicy"))


def read_equivalent_classifications(node: Node) -> tuple[EquivalentClassification, ...]:
    """What a classification is in other policies; raises `PolicyError`."""
    return tuple(
        EquivalentClassification(
            policy_ref=required(one, "policyRef"),
            lacv=read_lacv(one),
            applied=_applied(one),
            required=read_required_categories(one),
            path=one.path,
        )
        for one in node.children("equivalentClassification")
    )


def read_equivalent_categories(node: Node) -> tuple[EquivalentCategory, ...]:
    """What a category is in other policies; raises `PolicyError`."""
    return tuple(_category(one) for one in node.children("equivalentSecCategoryTag"))


def read_equivalent_tag_sets(node: Node) -> tuple[EquivalentTagSet, ...]:
    """What a tag set is in other policies, as a whole; raises `PolicyError`."""
    return tuple(
        EquivalentTagSet(
            policy_ref=required(one, "policyRef"),
            id="" if one.get("id") is None else read_oid(one, "id"),
            name=required(one, "name") if one.get("id") is None else "",
            required=read_required_categories(one),
            path=one.path,
        )
        for one in node.children("equivalentSecurityCategoryTagSet")
    )


def _policy(node: Node, provenance_of: Callable[[str], Provenance | None]) -> EquivalentPolicy:
    name = required(node, "name")
    return EquivalentPolicy(
        name=name,
        id=read_oid(node, "id"),
        path=node.path,
        required=read_required_categories(node),
        provenance=provenance_of(name),
    )


def _category(node: Node) -> EquivalentCategory:
    """A category to be discarded names the other policy and nothing there."""
    action = node.get("action")
    if action not in (None, "", _DISCARD):
        raise BadValueError(f"{node.path}/@action", str(action))
    is_discarded = action == _DISCARD
    return EquivalentCategory(
        policy_ref=required(node, "policyRef"),
        tag_set_id="" if is_discarded else read_oid(node, "tagSetId"),
        type=TagType.NOT_APPLICABLE if is_discarded else read_tag_type(node),
        lacv="" if is_discarded else read_lacv(node),
        applied=_applied(node),
        is_discarded=is_discarded,
        path=node.path,
    )


def _applied(node: Node) -> Applied:
    value = node.get("applied")
    if value is None:
        return Applied.ENCRYPT
    try:
        return Applied(value)
    except ValueError as error:
        raise BadValueError(f"{node.path}/@applied", value) from error
