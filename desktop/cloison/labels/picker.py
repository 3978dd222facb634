"""What a label picker may offer: each choice with the reasons it is refused for, if it is.

Picking is done in steps, and a label on its way lacks what is still to come: a category that its level requires, one
more of a list, the value that a category asks for. Such a fault refuses no step; `outstanding` names it, and the label
is whole once nothing is. Where a tag takes one value, picking another puts it in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cloison.labels.course import is_lower
from cloison.labels.elements import CategoryRef, Classification, Input, Operation, RequiredCategories
from cloison.labels.inputs import accepted
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import covers
from cloison.labels.slab import ordered
from cloison.labels.validity import Reason, ValidityRule, check, marking_faults
from cloison.labels.versions import under


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a choice cannot be made: by these rules of the policy, or because the label would be below its floor."""

    reasons: tuple[Reason, ...] = ()
    is_below: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChoice:
    """A level as the picker shows it; it may be picked where `refusal` is None."""

    level: Classification
    is_picked: bool
    refusal: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryChoice:
    """A category as the picker shows it; it may be toggled where `refusal` is None."""

    category: CategoryRef
    is_picked: bool
    refusal: Refusal | None


def levels(policy: Policy) -> tuple[Classification, ...]:
    """The levels a new label may have, lowest first."""
    return tuple(one for one in policy.levels if not one.obsolete)


def privacy_marks(policy: Policy) -> tuple[str, ...]:
    """The privacy marks a new label may have, in the order of the policy; a policy without a list offers none."""
    return tuple(one.name for one in policy.privacy_marks or () if not one.obsolete)


def with_level(policy: Policy, label: Label, classification: str) -> Label | Refusal:
    """`label` at another level, or why its categories do not allow that."""
    changed = replace(label, classification=policy.classification(classification).name)
    return _allowed(policy, changed, known=outstanding(policy, label))


def toggle(policy: Policy, label: Label, category: CategoryRef) -> Label | Refusal:
    """`label` with `category` added or taken away, or why the policy does not allow that.

    A category that asks for a value is added without one: `lacking` names it, `with_input` gives it.
    """
    changed = _toggled(policy, label, policy.category(category).ref)
    return _allowed(policy, changed, known=outstanding(policy, label))


def with_input(policy: Policy, label: Label, category: CategoryRef, text: str) -> Label | Refusal:
    """`label` with what a person typed for one of its categories, or that the policy does not take it."""
    placed = policy.category(category)
    value = accepted(placed.category, text)
    others = [one for one in label.inputs if one.ref != placed.ref]
    given = Input(ref=placed.ref, value=text if value is None else value)
    changed = replace(label, inputs=tuple(sorted([*others, given])))
    return _allowed(policy, changed, known=outstanding(policy, label))


def lacking(policy: Policy, label: Label) -> tuple[CategoryRef, ...]:
    """The categories of `label` for which a value is still to be given."""
    given = {one.ref for one in label.inputs}
    return tuple(
        ref for ref in label.categories if policy.category(ref).category.asks_for is not None and ref not in given
    )


def outstanding(policy: Policy, label: Label) -> tuple[Reason, ...]:
    """What is still wrong with `label` as a new one; it may be applied once nothing is."""
    return check(policy, under(policy, label), now=label.created, new=True)


def level_choices(policy: Policy, label: Label, *, floor: Label | None) -> tuple[LevelChoice, ...]:
    """Every level that is not obsolete, lowest first; what does not cover `floor` is refused."""
    known = outstanding(policy, label)
    return tuple(
        LevelChoice(
            level=one,
            is_picked=one.name == label.classification,
            refusal=_refusal(policy, replace(label, classification=one.name), known=known, floor=floor),
        )
        for one in levels(policy)
    )


def choices(policy: Policy, label: Label, *, floor: Label | None = None) -> tuple[CategoryChoice, ...]:
    """Every category that is not obsolete, in the order of the policy; what does not cover `floor` is refused."""
    known = outstanding(policy, label)
    return tuple(
        CategoryChoice(
            category=placed.ref,
            is_picked=placed.ref in label.categories,
            refusal=_refusal(policy, _toggled(policy, label, placed.ref), known=known, floor=floor),
        )
        for placed in policy.categories
        if not placed.category.obsolete or placed.ref in label.categories
    )


def _refusal(policy: Policy, changed: Label, *, known: tuple[Reason, ...], floor: Label | None) -> Refusal | None:
    allowed = _allowed(policy, changed, known=known)
    if isinstance(allowed, Refusal):
        return allowed
    return None if floor is None or covers(policy, changed, floor) else Refusal(is_below=True)


def _allowed(policy: Policy, changed: Label, *, known: tuple[Reason, ...]) -> Label | Refusal:
    """`changed`, unless it breaks a rule that was not broken already and that no further step can mend.

    What is picked now follows the policy at hand, also on a label that was made under an older version of it.
    """
    changed = _dated(policy, under(policy, changed))
    reasons = tuple(
        one for one in outstanding(policy, changed) if one not in known and not _can_be_mended(policy, changed, one)
    )
    return Refusal(reasons=reasons) if reasons else changed


def _dated(policy: Policy, label: Label) -> Label:
    """Without the marking that was to take over, where that would lower nothing any more."""
    then = label.succession
    is_kept = (
        then is not None
        and not marking_faults(policy, then.classification, then.categories)
        and not marking_faults(policy, label.classification, label.categories)
        and is_lower(policy, label, then)
    )
    return label if is_kept else replace(label, succession=None)


def _toggled(policy: Policy, label: Label, ref: CategoryRef) -> Label:
    categories = set(label.categories) ^ {ref}
    tag = policy.category(ref).tag
    if tag.single and ref in categories:
        categories = {one for one in categories if one == ref or policy.category(one).tag is not tag}
    inputs = tuple(one for one in label.inputs if one.ref in categories)
    return replace(label, categories=ordered(categories), inputs=inputs)


def _can_be_mended(policy: Policy, label: Label, reason: Reason) -> bool:
    """Whether picking more can mend it. Of two categories where one only is asked for, none can be added."""
    if reason.rule in (ValidityRule.INPUT_MISSING, ValidityRule.TOO_FEW):
        return True
    if reason.rule is not ValidityRule.REQUIRED_CATEGORY:
        return False
    asked = {rule.path: rule for rule in _requirements(policy, label)}[reason.path]
    picked = set(label.categories)
    return asked.operation is not Operation.ONLY_ONE or not any(
        picked.intersection(policy.members(group)) for group in asked.groups
    )


def _requirements(policy: Policy, label: Label) -> Iterator[RequiredCategories]:
    yield from policy.classification(label.classification).required
    for ref in label.categories:
        yield from policy.category(ref).category.required
