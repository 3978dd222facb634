"""Merging two compartments: every note of one goes to the other, then the empty one is put away.

It is not thrown away: its file keeps its register, which stays readable, is verified with the others and goes on where
something still happens to what left it; but no note comes into it any more, and no list of compartments has it. That
holds for everybody read in, since all of them find it empty.

A merge may take minutes and goes in slices. One that was interrupted has moved whole notes, and is begun again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cloison.actions.copies import copies_brought
from cloison.actions.drafts import owed_by_draft
from cloison.actions.move_note import check_move, check_reason, finish_moves, move_all
from cloison.actions.registers import draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.actions.write_note import save_note, settled_note
from cloison.registers.facts import Kind, Movement, MovementEvent
from cloison.vault.compartment import Compartment
from cloison.vault.errors import CeilingError, NotesAboveCeilingError, NoteThereError, UnknownIdError

AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merge that may be: so many ``notes``, those in the bin included.

    ``brought`` is what ``copies_brought`` said before it.
    """

    source_id: str
    target_id: str
    reason: str
    notes: int
    brought: Counter[str]


def plan_merge(session: Session, source_id: str, target_id: str, *, reason: str | None = None) -> Merge:
    """What merging would do, every note looked at before the first one moves; drafts are kept as revisions.

    Raises ``UnknownIdError``, ``CompartmentClosedError``, ``PutAwayError``, ``NoteThereError`` (one compartment twice,
    too), ``NotesAboveCeilingError``, ``LeavingNeedToKnowError``.
    """
    finish_moves(session)
    source, target = session.vault.compartment(source_id), session.vault.compartment(target_id)
    if source_id == target_id:
        raise NoteThereError(source_id)
    _settle_drafts(session, source)
    uids = source.departures.uids()
    check_reason(source, uids, reason)
    above = tuple(source.departures.row(uid).reference for uid in uids if not _may_go(source, target, uid))
    if above:
        raise NotesAboveCeilingError(target_id, above)
    return Merge(
        source_id=source_id,
        target_id=target_id,
        reason=(reason or "").strip(),
        notes=len(uids),
        brought=copies_brought(session),
    )


def merge_some(session: Session, merge: Merge, *, most: int = AT_ONCE) -> int:
    """Move the next notes, ``most`` at once, the latest saved last; how many are left.

    With the last of them the compartment is put away. Raises what moving a note does.
    """
    finish_moves(session)
    source, target = session.vault.compartment(merge.source_id), session.vault.compartment(merge.target_id)
    uids = source.departures.uids()
    moving = uids[:most]
    for uid in moving:
        check_move(source, target, uid)
    if moving:
        move_all(session, source, target, moving, reason=merge.reason, brought=merge.brought)
    left = len(uids) - len(moving)
    if not left:
        _put_away(session, source, merge.reason)
        session.vault.searches.follow(merge.source_id, merge.target_id)
    return left


def _settle_drafts(session: Session, source: Compartment) -> None:
    """A draft of a note that was never saved becomes its first revision: it is in no list, and would be left behind."""
    for row in source.drafts.all():
        try:
            settled_note(session, row.uid)
        except UnknownIdError:
            draft = source.drafts.get(row.uid)
            if draft is not None and not source.departures.holds(row.uid):
                save_note(session, source, draft, changes=owed_by_draft(source, None, draft))


def _may_go(source: Compartment, target: Compartment, uid: str) -> bool:
    try:
        check_move(source, target, uid)
    except CeilingError:
        return False
    return True


def _put_away(session: Session, source: Compartment, reason: str) -> None:
    facts = Movement(event=MovementEvent.PUT_AWAY, note_uid="", reference="", label="", reason=reason)
    number = draw_number(session, Kind.MOVEMENT)
    with source.transaction():
        enter(session, source, facts, number=number)
        source.put_away(at=session.now(), by=session.vault.member.alias)
        sign_head(session, source)
