"""The declassification calendar: what falls due when, what takes over by itself, what an authority decides.

A label may name the marking that takes over at a moment (`succession`), and the moment at which its authority looks at
it again (`review`). The first happens by itself: `in_force` gives the label as it stands at a moment. The second never
does: without a decision a label stays as it is. A downgrading is a decision of the authority with its reference; it
lowers, and says from what, so that the old mark can be shown struck through beside the new one.

Nothing here looks at a clock or writes anything: callers decide when to ask, and keep what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from cloison.labels.course import is_lower
from cloison.labels.elements import CategoryRef
from cloison.labels.errors import InvalidDowngradeError, NoDecisionReferenceError, NotADowngradeError
from cloison.labels.label import Label, Succession, new_label
from cloison.labels.policy import Policy
from cloison.labels.slab import whole_second
from cloison.labels.validity import check


class DueKind(Enum):
    """What falls due: a marking that takes over by itself, or a look by the authority."""

    SUCCESSION = "succession"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One date of the label at `index`; `classification` is what it becomes, None for a review."""

    at: datetime
    index: int
    kind: DueKind
    classification: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityDecision:
    """The act of an authority: who, under which reference, on which day."""

    authority: str
    reference: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Downgrading:
    """A label before and after a decision."""

    before: Label
    after: Label
    decision: AuthorityDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Redating:
    """A label before and after its date was changed by a decision; the old date is shown struck through."""

    before: Label
    after: Label
    decision: AuthorityDecision


def calendar(labels: Sequence[Label]) -> tuple[Due, ...]:
    """Every date of the labels, earliest first."""
    return tuple(sorted(_dates(labels), key=lambda one: (one.at, one.index, one.kind.value)))


def due(labels: Sequence[Label], *, now: datetime) -> tuple[Due, ...]:
    """What has fallen due at `now`, earliest first."""
    return tuple(one for one in calendar(labels) if one.at <= now)


def downgrade(
    policy: Policy,
    label: Label,
    *,
    classification: str,
    categories: Iterable[CategoryRef] = (),
    decision: AuthorityDecision,
    now: datetime,
) -> Downgrading:
    """`label` lowered by a decision; a date at which it was to become something else is dropped with it.

    Raises `NoDecisionReferenceError`, `NotADowngradeError` where anything would be raised or nothing changes,
    `InvalidDowngradeError` where the policy does not allow the result, and `LabelError` for unknown elements.
    """
    check_decision(decision)
    lowered = new_label(policy, classification=classification, categories=categories, created=now)
    after = replace(
        lowered,
        originator=label.originator,
        kind=label.kind,
        undecided=label.undecided,
        inputs=tuple(one for one in label.inputs if one.ref in lowered.categories),
    )
    if not is_lower(policy, label, after):
        raise NotADowngradeError(before=label.classification, after=after.classification)
    reasons = check(policy, after, now=now, new=True)
    if reasons:
        raise InvalidDowngradeError(policy.name, reasons)
    return Downgrading(before=label, after=after, decision=decision)


def redate(label: Label, *, succession: Succession | None, decision: AuthorityDecision) -> Redating:
    """`label` with another date of declassification, or with none; raises `NoDecisionReferenceError`."""
    check_decision(decision)
    if succession is not None:
        succession = replace(succession, at=whole_second(succession.at))
    return Redating(before=label, after=replace(label, succession=succession), decision=decision)


def check_decision(decision: AuthorityDecision) -> None:
    """Raise `NoDecisionReferenceError` for a decision without its authority or its reference."""
    if not decision.authority.strip() or not decision.reference.strip():
        raise NoDecisionReferenceError


def _dates(labels: Sequence[Label]) -> Iterator[Due]:
    for index, label in enumerate(labels):
        if label.review is not None:
            yield Due(at=label.review, index=index, kind=DueKind.REVIEW, classification=None)
        if label.succession is not None:
            becomes = label.succession.classification
            yield Due(at=label.succession.at, index=index, kind=DueKind.SUCCESSION, classification=becomes)
