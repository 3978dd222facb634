"""What a policy looks like on paper: every level and every category in an example the policy allows.

A category is shown with the lowest level it may stand with – of those that need a clearance, where there is one – and
with the categories that this level and it ask for. An example says how something reads, not whether it may be used
today: dates and obsolescence are facts of the level or category, told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cloison.labels.elements import (
    CategoryRef,
    Classification,
    Input,
    InputKind,
    Operation,
    RequiredCategories,
    Tag,
    TagSet,
)
from cloison.labels.label import Label, new_label
from cloison.labels.phrasing import Place
from cloison.labels.policy import Placed, Policy
from cloison.labels.rendering import Stamp, render, stamps
from cloison.labels.slab import ordered
from cloison.labels.validity import ValidityRule, marking_faults

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VALUES = {InputKind.STRING: "…", InputKind.INTEGER: "1", InputKind.DATE: "2050-12-31"}
_CLASHES = frozenset({ValidityRule.EXCLUDED_CATEGORY, ValidityRule.EXCLUDED_CLASS, ValidityRule.REQUIRED_CLASS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """An example label, how it reads at each place (empty: nothing stands there), and the stamps of its pages."""

    label: Label
    readings: dict[Place, str]
    top: tuple[Stamp, ...]
    bottom: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSpecimen:
    """A level; `specimen` is None where no example was found."""

    level: Classification
    specimen: Specimen | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySpecimen:
    """A category; `specimen` is None where no example was found."""

    placed: Placed
    specimen: Specimen | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSpecimen:
    """The categories of one tag."""

    tag_set: TagSet
    tag: Tag
    categories: tuple[CategorySpecimen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySpecimen:
    """A whole policy: its levels, lowest first, and its tags in the order of the file."""

    policy: Policy
    levels: tuple[LevelSpecimen, ...]
    tags: tuple[TagSpecimen, ...]


def policy_specimen(policy: Policy, language: str) -> PolicySpecimen:
    """Every level and category of `policy`, as it reads in `language`."""
    levels = tuple(
        LevelSpecimen(level=level, specimen=_specimen(policy, _completed(policy, level, ()), language))
        for level in policy.levels
    )
    every = {one.ref: one for one in policy.categories}
    tags = tuple(
        TagSpecimen(
            tag_set=tag_set,
            tag=tag,
            categories=tuple(
                CategorySpecimen(placed=one, specimen=_specimen(policy, example(policy, one), language))
                for one in every.values()
                if one.tag is tag
            ),
        )
        for tag_set in policy.tag_sets
        for tag in tag_set.tags
    )
    return PolicySpecimen(policy=policy, levels=levels, tags=tags)


def example(policy: Policy, placed: Placed) -> Label | None:
    """A label the policy allows that bears `placed`, with as little else as may be; None where none was found."""
    closed = [one for one in policy.levels if not one.handling.open_without_clearance]
    opened = [one for one in policy.levels if one.handling.open_without_clearance]
    found = (_completed(policy, level, (placed.ref,)) for level in (*closed, *opened))
    return next((one for one in found if one is not None), None)


def _specimen(policy: Policy, label: Label | None, language: str) -> Specimen | None:
    if label is None:
        return None
    return Specimen(
        label=label,
        readings={place: render(policy, label, place, "" if place is Place.PORTION else language) for place in Place},
        top=stamps(policy, label, Place.PAGE_TOP, language),
        bottom=stamps(policy, label, Place.PAGE_BOTTOM, language),
    )


def _completed(policy: Policy, level: Classification, refs: tuple[CategoryRef, ...]) -> Label | None:
    """A label with `level`, `refs` and what they ask for, asked again for what was added; None where it stays amiss."""
    more = ordered((*refs, *_asked_for(policy, level, refs)))
    while len(more) > len(refs):
        refs = more
        more = ordered((*refs, *_asked_for(policy, level, refs)))
    if marking_faults(policy, level.name, refs):
        return None
    placed = map(policy.category, refs)
    inputs = (
        Input(ref=one.ref, value=_VALUES[asked]) for one in placed if (asked := one.category.asks_for) is not None
    )
    return new_label(policy, classification=level.name, categories=refs, inputs=inputs, created=_EPOCH)


def _asked_for(policy: Policy, level: Classification, refs: tuple[CategoryRef, ...]) -> Iterator[CategoryRef]:
    for rule in (*level.required, *(rule for ref in refs for rule in policy.category(ref).category.required)):
        yield from _missing(policy, level, refs, rule)
    for tag_set in policy.tag_sets:
        for tag in tag_set.tags:
            mine = [one.ref for one in policy.categories if one.tag is tag] if tag.least else []
            there = [ref for ref in mine if ref in refs]
            spare = [ref for ref in mine if ref not in refs and _goes_with(policy, level, refs, ref)]
            yield from spare[: max(0, (tag.least or 0) - len(there))]


def _missing(
    policy: Policy, level: Classification, refs: tuple[CategoryRef, ...], rule: RequiredCategories
) -> Iterator[CategoryRef]:
    """The first category of each group that has none, or of the first group where one is enough."""
    empty = [policy.members(group) for group in rule.groups if not _any_of(refs, policy.members(group))]
    if rule.operation is not Operation.ALL:
        empty = empty[:1] if len(empty) == len(rule.groups) else []
    for members in empty:
        yield from [ref for ref in members if _goes_with(policy, level, refs, ref)][:1]


def _any_of(refs: Iterable[CategoryRef], members: Iterable[CategoryRef]) -> bool:
    return not set(refs).isdisjoint(members)


def _goes_with(policy: Policy, level: Classification, refs: tuple[CategoryRef, ...], ref: CategoryRef) -> bool:
    faults = marking_faults(policy, level.name, ordered((*refs, ref)))
    return not any(fault.rule in _CLASHES for fault in faults)
