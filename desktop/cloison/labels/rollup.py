"""What a set of labels is worth together (ADatP-4774.1 §4.4, rules 1 to 9), over the whole set at once.

Highest classification; restrictive and informative categories united; permissive ones intersected, per tag set by its
identifier, and dropped when a part has none of that tag set – unless the policy says the tag restricts, where the
intersection of those present stays. What parts add to a category (an expiry date) stays where they agree, and is for a
person to decide where they do not. Neither order nor repetition counts.

Fail closed, where the standard would drop: an intersection that comes out empty is not "no caveat". The tag set is
noted in the label's `undecided`, which makes the label invalid for every decision until a person decides. A result the
policy does not allow (SPÉCIAL FRANCE with COMMUNICABLE À) needs a person as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from itertools import groupby
from typing import TypeAlias

from cloison.labels.course import next_change
from cloison.labels.elements import CategoryRef, CategoryType, Input
from cloison.labels.errors import EmptyRollUpError, UnusableLabelError
from cloison.labels.label import Label, new_label, same_marking
from cloison.labels.policy import Policy
from cloison.labels.validity import Reason, ValidityRule, marking_faults, undecided_reason
from cloison.labels.versions import in_one_version, standing


class Drop(Enum):
    """Why a permissive value of some parts is not one of the whole."""

    NOT_SHARED = "another part has values of that tag set without this one"
    MISSING = "another part has no value of that tag set"
    ABSORBED = "a restrictive category of the whole says it already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A permissive value that labels `indexes` have and the whole has not, on account of the labels `against`.

    `by` is the category that absorbs it, where one does.
    """

    category: CategoryRef
    why: Drop
    indexes: tuple[int, ...]
    against: tuple[int, ...]
    by: CategoryRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Which labels, by their index from 0, make the result what it is: for its classification and for each category."""

    classification: tuple[int, ...]
    categories: tuple[tuple[CategoryRef, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """What a person must decide; `indexes` are the labels that disagree."""

    reason: Reason
    indexes: tuple[int, ...]

    def __str__(self) -> str:
        """The tag set or category in question."""
        return self.reason.element


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """The label of the whole; while `decision_required` is not empty it is invalid and opens to nobody."""

    label: Label
    decision_required: tuple[Undecided, ...]
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One marking, however many labels bear it."""

    label: Label
    indexes: tuple[int, ...]
    categories: frozenset[CategoryRef]


_Valued: TypeAlias = list[tuple[_Part, frozenset[CategoryRef]]]


def roll_up(policy: Policy, labels: Sequence[Label], *, created: datetime) -> RollUp:
    """The roll-up of `labels` as they stand at `created`, with what becomes of the whole by itself, and when.

    Raises `EmptyRollUpError`, and `UnusableLabelError` for a label unknown to the version of `policy` it was made with.
    """
    rolled = _rolled(policy, labels, at=created)
    if rolled.decision_required:
        return rolled
    succession = next_change(
        policy,
        labels,
        rolled.label,
        now=created,
        at=lambda moment: _rolled(policy, labels, at=moment).label,
        together=lambda wholes: _rolled(policy, wholes, at=created).label,
    )
    return replace(rolled, label=replace(rolled.label, succession=succession))


def _rolled(policy: Policy, labels: Sequence[Label], *, at: datetime) -> RollUp:
    policy, labels = in_one_version(policy, [standing(policy, one, now=at) for one in labels])
    parts = _parts(policy, labels)
    top = max(policy.classification(part.label.classification).hierarchy for part in parts)
    highest = [part for part in parts if policy.classification(part.label.classification).hierarchy == top]
    kept, undecided = _categories(policy, parts)
    inputs, contradicted = _inputs(parts, kept)
    undecided |= contradicted
    level = highest[0].label.classification
    label = replace(
        new_label(policy, classification=level, categories=kept, inputs=inputs, created=at),
        privacy_mark=_unanimous(part.label.privacy_mark for part in parts),
        review=min((part.label.review for part in parts if part.label.review is not None), default=None),
        undecided=tuple(sorted({one for part in parts for one in part.label.undecided} | undecided.keys())),
    )
    return RollUp(
        label=label,
        decision_required=tuple(_decisions(policy, label, parts, undecided)),
        because=Because(
            classification=_indexes(highest),
            categories=tuple(
                (ref, _indexes(part for part in parts if ref in part.categories)) for ref in label.categories
            ),
        ),
    )


