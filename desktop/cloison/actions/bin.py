"""The bin: a deleted note lies in it whole, out of every list and search, until it is taken back or destroyed.

Nothing in it goes by itself. For so many days (the setting ``bin_days``) a note in the bin is kept in any case; after
that it may be destroyed, which is an act of its own with a reason and an entry (``destroy_note``): how long files are
kept, and who agrees to their end, is decided by people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cloison.actions.registers import check_clock
from cloison.actions.session import Session
from cloison.actions.write_note import settled_note
from cloison.labels.label import Label, label_from_xml
from cloison.vault.bin_store import BinRow
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from cloison.vault.note_rows import NoteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BinLine:
    """A note in the bin: its title under its own label, the roll-up of the whole; who deleted it and when.

    It is kept ``until`` then before it may be destroyed.
    """

    row: NoteRow
    compartment: Compartment
    title_label: Label | None
    label: Label | None
    at: datetime
    by: str
    until: datetime


def bin_note(session: Session, uid: str) -> BinLine:
    """Delete a note into the bin, what is being written of it kept as a revision first.

    How long it is kept counts from then, so not by a clock set back. Raises ``UnknownIdError``, ``CeilingError``,
    ``ClockSetBackError``.
    """
    check_clock(session)
    compartment, _ = settled_note(session, uid)
    compartment.bin.put(uid, at=session.now(), by=session.vault.member.alias)
    return _line(session, compartment, compartment.bin.get(uid))


def take_from_bin(session: Session, uid: str) -> BinLine:
    """Let a deleted note be in use again, as it was; raises ``UnknownIdError``."""
    line = find_in_bin(session, uid)
    line.compartment.bin.take_back(uid)
    return line


def list_bin(session: Session) -> tuple[BinLine, ...]:
    """What is in the bins of the open compartments, the note longest in one first."""
    found = [
        _line(session, compartment, one) for compartment in session.open_compartments() for one in compartment.bin.all()
    ]
    return tuple(sorted(found, key=lambda line: line.at))


def find_in_bin(session: Session, uid: str) -> BinLine:
    """The note of that uid in the bin of an open compartment; raises ``UnknownIdError``."""
    for compartment in session.open_compartments():
        if any(one.row.uid == uid for one in compartment.bin.all()):
            return _line(session, compartment, compartment.bin.get(uid))
    raise UnknownIdError("note in the bin", uid)


def _line(session: Session, compartment: Compartment, one: BinRow) -> BinLine:
    return BinLine(
        row=one.row,
        compartment=compartment,
        title_label=session.standing(_label(one.row.title_label_xml)),
        label=session.standing(_label(one.row.label_xml)),
        at=one.at,
        by=one.by,
        until=one.at + timedelta(days=session.settings.bin_days),
    )


def _label(xml: bytes | None) -> Label | None:
    return None if xml is None else label_from_xml(xml)
