"""Requirements: what readers asked of notes, who asked it, and the notes that answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.notes.errors import ReasonMissingError
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from cloison.vault.requirement_store import Closing, StoredRequirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A question a reader asked, under its own label.

    ``note_uid`` and ``reference`` are of the note it is about, ``answered_by`` the uids of notes that answer it;
    ``closing`` is there where somebody closed it without one.
    """

    id: str
    compartment_id: str
    compartment: str
    note_uid: str
    reference: str
    sender: str
    text: str
    label: Label
    at: datetime
    answered_by: tuple[str, ...]
    closing: Closing | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.answered_by and self.closing is None


def requirements(session: Session) -> tuple[Requirement, ...]:
    """Every requirement of the open compartments, the oldest first."""
    found = [
        _requirement(session, compartment, one)
        for compartment in session.open_compartments()
        for one in compartment.requirements.all()
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def requirements_about(session: Session, note_uid: str) -> tuple[Requirement, ...]:
    """Those about a note, wherever it lay when they came, the oldest first; raises ``UnknownIdError``."""
    session.find_note(note_uid)
    return tuple(one for one in requirements(session) if one.note_uid == note_uid)


def requirement(session: Session, id: str) -> Requirement:
    """The requirement of that id; raises ``UnknownIdError``."""
    compartment, stored = _find(session, id)
    return _requirement(session, compartment, stored)


def answer_requirement(session: Session, id: str, note_uid: str) -> Requirement:
    """Note that a note answers it; raises ``UnknownIdError`` for either.

    The note may lie in another compartment, as long as that is open: only its uid is kept beside the question.
    """
    compartment, _ = _find(session, id)
    session.find_note(note_uid)
    compartment.requirements.answer(id, note_uid=note_uid, by=session.vault.member.alias, at=session.now())
    return requirement(session, id)


def close_requirement(session: Session, id: str, *, reason: str) -> Requirement:
    """Close it without an answer; raises ``UnknownIdError``, ``ReasonMissingError``."""
    if not reason.strip():
        raise ReasonMissingError
    compartment, _ = _find(session, id)
    closing = Closing(by=session.vault.member.alias, at=session.now(), reason=reason.strip())
    compartment.requirements.close(id, closing)
    return requirement(session, id)


def _find(session: Session, id: str) -> tuple[Compartment, StoredRequirement]:
    for compartment in session.open_compartments():
        for one in compartment.requirements.all():
            if one.id == id:
                return compartment, one
    raise UnknownIdError("requirement", id)


def _requirement(session: Session, compartment: Compartment, stored: StoredRequirement) -> Requirement:
    return Requirement(
        id=stored.id,
        compartment_id=compartment.id,
        compartment=compartment.name,
        note_uid=stored.note_uid,
        reference=_reference(session, stored.note_uid),
        sender=stored.sender,
        text=stored.text,
        label=label_from_xml(stored.label_xml),
        at=stored.at,
        answered_by=stored.answers,
        closing=stored.closing,
    )


def _reference(session: Session, note_uid: str) -> str:
    """That of the note, which may have moved since; none while it lies where nobody can read it."""
    try:
        return session.find_note(note_uid)[1].note.reference
    except UnknownIdError:
        return ""
