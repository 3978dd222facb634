"""What one note says of another: it corroborates it, contradicts it, follows it, answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cloison.notes.errors import LinkedToItselfError


class LinkKind(Enum):
    """How a note bears on another."""

    CORROBORATES = "corroborates"
    CONTRADICTS = "contradicts"
    FOLLOWS = "follows"
    ANSWERS = "answers"


class LinkDirection(Enum):
    """From which end a link is looked at."""

    TO = "to"
    FROM = "from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """``note`` bears on ``target``, both by uid."""

    note: str
    kind: LinkKind
    target: str


def new_link(note: str, kind: LinkKind, target: str) -> Link:
    """A link between two notes; raises ``LinkedToItselfError``."""
    if note == target:
        raise LinkedToItselfError
    return Link(note=note, kind=kind, target=target)
