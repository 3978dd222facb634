"""The table recipient × portion: what each chosen reader would receive of a note, before anything is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloison.actions.people import Contact, chosen_contacts, reader_of
from cloison.actions.session import Session
from cloison.directory.sufficiency import TrustShortfall, TrustWarning, ended_endorsement, first_shortfall, warnings
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
class Plan:
    """The table for one note."""

    note: Note
    compartment_id: str
    rows: tuple[Row, ...]

    @property
    def refused(self) -> tuple[Row, ...]:
        """The recipients to whom nothing can be sealed."""
        return tuple(row for row in self.rows if row.is_refused)


def plan(session: Session, uid: str, contact_ids: Sequence[str]) -> Plan:
    """The table for the note ``uid``; raises ``UnmarkedPortionsError``, ``UnknownIdError``."""
    return plan_for(session, uid, chosen_contacts(session, contact_ids))


def plan_for(session: Session, uid: str, readers: Sequence[Contact]) -> Plan:
    """The table for readers who were looked up before; raises as ``plan`` does."""
    compartment, stored = session.find_note(uid)
    rows = tuple(_row(session, compartment, stored.note, one) for one in readers)
    return Plan(note=stored.note, compartment_id=compartment.id, rows=rows)


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
        warnings=warnings(established, handlings),
        suite=max((one.minimum_suite for one in handlings), default=1),
    )


def _rendition(
    session: Session, note: Note, reader: Reader, needed: frozenset[str], consents: Sequence[Consent]
) -> Rendition | None:
    try:
        return release(session.policy, note, reader, needed=needed, now=session.now(), consents=consents)
    except NothingToReadError:
        return None


def _handlings(session: Session, rendition: Rendition) -> tuple[Handling, ...]:
    """How the rendition as a whole and each of its parts is handled: the receiver asks the same of each."""
    labels = (rendition.label, *(part.label for part in rendition.parts if part.label is not None))
    return tuple(handling_of(session, label) for label in dict.fromkeys(labels))


def handling_of(session: Session, label: Label) -> Handling:
    """How what bears ``label`` is handled now."""
    latest = session.policy
    own = session.policy_for(label) or latest.version_of(label.policy_digest)
    return handling(label, own=own, latest=latest if latest.id == own.id else own, now=session.now())
