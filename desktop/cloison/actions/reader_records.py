"""The list of a compartment's readers, put right by its register before keys change.

The list is a table that every reader can write, and so can whoever is about to lose the key: their own row goes, or one
of somebody comes in who was never read in. The register only grows, and those before them have signed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cloison.actions.clearing import check_cleared
from cloison.actions.registers import enter_alone
from cloison.actions.session import Session
from cloison.directory.errors import CardError
from cloison.registers.entry import Entry, entry_from_bytes
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.compartment import Compartment
from cloison.vault.errors import NotClearedError, UnknownIdError
from cloison.vault.members import Acquaintance, MemberSummary
from cloison.vault.roster import ReaderRow

_UID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FallenReader:
    """Somebody who is on the list of a compartment's readers and is not to be, or the other way round."""

    compartment: str
    alias: str


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


def rekey(session: Session, compartment: Compartment, name: str) -> tuple[FallenReader, ...]:
    """Give a compartment another key, which a reader does not get; who falls out with them, on the register too.

    Nobody keeps it whom the register has not read in, or who is not cleared any more. Raises what
    ``Readers.read_out`` does.
    """
    meant = session.vault.readers.named(compartment.id, name)
    falling = [one for one in _falling(session, compartment) if one.id not in {row.member for row in meant}]
    session.vault.readers.read_out(compartment.id, name, along={one.id for one in falling})
    for one in falling:
        enter_reader(session, compartment, TrustEvent.READ_OUT, one.alias, one.fingerprint or b"")
    return tuple(FallenReader(compartment=compartment.name, alias=one.alias) for one in falling)


def differing(session: Session) -> Iterator[FallenReader]:
    """Members over whom the list of an open compartment's readers and its register do not agree."""
    for compartment in session.open_compartments():
        entries = _entries(compartment)
        listed = {row.member for row in compartment.roster.readers()}
        for one in _others(session):
            if (one.id in listed) is not _is_reader(entries, one):
                yield FallenReader(compartment=compartment.name, alias=one.alias)


def enter_reader(session: Session, compartment: Compartment, event: TrustEvent, alias: str, fingerprint: bytes) -> None:
    """Enter a reading in or out in the register of a compartment."""
    enter_alone(session, compartment, Trust(event=event, name=alias, fingerprint=fingerprint.hex()))


def _falling(session: Session, compartment: Compartment) -> Iterator[MemberSummary]:
    """Members on the list who are not to have another key. What the list calls them is no more than its word."""
    entries = _entries(compartment)
    listed = {row.member for row in compartment.roster.readers()}
    for one in _others(session):
        if one.id in listed and not (_is_reader(entries, one) and _is_cleared(session, compartment, entries, one)):
            yield one


def _others(session: Session) -> Iterator[MemberSummary]:
    return (one for one in session.vault.members.all() if one.acquaintance is not Acquaintance.MYSELF)


def _is_reader(entries: Sequence[Entry], member: MemberSummary) -> bool:
    """Whether the register has a member read in, and not out since; who made the compartment was read in by nobody."""
    is_in = bool(entries) and entries[0].by == member.alias
    for facts in (one.facts for one in entries):
        if isinstance(facts, Trust) and member.alias == facts.name:
            is_in = (is_in or facts.event is TrustEvent.READ_IN) and facts.event is not TrustEvent.READ_OUT
    return is_in


def _is_cleared(session: Session, compartment: Compartment, entries: Sequence[Entry], member: MemberSummary) -> bool:
    """As at reading in; whoever made the compartment was asked for nothing."""
    if entries[0].by == member.alias:
        return True
    try:
        check_cleared(session, compartment, member.alias, member.fingerprint or b"")
    except (NotClearedError, UnknownIdError, CardError):
        return False
    return True


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
