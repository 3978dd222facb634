"""Evaluating a note: the block is set, changed and marked freely; its mark falls only with a reason."""

from __future__ import annotations

from dataclasses import replace

from cloison.labels.policy import Policy
from cloison.labels.succession import same_course
from cloison.notes.errors import LoweringNeedsReasonError
from cloison.notes.evaluation import NUMBER, Evaluation
from cloison.notes.marking import LabelChange, dominates
from cloison.notes.note import Note


def evaluate(
    policy: Policy, note: Note, evaluation: Evaluation, *, reason: str | None
) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note with ``evaluation``, and what that did to the mark of the block.

    Raises ``LoweringNeedsReasonError`` where the mark would fall without a reason, or be taken away altogether.
    """
    before = None if note.evaluation is None else note.evaluation.label
    after = evaluation.label
    changed = replace(note, evaluation=evaluation)
    if before is None and after is None:
        return changed, ()
    if after is None:
        raise LoweringNeedsReasonError((NUMBER,))
    if before is not None and not dominates(policy, after, before) and not (reason or "").strip():
        raise LoweringNeedsReasonError((NUMBER,))
    if before is not None and same_course(before, after):
        return changed, ()
    change = LabelChange(portion_uid=evaluation.uid, before=before, after=after, reason=reason)
    return changed, (change,)
