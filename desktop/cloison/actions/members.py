"""The members of a vault and their ways in."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.vault.errors import SlotSummary
from cloison.vault.opening import read_members


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One member; ``fingerprint`` is None where it is not known to whoever has the vault open."""

    alias: str
    fingerprint: bytes | None


def list_members(session: Session) -> tuple[MemberLine, ...]:
    """Every member of the vault."""
    mine = session.vault.member
    return tuple(
        MemberLine(alias=alias, fingerprint=mine.identity.public.fingerprint if alias == mine.alias else None)
        for alias in read_members(session.vault.folder)
    )


def list_slots(session: Session) -> tuple[SlotSummary, ...]:
    """What opens the vault for the member who has it open."""
    return session.vault.ways.slots()
