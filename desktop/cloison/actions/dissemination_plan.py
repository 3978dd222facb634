"""The table recipient × portion: what each chosen reader would receive of a note, before anything is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.actions.people import Contact, contact, reader_of
from cloison.actions.session import Session
from cloison.directory.trust import suffices
from cloison.labels.policy import Policy
from cloison.notes.errors import NothingToReadError
from cloison.notes.note import Note
from cloison.notes.release import PortionDecision, Reader, Rendition, judge, release
from cloison.vault.compartment import Compartment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One recipient: a decision per portion, and their rendition, or None where nothing of the note is theirs to read.

    ``is_trusted`` is false where the policy asks more of the recipient's card than is established here.
    """

    contact: Contact
    decisions: tuple[PortionDecision, ...]
    rendition: Rendition | None
    is_trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The table for one note."""

    note: Note
    compartment_id: str
    rows: tuple[Row, ...]

    @property
    def refused(self) -> tuple[Row, ...]:
        """The recipients to whom nothing can be sealed."""
        return tuple(row for row in self.rows if row.rendition is None or not row.is_trusted)


def plan(session: Session, uid: str, contact_ids: Sequence[str]) -> Plan:
    """The table for the note ``uid``; raises ``UnmarkedPortionsError``, ``UnknownIdError``."""
    compartment, stored = session.find_note(uid)
    chosen = dict.fromkeys(contact_ids)
    rows = tuple(_row(session, compartment, stored.note, contact(session, one)) for one in chosen)
    return Plan(note=stored.note, compartment_id=compartment.id, rows=rows)


def needed_ids(compartment: Compartment) -> frozenset[str]:
    """The need-to-know ids a reader of anything in the compartment must hold."""
    return frozenset((compartment.id,)) if compartment.need_to_know else frozenset()


def _row(session: Session, compartment: Compartment, note: Note, recipient: Contact) -> Row:
    reader = reader_of(recipient.standing)
    needed = needed_ids(compartment)
    decisions = judge(session.policy, note, reader, needed=needed, now=session.now())
    rendition = _rendition(session, note, reader, needed)
    return Row(
        contact=recipient,
        decisions=decisions,
        rendition=rendition,
        is_trusted=rendition is None or _is_trusted(session.policy, recipient, rendition),
    )


def _rendition(session: Session, note: Note, reader: Reader, needed: frozenset[str]) -> Rendition | None:
    try:
        return release(session.policy, note, reader, needed=needed, now=session.now())
    except NothingToReadError:
        return None


def _is_trusted(policy: Policy, recipient: Contact, rendition: Rendition) -> bool:
    label = rendition.label
    level = policy.version_of(label.policy_digest).classification(label.classification)
    return suffices(recipient.standing, level.handling.trust)
