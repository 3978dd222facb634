"""Answering a package that came in: what the reader says, sealed to its sender and entered in the register."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.actions.dissemination_plan import handling_of, needed_ids
from cloison.actions.files import PartFile, write_part
from cloison.actions.open_package import arrival_facts
from cloison.actions.people import Contact, contact, contact_of, reader_of
from cloison.actions.registers import check_clock, draw_number, enter, lines, sign_head
from cloison.actions.session import Session
from cloison.directory.sufficiency import first_shortfall
from cloison.dissemination.checks import Opened
from cloison.dissemination.errors import CannotSealError, InvalidRemarkError, Refused
from cloison.dissemination.receipt import Receipt, Statement, Verdict, receipt_digest
from cloison.dissemination.receipt_file import write_receipt
from cloison.labels.label import Label, label_from_xml
from cloison.labels.library import version_in_force
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up
from cloison.labels.validity import check
from cloison.notes.note import settled_label
from cloison.notes.release import decide_for, outgoing
from cloison.registers.facts import Arrival, ArrivalEvent, Kind
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment or question as it was written; without a ``label`` it has the package's."""

    text: str
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the reader of a package says; ``useful`` from 0 to 5, None where nothing is said of that."""

    verdict: Verdict = Verdict.RECEIVED
    useful: int | None = None
    comment: Remark | None = None
    questions: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The package an answer is about: its arrival, and where and under which number that is, or would be, entered."""

    compartment_id: str
    number: str
    arrival: Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReceipt:
    """A receipt as it left."""

    path: Path
    receipt: Receipt
    recipient: str
    number: str


def arrived(session: Session, named: str) -> Answered:
    """The package of that uid or arrival number, as the register of arrivals has it; raises ``UnknownIdError``."""
    for line in lines(session, Kind.ARRIVAL):
        facts = line.entry.facts
        if not isinstance(facts, Arrival) or facts.event is not ArrivalEvent.ACCEPTED:
            continue
        if named in (facts.package_uid, line.entry.number):
            return Answered(compartment_id=line.compartment_id, number=line.entry.number, arrival=facts)
    raise UnknownIdError("package", named)


def not_kept(session: Session, opened: Opened, compartment_id: str) -> Answered:
    """A package that was verified and is not to be kept: its refusal is entered under an arrival number of its own."""
    return Answered(
        compartment_id=compartment_id,
        number=draw_number(session, Kind.ARRIVAL),
        arrival=arrival_facts(opened, note_uid=""),
    )


def make_receipt(session: Session, answered: Answered, answer: Answer, out: Path) -> MadeReceipt:
    """Seal ``answer`` to the sender of the package as the file ``out``, entered in the register.

    Raises ``UnknownIdError`` where their card is gone, ``CannotSealError`` where they may not read what is said or
    their card is not established far enough, ``InvalidRemarkError``, ``DecisionRequiredError``, ``DiskError``;
    ``ClockSetBackError``, by a clock that would date it falsely.
    """
    check_clock(session)
    recipient = _newest(session, contact_of(session, bytes.fromhex(answered.arrival.sender_fingerprint)))
    receipt = _receipt(session, answered.arrival, answer, recipient)
    _check_sendable(session, receipt, recipient, arrival=answered.arrival, compartment_id=answered.compartment_id)
    sealed = io.BytesIO()
    write_receipt(
        sealed,
        receipt,
        signer=session.vault.member.identity,
        recipient=recipient.card.identity,
        suite=max(handling_of(session, label).minimum_suite for label in receipt.labels),
        randomness=session.randomness,
    )
    file = write_part(out, sealed.getvalue())
    compartment = session.vault.compartment(answered.compartment_id)
    is_refusal = receipt.verdict is Verdict.REFUSED
    facts = replace(
        answered.arrival,
        event=ArrivalEvent.REFUSAL_SENT if is_refusal else ArrivalEvent.RECEIPT_SENT,
        receipt_sha256=receipt_digest(receipt.to_bytes()),
    )
    _enter_and_publish(session, compartment, facts, file, number=answered.number)
    return MadeReceipt(path=out, receipt=receipt, recipient=recipient.card.name, number=answered.number)


def _enter_and_publish(
    session: Session, compartment: Compartment, facts: Arrival, file: PartFile, *, number: str
) -> None:
    """The file has its name and the entry is made, or neither; raises ``DiskError``."""
    is_named = False
    try:
        with compartment.transaction():
            enter(session, compartment, facts, number=number)
            sign_head(session, compartment)
            file.give_name()
            is_named = True
    except BaseException:
        if is_named:  # it is the register that could not be written
            file.take_name()
        file.discard()
        raise


def _newest(session: Session, known: Contact) -> Contact:
    """The card that took the place of the one the package was signed with, if any did."""
    seen = {known.id}
    while known.replaced_by is not None and known.replaced_by not in seen:
        known = contact(session, known.replaced_by)
        seen.add(known.id)
    return known


def _receipt(session: Session, arrival: Arrival, answer: Answer, recipient: Contact) -> Receipt:
    policy = _policy_of(session, arrival)
    package_label = outgoing(policy, label_from_xml(arrival.label.encode()))

    def statement(remark: Remark) -> Statement:
        return Statement(text=remark.text, label=remark.label or package_label)

    comment = None if answer.comment is None else statement(answer.comment)
    questions = tuple(statement(one) for one in answer.questions)
    labels = [one.label for one in ((comment,) if comment is not None else ()) + questions]
    now = session.now()
    faults = [fault for one in labels for fault in check(policy, one, now=now, new=False)]
    if faults:
        raise InvalidRemarkError(tuple(faults))
    return Receipt(
        signer=session.vault.member.identity.public.fingerprint.hex(),
        recipient=recipient.card.fingerprint.hex(),
        package_uid=arrival.package_uid,
        manifest_sha256=arrival.manifest_sha256,
        verdict=answer.verdict,
        useful=answer.useful,
        comment=comment,
        questions=questions,
        label=settled_label(roll_up(policy, labels, created=now)) if labels else package_label,
        at=now,
    )


def _policy_of(session: Session, arrival: Arrival) -> Policy:
    """The version in force here of the policy the package is marked under."""
    label = label_from_xml(arrival.label.encode())
    return version_in_force(session.policies, label.policy_id, now=session.now())


def _check_sendable(
    session: Session, receipt: Receipt, recipient: Contact, *, arrival: Arrival, compartment_id: str
) -> None:
    """The sender of the package must be shown to be allowed to read what is said, like any other reader."""
    name = recipient.card.name
    short = first_shortfall(recipient.standing, [handling_of(session, label) for label in receipt.labels])
    if short is not None:
        raise CannotSealError((Refused(name=name, shortfall=short, is_nothing_theirs=False),))
    policy, reader = _policy_of(session, arrival), reader_of(recipient.standing)
    # What nobody wrote here tells nothing of the compartment it would come from.
    needed = needed_ids(session.vault.compartment(compartment_id)) if receipt.statements else frozenset()
    for label in receipt.labels:
        decision = decide_for(policy, label, reader, needed=needed, now=session.now())
        if not decision.permitted:
            raise CannotSealError((Refused(name=name, shortfall=None, is_nothing_theirs=True),))
