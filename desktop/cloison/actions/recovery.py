"""The recovery contact: who is sealed a package of all that leaves at the levels where the policy asks for it.

An organisation must be able to read what its people sent, even where their keys are lost. It is a contact like any
other, with a card, an endorsement and a clearance; the vault names one, and the registers say who and since when.
"""

from __future__ import annotations

from cloison.actions.people import Contact, contact, contact_of
from cloison.actions.registers import check_clock, enter_in_each
from cloison.actions.session import Session
from cloison.registers.facts import Trust, TrustEvent


def recovery_contact(session: Session) -> Contact | None:
    """The recovery contact of this vault, None where none is set."""
    fingerprint = session.vault.directory.recovery()
    return None if fingerprint is None else contact_of(session, fingerprint)


def set_recovery(session: Session, contact_id: str) -> Contact:
    """Make a contact the recovery contact, and enter it; raises ``UnknownIdError``, ``ClockSetBackError``."""
    check_clock(session)
    chosen = contact(session, contact_id)
    session.vault.directory.set_recovery(chosen.card.fingerprint)
    _enter(session, TrustEvent.RECOVERY_SET, chosen)
    return chosen


def remove_recovery(session: Session) -> None:
    """Have no recovery contact any more, and enter it; raises ``ClockSetBackError``."""
    check_clock(session)
    known = recovery_contact(session)
    if known is None:
        return
    session.vault.directory.drop_recovery()
    _enter(session, TrustEvent.RECOVERY_REMOVED, known)


def _enter(session: Session, event: TrustEvent, of: Contact) -> None:
    enter_in_each(session, Trust(event=event, name=of.card.name, fingerprint=of.card.fingerprint.hex()))
