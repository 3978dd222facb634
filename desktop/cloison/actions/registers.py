"""Registers as actions see them: entering an act with it, listing, verifying."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cloison.actions.session import Session
from cloison.directory.card import read_card
from cloison.directory.errors import CardError
from cloison.notes.errors import ReasonMissingError
from cloison.registers.chain import (
    Checkpoint,
    Head,
    StoredEntry,
    next_entry,
    sign_checkpoint,
    start_of,
    verify_chain,
    verify_checkpoint,
)
from cloison.registers.entry import Entry, entry_digest
from cloison.registers.errors import BrokenChainError, ClockSetBackError, EntryFormatError
from cloison.registers.facts import ClockConfirmed, Facts, Kind
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from cloison_crypto.fields import time_text
from cloison_crypto.public_identity import PublicIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One register line and the compartment it lies in."""

    compartment_id: str
    compartment: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying the register of one compartment found; ``first_bad`` is None when it holds."""

    compartment_id: str
    compartment: str
    entries: int
    first_bad: int | None
    head: Head | None


def check_clock(session: Session) -> None:
    """Raise ``ClockSetBackError`` where the clock stands before the last entry, and nobody has vouched for it since."""
    latest = session.set_back()
    if latest is not None:
        raise ClockSetBackError(latest)


def confirm_clock(session: Session, reason: str) -> str | None:
    """A person vouches for a clock that stands before the last entry: from then on that is the time.

    The number of what is entered in each open register; None where the clock stands as it should. Raises
    ``ReasonMissingError``.
    """
    latest = session.set_back()
    if latest is None:
        return None
    if not reason.strip():
        raise ReasonMissingError
    facts = ClockConfirmed(latest=time_text(latest), reason=reason.strip())
    number = _next_number(session, facts.kind)
    _enter_everywhere(session, facts, number)
    return number


def draw_number(session: Session, kind: Kind) -> str:
    """The next number of a register, committed before it is used: one that never gets an entry shows as void.

    Raises ``ClockSetBackError``: nothing is entered under a date that is past already.
    """
    check_clock(session)
    return _next_number(session, kind)


def enter(session: Session, compartment: Compartment, facts: Facts, *, number: str) -> Entry:
    """Append an entry to the compartment's chain; call it inside the transaction of the act it records."""
    return _append(session, compartment, facts, number=number, at=session.now(), by=session.vault.member.alias)


def enter_begun(
    session: Session, compartment: Compartment, facts: Facts, *, number: str, at: datetime, by: str
) -> Entry:
    """The same for an act that ``by`` began at ``at``, and that is finished now, whatever the clock says meanwhile.

    No entry is dated before the one it follows: the entry of a session between them may be later.
    """
    latest = compartment.chain.last_at()
    return _append(session, compartment, facts, number=number, at=at if latest is None else max(at, latest), by=by)


def enter_in_each(session: Session, facts: Facts) -> str | None:
    """Enter what concerns every open compartment in the register of each, under one number; None where none is open."""
    if not session.open_compartments():
        return None
    number = draw_number(session, facts.kind)
    _enter_everywhere(session, facts, number)
    return number


def enter_alone(session: Session, compartment: Compartment, facts: Facts) -> str:
    """Enter what concerns one compartment alone in its register; the number. Raises ``ClockSetBackError``."""
    number = draw_number(session, facts.kind)
    with compartment.transaction():
        enter(session, compartment, facts, number=number)
        sign_head(session, compartment)
    return number


def sign_head(session: Session, compartment: Compartment) -> None:
    """Sign the head of the compartment's chain and keep the signature beside it."""
    stored = compartment.chain.head()
    if not stored.sequence:
        return
    identity = session.vault.member.identity
    checkpoint = Checkpoint(
        vault_id=session.vault.id,
        compartment_id=compartment.id,
        head=Head(sequence=stored.sequence, digest=stored.digest),
        at=session.now(),
        signer=identity.public.fingerprint,
    )
    compartment.chain.add_checkpoint(stored.sequence, checkpoint.body(), sign_checkpoint(checkpoint, identity))


