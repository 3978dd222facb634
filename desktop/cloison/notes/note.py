"""A note: a title and portions, each with its mark, under one uid and one reference number.

Stored form: RFC 8785 canonical JSON of exactly the keys written by ``Note.to_bytes``. ``cloison/note/v1`` is a note of
text alone, ``cloison/note/v2`` one that holds a table or an image, which the first version could not: a program that
knows the first alone refuses by the mark, and a note of text is the same bytes as ever. Both are read for ever.
References carry no compartment name and no level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.labels.policy import Policy
from cloison.labels.rollup import RollUp, roll_up
from cloison.notes.errors import DecisionRequiredError, NoteFormatError, NoteTooLargeError, UnknownPortionError
from cloison.notes.portion import MOST_LABEL, OBJECTS, UID_LENGTH, Portion, numbers_without_mark, portion_from_json
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, Json, time_text

TEXT_FORMAT = "cloison/note/v1"
FORMAT = "cloison/note/v2"
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class CompilationRaise:
    """A recorded decision that the whole is worth more than its parts: the label that then applies, and why."""

    label: Label
    reason: str
    by: str
    at: datetime

    def to_json(self) -> Json:
        """The stored form."""
        return {"label": self.label.to_xml().decode(), "reason": self.reason, "by": self.by, "at": time_text(self.at)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note as its author has it."""

    uid: str
    reference: str
    language: str
    author: str
    created: datetime
    title: Portion
    portions: tuple[Portion, ...]
    raised: CompilationRaise | None = None

    @property
    def all_portions(self) -> tuple[Portion, ...]:
        """The title (number 0), then every portion from number 1."""
        return (self.title, *self.portions)

    @property
    def unmarked(self) -> tuple[int, ...]:
        """Numbers of the portions that nobody has marked."""
        return numbers_without_mark(self.all_portions)

    def portion(self, number: int) -> Portion:
        """The portion of that number; raises ``UnknownPortionError``."""
        if not 0 <= number <= len(self.portions):
            raise UnknownPortionError(number, last=len(self.portions))
        return self.all_portions[number]

    def with_portions(self, replaced: Mapping[int, Portion]) -> Note:
        """The same note with some portions, by number, put in place of the old ones."""
        portions = [replaced.get(number, portion) for number, portion in enumerate(self.all_portions)]
        return replace(self, title=portions[0], portions=tuple(portions[1:]))

    def to_bytes(self) -> bytes:
        """The stored form; raises ``NoteTooLargeError``, so that nothing is kept that could not be read again."""
        data = canonical.write(
            {
                "format": format_of(self.all_portions, text=TEXT_FORMAT, objects=FORMAT),
                "uid": self.uid,
                "reference": self.reference,
                "language": self.language,
                "author": self.author,
                "created": time_text(self.created),
                "title": self.title.to_json(),
                "portions": [portion.to_json() for portion in self.portions],
                "raised": None if self.raised is None else self.raised.to_json(),
            }
        )
        if len(data) > MOST_BYTES:
            raise NoteTooLargeError(MOST_BYTES)
        return data


def format_of(portions: Iterable[Portion], *, text: str, objects: str) -> str:
    """The version mark of a stored form that holds ``portions``: ``text`` where there is no table and no image."""
    return objects if any(portion.kind in OBJECTS for portion in portions) else text


def note_label(policy: Policy, note: Note, *, now: datetime) -> RollUp | None:
    """What the note as a whole is worth: its marked portions and a recorded raise; None while nothing is marked.

    Unmarked portions count at the level of the document, so they change nothing here; they stop sealing and printing.
    """
    labels = [portion.label for portion in note.all_portions if portion.label is not None]
    if note.raised is not None:
        labels.append(note.raised.label)
    return roll_up(policy, labels, created=now) if labels else None


def settled_label(rolled: RollUp) -> Label:
    """The label of a roll-up that left nothing to decide; raises ``DecisionRequiredError``."""
    if rolled.decision_required:
        raise DecisionRequiredError(tuple(str(one) for one in rolled.decision_required))
    return rolled.label


def note_from_bytes(data: bytes) -> Note:
    """The checked door for stored notes; raises ``NoteFormatError``."""
    try:
        return _note_from_fields(Fields(canonical.read(data, limit=MOST_BYTES)))
    except CanonicalError as error:
        raise NoteFormatError(error.path, "not a stored note") from error


def _note_from_fields(fields: Fields) -> Note:
    version = fields.text("format", limit=40)
    if version not in (TEXT_FORMAT, FORMAT):
        raise NoteFormatError("format", "unknown version")
    note = Note(
        uid=fields.hex("uid", UID_LENGTH),
        reference=fields.text("reference", limit=200),
        language=fields.text("language", limit=10),
        author=fields.text("author", limit=200),
        created=fields.time("created"),
        title=portion_from_json(fields.object("title")),
        portions=tuple(portion_from_json(one) for one in fields.items("portions")),
        raised=_raise_from_fields(fields.object("raised")) if fields.has("raised") else None,
    )
    fields.finish()
    if note.title.kind in OBJECTS:
        raise NoteFormatError("title", "not text")
    if version != format_of(note.portions, text=TEXT_FORMAT, objects=FORMAT):
        raise NoteFormatError("format", "not the version of what it holds")
    return note


def _raise_from_fields(fields: Fields) -> CompilationRaise:
    label_text = fields.text("label", limit=MOST_LABEL)
    try:
        label = label_from_xml(label_text.encode())
    except LabelsError as error:
        raise NoteFormatError("raised", "unreadable label") from error
    raised = CompilationRaise(
        label=label,
        reason=fields.text("reason", limit=10_000),
        by=fields.text("by", limit=200),
        at=fields.time("at"),
    )
    fields.finish()
    return raised
