"""Paper copies as the register knows them: what became of each, and who holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.registers.entry import entry_from_bytes
from cloison.registers.facts import Copy, CopyEvent, Facts, Kind, Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One copy with the last thing that happened to it; ``number`` is the register's."""

    number: str
    facts: Copy
    at: datetime


def list_copies(session: Session, *, holder: str | None = None) -> tuple[CopyLine, ...]:
    """Every copy in the open compartments, or those of one holder, in the order of their numbers."""
    latest: dict[str, CopyLine] = {}
    for line in lines(session, Kind.COPY):
        facts = line.entry.facts
        if isinstance(facts, Copy):
            latest[facts.copy_id] = CopyLine(number=line.entry.number, facts=facts, at=line.entry.at)
    held = (one for one in latest.values() if holder is None or one.facts.holder.casefold() == holder.casefold())
    return tuple(sorted(held, key=lambda one: one.number))


def copies_made(session: Session) -> Counter[str]:
    """By note uid the highest number of a copy that was ever reserved: numbers are never used twice.

    Where the compartment in which they were made is closed, what the note brought along when it moved says it.
    """
    return copies_numbered(session) | copies_brought(session)


def copies_numbered(session: Session) -> Counter[str]:
    """The same by the copies on the registers that are open."""
    highest: Counter[str] = Counter()
    for facts in _facts(session, Kind.COPY):
        if isinstance(facts, Copy) and facts.event is not CopyEvent.VOID:
            highest[facts.note_uid] = max(highest[facts.note_uid], facts.copy_number)
    return highest


def copies_brought(session: Session) -> Counter[str]:
    """The same by what notes brought along."""
    highest: Counter[str] = Counter()
    for facts in _facts(session, Kind.MOVEMENT):
        if isinstance(facts, Movement):
            highest[facts.note_uid] = max(highest[facts.note_uid], facts.copies)
    return highest


def copies_out(session: Session) -> Counter[str]:
    """By note uid how many copies were printed and are with their holders."""
    return Counter(one.facts.note_uid for one in list_copies(session) if one.facts.event is CopyEvent.PRINTED)


def _facts(session: Session, kind: Kind) -> Iterator[Facts]:
    """Without verifying the whole of each chain for it: moving thousands of notes asks it hundreds of times."""
    for compartment in session.open_compartments():
        for row in compartment.chain.entries(kind.value):
            yield entry_from_bytes(row.body).facts
