"""An originator's consent that foreign parts of a note go further: recorded, listed, withdrawn, always on the register.

See ``notes.consent`` for what a consent does and what it never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from cloison.actions.people import chosen_contacts
from cloison.actions.registers import check_clock, draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.actions.write_note import settled_note
from cloison.notes.consent import new_consent
from cloison.notes.errors import ReasonMissingError
from cloison.notes.portion import new_uid
from cloison.registers.facts import ConsentEvent, Kind, OriginatorConsent
from cloison.vault.compartment import Compartment
from cloison.vault.consent_store import StoredConsent
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTerms:
    """What the originator wrote: who spoke for them, under which reference, on which day, and whom it is for.

    ``names_originator``: the readers may be told where the words come from.
    """

    given_by: str
    reference: str
    day: date
    contact_ids: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    names_originator: bool = False


def record_consent(session: Session, note_uid: str, numbers: Sequence[int], terms: ConsentTerms) -> StoredConsent:
    """Record a consent for parts of a note, by number, and enter it.

    Raises ``UnknownIdError``, ``UnknownPortionError``, ``ConsentRefusedError``.
    """
    compartment, stored = settled_note(session, note_uid)
    readers = chosen_contacts(session, terms.contact_ids)
    consent = new_consent(
        stored.note,
        numbers,
        given_by=terms.given_by,
        reference=terms.reference,
        day=terms.day,
        readers=(one.card.fingerprint.hex() for one in readers),
        nationalities=terms.nationalities,
        names_originator=terms.names_originator,
    )
    number = draw_number(session, Kind.CONSENT)
    recorded = StoredConsent(id=new_uid(session.randomness), note_uid=note_uid, number=number, consent=consent)
    to = ", ".join((*(one.card.name for one in readers), *sorted(consent.nationalities)))
    facts = _facts(recorded, ConsentEvent.RECORDED, reference=stored.note.reference, detail=to)
    with compartment.transaction():
        compartment.consents.add(recorded)
        enter(session, compartment, facts, number=number)
        sign_head(session, compartment)
    return recorded


def consents_for(session: Session, note_uid: str) -> tuple[StoredConsent, ...]:
    """The consents for a note, withdrawn ones included; raises ``UnknownIdError``."""
    compartment, _ = session.find_note(note_uid)
    return compartment.consents.about(note_uid)


def withdraw_consent(session: Session, id: str, *, reason: str) -> StoredConsent:
    """Let nothing more go on by a consent; what has gone has gone.

    Raises ``UnknownIdError``, ``ReasonMissingError``, ``ClockSetBackError``.
    """
    check_clock(session)
    if not reason.strip():
        raise ReasonMissingError
    compartment, known = _find(session, id)
    reference = compartment.notes.get(known.note_uid).note.reference
    facts = _facts(known, ConsentEvent.WITHDRAWN, reference=reference, detail=reason.strip())
    if known.is_in_force:
        with compartment.transaction():
            compartment.consents.withdraw(id, at=session.now())
            enter(session, compartment, facts, number=known.number)
            sign_head(session, compartment)
    return compartment.consents.get(id)


def _find(session: Session, id: str) -> tuple[Compartment, StoredConsent]:
    for compartment in session.open_compartments():
        with suppress(UnknownIdError):
            return compartment, compartment.consents.get(id)
    raise UnknownIdError("consent", id)


def _facts(one: StoredConsent, event: ConsentEvent, *, reference: str, detail: str) -> OriginatorConsent:
    return OriginatorConsent(
        event=event,
        note_uid=one.note_uid,
        reference=reference,
        originator=one.consent.originator,
        given_by=one.consent.given_by,
        consent_reference=one.consent.reference,
        parts=len(one.consent.words),
        detail=detail,
    )
