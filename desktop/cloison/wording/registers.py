"""Registers in words: their names, what happened, and one line for each entry."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cloison.registers.facts import (
    Arrival,
    ArrivalEvent,
    ClockConfirmed,
    ConsentEvent,
    Copy,
    CopyEvent,
    Dispatch,
    DispatchEvent,
    Export,
    ExportEvent,
    Facts,
    FindingAccepted,
    Kind,
    Movement,
    MovementEvent,
    NoteDestroyed,
    OriginatorConsent,
    PolicyImport,
    Trust,
    TrustEvent,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import minute

_KINDS: Final[dict[Kind, str]] = {
    Kind.ARRIVAL: N_("arrival"),
    Kind.DISPATCH: N_("dispatch"),
    Kind.COPY: N_("copy"),
    Kind.POLICY: N_("policy"),
    Kind.TRUST: N_("trust"),
    Kind.CONSENT: N_("consent"),
    Kind.CLOCK: N_("clock"),
    Kind.EXPORT: N_("export"),
    Kind.MOVEMENT: N_("movement"),
    Kind.DESTRUCTION: N_("destruction"),
    Kind.FINDING: N_("finding"),
}
_RECOVERY: Final = N_("note {reference} sealed to the recovery contact, {recipient}")
_CONSENT_EVENTS: Final[dict[ConsentEvent, str]] = {
    ConsentEvent.RECORDED: N_("consent {consent} of {given_by} for note {reference}, to: {detail}"),
    ConsentEvent.WITHDRAWN: N_("consent {consent} of {given_by} for note {reference} withdrawn: {detail}"),
}
_COPY_EVENTS: Final[dict[CopyEvent, str]] = {
    CopyEvent.RESERVED: N_("copy {number} of note {reference} reserved for {holder}"),
    CopyEvent.PRINTED: N_("copy {number} of note {reference} printed for {holder}"),
    CopyEvent.SPOILT: N_("copy {number} of note {reference} for {holder} spoilt and destroyed"),
    CopyEvent.VOID: N_("number drawn for a copy of note {reference} for {holder}, never used"),
}
_ARRIVAL_EVENTS: Final[dict[ArrivalEvent, str]] = {
    ArrivalEvent.ACCEPTED: N_("note {reference} received; sender: {sender}"),
    ArrivalEvent.RECEIPT_SENT: N_("receipt for note {reference} sealed to {sender}"),
    ArrivalEvent.REFUSAL_SENT: N_("refusal of note {reference} sealed to {sender}"),
}
_EXPORT_EVENTS: Final[dict[ExportEvent, str]] = {
    ExportEvent.ATTACHMENT_SAVED: N_("attachment {number} of note {reference} saved to a file"),
    ExportEvent.NOTE_EXPORTED: N_("note {reference} written to a file"),
}
_DISPATCH_EVENTS: Final[dict[DispatchEvent, str]] = {
    DispatchEvent.SEALED: N_("note {reference} sealed to {recipient}"),
    DispatchEvent.VOID: N_("number drawn for note {reference}, never used; recipient: {recipient}"),
    DispatchEvent.RECEIPTED: N_("receipt for note {reference} from {recipient}"),
    DispatchEvent.REFUSED: N_("note {reference} refused by {recipient}"),
}

_MOVEMENT_EVENTS: Final[dict[MovementEvent, str]] = {
    MovementEvent.WENT: N_("note {reference} moved to another compartment"),
    MovementEvent.CAME: N_("note {reference} moved here from another compartment"),
    MovementEvent.PUT_AWAY: N_("compartment put away: all its notes are in another one"),
}
_TRUST_EVENTS: Final[dict[TrustEvent, str]] = {
    TrustEvent.AUTHORITY_TRUSTED: N_("authority {name} trusted, its fingerprint typed"),
    TrustEvent.AUTHORITY_REMOVED: N_("authority {name} trusted no longer"),
    TrustEvent.CARD_COMPARED: N_("fingerprint of {name} compared"),
    TrustEvent.IDENTITY_RENEWED: N_("new keys of {name} made"),
    TrustEvent.LIST_TAKEN: N_("revocation list {detail} of {name} taken in"),
    TrustEvent.LIST_ISSUED: N_("revocation list {detail} of {name} signed"),
    TrustEvent.RECOVERY_SET: N_("{name} set as recovery contact"),
    TrustEvent.RECOVERY_REMOVED: N_("{name} no longer the recovery contact"),
    TrustEvent.MEMBER_ADDED: N_("{name} made a member of the vault"),
    TrustEvent.MEMBER_CONFIRMED: N_("fingerprint of the member {name} compared"),
    TrustEvent.MEMBER_REMOVED: N_("{name} removed from the vault, under another key"),
    TrustEvent.READ_IN: N_("{name} read in"),
    TrustEvent.READ_OUT: N_("{name} read out, under another key"),
}


def kind_text(kind: Kind, words: Catalogue) -> str:
    """Which register it is."""
    return words.text(_KINDS[kind])


def entry_text(facts: Facts, words: Catalogue) -> str:
    """What an entry records."""
    match facts:
        case Arrival():
            return words.text(_ARRIVAL_EVENTS[facts.event], reference=facts.reference, sender=facts.sender)
        case Dispatch():
            is_recovery = facts.is_recovery and facts.event is DispatchEvent.SEALED
            message = _RECOVERY if is_recovery else _DISPATCH_EVENTS[facts.event]
            return words.text(message, reference=facts.reference, recipient=facts.recipient)
        case PolicyImport():
            return words.text(
                "policy {policy}, version {version}, taken in; signed by {authority}",
                policy=facts.policy,
                version=facts.version,
                authority=facts.authority,
            )
        case Trust():
            return words.text(_TRUST_EVENTS[facts.event], name=facts.name, detail=facts.detail)
        case OriginatorConsent():
            return words.text(
                _CONSENT_EVENTS[facts.event],
                consent=facts.consent_reference,
                given_by=facts.given_by,
                reference=facts.reference,
                detail=facts.detail,
            )
        case Movement() | NoteDestroyed():
            return _left(facts, words)
        case ClockConfirmed() | FindingAccepted():
            return _vouched_for(facts, words)
        case Export():
            return words.text(_EXPORT_EVENTS[facts.event], number=facts.part, reference=facts.reference)
        case Copy():
            return words.text(
                _COPY_EVENTS[facts.event],
                number=facts.copy_number,
                reference=facts.reference,
                holder=facts.holder,
            )


def _vouched_for(facts: ClockConfirmed | FindingAccepted, words: Catalogue) -> str:
    if isinstance(facts, FindingAccepted):
        return words.text("what was found of {file} taken as it is: {reason}", file=facts.file, reason=facts.reason)
    return words.text(
        "clock that stands before {moment} vouched for: {reason}",
        moment=minute(datetime.fromisoformat(facts.latest), words),
        reason=facts.reason,
    )


def _left(facts: Movement | NoteDestroyed, words: Catalogue) -> str:
    message = N_("note {reference} destroyed") if isinstance(facts, NoteDestroyed) else _MOVEMENT_EVENTS[facts.event]
    what = words.text(message, reference=facts.reference)
    return words.text("{what}: {reason}", what=what, reason=facts.reason) if facts.reason else what
