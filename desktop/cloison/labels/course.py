"""How what a label says changes by itself: whether it only falls, and when a whole first becomes something else.

A whole is worth what its parts are worth together at each moment, so it becomes lower only when the last part that
holds it up does. Its label names the first moment at which it becomes something else, and what it is then. It has room
for one moment: where the whole would rise again later, it is from then on worth all that is still to come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime

from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.label import Label, Succession, same_marking
from cloison.labels.policy import Policy
from cloison.labels.validity import marking_faults

Marking = Label | Succession


def is_lower(policy: Policy, before: Marking, after: Marking) -> bool:
    """A lower level or fewer restrictive categories, and more of neither; raises `LabelError` for what is unknown."""
    old, new = (policy.classification(one.classification).hierarchy for one in (before, after))
    held, left = (_of_type(policy, one, CategoryType.RESTRICTIVE) for one in (before, after))
    return new <= old and left <= held and (new < old or left < held)


def next_change(
    policy: Policy,
    parts: Sequence[Label],
    whole: Label,
    *,
    now: datetime,
    at: Callable[[datetime], Label],
    together: Callable[[Sequence[Label]], Label],
) -> Succession | None:
    """What becomes of `whole`, which `parts` make, and when; `at` gives the whole at a moment.

    `together` gives what several wholes are worth. None where it never changes, and where a person would have to decide
    on what it changes to: it then stays.
    """
    coming = [one for one in parts if one.succession is not None and now < one.succession.at]
    moments = sorted({one.succession.at for one in coming if one.succession is not None})
    if not moments or whole.undecided:
        return None

    def is_other(moment: datetime) -> int:
        return int(not same_marking(at(moment), whole))

    # Where parts do nothing but fall, so does the whole, and it need not be asked at every moment.
    if all(_only_falls(policy.version_of(one.policy_digest), one) for one in coming):
        first = moments[bisect_left(moments, 1, key=is_other) :][:1]
    else:
        first = [moment for moment in moments if is_other(moment)][:1]
        if first:
            whole_of_all = together([at(moment) for moment in moments if moment >= first[0]])
            return None if same_marking(whole_of_all, whole) else _becoming(policy, first[0], whole_of_all)
    return next((_becoming(policy, moment, at(moment)) for moment in first), None)


def _becoming(policy: Policy, moment: datetime, then: Label) -> Succession | None:
    own = policy.version_of(then.policy_digest)
    if then.undecided or marking_faults(own, then.classification, then.categories):
        return None
    return Succession(
        at=moment,
        classification=then.classification,
        categories=then.categories,
        privacy_mark=then.privacy_mark,
        inputs=then.inputs,
    )


def _only_falls(policy: Policy, label: Label) -> bool:
    then = label.succession
    if then is None or marking_faults(policy, then.classification, then.categories):
        return False
    shared = [_of_type(policy, one, CategoryType.PERMISSIVE) for one in (label, then)]
    beside = [(one.privacy_mark, one.inputs) for one in (label, then)]
    return shared[0] == shared[1] and beside[0] == beside[1] and is_lower(policy, label, then)


def _of_type(policy: Policy, marking: Marking, kind: CategoryType) -> frozenset[CategoryRef]:
    return frozenset(policy.category(one).ref for one in marking.categories if one.type is kind)
