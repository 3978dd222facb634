"""The list of a compartment's readers, put right by its register before keys change.

The list is a table that every reader can write, and so can whoever is about to lose the key: their own row goes, or one
of somebody comes in who was never read in. The register only grows, and those before them have signed it.
"""

from __future__ import annotations

from collections.abc import Iterable

from cloison.actions.session import Session
from cloison.registers.entry import Entry, entry_from_bytes
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.compartment import Compartment
from cloison.vault.members import MemberSummary
from cloison.vault.roster import ReaderRow

_UID_BYTES = 16


def unlisted(session: Session, member: MemberSummary) -> tuple[Compartment, ...]:
    """The open compartments whose register names a member as a reader, and whose list does not."""
    return tuple(
        one
        for one in session.open_compartments()
        if all(row.member != member.id for row in one.roster.readers())
        and _was_reader(_entries(one), member.alias, member.fingerprint or b"")
    )


def list_again(session: Session, compartment: Compartment, member: MemberSummary) -> None:
    """Put a member on the list, so that the next key is one they do not get."""
    row = session.randomness(_UID_BYTES).hex()
    fingerprint = member.fingerprint or b""
    compartment.roster.put(ReaderRow(member=member.id, alias=member.alias, fingerprint=fingerprint, wrap=row))


def drop_intruders(session: Session, compartment: Compartment) -> None:
    """Take off the list whoever was never read in by the register: the next key is not handed to them."""
    entries = _entries(compartment)
    for row in compartment.roster.readers():
        is_mine = row.member == session.vault.member.id
        if not is_mine and not _was_reader(entries, row.alias, row.fingerprint):
            compartment.roster.drop(row.member)


def _entries(compartment: Compartment) -> tuple[Entry, ...]:
    return tuple(entry_from_bytes(row.body) for row in compartment.chain.entries())


def _was_reader(entries: Iterable[Entry], alias: str, fingerprint: bytes) -> bool:
    """Whether somebody was read in, or entered anything: who made the compartment was read in by nobody."""
    return any(one.by == alias or _reads_in(one, alias, fingerprint.hex()) for one in entries)


def _reads_in(entry: Entry, alias: str, fingerprint: str) -> bool:
    facts = entry.facts
    if not isinstance(facts, Trust) or facts.event is not TrustEvent.READ_IN:
        return False
    return facts.name == alias or facts.fingerprint == fingerprint
