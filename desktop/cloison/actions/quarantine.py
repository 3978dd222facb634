"""Packages that wait for a card, a policy or an endorsement: kept as they came, and checked anew each time.

Nothing about a package is remembered as verified: whatever was found when it arrived, all the checks run again when
somebody wants it, on the very bytes that arrived.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cloison.actions.open_package import Accepted, accept, look_at, receiver
from cloison.actions.people import contacts
from cloison.actions.session import Session, session_on
from cloison.dissemination.checks import Opened, Receiver
from cloison.dissemination.errors import AlreadyReceivedError, DisseminationError
from cloison.dissemination.opening import Waiting, WaitReason, examine
from cloison.vault.quarantine_store import HeldPackage


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A package that waits. ``key_id`` is the fingerprint its signature claims, ``sender`` the name it has here now."""

    uid: str
    reason: WaitReason
    key_id: bytes
    sender: str | None
    arrived: datetime
    size: int


def receive(session: Session, path: Path) -> Opened | Quarantined:
    """Read and verify a package; one that may wait is kept in quarantine.

    Raises ``DisseminationError`` for any other refusal, ``QuarantineFullError``, ``DiskError``.
    """
    outcome = look_at(path, receiver(session))
    return hold(session, outcome) if isinstance(outcome, Waiting) else outcome


def receive_bytes(session: Session, sealed: bytes) -> Opened | Quarantined:
    """The same for a file that was read already; raises what ``receive`` raises."""
    outcome = examine(sealed, receiver(session))
    return hold(session, outcome) if isinstance(outcome, Waiting) else outcome


def hold(session: Session, waiting: Waiting) -> Quarantined:
    """Keep a package that waits; the same file again is the same package. Raises ``QuarantineFullError``."""
    held = session.vault.quarantine.hold(
        waiting.sealed, reason=waiting.reason.value, key_id=waiting.key_id, now=session.now()
    )
    return _quarantined(held, _names(session))


def quarantined(session: Session) -> tuple[Quarantined, ...]:
    """Every package that waits, the oldest first."""
    names = _names(session)
    return tuple(_quarantined(held, names) for held in session.vault.quarantine.all())


def ready(session: Session) -> tuple[Quarantined, ...]:
    """Those that would open now: a card, a policy or an endorsement has come since they arrived."""
    waiting = quarantined(session)
    if not waiting:
        return ()
    vault = session.vault
    # A session keeps the policies it began with, and one may just have been taken in.
    fresh = session_on(vault, settings=session.settings, clock=session.clock, randomness=session.randomness)
    checks = receiver(fresh)
    return tuple(one for one in waiting if _opens(session, one.uid, checks))


def retry(session: Session, uid: str) -> Opened | Quarantined:
    """Run every check on a package that waits, as if it had just arrived.

    Raises ``UnknownIdError``, or ``DisseminationError`` for a refusal that stands. The package stays where it is,
    unless it was accepted since.
    """
    sealed = session.vault.quarantine.sealed(uid)
    try:
        outcome = examine(sealed, receiver(session))
    except AlreadyReceivedError:
        session.vault.quarantine.drop(uid)
        raise
    return hold(session, outcome) if isinstance(outcome, Waiting) else outcome


def accept_quarantined(session: Session, uid: str, compartment_id: str) -> Accepted | Quarantined:
    """Keep a package that waited in a compartment, once every check holds; else it goes on waiting.

    Raises what ``retry`` and ``open_package.accept`` raise.
    """
    outcome = retry(session, uid)
    return outcome if isinstance(outcome, Quarantined) else accept(session, outcome, compartment_id)


def drop(session: Session, uid: str) -> None:
    """Forget a package that waits; raises ``UnknownIdError``."""
    session.vault.quarantine.drop(uid)


def _opens(session: Session, uid: str, checks: Receiver) -> bool:
    with suppress(DisseminationError):
        outcome = examine(session.vault.quarantine.sealed(uid), checks)
        if isinstance(outcome, Opened):
            outcome.discard()
            return True
    return False


def _names(session: Session) -> dict[bytes, str]:
    return {one.card.fingerprint: one.card.name for one in contacts(session)}


def _quarantined(held: HeldPackage, names: dict[bytes, str]) -> Quarantined:
    return Quarantined(
        uid=held.uid,
        reason=WaitReason(held.reason),
        key_id=held.key_id,
        sender=names.get(held.key_id),
        arrived=held.arrived,
        size=held.size,
    )