def dropped(policy: Policy, labels: Sequence[Label], *, created: datetime) -> tuple[Dropped, ...]:
    """The permissive values that fell away in rolling up `labels`, in order; not those of a tag set left undecided.

    Asked for where somebody wants to know, and not with each roll-up: it takes longer. Raises as `roll_up` does.
    """
    policy, labels = in_one_version(policy, [standing(policy, one, now=created) for one in labels])
    parts = _parts(policy, labels)
    kept, undecided = _categories(policy, parts)
    absorbed = _absorbed(policy, kept)
    every = sorted({ref for part in parts for ref in part.categories if ref.type is CategoryType.PERMISSIVE} - kept)
    return tuple(
        one
        for tag_set_id, refs in groupby(every, key=lambda ref: ref.tag_set_id)
        if tag_set_id not in undecided
        for one in _dropped_of(parts, _present(parts, tag_set_id, absorbed)[0], list(refs), absorbed)
    )


def covers(policy: Policy, upper: Label, lower: Label) -> bool:
    """Whether whoever may read `upper` may read `lower`: rolling `lower` into `upper` changes nothing.

    Asked when `upper` was made and again at every later moment at which one of them becomes something else.
    """
    successions = (one.succession.at for one in (upper, lower) if one.succession is not None)
    moments = {upper.created, *(at for at in successions if at > upper.created)}
    return all(_covers_at(policy, upper, lower, moment) for moment in moments)


def _covers_at(policy: Policy, upper: Label, lower: Label, moment: datetime) -> bool:
    rolled = _rolled(policy, (upper, lower), at=moment)
    return not rolled.decision_required and same_marking(rolled.label, standing(policy, upper, now=moment))


def _parts(policy: Policy, labels: Sequence[Label]) -> list[_Part]:
    if not labels:
        raise EmptyRollUpError
    found: dict[object, list[int]] = {}
    for index, label in enumerate(labels):
        key = (
            label.policy_id,
            label.classification,
            label.categories,
            label.privacy_mark,
            label.review,
            label.undecided,
            label.inputs,
        )
        found.setdefault(key, []).append(index)
    return [_part(policy, labels[indexes[0]], tuple(indexes)) for indexes in found.values()]


def _part(policy: Policy, label: Label, indexes: tuple[int, ...]) -> _Part:
    if label.policy_id != policy.id:
        reason = Reason(rule=ValidityRule.OTHER_POLICY, element=label.policy_name, path="securityPolicyId")
        raise UnusableLabelError(index=indexes[0], reason=reason)
    for reason in marking_faults(policy, label.classification, label.categories):
        if reason.rule in (ValidityRule.UNKNOWN_CLASSIFICATION, ValidityRule.UNKNOWN_CATEGORY):
            raise UnusableLabelError(index=indexes[0], reason=reason)
    categories = frozenset(policy.category(ref).ref for ref in label.categories)
    return _Part(label=label, indexes=indexes, categories=categories)


def _categories(policy: Policy, parts: Sequence[_Part]) -> tuple[set[CategoryRef], dict[str, tuple[int, ...]]]:
    """The categories of the whole, and the tag sets left undecided with the labels that disagree on them."""
    every = {ref for part in parts for ref in part.categories}
    kept = {ref for ref in every if ref.type is not CategoryType.PERMISSIVE}
    absorbed = _absorbed(policy, kept)
    undecided: dict[str, tuple[int, ...]] = {}
    for tag_set_id in {ref.tag_set_id for ref in every - kept}:
        present, counting = _present(parts, tag_set_id, absorbed)
        if not counting:
            continue
        common = frozenset.intersection(*(values for _, values in counting))
        if not common:
            undecided[tag_set_id] = _indexes(part for part, _ in counting)
        elif len(present) == len(parts) or any(policy.category(ref).tag.restricts for ref in common):
            kept |= common
    return kept, undecided


def _present(
    parts: Sequence[_Part], tag_set_id: str, absorbed: Mapping[CategoryRef, CategoryRef]
) -> tuple[_Valued, _Valued]:
    """The parts with permissive values of a tag set, and those among them whose values are not absorbed."""
    present = [(part, values) for part in parts if (values := _permissive(part, tag_set_id))]
    return present, [(part, values) for part, values in present if values.isdisjoint(absorbed)]


