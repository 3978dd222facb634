"""Finding the policy of a label or clearance, and putting it into that policy's terms.

Names compare without case, and identifier and name must agree: a label that names NATO and carries the
identifier of another policy is a fault, not a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cloison.labels.clearance import Clearance
from cloison.labels.elements import CategoryRef, Input
from cloison.labels.errors import PolicyMismatchError, UnknownCategoryError, UnknownPolicyError
from cloison.labels.inputs import accepted
from cloison.labels.label import Label, Succession
from cloison.labels.library import PolicySet
from cloison.labels.policy import Policy
from cloison.labels.slab import ordered

_PLACE = "ConfidentialityInformation/PolicyIdentifier"


def find_policy(policies: PolicySet, *, policy_id: str, policy_name: str, digest: str | None = None) -> Policy:
    """The policy meant: the very file by its digest where it is at hand, else by identifier, else by name.

    Raises `UnknownPolicyError` and `PolicyMismatchError`.
    """
    policy = policies.get(digest or "") or (policies.get(policy_id) if policy_id else policies.named(policy_name))
    if policy is None:
        raise UnknownPolicyError(_PLACE, policy_id or policy_name)
    if policy.name.casefold() != policy_name.casefold() or policy_id not in ("", policy.id):
        raise PolicyMismatchError(_PLACE, f"{policy_id} {policy_name}")
    return policy


def resolve(policies: PolicySet, label: Label) -> tuple[Policy, Label]:
    """The policy of `label`, and the label in its terms; raises `LabelError`."""
    policy = find_policy(policies, policy_id=label.policy_id, policy_name=label.policy_name, digest=label.policy_digest)
    succession = label.succession
    categories, inputs = _resolved_values(policy, label)
    return policy, replace(
        label,
        policy_id=policy.id,
        policy_name=policy.name,
        classification=policy.classification(label.classification).name,
        categories=categories,
        inputs=inputs,
        succession=None if succession is None else _resolved_succession(policy, succession),
    )


def resolve_clearance(policies: PolicySet, clearance: Clearance) -> tuple[Policy, Clearance]:
    """The policy of `clearance`, and the clearance in its terms; raises `LabelError`."""
    policy = find_policy(policies, policy_id=clearance.policy_id, policy_name=clearance.policy_name)
    return policy, Clearance(
        policy_id=policy.id,
        policy_name=policy.name,
        classifications=frozenset(policy.classification(name).name for name in clearance.classifications),
        categories=frozenset(resolved_categories(policy, clearance.categories)),
    )


def resolved_categories(policy: Policy, refs: Iterable[CategoryRef]) -> tuple[CategoryRef, ...]:
    """`refs` with tag-set identifiers and in the policy's spelling; raises `UnknownCategoryError`."""
    return ordered(_resolved(policy, ref) for ref in refs)


def _resolved(policy: Policy, ref: CategoryRef) -> CategoryRef:
    return policy.category(_in_its_tag_set(policy, ref)).ref


def _in_its_tag_set(policy: Policy, ref: CategoryRef) -> CategoryRef:
    tag_set = next((one for one in policy.tag_sets if one.name.casefold() == ref.tag_set.casefold()), None)
    if tag_set is None or ref.tag_set_id not in ("", tag_set.id):
        raise UnknownCategoryError("ConfidentialityInformation/Category/@TagName", ref.tag_set)
    return replace(ref, tag_set_id=tag_set.id)


def _resolved_values(policy: Policy, marking: Label | Succession) -> tuple[tuple[CategoryRef, ...], tuple[Input, ...]]:
    """The categories of a marking, and what it says beyond their names."""
    inputs = {_resolved(policy, one.ref): one.value for one in marking.inputs}
    categories: list[CategoryRef] = []
    for ref in marking.categories:
        found = policy.find_category(_in_its_tag_set(policy, ref))
        meant = None if found is not None else _asking_for(policy, _in_its_tag_set(policy, ref))
        if meant is None:
            categories.append(policy.category(_in_its_tag_set(policy, ref)).ref)
            continue
        if meant.ref in inputs:
            raise UnknownCategoryError(f"ConfidentialityInformation/Category[{ref.tag_set}]", ref.name)
        categories.append(meant.ref)
        inputs[meant.ref] = meant.value
    return ordered(categories), tuple(sorted(Input(ref=ref, value=value) for ref, value in inputs.items()))


def _asking_for(policy: Policy, ref: CategoryRef) -> Input | None:
    """The one category of that tag set and type that a `GenericValue` which is no name can be the value of."""
    found = [
        Input(ref=one.ref, value=value)
        for one in policy.categories
        if (one.ref.tag_set_id, one.ref.type) == (ref.tag_set_id, ref.type)
        and (value := accepted(one.category, ref.name)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _resolved_succession(policy: Policy, succession: Succession) -> Succession:
    categories, inputs = _resolved_values(policy, succession)
    return replace(
        succession,
        classification=policy.classification(succession.classification).name,
        categories=categories,
        inputs=inputs,
    )
