"""What the notes of a compartment are told and tell: one frozen value for each kind of row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.vault.database import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFacts:
    """What the one who saves knows beside the note: ``label_xml`` is the roll-up, None while nothing is marked."""

    author: str
    saved_at: datetime
    label_xml: bytes | None
    changes: tuple[LabelChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredNote:
    """One revision of a note."""

    note: Note
    revision: int
    saved_at: datetime
    author: str
    label_xml: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """One line of a note's history: who, when, the roll-up after it, and each mark it changed."""

    revision: int
    saved_at: datetime
    author: str
    label_xml: bytes | None
    changes: tuple[LabelChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """One line of a list: the title under its own label, the note's roll-up, and ``position``, where to go on from."""

    uid: str
    reference: str
    title: str
    title_label_xml: bytes | None
    label_xml: bytes | None
    modified: datetime
    revision: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft and when it was last written."""

    uid: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A date on the part ``number`` of a note: ``kind`` is the value of a ``DueKind``."""

    uid: str
    at: datetime
    kind: str
    number: int


def note_row(row: Row) -> NoteRow:
    """The line of a list, of the columns uid, reference, title, title_label, label, modified, revision, latest."""
    uid, reference, title, title_label, label, modified, revision, position = row
    return NoteRow(
        uid=uid,
        reference=reference,
        title=title,
        title_label_xml=None if title_label is None else title_label.encode(),
        label_xml=None if label is None else label.encode(),
        modified=datetime.fromisoformat(modified),
        revision=revision,
        position=position,
    )
