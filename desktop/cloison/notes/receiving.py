"""A later rendition of a note received before: the sender's text, and what was decided here on the earlier one.

The sender writes the note anew, and a reader who raised a paragraph or the whole, took a raise back, evaluated it or
attached a file did so for reasons that have not gone away. None of it falls because a package came in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from cloison.labels.policy import Policy
from cloison.notes.attachment import MOST_ATTACHMENTS
from cloison.notes.changes import floors_in
from cloison.notes.compilation import CompilationRaise
from cloison.notes.evaluation import Evaluation
from cloison.notes.marking import LabelChange, dominates, together
from cloison.notes.note import Note
from cloison.notes.portion import Portion


def received_again(
    policy: Policy, kept: Note, changes: Iterable[LabelChange], received: Note, *, now: datetime
) -> Note:
    """``received`` in the place of ``kept``, with ``changes``, all that was ever marked here on it, in order."""
    marked_here = floors_in(changes)

    def at_least(portion: Portion) -> Portion:
        own = marked_here.get(portion.uid)
        if own is None or portion.label is None or dominates(policy, portion.label, own):
            return portion
        return portion.marked(together(policy, (portion.label, own), created=now))

    return replace(
        received,
        title=at_least(received.title),
        portions=tuple(map(at_least, received.portions)),
        attachments=_attachments(kept, tuple(map(at_least, received.attachments))),
        raised=_raised(policy, kept.raised, received.raised, now=now),
        lifted=kept.lifted,
        evaluation=received.evaluation or _own(kept.evaluation),
    )


def _raised(
    policy: Policy, own: CompilationRaise | None, sent: CompilationRaise | None, *, now: datetime
) -> CompilationRaise | None:
    """A raise that was made here has a reason, one that was sent has none: the sender speaks for the latter alone."""
    if own is None or not own.reason:
        return sent
    if sent is None or dominates(policy, own.label, sent.label):
        return own
    return replace(own, label=together(policy, (own.label, sent.label), created=now))


def _attachments(kept: Note, received: tuple[Portion, ...]) -> tuple[Portion, ...]:
    """What was attached here stays, after what came: files are no text that the sender writes anew."""
    own = tuple(one for one in kept.attachments if one.origin is None)
    return (*received, *own)[: max(MOST_ATTACHMENTS, len(received))]


def _own(evaluation: Evaluation | None) -> Evaluation | None:
    return evaluation if evaluation is not None and evaluation.origin is None else None
