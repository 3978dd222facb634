"""The table recipient × portion: what each chosen reader would receive of a note, before anything is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloison.actions.people import Contact, chosen_contacts, contact_of, reader_of
from cloison.actions.session import Session
from cloison.directory.sufficiency import TrustShortfall, TrustWarning, ended_endorsement, first_shortfall, warnings
from cloison.dissemination.errors import RecoveryProblem
from cloison.labels.label import Label
from cloison.labels.layout import Handling
from cloison.labels.versions import handling
from cloison.notes.consent import Consent
from cloison.notes.errors import NothingToReadError
from cloison.notes.note import Note
from cloison.notes.release import PortionDecision, Reader, Rendition, judge, release
from cloison.vault.compartment import Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One recipient: a decision per portion, and their rendition, or None where nothing of the note is theirs to read.

    ``shortfall`` is what the policy asks of the recipient's card beyond what is established here; where nothing is
    theirs to read, what became of the endorsement that would give it to them. ``warnings`` hinder nothing. ``suite`` is
    the lowest that the rendition and each of its parts may be sealed in, which is the one that it is.
    """

    contact: Contact
    decisions: tuple[PortionDecision, ...]
    rendition: Rendition | None
    shortfall: TrustShortfall | None
    warnings: tuple[TrustWarning, ...]
    suite: int

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be sealed to them."""
        return self.rendition is None or self.shortfall is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What the policy asks to be sealed to the organisation's recovery contact, besides the readers.

    ``row`` is theirs, None where no contact is set; ``is_extra`` that they are none of the readers, so that a package
    of its own goes to them. Nothing leaves while there is a ``problem``.
    """

    row: Row | None
    is_extra: bool
    problem: RecoveryProblem | None

    @property
    def name(self) -> str:
        """Whose it is; empty where no contact is set."""
        return "" if self.row is None else self.row.contact.card.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The table for one note; ``recovery`` is None where the policy asks for none."""

    note: Note
    compartment_id: str
    rows: tuple[Row, ...]
    recovery: Recovery | None = None

    @property
    def packages(self) -> tuple[Row, ...]:
        """The rows that a package is sealed for: the readers', then the recovery contact's."""
        if self.recovery is None or self.recovery.row is None or not self.recovery.is_extra:
            return self.rows
        return (*self.rows, self.recovery.row)

    @property
    def refused(self) -> tuple[Row, ...]:
        """The recipients to whom nothing can be sealed."""
        return tuple(row for row in self.rows if row.is_refused)


def plan(session: Session, uid: str, contact_ids: Sequence[str]) -> Plan:
    """The table for the note ``uid``; raises ``UnmarkedPortionsError``, ``UnknownIdError``."""
    return plan_for(session, uid, chosen_contacts(session, contact_ids))


def plan_for(session: Session, uid: str, readers: Sequence[Contact]) -> Plan:
    """The table for readers who were looked up before; raises as ``plan`` does.

    It is of one moment: those who receive the same text receive it under the same mark, however long the table is.
    """
    session = session.at_one_moment()
    compartment, stored = session.find_note(uid)
    rows = tuple(_row(session, compartment, stored.note, one) for one in readers)
    return Plan(
        note=stored.note,
        compartment_id=compartment.id,
        rows=rows,
        recovery=_recovery(session, compartment, stored.note, rows),
    )


def needed_ids(compartment: Compartment) -> frozenset[str]:
    """The need-to-know ids a reader of anything in the compartment must hold."""
    return frozenset((compartment.id,)) if compartment.need_to_know else frozenset()


def _row(session: Session, compartment: Compartment, note: Note, recipient: Contact) -> Row:
    reader = replace(reader_of(recipient.standing), fingerprint=recipient.card.fingerprint.hex())
    needed = needed_ids(compartment)
    consents = [one.consent for one in compartment.consents.about(note.uid) if one.is_in_force]
    decisions = judge(session.policy, note, reader, needed=needed, now=session.now(), consents=consents)
    rendition = _rendition(session, note, reader, needed, consents)
    handlings = () if rendition is None else _handlings(session, rendition)
    established = recipient.standing
    return Row(
        contact=recipient,
        decisions=decisions,
        rendition=rendition,
        shortfall=ended_endorsement(established) if rendition is None else first_shortfall(established, handlings),
        warnings=(*warnings(established, handlings), *_replaced(recipient)),
        suite=max((one.minimum_suite for one in handlings), default=1),
    )


def _recovery(session: Session, compartment: Compartment, note: Note, rows: Sequence[Row]) -> Recovery | None:
    leaving = [row.rendition for row in rows if row.rendition is not None]
    if not any(handling.needs_recovery for one in leaving for handling in _handlings(session, one)):
        return None
    fingerprint = session.vault.directory.recovery()
    if fingerprint is None:
        return Recovery(row=None, is_extra=False, problem=RecoveryProblem.NOT_SET)
    among = next((row for row in rows if row.contact.card.fingerprint == fingerprint), None)
    row = among or _row(session, compartment, note, contact_of(session, fingerprint))
    return Recovery(row=row, is_extra=among is None, problem=_recovery_problem(row, rows))


def _recovery_problem(recovery: Row, rows: Sequence[Row]) -> RecoveryProblem | None:
    """Whoever recovers must receive all of our own that leaves; what is others' follows their consent alone."""
    if recovery.rendition is None or not _own_released(recovery) >= {one for row in rows for one in _own_released(row)}:
        return RecoveryProblem.NOT_CLEARED
    return None if recovery.shortfall is None else RecoveryProblem.NOT_TRUSTED


def _own_released(row: Row) -> set[int]:
    return {one.number for one in row.decisions if one.is_released and one.origin is None}


def _rendition(
    session: Session, note: Note, reader: Reader, needed: frozenset[str], consents: Sequence[Consent]
) -> Rendition | None:
    try:
        return release(session.policy, note, reader, needed=needed, now=session.now(), consents=consents)
    except NothingToReadError:
        return None


def _replaced(recipient: Contact) -> tuple[TrustWarning, ...]:
    return () if recipient.replaced_by is None else (TrustWarning.REPLACED,)


def _handlings(session: Session, rendition: Rendition) -> tuple[Handling, ...]:
    """How the rendition as a whole and each of its parts is handled: the receiver asks the same of each."""
    labels = (rendition.label, *(part.label for part in rendition.parts if part.label is not None))
    return tuple(handling_of(session, label) for label in dict.fromkeys(labels))


def handling_of(session: Session, label: Label) -> Handling:
    """How what bears ``label`` is handled now."""
    latest = session.policy
    own = session.policy_for(label) or latest.version_of(label.policy_digest)
    return handling(label, own=own, latest=latest if latest.id == own.id else own, now=session.now())
