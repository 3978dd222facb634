"""Marking a note anew under the version of its policy in force: looked at first, one revision when it is done."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.actions.write_note import Saved, save_note, settled_note
from cloison.labels.policy_difference import PolicyDifference, difference
from cloison.notes.relabelling import OldMark, old_marks, relabelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabelling:
    """What marking a note anew would do, and what the versions concerned say otherwise; empty marks: nothing is old."""

    uid: str
    reference: str
    marks: tuple[OldMark, ...]
    differences: tuple[PolicyDifference, ...]

    @property
    def needs_reason(self) -> bool:
        """Whether some new mark says something else than the old one."""
        return any(one.may_change and not one.says_the_same for one in self.marks)

    @property
    def may_change(self) -> bool:
        """Whether there is anything that can be marked anew."""
        return any(one.may_change for one in self.marks)


def plan_relabelling(session: Session, uid: str) -> Relabelling:
    """What would change in the note ``uid``; raises ``UnknownIdError``."""
    _, stored = session.find_note(uid)
    marks = old_marks(session.policy, stored.note, now=session.now())
    versions = {one.own.digest: one.own for one in marks}
    return Relabelling(
        uid=uid,
        reference=stored.note.reference,
        marks=marks,
        differences=tuple(
            difference(own, session.policy) for own in sorted(versions.values(), key=lambda one: one.version)
        ),
    )


def relabel(session: Session, uid: str, *, reason: str | None) -> Saved:
    """The note marked anew where that may be, as one revision.

    Raises ``UnknownIdError``, ``CeilingError``, and ``LoweringNeedsReasonError`` where a mark says something else.
    """
    compartment, stored = settled_note(session, uid)
    marks = old_marks(session.policy, stored.note, now=session.now())
    note, changes = relabelled(stored.note, marks, reason=reason)
    if not changes:
        return Saved(note=stored.note, revision=stored.revision)
    return save_note(session, compartment, note, changes=changes)
