"""When the parts of a note are declassified or looked at again: set, changed and taken back by an authority's decision.

A date is no mark that falls today, and yet one that falls by itself later: so it takes the same decision on record as a
downgrading does. Parts that came from another service keep their originator's dates, and parts below what is to take
over keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.course import is_lower
from cloison.labels.declassification import AuthorityDecision, check_decision, downgrade
from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, Succession
from cloison.labels.policy import Policy
from cloison.labels.slab import whole_second
from cloison.labels.succession import in_force, same_course
from cloison.labels.validity import Reason, ValidityRule, check, marking_faults
from cloison.notes.errors import DateRefusedError, UnknownPortionError
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What is set: a marking that takes over, a day on which the authority looks again, or neither (never)."""

    succession: Succession | None = None
    review: datetime | None = None


def lowest_marking(policy: Policy, at: datetime) -> Succession:
    """What a declassification comes to, unless something else is said: the lowest level, without any category."""
    level = next((one for one in policy.levels if not one.obsolete), policy.levels[0])
    return Succession(at=whole_second(at), classification=level.name)


def dated(policy: Policy, label: Label, dates: Dates, *, now: datetime) -> Label:
    """A new label with those dates; raises ``DateRefusedError``."""
    after = replace(label, succession=dates.succession, review=dates.review)
    reasons = tuple(_faults(policy, after, now=now))
    if dates.succession is not None and not _would_fall(policy, label, dates.succession):
        reasons += (_not_lower(dates.succession),)
    if reasons:
        raise DateRefusedError((), reasons)
    return after


def set_dates(
    policy: Policy,
    note: Note,
    numbers: Sequence[int] | None,
    dates: Dates,
    *,
    decision: AuthorityDecision,
    now: datetime,
) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note with those dates on the parts ``numbers`` (None: all), and what changed.

    Raises ``UnknownPortionError``, ``NoDecisionReferenceError``, and ``DateRefusedError`` where the policy does not
    allow the day, or it is past.
    """
    check_decision(decision)
    refused: dict[int, tuple[Reason, ...]] = {}

    def dated_anew(number: int, label: Label) -> Label | None:
        if dates.succession is not None and not _would_fall(policy, label, dates.succession):
            return None
        after = replace(label, succession=dates.succession, review=dates.review)
        reasons = tuple(_faults(policy, after, now=now))
        if reasons:
            refused[number] = reasons
        return after

    changed = _changed(note, numbers, dated_anew, decision)
    if refused:
        raise DateRefusedError(tuple(refused), next(iter(refused.values())))
    return changed


def downgrade_parts(
    policy: Policy,
    note: Note,
    numbers: Sequence[int] | None,
    *,
    classification: str,
    categories: Iterable[CategoryRef],
    decision: AuthorityDecision,
    now: datetime,
) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note with the parts ``numbers`` (None: all that are higher) lowered by a decision, and what changed.

    Raises ``UnknownPortionError``, ``NoDecisionReferenceError``, ``NotADowngradeError``, ``InvalidDowngradeError``.
    """
    check_decision(decision)
    to = Succession(at=now, classification=classification, categories=tuple(categories))

    def lowered(number: int, label: Label) -> Label | None:
        standing = in_force(label, now=now)
        if numbers is None and not _would_fall(policy, standing, to):
            return None
        made = downgrade(
            policy, standing, classification=classification, categories=to.categories, decision=decision, now=now
        )
        return made.after

    return _changed(note, numbers, lowered, decision)


def _changed(
    note: Note,
    numbers: Sequence[int] | None,
    change: Callable[[int, Label], Label | None],
    decision: AuthorityDecision,
) -> tuple[Note, tuple[LabelChange, ...]]:
    after: dict[int, Label] = {}
    changes: list[LabelChange] = []
    for number, uid, label in _ours(note, numbers):
        changed = change(number, label)
        if changed is not None and not same_course(changed, label):
            after[number] = changed
            changes.append(LabelChange(portion_uid=uid, before=label, after=changed, reason=None, decision=decision))
    made = note.with_portions(
        {number: note.portion(number).marked(label) for number, label in after.items() if number != EVALUATION}
    )
    if made.evaluation is not None and EVALUATION in after:
        made = replace(made, evaluation=made.evaluation.marked(after[EVALUATION]))
    return made, tuple(changes)


def _ours(note: Note, numbers: Sequence[int] | None) -> Iterator[tuple[int, str, Label]]:
    """The marked parts that are meant and were written here."""
    parts = note.parts
    for number in parts if numbers is None else dict.fromkeys(numbers):
        part = parts.get(number)
        if part is None:
            raise UnknownPortionError(number, last=len(note.portions))
        if part.label is not None and part.origin is None:
            yield number, part.uid, part.label


def _not_lower(then: Succession) -> Reason:
    return Reason(rule=ValidityRule.SUCCESSOR, element=then.classification, path="SuccessionHandling")


def _would_fall(policy: Policy, label: Label, then: Succession) -> bool:
    own = policy.version_of(label.policy_digest)
    if marking_faults(own, then.classification, then.categories):
        return True  # Refused by name further on, rather than passed over.
    return is_lower(own, label, then)


def _faults(policy: Policy, label: Label, *, now: datetime) -> Iterator[Reason]:
    """The rules of a new label that speak of its future, and that the days are still to come."""
    for at in (label.review, label.declassify_on):
        if at is not None and at <= now:
            yield Reason(rule=ValidityRule.SUCCESSOR, element=label.classification, path="SuccessionHandling")
    dated = (ValidityRule.SUCCESSOR, ValidityRule.DECLASSIFIED_TOO_LATE, ValidityRule.REVIEWED_TOO_LATE)
    yield from (one for one in check(policy, label, now=label.created, new=True) if one.rule in dated)
