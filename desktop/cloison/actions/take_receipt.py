"""Taking the answer to a package that left: it closes the line of the dispatch, and what it asks becomes requirements.

The receipt is kept word for word beside the note, since the register names people and acts and no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cloison.actions.dispatches import dispatch_entries, standing_dispatches
from cloison.actions.people import Contact, contacts, myself, reader_of
from cloison.actions.registers import check_clock, enter, sign_head
from cloison.actions.session import Session
from cloison.dissemination.errors import ReceiptAboveCeilingError, ReceiptTakenError, UnknownDispatchError
from cloison.dissemination.label_checks import Correspondent, LabelChecks
from cloison.dissemination.receipt import Receipt, Verdict, receipt_from_bytes
from cloison.dissemination.receipt_file import (
    MOST_SEALED,
    OpenedReceipt,
    ReceiptChecks,
    SentPackage,
    is_receipt,
)
from cloison.notes.portion import new_uid
from cloison.registers.facts import Dispatch, DispatchEvent
from cloison.vault.errors import CeilingError
from cloison.vault.receipt_store import StoredReceipt
from cloison.vault.requirement_store import StoredRequirement
from cloison_crypto.fields import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenReceipt:
    """A receipt as it was kept: ``number`` is the dispatch's, ``note_uid`` the note it is about."""

    receipt: Receipt
    signer: str
    compartment_id: str
    note_uid: str
    number: str
    requirement_ids: tuple[str, ...]


def receipt_checks(session: Session) -> ReceiptChecks:
    """What the checks of a receipt need to know of this vault.

    Raises ``ClockSetBackError``: by a clock set back, what has expired would be in force again.
    """
    check_clock(session)
    entries = dispatch_entries(session)
    known = contacts(session)
    return ReceiptChecks(
        identities=session.vault.member.identities,
        correspondents={
            one.card.fingerprint: Correspondent(identity=one.card.identity, name=one.card.name, standing=one.standing)
            for one in known
        },
        sent={uid: _sent(one.facts) for uid, one in standing_dispatches(entries).items()},
        taken=frozenset(one.facts.receipt_sha256 for one in entries if one.facts.receipt_sha256),
        former=_former_keys(known),
        labels=LabelChecks(
            reader=reader_of(myself(session).standing),
            policy_for=session.policy_for,
            is_superseded=session.is_superseded,
            now=session.now(),
        ),
    )


def is_for_receipts(session: Session, sealed: bytes) -> bool:
    """Whether a sealed file is for the door of receipts; any other is for that of packages. Nothing is verified yet."""
    return len(sealed) <= MOST_SEALED and is_receipt(sealed, session.vault.member.identities)


def take_receipt(session: Session, opened: OpenedReceipt) -> TakenReceipt:
    """Close the dispatch line, keep the receipt, and make requirements of its questions: all of it or nothing.

    Raises ``ReceiptTakenError``, ``UnknownDispatchError``, ``ReceiptAboveCeilingError``.
    """
    entries = dispatch_entries(session)
    if any(one.facts.receipt_sha256 == opened.digest for one in entries):
        raise ReceiptTakenError
    entry = standing_dispatches(entries).get(opened.receipt.package_uid)
    if entry is None:
        raise UnknownDispatchError
    compartment, dispatch = session.vault.compartment(entry.compartment_id), entry.facts
    requirements = _requirements(session, opened, dispatch)
    stored = StoredReceipt(
        digest=opened.digest,
        package_uid=dispatch.package_uid,
        note_uid=dispatch.note_uid,
        body=opened.receipt.to_bytes(),
    )
    try:
        with compartment.transaction():
            compartment.receipts.add(stored, label_xml=opened.receipt.label.to_xml())
            for one in requirements:
                compartment.requirements.add(one)
            enter(session, compartment, _closing(dispatch, opened), number=entry.number)
            sign_head(session, compartment)
    except CeilingError as error:
        raise ReceiptAboveCeilingError from error
    return TakenReceipt(
        receipt=opened.receipt,
        signer=opened.signer.name,
        compartment_id=compartment.id,
        note_uid=dispatch.note_uid,
        number=entry.number,
        requirement_ids=tuple(one.id for one in requirements),
    )


def receipts_for(session: Session, note_uid: str) -> tuple[Receipt, ...]:
    """What readers said of the renditions of a note, in the order it was taken; raises ``UnknownIdError``.

    A receipt for what was sent before the note moved lies where it was sent from.
    """
    session.find_note(note_uid)
    return tuple(
        receipt_from_bytes(one.body)
        for compartment in session.open_compartments()
        for one in compartment.receipts.about(note_uid)
    )


def _former_keys(known: Sequence[Contact]) -> dict[str, frozenset[str]]:
    """For each contact the keys before theirs, as far back as each card was signed by the one before it."""
    before = {one.card.fingerprint: one.changed_from.fingerprint for one in known if one.changed_from is not None}

    def chain(fingerprint: bytes) -> Iterator[bytes]:
        seen = {fingerprint}
        while (earlier := before.get(fingerprint)) is not None and earlier not in seen:
            yield earlier
            seen.add(earlier)
            fingerprint = earlier

    return {one.hex(): frozenset(earlier.hex() for earlier in chain(one)) for one in before}


def _sent(facts: Dispatch) -> SentPackage:
    return SentPackage(
        manifest_sha256=facts.manifest_sha256, recipient=facts.recipient_fingerprint, reference=facts.reference
    )


def _closing(dispatch: Dispatch, opened: OpenedReceipt) -> Dispatch:
    is_refusal = opened.receipt.verdict is Verdict.REFUSED
    return replace(
        dispatch,
        event=DispatchEvent.REFUSED if is_refusal else DispatchEvent.RECEIPTED,
        receipt_sha256=opened.digest,
        receipt_at=time_text(opened.receipt.at),
    )


def _requirements(session: Session, opened: OpenedReceipt, dispatch: Dispatch) -> tuple[StoredRequirement, ...]:
    return tuple(
        StoredRequirement(
            id=new_uid(session.randomness),
            note_uid=dispatch.note_uid,
            package_uid=dispatch.package_uid,
            sender=opened.signer.name,
            sender_fingerprint=opened.receipt.signer,
            text=question.text,
            label_xml=question.label.to_xml(),
            at=opened.receipt.at,
        )
        for question in opened.receipt.questions
    )