def _dropped_of(
    parts: Sequence[_Part], present: _Valued, refs: Sequence[CategoryRef], absorbed: Mapping[CategoryRef, CategoryRef]
) -> Iterator[Dropped]:
    """What became of `refs`, values of one tag set that are not among those of the whole."""
    counting = {place for place, (_, values) in enumerate(present) if values.isdisjoint(absorbed)}
    bearing: dict[CategoryRef, set[int]] = {}
    for place, (_, values) in enumerate(present):
        for ref in values:
            bearing.setdefault(ref, set()).add(place)
    for ref in refs:
        without = counting - bearing[ref]
        by = None
        if len(without) == len(counting):
            values = present[min(bearing[ref])][1]
            by = next(absorbed[one] for one in sorted(values) if one in absorbed)
            why, against = Drop.ABSORBED, [part for part in parts if by in part.categories]
        elif without:
            why, against = Drop.NOT_SHARED, [present[place][0] for place in without]
        else:
            why, against = Drop.MISSING, [part for part in parts if not _permissive(part, ref.tag_set_id)]
        indexes = _indexes(present[place][0] for place in bearing[ref])
        yield Dropped(category=ref, why=why, indexes=indexes, against=_indexes(against), by=by)


def _inputs(parts: Sequence[_Part], kept: Collection[CategoryRef]) -> tuple[list[Input], dict[str, tuple[int, ...]]]:
    """What the parts say beyond the names of the kept categories; the tag sets on which they contradict each other."""
    said: dict[CategoryRef, set[str]] = {}
    for one in (one for part in parts for one in part.label.inputs if one.ref in kept):
        said.setdefault(one.ref, set()).add(one.value)
    agreed = [Input(ref=ref, value=min(values)) for ref, values in said.items() if len(values) == 1]
    contradicted = {
        ref.tag_set_id: _indexes(part for part in parts if ref in part.categories)
        for ref, values in said.items()
        if len(values) > 1
    }
    return agreed, contradicted


def _absorbed(policy: Policy, kept: Iterable[CategoryRef]) -> dict[CategoryRef, CategoryRef]:
    """Permissive values that a kept category excludes, and which all who may hold that category hold anyway; each with
    that category.

    With SPÉCIAL FRANCE (French nationals only), COMMUNICABLE À (those named, and French nationals) says nothing more.
    """
    return {
        ref: placed.ref
        for placed in map(policy.category, kept)
        if placed.ref.type is CategoryType.RESTRICTIVE and placed.category.held_by is not None
        for group in placed.category.excluded
        for ref in policy.members(group)
        if ref.type is CategoryType.PERMISSIVE and placed.category.held_by <= policy.category(ref).tag.always
    }


def _permissive(part: _Part, tag_set_id: str) -> frozenset[CategoryRef]:
    return frozenset(
        ref for ref in part.categories if ref.type is CategoryType.PERMISSIVE and ref.tag_set_id == tag_set_id
    )


def _decisions(
    policy: Policy, label: Label, parts: Sequence[_Part], undecided: Mapping[str, tuple[int, ...]]
) -> Iterator[Undecided]:
    names = {one.id: one.name for one in policy.tag_sets}
    for tag_set_id in label.undecided:
        reason = undecided_reason(policy, tag_set_id)
        reason = replace(reason, element=names.get(tag_set_id, reason.element))
        inherited = _indexes(part for part in parts if tag_set_id in part.label.undecided)
        yield Undecided(reason=reason, indexes=tuple(sorted({*undecided.get(tag_set_id, ()), *inherited})))
    for reason in marking_faults(policy, label.classification, label.categories):
        yield Undecided(reason=reason, indexes=_indexes(parts))


def _unanimous(marks: Iterable[str | None]) -> str | None:
    """The one privacy mark there is; two different ones leave none, since neither speaks for the whole."""
    different = {mark for mark in marks if mark is not None}
    return different.pop() if len(different) == 1 else None


def _indexes(parts: Iterable[_Part]) -> tuple[int, ...]:
    return tuple(sorted(index for part in parts for index in part.indexes))
