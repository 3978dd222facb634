"""Marking a note anew under the version of its policy in force: what each old mark would be, and whether it may.

Nothing is ever marked anew by itself. A level and a category go by their number in the policy, so that a renamed one
keeps its place; one that is gone is not replaced by a guess, and the paragraph keeps its mark. So does what came from
another service: its originator's label is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cloison.labels.elements import CategoryRef, Input
from cloison.labels.label import Label, Succession, new_label
from cloison.labels.policy import Policy
from cloison.labels.policy_difference import category_now, level_now
from cloison.labels.slab import ordered
from cloison.labels.validity import Reason, ValidityRule, check, marking_faults
from cloison.labels.versions import opens_the_same, says_the_same
from cloison.notes.errors import LoweringNeedsReasonError
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note

RAISE: Final = -2
"""What a recorded raise of the whole is called where paragraphs go by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldMark:
    """A part of a note whose label was made under an older version of the policy.

    ``after`` is what it would be under the one in force, None where that has no such level or category; ``reasons`` say
    why it may not be marked so. ``is_foreign``: it came from another service and stays. ``says_the_same``: level and
    categories are what they were, now and when it changes by itself, and open to the same people: nothing can fall.
    """

    number: int
    uid: str
    own: Policy
    before: Label
    after: Label | None
    reasons: tuple[Reason, ...]
    is_foreign: bool
    says_the_same: bool

    @property
    def may_change(self) -> bool:
        """Whether it can be marked anew."""
        return self.after is not None and not self.reasons and not self.is_foreign


def old_marks(policy: Policy, note: Note, *, now: datetime) -> tuple[OldMark, ...]:
    """The parts that follow an older version than ``policy``, in order; a raise of the whole comes last."""
    return tuple(_old_marks(policy, note, now=now))


def relabelled(note: Note, marks: Sequence[OldMark], *, reason: str | None) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note with those of ``marks`` renewed that may be, and what changed.

    Raises ``LoweringNeedsReasonError`` where a new mark says something else than the old one and nobody said why.
    """
    renewed = {one.number: one for one in marks if one.may_change}
    others = tuple(number for number, one in renewed.items() if not one.says_the_same)
    if others and not (reason or "").strip():
        raise LoweringNeedsReasonError(others)
    changes = tuple(
        LabelChange(portion_uid=one.uid, before=one.before, after=one.after, reason=reason)
        for one in renewed.values()
        if one.after is not None
    )
    return _with(note, {number: one.after for number, one in renewed.items() if one.after is not None}), changes


def _with(note: Note, labels: dict[int, Label]) -> Note:
    changed = note.with_portions(
        {number: note.portion(number).marked(label) for number, label in labels.items() if number >= 0}
    )
    if changed.evaluation is not None and EVALUATION in labels:
        changed = replace(changed, evaluation=changed.evaluation.marked(labels[EVALUATION]))
    if changed.raised is not None and RAISE in labels:
        changed = replace(changed, raised=replace(changed.raised, label=labels[RAISE]))
    return changed


def _old_marks(policy: Policy, note: Note, *, now: datetime) -> Iterator[OldMark]:
    for number, part in note.parts.items():
        if part.label is not None and _is_old(policy, part.label):
            yield _old_mark(policy, part.label, number, part.uid, is_foreign=part.origin is not None, now=now)
    if note.raised is not None and _is_old(policy, note.raised.label):
        yield _old_mark(policy, note.raised.label, RAISE, note.uid, is_foreign=_is_foreign(note), now=now)


def _is_foreign(note: Note) -> bool:
    return note.title.origin is not None


def _is_old(policy: Policy, label: Label) -> bool:
    own = policy.version_of(label.policy_digest)
    return own is not policy and label.policy_id == policy.id and own.version < policy.version


def _old_mark(policy: Policy, label: Label, number: int, uid: str, *, is_foreign: bool, now: datetime) -> OldMark:
    own = policy.version_of(label.policy_digest)
    after, missing = _renewed(own, policy, label, now=now)
    return OldMark(
        number=number,
        uid=uid,
        own=own,
        before=label,
        after=after,
        reasons=missing or (() if after is None else check(policy, after, now=now, new=True)),
        is_foreign=is_foreign,
        says_the_same=_is_alike(own, policy, label),
    )


def _is_alike(own: Policy, policy: Policy, label: Label) -> bool:
    """Whether it says the same, lets in the same people, and becomes the same by itself."""
    if not says_the_same(own, policy, label) or not opens_the_same(own, policy, label):
        return False
    then = label.succession
    if then is None:
        return True
    if marking_faults(own, then.classification, then.categories):
        return False
    return says_the_same(own, policy, replace(label, classification=then.classification, categories=then.categories))


def _renewed(own: Policy, policy: Policy, label: Label, *, now: datetime) -> tuple[Label | None, tuple[Reason, ...]]:
    level = level_now(own, policy, label.classification)
    categories = {ref: category_now(policy, own.category(ref)) for ref in label.categories}
    missing = [
        Reason(rule=ValidityRule.UNKNOWN_CATEGORY, element=ref.name, path="securityCategoryTagSets", other=ref.tag_set)
        for ref, placed in categories.items()
        if placed is None
    ]
    if level is None:
        gone = Reason(
            rule=ValidityRule.UNKNOWN_CLASSIFICATION, element=label.classification, path="securityClassifications"
        )
        return None, (gone, *missing)
    if missing:
        return None, tuple(missing)
    renamed = {ref: placed.ref for ref, placed in categories.items() if placed is not None}
    made = new_label(
        policy,
        classification=level.name,
        categories=renamed.values(),
        inputs=_inputs(label.inputs, renamed),
        created=now,
    )
    return replace(
        made,
        privacy_mark=label.privacy_mark,
        review=label.review,
        succession=_succession(own, policy, label.succession),
        originator=label.originator,
        kind=label.kind,
        undecided=label.undecided,
    ), ()


def _succession(own: Policy, policy: Policy, then: Succession | None) -> Succession | None:
    """What was to take over, in the new version; none where that does not have it, so that nothing falls by a guess."""
    if then is None or not own.has_classification(then.classification):
        return None
    level = level_now(own, policy, then.classification)
    placed = [own.find_category(ref) for ref in then.categories]
    now = {one.ref: category_now(policy, one) for one in placed if one is not None}
    refs = {ref: one.ref for ref, one in now.items() if one is not None}
    if level is None or len(refs) < len(then.categories):
        return None
    return replace(
        then,
        classification=level.name,
        categories=ordered(refs.values()),
        inputs=tuple(sorted(_inputs(then.inputs, refs))),
    )


def _inputs(inputs: Iterable[Input], renamed: dict[CategoryRef, CategoryRef]) -> list[Input]:
    return [replace(one, ref=renamed[one.ref]) for one in inputs if one.ref in renamed]
