"""Whether somebody may read what bears a label.

The label counts under the version of the policy it was made with, as it stands at the moment: what takes over from it
has done so. The rules in the order they are asked; the first that fails is the answer:

1. the label is valid now under its policy, with nothing left undecided – else nobody reads it;
2. the classification is in the clearance, or the policy opens that level without one;
3. every restrictive category is in the clearance;
4. of the permissive categories of each tag set, one at least is held;
5. the nationality may hold every category that says who may, whatever the clearance says;
6. every need-to-know id asked for is held.

Informative categories count for nothing. A clearance says nothing of what a label adds to a category that asks for more
than its name: a restrictive or permissive one of that kind is held by nobody. What cannot be shown is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from cloison.labels.clearance import Clearance
from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.label import Label
from cloison.labels.policy import Placed, Policy
from cloison.labels.succession import in_force
from cloison.labels.validity import check


class Rule(Enum):
    """The rule that forbids."""

    INVALID_LABEL = "invalid label"
    NO_CLEARANCE = "no clearance"
    OTHER_POLICY_CLEARANCE = "clearance of another policy"
    CLASSIFICATION = "classification"
    RESTRICTIVE_CATEGORY = "restrictive category"
    PERMISSIVE_CATEGORY = "permissive category"
    NATIONALITY = "nationality"
    NEED_TO_KNOW = "need to know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Permitted, or refused by `rule` on account of `element`, a name as the policy has it."""

    permitted: bool
    rule: Rule | None = None
    element: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What the categories of a marking ask for."""

    restrictive: tuple[Placed, ...]
    permissive: tuple[tuple[Placed, ...], ...]
    reserved: tuple[Placed, ...]


def decide(
    policy: Policy,
    label: Label,
    *,
    clearance: Clearance | None,
    nationality: str | None,
    need_to_know: frozenset[str],
    needed: frozenset[str],
    now: datetime,
) -> Decision:
    """Permit or refuse. `nationality` is ISO 3166 alpha-3; `needed` must all be among the `need_to_know` held."""
    faults = check(policy, label, now=now, new=False)
    if faults:
        return _refused(Rule.INVALID_LABEL, faults[0].element)
    policy, label = policy.version_of(label.policy_digest), in_force(label, now=now)
    level = policy.classification(label.classification)
    if not level.handling.open_without_clearance:
        if clearance is None:
            return _refused(Rule.NO_CLEARANCE, level.name)
        if clearance.policy_id != policy.id:
            return _refused(Rule.OTHER_POLICY_CLEARANCE, level.name)
        if level.name not in clearance.classifications:
            return _refused(Rule.CLASSIFICATION, level.name)
    held = clearance.categories if clearance is not None and clearance.policy_id == policy.id else _NOTHING
    wanted = _wanted(policy, label.categories)
    for one in wanted.restrictive:
        if one.category.asks_for is not None or one.ref not in held:
            return _refused(Rule.RESTRICTIVE_CATEGORY, one.category.name)
    for group in wanted.permissive:
        if not any(_is_held(one, held, nationality) for one in group):
            return _refused(Rule.PERMISSIVE_CATEGORY, group[0].tag_set.name)
    for one in wanted.reserved:
        if nationality not in (one.category.held_by or ()):
            return _refused(Rule.NATIONALITY, one.category.name)
    if not needed <= need_to_know:
        return _refused(Rule.NEED_TO_KNOW, min(needed - need_to_know))
    return _PERMITTED


_PERMITTED = Decision(permitted=True)
_NOTHING: frozenset[CategoryRef] = frozenset()


def _refused(rule: Rule, element: str) -> Decision:
    return Decision(permitted=False, rule=rule, element=element)


def _is_held(placed: Placed, held: frozenset[CategoryRef], nationality: str | None) -> bool:
    """A permissive value is held by clearance or, where the policy says so, by nationality and nothing else."""
    if placed.tag.nationality_counts:
        return nationality == placed.category.name or nationality in placed.tag.always
    if placed.category.asks_for is not None:
        return False
    if placed.category.held_by is not None and nationality not in placed.category.held_by:
        return False
    return placed.ref in held


@lru_cache(maxsize=4096)
def _wanted(policy: Policy, categories: tuple[CategoryRef, ...]) -> _Wanted:
    placed = [policy.category(ref) for ref in categories]
    restrictive = tuple(one for one in placed if one.ref.type is CategoryType.RESTRICTIVE)
    by_tag_set: dict[str, list[Placed]] = {}
    for one in placed:
        if one.ref.type is CategoryType.PERMISSIVE:
            by_tag_set.setdefault(one.ref.tag_set_id, []).append(one)
    return _Wanted(
        restrictive=restrictive,
        permissive=tuple(tuple(group) for group in by_tag_set.values()),
        reserved=tuple(one for one in restrictive if one.category.held_by is not None),
    )
