"""Packages as the register of dispatches knows them: who was sent what, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.registers.facts import Dispatch, DispatchEvent, Kind


class DispatchState(Enum):
    """How a dispatch stands: a receipt closes it, the one that was signed last counts."""

    SENT = "sent"
    WAITING = "reply expected"
    RECEIPTED = "receipted"
    REFUSED = "refused"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchLine:
    """One package: ``at`` is when it was sealed, ``answered_at`` when the receipt that counts was signed."""

    compartment_id: str
    number: str
    facts: Dispatch
    at: datetime
    state: DispatchState
    answered_at: datetime | None = None


_CLOSED = {DispatchEvent.RECEIPTED: DispatchState.RECEIPTED, DispatchEvent.REFUSED: DispatchState.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchEntry:
    """One entry of the register of dispatches and the compartment it lies in."""

    compartment_id: str
    number: str
    at: datetime
    facts: Dispatch


def dispatch_entries(session: Session) -> tuple[DispatchEntry, ...]:
    """Every entry of the open compartments, in the order they were made."""
    return tuple(
        DispatchEntry(
            compartment_id=line.compartment_id, number=line.entry.number, at=line.entry.at, facts=line.entry.facts
        )
        for line in lines(session, Kind.DISPATCH)
        if isinstance(line.entry.facts, Dispatch)
    )


def standing_dispatches(entries: Sequence[DispatchEntry]) -> dict[str, DispatchEntry]:
    """Those of packages that left and were not entered as void since, by package uid."""
    void = {one.facts.package_uid for one in entries if one.facts.event is DispatchEvent.VOID}
    return {
        one.facts.package_uid: one
        for one in entries
        if one.facts.event is DispatchEvent.SEALED and one.facts.package_uid not in void
    }


def list_dispatches(session: Session) -> tuple[DispatchLine, ...]:
    """Every dispatch of the open compartments, in the order of their numbers."""
    found: dict[str, DispatchLine] = {}
    for one in dispatch_entries(session):
        uid = one.facts.package_uid
        found[uid] = _after(found.get(uid) or _opened(one), one.facts)
    return tuple(sorted(found.values(), key=lambda one: one.number))


def waiting(session: Session) -> tuple[DispatchLine, ...]:
    """The dispatches of which an answer is expected and has not come, the oldest first."""
    return tuple(one for one in list_dispatches(session) if one.state is DispatchState.WAITING)


def _opened(entry: DispatchEntry) -> DispatchLine:
    return DispatchLine(
        compartment_id=entry.compartment_id,
        number=entry.number,
        facts=entry.facts,
        at=entry.at,
        state=DispatchState.WAITING if entry.facts.is_reply_expected else DispatchState.SENT,
    )


def _after(line: DispatchLine, facts: Dispatch) -> DispatchLine:
    if facts.event is DispatchEvent.VOID:
        return replace(line, state=DispatchState.VOID)
    if facts.event not in _CLOSED:
        return line
    at = datetime.fromisoformat(facts.receipt_at)
    if line.answered_at is not None and at < line.answered_at:
        return line
    return replace(line, state=_CLOSED[facts.event], answered_at=at)
