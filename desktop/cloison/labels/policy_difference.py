"""What one version of a policy says otherwise than another: what a person looks at before marking anew.

Levels go by their number (`lacv`), categories by tag set, kind and number: a name that changes under one number is a
renaming. Of what stays, the rules (what it goes with, who may hold it, how it is handled) and the wording (phrases,
stamps, positions, colours) are told apart: the first can change who may read, the second cannot.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from cloison.labels.elements import Category, Classification, Tag
from cloison.labels.policy import Placed, Policy


class ChangeKind(Enum):
    """What became of an element."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    OBSOLETE = "obsolete"
    IN_USE_AGAIN = "in use again"
    MOVED = "moved"
    RULES = "rules"
    WORDING = "wording"


class ElementKind(Enum):
    """What kind of element it is."""

    LEVEL = "level"
    CATEGORY = "category"
    TAG = "tag"
    POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """One change: `name` as the newer version has it (the older, for what was removed), `before` its former name."""

    element: ElementKind
    kind: ChangeKind
    name: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDifference:
    """All that differs, in the order of the newer file, what was removed last."""

    before: Policy
    after: Policy
    changes: tuple[PolicyChange, ...]


_WORDING = frozenset({"phrases", "qualifiers", "positions", "screen", "stamp", "chip", "colour"})
_APART = frozenset({"path", "name", "lacv", "hierarchy", "obsolete", "categories"})


def difference(before: Policy, after: Policy) -> PolicyDifference:
    """What `after` says otherwise than `before`."""
    return PolicyDifference(before=before, after=after, changes=tuple(_changes(before, after)))


def level_now(old: Policy, new: Policy, name: str) -> Classification | None:
    """The level of `new` that has the number of the level `name` of `old`; None where it is gone."""
    lacv = old.classification(name).lacv
    return next((one for one in new.levels if one.lacv == lacv), None)


def category_now(new: Policy, placed: Placed) -> Placed | None:
    """The category of `new` that has the tag set, kind and number of `placed`; None where it is gone."""
    return _categories(new).get(_category_key(placed))


def _changes(before: Policy, after: Policy) -> Iterator[PolicyChange]:
    old_levels, new_levels = ({one.lacv: one for one in policy.levels} for policy in (before, after))
    yield from _levels(old_levels, new_levels)
    yield from _tags(before, after)
    yield from _listed_categories(_categories(before), _categories(after))
    if _facts(before, _WORDING) != _facts(after, _WORDING):
        yield PolicyChange(element=ElementKind.POLICY, kind=ChangeKind.WORDING, name=after.name)
    if (before.not_before, before.not_after) != (after.not_before, after.not_after):
        yield PolicyChange(element=ElementKind.POLICY, kind=ChangeKind.RULES, name=after.name)


def _levels(old: Mapping[str, Classification], new: Mapping[str, Classification]) -> Iterator[PolicyChange]:
    shared = [lacv for lacv in new if lacv in old]
    places = [sorted(shared, key=lambda lacv: levels[lacv].hierarchy) for levels in (old, new)]
    for lacv, level in new.items():
        if lacv not in old:
            yield PolicyChange(element=ElementKind.LEVEL, kind=ChangeKind.ADDED, name=level.name)
            continue
        yield from _kept(ElementKind.LEVEL, old[lacv], level)
        if places[0].index(lacv) != places[1].index(lacv):
            yield PolicyChange(element=ElementKind.LEVEL, kind=ChangeKind.MOVED, name=level.name)
    for lacv, level in old.items():
        if lacv not in new:
            yield PolicyChange(element=ElementKind.LEVEL, kind=ChangeKind.REMOVED, name=level.name)


def _listed_categories(old: Mapping[Hashable, Placed], new: Mapping[Hashable, Placed]) -> Iterator[PolicyChange]:
    for key, placed in new.items():
        if key not in old:
            yield PolicyChange(element=ElementKind.CATEGORY, kind=ChangeKind.ADDED, name=placed.category.name)
        else:
            yield from _kept(ElementKind.CATEGORY, old[key].category, placed.category)
    for key, placed in old.items():
        if key not in new:
            yield PolicyChange(element=ElementKind.CATEGORY, kind=ChangeKind.REMOVED, name=placed.category.name)


def _kept(
    element: ElementKind, old: Classification | Category, new: Classification | Category
) -> Iterator[PolicyChange]:
    if old.name != new.name:
        yield PolicyChange(element=element, kind=ChangeKind.RENAMED, name=new.name, before=old.name)
    if old.obsolete != new.obsolete:
        kind = ChangeKind.OBSOLETE if new.obsolete else ChangeKind.IN_USE_AGAIN
        yield PolicyChange(element=element, kind=kind, name=new.name)
    yield from _rules_and_wording(element, old, new, name=new.name)


def _tags(before: Policy, after: Policy) -> Iterator[PolicyChange]:
    old, new = (
        {(tag_set.id, tag.type): tag for tag_set in policy.tag_sets for tag in tag_set.tags}
        for policy in (before, after)
    )
    for key in new:
        if key in old:
            yield from _rules_and_wording(ElementKind.TAG, old[key], new[key], name=new[key].name)


def _rules_and_wording(
    element: ElementKind, old: Classification | Category | Tag, new: Classification | Category | Tag, *, name: str
) -> Iterator[PolicyChange]:
    names = {field.name for field in fields(new)} - _APART
    if _facts(old, names - _WORDING) != _facts(new, names - _WORDING):
        yield PolicyChange(element=element, kind=ChangeKind.RULES, name=name)
    if _facts(old, names & _WORDING) != _facts(new, names & _WORDING):
        yield PolicyChange(element=element, kind=ChangeKind.WORDING, name=name)


def _categories(policy: Policy) -> dict[Hashable, Placed]:
    return {_category_key(one): one for one in policy.categories}


def _category_key(placed: Placed) -> Hashable:
    return placed.ref.tag_set_id, placed.ref.type, placed.category.lacv


def _facts(element: object, names: frozenset[str] | set[str]) -> list[object]:
    return [_bare(getattr(element, name)) for name in sorted(names) if hasattr(element, name)]


def _bare(value: object) -> object:
    """A value without the places in the file, which tell nothing of the policy."""
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(_bare(getattr(value, field.name)) for field in fields(value) if field.name != "path")
    return value
