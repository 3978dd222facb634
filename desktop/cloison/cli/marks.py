"""How labels stand in answers: as the mark that is typed and set in front of a paragraph, ``[S-SF]``."""

from __future__ import annotations

from typing import Final

from cloison.actions.session import Session
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark

UNMARKED: Final = "?"
NOTHING: Final = "–"


def mark_text(session: Session, label: Label | None) -> str:
    """The portion mark of ``label`` as it stands now, for a column; a dash where there is none."""
    return mark_object(session, label) or NOTHING


def mark_object(session: Session, label: Label | None) -> str | None:
    """The portion mark of ``label`` as it stands now, for a program; see ``mark_as_made``."""
    return mark_as_made(session, session.standing(label))


def mark_as_made(session: Session, label: Label | None) -> str | None:
    """The portion mark ``label`` was made with; the level's name where its policy is not at hand."""
    if label is None:
        return None
    policy = session.policy_for(label)
    return label.classification if policy is None else portion_mark(policy, label)
