"""What a label picker may offer: each choice with the reasons it is refused for, if it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cloison.labels.elements import CategoryRef, Classification, Input
from cloison.labels.inputs import accepted
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.slab import ordered
from cloison.labels.validity import Reason, ValidityRule, check


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a choice cannot be made."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChoice:
    """A category as the picker shows it; it may be toggled where `refusal` is None."""

    category: CategoryRef
    is_picked: bool
    refusal: Refusal | None


def levels(policy: Policy) -> tuple[Classification, ...]:
    """The levels a new label may have, lowest first."""
    return tuple(one for one in policy.levels if not one.obsolete)


def with_level(policy: Policy, label: Label, classification: str) -> Label | Refusal:
    """`label` at another level, or why its categories do not allow that."""
    return _allowed(policy, label, replace(label, classification=policy.classification(classification).name))


def toggle(policy: Policy, label: Label, category: CategoryRef) -> Label | Refusal:
    """`label` with `category` added or taken away, or why the policy does not allow that.

    A category that asks for a value is added without one: `lacking` names it, `with_input` gives it.
    """
    return _allowed(policy, label, _toggled(label, policy.category(category).ref))


def with_input(policy: Policy, label: Label, category: CategoryRef, text: str) -> Label | Refusal:
    """`label` with what a person typed for one of its categories, or that the policy does not take it."""
    placed = policy.category(category)
    value = accepted(placed.category, text)
    others = [one for one in label.inputs if one.ref != placed.ref]
    given = Input(ref=placed.ref, value=text if value is None else value)
    return _allowed(policy, label, replace(label, inputs=tuple(sorted([*others, given]))))


def lacking(policy: Policy, label: Label) -> tuple[CategoryRef, ...]:
    """The categories of `label` for which a value is still to be given."""
    given = {one.ref for one in label.inputs}
    return tuple(
        ref for ref in label.categories if policy.category(ref).category.asks_for is not None and ref not in given
    )


def choices(policy: Policy, label: Label) -> tuple[CategoryChoice, ...]:
    """Every category that is not obsolete, in the order of the policy."""
    offered = []
    known = _faults(policy, label)
    for placed in policy.categories:
        picked = placed.ref in label.categories
        if placed.category.obsolete and not picked:
            continue
        reasons = _new_faults(policy, _toggled(label, placed.ref), known)
        refusal = Refusal(reasons=reasons) if reasons else None
        offered.append(CategoryChoice(category=placed.ref, is_picked=picked, refusal=refusal))
    return tuple(offered)


def _allowed(policy: Policy, label: Label, changed: Label) -> Label | Refusal:
    """`changed`, unless it breaks a rule that `label` did not break already."""
    reasons = _new_faults(policy, changed, _faults(policy, label))
    return Refusal(reasons=reasons) if reasons else changed


def _toggled(label: Label, ref: CategoryRef) -> Label:
    inputs = tuple(one for one in label.inputs if one.ref != ref)
    return replace(label, categories=ordered(set(label.categories) ^ {ref}), inputs=inputs)


def _new_faults(policy: Policy, changed: Label, known: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(one for one in _faults(policy, changed) if one not in known)


def _faults(policy: Policy, label: Label) -> tuple[Reason, ...]:
    """What is wrong with `label`, but for values that are still to be given."""
    reasons = check(policy, label, now=label.created, new=True)
    return tuple(one for one in reasons if one.rule is not ValidityRule.INPUT_MISSING)