def lines(session: Session, kind: Kind | None = None) -> tuple[Line, ...]:
    """The register lines of every open compartment, oldest first; raises ``BrokenChainError``."""
    found = [
        Line(compartment_id=compartment.id, compartment=compartment.name, entry=entry)
        for compartment in session.open_compartments()
        for entry in _entries(session, compartment)
        if kind is None or entry.facts.kind is kind
    ]
    return tuple(sorted(found, key=lambda line: (line.entry.at, line.entry.number)))


def verify(session: Session) -> tuple[Verdict, ...]:
    """One verdict for the register of each open compartment, its signed checkpoints included."""
    return tuple(_verdict(session, compartment) for compartment in session.open_compartments())


def _next_number(session: Session, kind: Kind) -> str:
    year = session.now().year
    return f"{kind.value}-{year}-{session.vault.series.draw(kind.value, year):05d}"


def _enter_everywhere(session: Session, facts: Facts, number: str) -> None:
    for compartment in session.open_compartments():
        with compartment.transaction():
            enter(session, compartment, facts, number=number)
            sign_head(session, compartment)


def _append(session: Session, compartment: Compartment, facts: Facts, *, number: str, at: datetime, by: str) -> Entry:
    chain = compartment.chain
    stored = chain.head()
    head = start_of(session.vault.id, compartment.id)
    if stored.sequence:
        head = Head(sequence=stored.sequence, digest=stored.digest)
    entry = next_entry(head, facts, number=number, at=at, by=by)
    body = entry.body()
    chain.append(body, digest=entry_digest(body), kind=facts.kind.value, number=number, at=time_text(entry.at))
    return entry


def _entries(session: Session, compartment: Compartment) -> tuple[Entry, ...]:
    verified, _ = verify_chain(start_of(session.vault.id, compartment.id), _stored(compartment))
    return verified


def _verdict(session: Session, compartment: Compartment) -> Verdict:
    stored = _stored(compartment)
    try:
        _, head = verify_chain(start_of(session.vault.id, compartment.id), stored)
        _verify_checkpoints(session, compartment, stored)
    except BrokenChainError as error:
        return _broken(compartment, len(stored), error.sequence)
    except EntryFormatError:
        return _broken(compartment, len(stored), len(stored))
    return Verdict(
        compartment_id=compartment.id,
        compartment=compartment.name,
        entries=len(stored),
        first_bad=None,
        head=head,
    )


def _verify_checkpoints(session: Session, compartment: Compartment, stored: tuple[StoredEntry, ...]) -> None:
    signers = _signers(session, compartment)
    for checkpoint in compartment.chain.checkpoints():
        verify_checkpoint(
            checkpoint.body,
            checkpoint.signature,
            signers,
            vault_id=session.vault.id,
            compartment_id=compartment.id,
            entries=stored,
        )


def _signers(session: Session, compartment: Compartment) -> list[PublicIdentity]:
    """The keys of all who are or were read in; those that are not in the directory any more check nothing."""
    found = [one.public for one in session.vault.member.identities]
    for fingerprint in compartment.roster.fingerprints():
        with suppress(UnknownIdError, CardError):
            found.append(read_card(session.vault.directory.contact(fingerprint).card).identity)
    return found


def _broken(compartment: Compartment, entries: int, first_bad: int) -> Verdict:
    return Verdict(
        compartment_id=compartment.id, compartment=compartment.name, entries=entries, first_bad=first_bad, head=None
    )


def _stored(compartment: Compartment) -> tuple[StoredEntry, ...]:
    return tuple(
        StoredEntry(sequence=row.sequence, body=row.body, digest=row.digest) for row in compartment.chain.entries()
    )
