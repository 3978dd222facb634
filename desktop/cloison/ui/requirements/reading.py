"""What the page of requirements asks of the vault: each question, and the references of the notes that answer it."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.requirements import Requirement, requirements
from cloison.actions.session import Session
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A requirement, and the references of the notes that answer it, as far as those lie in open compartments."""

    requirement: Requirement
    answers: tuple[str, ...]


def read_requirements(session: Session) -> tuple[Asked, ...]:
    """Those that wait first, then the others; within each the oldest first."""
    found = sorted(requirements(session), key=lambda one: not one.is_open)
    return tuple(
        Asked(requirement=one, answers=tuple(_reference(session, uid) for uid in one.answered_by)) for one in found
    )


def _reference(session: Session, uid: str) -> str:
    try:
        return session.find_note(uid)[1].note.reference
    except UnknownIdError:
        return "…"
