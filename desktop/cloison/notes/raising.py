"""Raising the whole above its parts, with a reason, and taking a raise back, by an authority's decision alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cloison.labels.declassification import AuthorityDecision, check_decision
from cloison.labels.label import Label, same_marking
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up
from cloison.labels.validity import check
from cloison.notes.compilation import CompilationRaise, LiftedRaise
from cloison.notes.errors import InvalidRaiseError, NotARaiseError, NothingRaisedError, ReasonMissingError
from cloison.notes.marking import LabelChange, dominates
from cloison.notes.note import Note, note_label
from cloison.notes.release import Rendition


def raise_whole(
    policy: Policy, note: Note, label: Label, *, reason: str, by: str, now: datetime
) -> tuple[Note, LabelChange]:
    """The note raised to ``label``, and what that did to its mark, under the uid of the note itself.

    Raises ``ReasonMissingError``, ``InvalidRaiseError`` for a label the policy does not allow, and ``NotARaiseError``
    for one that says no more than the parts and an earlier raise do, or less.
    """
    if not reason.strip():
        raise ReasonMissingError
    faults = check(policy, label, now=now, new=True)
    if faults:
        raise InvalidRaiseError(faults)
    rolled = note_label(policy, note, now=now)
    if rolled is None or same_marking(label, rolled.label) or not dominates(policy, label, rolled.label):
        raise NotARaiseError
    raised = CompilationRaise(label=label, reason=reason.strip(), by=by, at=now)
    change = LabelChange(portion_uid=note.uid, before=rolled.label, after=label, reason=raised.reason)
    return replace(note, raised=raised), change


def lift_raise(
    policy: Policy, note: Note, *, decision: AuthorityDecision, reason: str, by: str, now: datetime
) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note without its raise, the decision on record in it, and what that did to its mark.

    Raises ``NothingRaisedError``, ``ReasonMissingError`` and ``NoDecisionReferenceError``.
    """
    if note.raised is None:
        raise NothingRaisedError
    if not reason.strip():
        raise ReasonMissingError
    check_decision(decision)
    lifted = LiftedRaise(raised=note.raised, decision=decision, reason=reason.strip(), by=by, at=now)
    without = replace(note, raised=None, lifted=(*note.lifted, lifted))
    rolled = note_label(policy, without, now=now)
    if rolled is None:
        return without, ()
    before = roll_up(policy, (rolled.label, note.raised.label), created=now).label
    change = LabelChange(
        portion_uid=note.uid, before=before, after=rolled.label, reason=lifted.reason, decision=decision
    )
    return without, (change,)


def raise_in_force(policy: Policy, rendition: Rendition, *, by: str, now: datetime) -> CompilationRaise | None:
    """What a rendition is worth beyond its parts: a raise of its author's, which goes on applying where it is read."""
    labels = [part.label for part in rendition.parts if part.label is not None]
    # What has fallen by itself since it was sealed is no raise; what goes on where the parts fall is one.
    if dominates(policy, roll_up(policy, labels, created=now).label, rendition.label):
        return None
    return CompilationRaise(label=rendition.label, reason="", by=by, at=now)
