"""Labels made under different versions of one policy.

A label is read, shown and decided under the version it was made with (`Policy.version_of`), whatever came later. Only
where labels of several versions are rolled up together must they be said in one: theirs where all have the same, else
the policy at hand. A label that does not say the same there – its level or a category is gone, renamed, forbidden with
the others, or stands elsewhere among the levels – is never guessed at: it counts at the highest level, and the whole is
left undecided, which opens it to nobody until somebody marks that paragraph anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label
from cloison.labels.layout import Handling
from cloison.labels.policy import Policy
from cloison.labels.slab import ordered
from cloison.labels.succession import in_force
from cloison.labels.validity import marking_faults


def standing(policy: Policy, label: Label, *, now: datetime) -> Label:
    """The label as it counts at `now`: what takes over from it has done so.

    A successor its policy does not allow takes over nothing: the label stays, and is left undecided.
    """
    then = in_force(label, now=now)
    if then is label:
        return label
    own = policy.version_of(label.policy_digest)
    if own.id == label.policy_id and not marking_faults(own, then.classification, then.categories):
        return then
    return _unsettled(policy, label)


def in_one_version(policy: Policy, labels: Sequence[Label]) -> tuple[Policy, Sequence[Label]]:
    """One version and the labels as it says them, in their order; `policy` where they were made under several."""
    versions = {own.digest: own for own in map(policy.version_of, {label.policy_digest for label in labels})}
    if len(versions) == 1:
        return next(iter(versions.values())), labels
    return policy, [said_in(policy, label) for label in labels]


def under(policy: Policy, label: Label) -> Label:
    """`label` as one of this version of its policy, whether or not that allows it."""
    if label.policy_digest in (None, policy.digest) or label.policy_id != policy.id:
        return label
    return replace(label, policy_version=policy.version, policy_digest=policy.digest)


def said_in(policy: Policy, label: Label) -> Label:
    """`label` in this version of its policy; at the highest level and undecided where that does not say the same."""
    own = policy.version_of(label.policy_digest)
    if own is policy or label.policy_id != policy.id:
        return label
    if says_the_same(own, policy, label):
        return under(policy, label)
    known = ordered(ref for ref in label.categories if policy.find_category(ref) is not None)
    highest = policy.levels[-1].name
    return _unsettled(policy, under(policy, replace(label, classification=highest, categories=known)))


def says_the_same(old: Policy, new: Policy, label: Label) -> bool:
    """Whether `label`, made under `old`, names in `new` the same level and categories, allowed together."""
    return _is_same(old, new, label.classification, label.categories)


def handling(label: Label, *, own: Policy, latest: Policy, now: datetime) -> Handling:
    """How what bears `label` is handled now: as `own`, the version it was made under, says, but in no lower suite than
    `latest`, the one in force, asks for, nor than what is still to take over from it needs. How strong a cipher is does
    not depend on when a mark was made, and what is sealed today is opened, and attacked, on a later day.
    """
    now_in_force = in_force(label, now=now)
    level, coming = now_in_force.classification, now_in_force.succession
    levels = [level] if coming is None else [level, coming.classification]
    asked = [
        version.classification(one).handling.minimum_suite
        for one in levels
        for version in (own, latest)
        if version.has_classification(one)
    ]
    return replace(own.classification(level).handling, minimum_suite=max(asked))


def opens_the_same(old: Policy, new: Policy, label: Label) -> bool:
    """Whether what `label` says alike under both lets in the same people: with which clearance, of which nations."""
    before, after = (_opening(policy, label) for policy in (old, new))
    return before == after


def _opening(policy: Policy, label: Label) -> tuple[object, ...]:
    placed = [policy.category(ref) for ref in label.categories]
    return (
        policy.classification(label.classification).handling.open_without_clearance,
        *((one.category.held_by, one.category.asks_for) for one in placed),
        *((one.tag.nationality_counts, one.tag.always, one.tag.restricts) for one in placed),
    )


def _unsettled(policy: Policy, label: Label) -> Label:
    return replace(label, undecided=tuple(sorted({*label.undecided, policy.id})))


@lru_cache(maxsize=4096)
def _is_same(old: Policy, new: Policy, classification: str, categories: tuple[CategoryRef, ...]) -> bool:
    if marking_faults(new, classification, categories):
        return False
    before, after = old.classification(classification), new.classification(classification)
    places = [(old.category(ref).category.lacv, new.category(ref).category.lacv) for ref in categories]
    return (
        before.lacv == after.lacv
        and all(first == second for first, second in places)
        and _below(old, new, before.hierarchy) == _below(new, old, after.hierarchy)
    )


def _below(policy: Policy, other: Policy, hierarchy: int) -> frozenset[str]:
    """The levels below, of those both versions have: what decides which of two levels is the higher."""
    return frozenset(
        one.name.casefold() for one in policy.levels if one.hierarchy < hierarchy and other.has_classification(one.name)
    )
