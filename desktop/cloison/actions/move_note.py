"""Moving notes between compartments: each with all its revisions, drafts, links, attachments, consents, receipts and
requirements.

What happened stays where it happened: the entries in the register of the source, numbers and paper copies with them,
and the packages that came and left there. Both registers say under one number that the note went and came. Paper copies
hinder no move: they may be out for decades. They stay on the register they were made under, and what came brings along
their highest number, so that none is used twice. An answer to a package that left the source is taken in there; it is
shown with the note as long as both are open. The key of a large attachment goes along and stays what it was: whoever
could read it in the source could have kept it.

A note goes where its mark may be: each of its revisions, and what readers said and asked of it, must lie at or under
the ceiling. A need-to-know compartment restricts what lies in it; a note that leaves one is restricted less, and that
takes a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cloison.actions.copies import copies_brought, copies_numbered
from cloison.actions.registers import draw_number, enter, enter_begun, sign_head
from cloison.actions.session import Session
from cloison.actions.write_note import settled_note
from cloison.dissemination.receipt import receipt_from_bytes
from cloison.notes.errors import LeavingNeedToKnowError
from cloison.registers.facts import Kind, Movement, MovementEvent
from cloison.vault.compartment import Compartment
from cloison.vault.departure_store import Departure
from cloison.vault.errors import (
    CeilingError,
    CompartmentClosedError,
    NoteThereError,
    PutAwayError,
    StorageError,
    UnknownIdError,
    VaultBusyError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A note in its new compartment; ``number`` is that of both registers."""

    uid: str
    reference: str
    number: str
    compartment_id: str


def move_note(session: Session, uid: str, compartment_id: str, *, reason: str | None = None) -> Moved:
    """Move a note, what is being written of it kept as a revision first.

    A disk that fails after the first step leaves it on its way: the next move, or the next unlocking, goes on.

    Raises ``UnknownIdError``, ``CompartmentClosedError``, ``PutAwayError``, ``NoteThereError``, ``CeilingError``,
    ``LeavingNeedToKnowError``, ``ClockSetBackError``.
    """
    finish_moves(session)
    target = session.vault.compartment(compartment_id)
    source, _ = settled_note(session, uid)
    check_move(source, target, uid)
    check_reason(source, (uid,), reason)
    (moved,) = move_all(session, source, target, (uid,), reason=reason or "", brought=copies_brought(session))
    return moved


def check_move(source: Compartment, target: Compartment, uid: str) -> None:
    """Raise where the note may not come into ``target``: ``PutAwayError``, ``NoteThereError``, ``CeilingError``."""
    if target.is_put_away:
        raise PutAwayError(target.id)
    if target.departures.holds(uid):
        raise NoteThereError(uid)
    for label in source.departures.labels(uid):
        target.check_ceiling(label)
    for receipt in source.receipts.about(uid):
        target.check_ceiling(receipt_from_bytes(receipt.body).label.to_xml())


def check_reason(source: Compartment, uids: Sequence[str], reason: str | None) -> None:
    """Raise ``LeavingNeedToKnowError`` where notes would leave a need-to-know compartment and nobody said why."""
    if source.need_to_know and not (reason or "").strip():
        raise LeavingNeedToKnowError(tuple(uids))


def move_all(
    session: Session,
    source: Compartment,
    target: Compartment,
    uids: Sequence[str],
    *,
    reason: str,
    brought: Counter[str],
) -> tuple[Moved, ...]:
    """Move notes that were checked, together; ``brought`` is what ``copies_brought`` says.

    Raises ``ClockSetBackError``.
    """
    departures = [
        Departure(
            uid=uid,
            number=draw_number(session, Kind.MOVEMENT),
            target=target.id,
            at=session.now(),
            by=session.vault.member.alias,
        )
        for uid in uids
    ]
    moved = begin_moves(session, source, departures, reason=reason)
    bring(session, source, target, departures, brought=brought)
    _let_go(source, departures)
    return moved


def begin_moves(
    session: Session, source: Compartment, departures: Sequence[Departure], *, reason: str
) -> tuple[Moved, ...]:
    """The first step: from now on the notes are not in use in the source, and belong to where they go."""
    with source.transaction():
        moved = tuple(_begin(session, source, one, reason) for one in departures)
        sign_head(session, source)
    return moved


def bring(
    session: Session,
    source: Compartment,
    target: Compartment,
    departures: Sequence[Departure],
    *,
    brought: Counter[str],
) -> None:
    """The second step: the notes lie in the target too, each of them once."""
    copies = copies_numbered(session) | brought
    with target.transaction():
        for one in departures:
            if not _has_come(target, one):
                _bring(session, source, target, one, copies=copies[one.uid])
        sign_head(session, target)


def finish_moves(session: Session) -> tuple[Departure, ...]:
    """Take the remaining steps of what an interrupted session began; what still waits.

    It waits for a compartment that is closed, or for a disk that can be written: nobody is kept out of the vault by it.
    """
    return tuple(
        one
        for source in session.open_compartments()
        for one in source.departures.pending()
        if not _finish(session, source, one)
    )


def _begin(session: Session, source: Compartment, one: Departure, reason: str) -> Moved:
    facts = _facts(source, one.uid, MovementEvent.WENT, reason=reason.strip())
    enter(session, source, facts, number=one.number)
    source.departures.begin(one)
    return Moved(uid=one.uid, reference=facts.reference, number=one.number, compartment_id=str(one.target))


def _bring(session: Session, source: Compartment, target: Compartment, one: Departure, *, copies: int) -> None:
    target.departures.unload(source.departures.load(one.uid))
    target.attachments.adopt(source.attachments.outgoing(one.uid))
    facts = _facts(source, one.uid, MovementEvent.CAME, copies=copies)
    enter_begun(session, target, facts, number=one.number, at=one.at, by=one.by)


def _let_go(source: Compartment, departures: Sequence[Departure]) -> None:
    """The third step: nothing of the notes lies in the source any more."""
    with source.transaction():
        for one in departures:
            source.attachments.let_go(one.uid)
            source.departures.finish(one.uid)


def _finish(session: Session, source: Compartment, one: Departure) -> bool:
    try:
        target = session.vault.compartment(str(one.target))
        if not _has_come(target, one):
            if target.departures.holds(one.uid):
                return False
            # Whoever reads the source can write a departure into it: nothing comes by it above the ceiling.
            for label in source.departures.labels(one.uid):
                target.check_ceiling(label)
        bring(session, source, target, (one,), brought=copies_brought(session))
        _let_go(source, (one,))
    except (UnknownIdError, CompartmentClosedError, CeilingError, StorageError, VaultBusyError):
        return False
    return True


def _has_come(target: Compartment, one: Departure) -> bool:
    return target.chain.has(kind=Kind.MOVEMENT.value, number=one.number)


def _facts(source: Compartment, uid: str, event: MovementEvent, *, reason: str = "", copies: int = 0) -> Movement:
    row = source.departures.row(uid)
    label = "" if row.label_xml is None else row.label_xml.decode()
    return Movement(event=event, note_uid=uid, reference=row.reference, label=label, reason=reason, copies=copies)
