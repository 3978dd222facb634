"""Marking portions: setting and raising are free, lowering is one explicit act with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import covers, roll_up
from cloison.labels.succession import same_course
from cloison.notes.errors import ForeignMarkError, LoweringNeedsReasonError
from cloison.notes.note import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChange:
    """What one revision did to the mark of one portion.

    ``reason`` is there whenever a person let the mark fall, ``decision`` where an authority did, or changed its date.
    """

    portion_uid: str
    before: Label | None
    after: Label
    reason: str | None
    decision: AuthorityDecision | None = None


_NO_FLOORS: Final[Mapping[str, Label]] = MappingProxyType({})


def mark(
    policy: Policy,
    note: Note,
    numbers: Sequence[int],
    label: Label,
    *,
    reason: str | None,
    floors: Mapping[str, Label] = _NO_FLOORS,
) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note with ``label`` on the portions ``numbers`` (0 is the title), and what changed.

    ``floors`` is what portions are at least worth while nobody has marked them, by uid (see ``changes``). Raises
    ``UnknownPortionError``, ``ForeignMarkError`` where the mark of another service would fall, whatever the reason, and
    ``LoweringNeedsReasonError`` where any other would fall without one.
    """
    wanted = {number: note.portion(number) for number in numbers}
    worth = {number: portion.label or floors.get(portion.uid) for number, portion in wanted.items()}
    fallen = tuple(
        number
        for number, before in sorted(worth.items())
        if before is not None and not dominates(policy, label, before)
    )
    foreign = tuple(number for number in fallen if wanted[number].origin is not None)
    if foreign:
        raise ForeignMarkError(foreign)
    if fallen and not (reason or "").strip():
        raise LoweringNeedsReasonError(fallen)
    changes = tuple(
        LabelChange(portion_uid=portion.uid, before=worth[number], after=label, reason=reason)
        for number, portion in wanted.items()
        if portion.label is None or not same_course(portion.label, label)
    )
    return note.with_portions({number: portion.marked(label) for number, portion in wanted.items()}), changes


def together(policy: Policy, labels: Sequence[Label], *, created: datetime) -> Label:
    """What text under all these labels is worth; raises ``RollUpError``.

    Where they need a person's decision the label says so and opens to nobody; what is to be decided on is left out of
    it, so that joining twice is joining once.
    """
    label = roll_up(policy, labels, created=created).label
    return replace(
        label,
        categories=tuple(one for one in label.categories if one.tag_set_id not in label.undecided),
        inputs=tuple(one for one in label.inputs if one.ref.tag_set_id not in label.undecided),
    )


def dominates(policy: Policy, upper: Label, lower: Label) -> bool:
    """Whether whoever may read ``upper`` may read ``lower``: rolling ``lower`` into ``upper`` changes nothing."""
    return covers(policy, upper, lower)
