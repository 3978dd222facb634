"""Destroying a note: an act of its own, on a note in the bin, with a reason, entered, and without return.

All of it goes in one transaction: every revision with what it did to marks, its words in the index, drafts, what is
attached, the links, the consents, receipts and requirements about it. What is entered stays for good: the reference,
the label, who destroyed it and why; so do the entries made of it before. Copies that left do not come back by it:
paper is with its holders, packages with their readers, and backups made before hold the note as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.actions.bin import BinLine, find_in_bin, list_bin
from cloison.actions.copies import copies_out
from cloison.actions.registers import draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.notes.errors import ReasonMissingError
from cloison.registers.facts import Kind, NoteDestroyed
from cloison.vault.compartment import Compartment
from cloison.vault.departure_store import Departure
from cloison.vault.errors import StillKeptError


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """A note that is no more; ``number`` is the register's, ``copies_out`` so many paper copies are with holders."""

    uid: str
    reference: str
    number: str
    copies_out: int


def destroy_note(session: Session, uid: str, *, reason: str) -> Destroyed:
    """Destroy a note in the bin once its time there is over.

    Raises ``UnknownIdError``, ``StillKeptError``, ``ReasonMissingError``, ``ClockSetBackError``.
    """
    line = find_in_bin(session, uid)
    if not _is_due(session, line):
        raise StillKeptError(line.until, is_fixed=_is_fixed(session))
    return _destroy(session, line.compartment, (line,), reason)[0]


def destroy_before_term(session: Session, uid: str, *, reason: str) -> Destroyed:
    """Destroy a note in the bin at once: what never should have been written here, for instance.

    Where the settings of the machine say how long notes are kept, and are locked, its time must be over all the same.
    Raises as ``destroy_note`` does.
    """
    if _is_fixed(session):
        return destroy_note(session, uid, reason=reason)
    line = find_in_bin(session, uid)
    return _destroy(session, line.compartment, (line,), reason)[0]


def destroy_due(session: Session, *, reason: str) -> tuple[Destroyed, ...]:
    """Destroy every note in the bins whose time there is over, each with an entry of its own.

    Raises ``ReasonMissingError``, ``ClockSetBackError``.
    """
    due = [line for line in list_bin(session) if _is_due(session, line)]
    places = {line.compartment.id: line.compartment for line in due}
    return tuple(
        destroyed
        for id, compartment in places.items()
        for destroyed in _destroy(session, compartment, [one for one in due if one.compartment.id == id], reason)
    )


def _is_due(session: Session, line: BinLine) -> bool:
    return session.now() >= line.until


def _is_fixed(session: Session) -> bool:
    return session.settings.origin("bin_days").locked


def _destroy(
    session: Session, compartment: Compartment, lines: Sequence[BinLine], reason: str
) -> tuple[Destroyed, ...]:
    if not reason.strip():
        raise ReasonMissingError
    out = copies_out(session)
    numbered = [
        (draw_number(session, Kind.DESTRUCTION), _facts(line, reason, copies_out=out[line.row.uid])) for line in lines
    ]
    with compartment.transaction():
        for number, facts in numbered:
            enter(session, compartment, facts, number=number)
            _remove(session, compartment, facts.note_uid, number)
        compartment.departures.press()
        sign_head(session, compartment)
    compartment.attachments.sweep()
    compartment.departures.settle()
    for one in session.open_compartments():
        for _, facts in numbered:
            one.links.forget(facts.note_uid)
    return tuple(
        Destroyed(uid=facts.note_uid, reference=facts.reference, number=number, copies_out=facts.copies_out)
        for number, facts in numbered
    )


def _remove(session: Session, compartment: Compartment, uid: str, number: str) -> None:
    departure = Departure(uid=uid, number=number, target=None, at=session.now(), by=session.vault.member.alias)
    compartment.departures.begin(departure)
    compartment.attachments.destroy(uid)
    compartment.departures.finish(uid)


def _facts(line: BinLine, reason: str, *, copies_out: int) -> NoteDestroyed:
    return NoteDestroyed(
        note_uid=line.row.uid,
        reference=line.row.reference,
        label="" if line.row.label_xml is None else line.row.label_xml.decode(),
        revisions=line.row.revision,
        copies_out=copies_out,
        reason=reason.strip(),
    )
