"""What is known of a paragraph's worth: a label, whether anybody has settled that it is the whole truth, its origins.

Text from outside, pasted into a paragraph marked S, is of unknown worth: to keep the S would let text that nobody has
marked leave under it; to drop the S would let the mark fall. So the paragraph is then *worth at least S, not settled*:
it shows its S with a question mark, it counts at S, and it blocks printing and sealing like any unmarked paragraph
until somebody marks it, with a reason where that is below S. Unsettled is the top of the order: it absorbs.

Origins come along because another issuer's text stays theirs wherever it is moved (the third-party rule). A portion has
room for one; a paragraph that mixes two stays unsettled until they are parted again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.label import Label, same_marking
from cloison.labels.policy import Policy
from cloison.labels.succession import same_course
from cloison.notes.marking import together
from cloison.notes.portion import Origin, Portion


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``label`` is what it is at least worth, None where nothing is known; ``is_settled`` whether that is all."""

    label: Label | None
    is_settled: bool
    origins: frozenset[Origin] = frozenset()

    @property
    def mark(self) -> Label | None:
        """The label the portion has in the note: none while it is not settled."""
        return self.label if self.is_settled else None

    @property
    def origin(self) -> Origin | None:
        """The issuer whose text it is; None where it is our own."""
        return min(self.origins, key=lambda one: (one.fingerprint, one.reference), default=None)

    def marked(self, label: Label) -> Standing:
        """The same after somebody marked it ``label``."""
        return replace(self, label=label, is_settled=len(self.origins) < 2)


UNMARKED = Standing(label=None, is_settled=False)


def marked(label: Label) -> Standing:
    """Text of our own that somebody has marked so."""
    return Standing(label=label, is_settled=True)


def of_portion(portion: Portion, *, floor: Label | None) -> Standing:
    """What a stored portion is worth; ``floor`` is what an unmarked one is known to be at least worth."""
    return Standing(
        label=floor if portion.label is None else portion.label,
        is_settled=portion.label is not None,
        origins=frozenset() if portion.origin is None else frozenset({portion.origin}),
    )


def join(policy: Policy, standings: Iterable[Standing], *, created: datetime) -> Standing:
    """What text of all these worths is worth together; a label that says it all already is kept as it is.

    Where the labels need a person's decision, the label says so and opens to nobody (see ``labels.rollup``).
    """
    every = list(dict.fromkeys(standings))
    origins = frozenset(origin for one in every for origin in one.origins)
    labels = [one.label for one in every if one.label is not None]
    if not labels:
        return Standing(label=None, is_settled=False, origins=origins)
    rolled = together(policy, labels, created=created)
    kept = next((one for one in labels if same_course(one, rolled)), rolled)
    is_settled = all(one.is_settled for one in every) and len(origins) < 2
    return Standing(label=kept, is_settled=is_settled, origins=origins)


def is_same(first: Standing, second: Standing) -> bool:
    """Whether both say the same of a paragraph, whenever they were made."""
    if (first.is_settled, first.origins) != (second.is_settled, second.origins):
        return False
    if first.label is None or second.label is None:
        return first.label is second.label
    return same_marking(first.label, second.label) and first.label.succession == second.label.succession


def is_at_least_the_same(first: Standing, second: Standing) -> bool:
    """Whether both are at least worth the same, settled or not."""
    return is_same(replace(first, is_settled=False), replace(second, is_settled=False))


def covers(policy: Policy, upper: Standing, lower: Standing) -> bool:
    """Whether text worth ``lower`` may stand in a paragraph shown as ``upper``."""
    if upper == lower:
        return True
    created = next((one.label.created for one in (upper, lower) if one.label is not None), None)
    if created is None:
        return lower.origins <= upper.origins
    return is_same(join(policy, (upper, lower), created=created), upper)
