"""What the frame is shown: plain values, made from what actions give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from cloison.labels.label import Label

if TYPE_CHECKING:
    from cloison.actions.find_notes import NoteLine


class Flow(Enum):
    """Where else than to the notes the rail leads; the value is its icon."""

    ARRIVALS = "inbox"
    QUARANTINE = "shield"
    DISPATCHES = "send"
    REQUIREMENTS = "circle-help"
    COPIES = "copy"
    CALENDAR = "list-checks"
    BIN = "trash-2"
    DIRECTORY = "users"
    MEMBERS = "user-check"
    AUTHORITY = "shield-check"
    PERSON = "key-round"
    SETTINGS = "settings"
    HEALTH = "hard-drive"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedNote:
    """One note in the list; ``title_label`` is what its title is worth, ``label`` the whole, None while unmarked."""

    uid: str
    title: str
    title_label: Label | None
    label: Label | None
    modified: datetime
    compartment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody, or a group, who would receive the note, and how many of its paragraphs they may read."""

    name: str
    readable: int
    paragraphs: int
    attached: int = 0
    attachments: int = 0


def listed(line: NoteLine) -> ListedNote:
    """A line that was found, for the list."""
    return ListedNote(
        uid=line.row.uid,
        title=line.row.title,
        title_label=line.title_label,
        label=line.label,
        modified=line.row.modified,
        compartment=line.compartment.name,
    )
