"""Reading a note and its history back."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.labels.rendering import strip
from cloison.vault.compartment import Compartment
from cloison.vault.note_rows import RevisionRow, StoredNote


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One revision of a note, where it lies, and what it is worth as a whole (None while nothing is marked)."""

    compartment: Compartment
    stored: StoredNote
    label: Label | None


def read_note(session: Session, uid: str, *, revision: int | None = None) -> NoteView:
    """The latest revision of a note, or the one of that number; raises ``UnknownIdError``."""
    compartment, stored = session.find_note(uid)
    if revision is not None:
        stored = compartment.notes.revision(uid, revision)
    label = None if stored.label_xml is None else label_from_xml(stored.label_xml)
    return NoteView(compartment=compartment, stored=stored, label=session.standing(label))


def read_history(session: Session, uid: str) -> tuple[RevisionRow, ...]:
    """Every revision of a note, oldest first: who, when, what it did to the marks. Raises ``UnknownIdError``."""
    compartment, _ = session.find_note(uid)
    return compartment.notes.revisions(uid)


def banner(session: Session, label: Label | None, language: str) -> str:
    """The whole marking of ``label`` in one line, never empty; the question mark of an unmarked portion without one."""
    if label is None:
        return "?"
    policy = session.policy_for(label)
    return label.classification if policy is None else strip(policy, label, language)
