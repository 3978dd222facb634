"""What is decided on a note as a whole: a raise above its parts, the decision that takes it back, its evaluation."""

from __future__ import annotations

from cloison.actions.session import Session
from cloison.actions.write_note import Saved, save_note, settled_note
from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import Label
from cloison.notes.evaluating import evaluate
from cloison.notes.evaluation import Evaluation
from cloison.notes.raising import lift_raise, raise_whole


def raise_note(session: Session, uid: str, label: Label, *, reason: str) -> Saved:
    """The note raised to ``label``, as a new revision; raises ``NotesError`` or ``UnknownIdError``."""
    compartment, stored = settled_note(session, uid)
    by = session.vault.member.alias
    raised, change = raise_whole(session.policy, stored.note, label, reason=reason, by=by, now=session.now())
    return save_note(session, compartment, raised, changes=(change,))


def unraise_note(session: Session, uid: str, *, decision: AuthorityDecision, reason: str) -> Saved:
    """The note without its raise, by ``decision``, as a new revision; raises ``NotesError`` or ``UnknownIdError``."""
    compartment, stored = settled_note(session, uid)
    lifted, changes = lift_raise(
        session.policy,
        stored.note,
        decision=decision,
        reason=reason,
        by=session.vault.member.alias,
        now=session.now(),
    )
    return save_note(session, compartment, lifted, changes=changes)


def evaluate_note(session: Session, uid: str, evaluation: Evaluation, *, reason: str | None) -> Saved:
    """The note with ``evaluation``, as a new revision; raises ``NotesError`` or ``UnknownIdError``."""
    compartment, stored = settled_note(session, uid)
    evaluated, changes = evaluate(session.policy, stored.note, evaluation, reason=reason)
    return save_note(session, compartment, evaluated, changes=changes)
