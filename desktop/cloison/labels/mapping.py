"""What a label is worth in another policy, strictly by the equivalences the policies state.

An equivalence counts out of the label's own policy (`applied` is `encrypt` or `both`); where that one states none, the
target's own word on what it takes in counts (`decrypt` or `both`). Whatever has no equivalence fails by name, and so
does whatever has two: nothing is guessed, nothing left out in silence. What a policy itself says to discard is listed.

Categories an equivalence requires are those of the target: they are added, where one alone can be meant. The result is
an *alternative* label: the originator's stands. It keeps the times of the first, and not its originator, who never
said this. A result the target does not allow is no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cloison.labels.elements import (
    CategoryRef,
    Classification,
    EquivalentCategory,
    EquivalentClassification,
    EquivalentTagSet,
    Input,
    Operation,
    RequiredCategories,
)
from cloison.labels.errors import (
    AmbiguousEquivalenceError,
    InvalidMappingError,
    NoEquivalentCategoryError,
    NoEquivalentClassificationError,
    NoEquivalentInputError,
    NoEquivalentPolicyError,
    NoEquivalentPrivacyMarkError,
    RequiredCategoryError,
)
from cloison.labels.inputs import accepted, values_by_category
from cloison.labels.label import Label, LabelKind, Succession, new_label
from cloison.labels.library import PolicySet
from cloison.labels.policy import Placed, Policy
from cloison.labels.resolution import resolve
from cloison.labels.validity import check

_CLASSIFICATION = "ConfidentialityInformation/Classification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A label in the target policy, and the categories that the policies say to leave out there."""

    label: Label
    discarded: tuple[CategoryRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Route:
    """From one policy into another, by what either says of the other."""

    source: Policy
    target: Policy
    outward: frozenset[str]
    inward: frozenset[str]
    required: tuple[RequiredCategories, ...]

    def leads_out(self, one: EquivalentClassification | EquivalentCategory) -> bool:
        """Whether an equivalence stated by the source leads to the target."""
        return one.applied.is_outward and one.policy_ref.casefold() in self.outward

    def leads_in(self, one: EquivalentClassification | EquivalentCategory) -> bool:
        """Whether an equivalence stated by the target takes in what comes from the source."""
        return one.applied.is_inward and one.policy_ref.casefold() in self.inward


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marking:
    """A marking in the target policy."""

    classification: str
    categories: tuple[CategoryRef, ...]
    inputs: tuple[Input, ...]
    discarded: tuple[CategoryRef, ...]


def map_label(policies: PolicySet, label: Label, target: Policy) -> Label:
    """The alternative label of `target` that `label` is worth; raises `MappingError`, and `LabelError` as `resolve`."""
    return trace_label(policies, label, target).label


def trace_label(policies: PolicySet, label: Label, target: Policy) -> Mapped:
    """As `map_label`, with what was discarded on the way. A label of `target` itself comes back as it is."""
    source, label = resolve(policies, label)
    if source.id == target.id:
        return Mapped(label=label)
    faults = check(source, label, now=label.created, new=False)
    if faults:
        raise InvalidMappingError(label.policy_name, faults)
    route = _route(source, target)
    now = _marking(route, label)
    then = None if label.succession is None else _marking(route, label.succession)
    mapped = replace(
        new_label(
            target,
            classification=now.classification,
            categories=now.categories,
            inputs=now.inputs,
            created=label.created,
        ),
        review=label.review,
        kind=LabelKind.ALTERNATIVE,
        succession=None
        if label.succession is None or then is None
        else Succession(
            at=label.succession.at,
            classification=then.classification,
            categories=then.categories,
            inputs=then.inputs,
        ),
    )
    faults = check(target, mapped, now=label.created, new=True)
    if faults:
        raise InvalidMappingError(target.name, faults)
    discarded = (*now.discarded, *(() if then is None else then.discarded))
    return Mapped(label=mapped, discarded=tuple(dict.fromkeys(discarded)))


def _route(source: Policy, target: Policy) -> _Route:
    outward = next((one for one in source.equivalents if one.id == target.id), None)
    inward = next((one for one in target.equivalents if one.id == source.id), None)
    if outward is None and inward is None:
        raise NoEquivalentPolicyError("equivalentPolicies", source.name, target=target.name)
    return _Route(
        source=source,
        target=target,
        outward=frozenset() if outward is None else frozenset({outward.name.casefold(), outward.id}),
        inward=frozenset() if inward is None else frozenset({inward.name.casefold(), inward.id}),
        required=() if outward is None else outward.required,
    )


def _marking(route: _Route, marking: Label | Succession) -> _Marking:
    if marking.privacy_mark is not None:
        raise NoEquivalentPrivacyMarkError(
            "ConfidentialityInformation/PrivacyMark", marking.privacy_mark, target=route.target.name
        )
    level, required = _classification(route, route.source.classification(marking.classification))
    found: set[CategoryRef] = set()
    inputs: set[Input] = set()
    discarded = []
    values = values_by_category(marking.inputs)
    for ref in marking.categories:
        placed = route.source.category(ref)
        equivalent = _categories(route, placed)
        found.update(equivalent)
        if not equivalent:
            discarded.append(ref)
        elif ref in values:
            inputs.update(_carried(route, equivalent, ref, values[ref]))
        required = (*required, *(rule for one in _whole_sets(route, placed) for rule in one.required))
    for rule in (*route.required, *required):
        found.update(_missing(route, rule, found))
    return _Marking(
        classification=level.name,
        categories=tuple(found),
        inputs=tuple(sorted(inputs)),
        discarded=tuple(discarded),
    )


def _carried(route: _Route, equivalents: Iterable[CategoryRef], ref: CategoryRef, value: str) -> Iterator[Input]:
    """A value goes along to whatever takes it; raises `NoEquivalentInputError` where nothing does."""
    taking = [one for one in equivalents if accepted(route.target.category(one).category, value) == value]
    if not taking:
        raise NoEquivalentInputError(_place_of(ref), f"{ref.name} {value}", target=route.target.name)
    for one in taking:
        yield Input(ref=one, value=value)


def _classification(route: _Route, level: Classification) -> tuple[Classification, tuple[RequiredCategories, ...]]:
    """The target's classification, and what must come with it."""
    stated = [
        (one, equivalent)
        for equivalent in level.equivalents
        if route.leads_out(equivalent)
        for one in route.target.classifications
        if one.lacv == equivalent.lacv
    ] or [
        (one, equivalent)
        for one in route.target.classifications
        for equivalent in one.equivalents
        if route.leads_in(equivalent) and equivalent.lacv == level.lacv
    ]
    if not stated:
        raise NoEquivalentClassificationError(_CLASSIFICATION, level.name, target=route.target.name)
    if len(stated) > 1:
        raise AmbiguousEquivalenceError(_CLASSIFICATION, level.name, target=route.target.name)
    return stated[0][0], stated[0][1].required


def _categories(route: _Route, placed: Placed) -> Sequence[CategoryRef]:
    """The target's categories, several where the source says so; none where it says to discard it."""
    outward = [one for one in placed.category.equivalents if route.leads_out(one)]
    if not outward:
        sets = _whole_sets(route, placed)
        return _numbered_alike(route, placed, sets) if sets else _taken_in(route, placed)
    kept = [one for one in outward if not one.is_discarded]
    if kept and len(kept) < len(outward):
        raise AmbiguousEquivalenceError(_place_of(placed.ref), placed.ref.name, target=route.target.name)
    found = [_named(route.target, one) for one in kept]
    if None in found:
        raise NoEquivalentCategoryError(_place_of(placed.ref), placed.ref.name, target=route.target.name)
    return [one for one in found if one is not None]


def _whole_sets(route: _Route, placed: Placed) -> Sequence[EquivalentTagSet]:
    """The target's tag sets that the whole tag set of a category is worth, where nothing is said of it alone."""
    if any(route.leads_out(one) for one in placed.category.equivalents):
        return ()
    return [one for one in placed.tag_set.equivalents if one.policy_ref.casefold() in route.outward]


def _numbered_alike(route: _Route, placed: Placed, sets: Iterable[EquivalentTagSet]) -> Sequence[CategoryRef]:
    found = []
    for one in sets:
        alike = (
            other.ref
            for other in route.target.categories
            if (other.tag_set.id == one.id if one.id else other.tag_set.name.casefold() == one.name.casefold())
            if other.tag.type is placed.tag.type and other.category.lacv == placed.category.lacv
        )
        ref = next(alike, None)
        if ref is None:
            raise NoEquivalentCategoryError(_place_of(placed.ref), placed.ref.name, target=route.target.name)
        found.append(ref)
    return found


def _taken_in(route: _Route, placed: Placed) -> Sequence[CategoryRef]:
    found = [
        one.ref
        for one in route.target.categories
        for equivalent in one.category.equivalents
        if route.leads_in(equivalent) and _is_meant(placed, equivalent)
    ]
    if not found:
        raise NoEquivalentCategoryError(_place_of(placed.ref), placed.ref.name, target=route.target.name)
    if len(found) > 1:
        raise AmbiguousEquivalenceError(_place_of(placed.ref), placed.ref.name, target=route.target.name)
    return found


def _named(target: Policy, equivalent: EquivalentCategory) -> CategoryRef | None:
    return next((one.ref for one in target.categories if _is_meant(one, equivalent)), None)


def _is_meant(placed: Placed, equivalent: EquivalentCategory) -> bool:
    return (
        not equivalent.is_discarded
        and placed.tag_set.id == equivalent.tag_set_id
        and placed.tag.type is equivalent.type
        and placed.category.lacv == equivalent.lacv
    )


def _missing(route: _Route, rule: RequiredCategories, found: Iterable[CategoryRef]) -> Iterator[CategoryRef]:
    """What must be added for `rule`; raises `RequiredCategoryError` where that is not one category alone."""
    groups = [tuple(route.target.members(group)) for group in rule.groups]
    there = set(found)
    lacking = [members for members in groups if there.isdisjoint(members)]
    present = len(groups) - len(lacking)
    if rule.operation is Operation.ONLY_ONE and present > 1:
        raise RequiredCategoryError(rule.path, _names(groups), target=route.target.name)
    if rule.operation is not Operation.ALL and present:
        return
    is_open = not groups or (rule.operation is not Operation.ALL and len(groups) > 1)
    if is_open or any(len(members) != 1 for members in lacking):
        raise RequiredCategoryError(rule.path, _names(groups), target=route.target.name)
    yield from (members[0] for members in lacking)


def _names(groups: Iterable[Iterable[CategoryRef]]) -> str:
    return ", ".join(dict.fromkeys(ref.name for members in groups for ref in members))


def _place_of(ref: CategoryRef) -> str:
    return f"ConfidentialityInformation/Category[{ref.tag_set}]"
