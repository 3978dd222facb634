"""Paper copies as the register knows them: what became of each, and who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.registers.facts import Copy, Kind


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
