"""A note as its marks stand at a moment: what was to take over from them by itself has done so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cloison.labels.policy import Policy
from cloison.labels.versions import standing
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note
from cloison.notes.portion import Portion


def as_it_stands(policy: Policy, note: Note, *, now: datetime) -> Note:
    """``note`` with the labels that count at ``now``; the stored one is not touched by it."""
    evaluation, raised = note.evaluation, note.raised
    return replace(
        note,
        title=_portion(policy, note.title, now),
        portions=tuple(_portion(policy, one, now) for one in note.portions),
        evaluation=None if evaluation is None else _evaluation(policy, evaluation, now),
        attachments=tuple(_portion(policy, one, now) for one in note.attachments),
        raised=None if raised is None else replace(raised, label=standing(policy, raised.label, now=now)),
    )


def _portion(policy: Policy, portion: Portion, now: datetime) -> Portion:
    return portion if portion.label is None else portion.marked(standing(policy, portion.label, now=now))


def _evaluation(policy: Policy, evaluation: Evaluation, now: datetime) -> Evaluation:
    return evaluation if evaluation.label is None else evaluation.marked(standing(policy, evaluation.label, now=now))
