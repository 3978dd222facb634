"""A note: a title and portions, each with its mark, under one uid and one reference number.

Stored form: RFC 8785 canonical JSON of exactly the keys written by ``Note.to_bytes``. ``cloison/note/v1`` is a note of
text alone, ``cloison/note/v2`` one that holds what the first version could not: a table, an image, an attachment, an
evaluation, a raise that was taken back. A program that knows the first alone refuses by the mark, and a note of text is
the same bytes as ever. Both are read for ever. References carry no compartment name and no level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import RollUp, roll_up
from cloison.labels.validity import ValidityRule
from cloison.notes.attachment import FIRST_NUMBER, MOST_ATTACHMENTS
from cloison.notes.compilation import CompilationRaise, LiftedRaise, lifted_from_json, raise_from_json
from cloison.notes.errors import (
    DecisionRequiredError,
    NoteFormatError,
    NoteTooLargeError,
    OlderVersionError,
    UnknownPortionError,
)
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.evaluation import Evaluation, evaluation_from_json
from cloison.notes.portion import OBJECTS, UID_LENGTH, Kind, Portion, portion_from_json
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, Json, time_text

TEXT_FORMAT = "cloison/note/v1"
FORMAT = "cloison/note/v2"
MOST_BYTES = 64 * 1024 * 1024


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
    lifted: tuple[LiftedRaise, ...] = ()
    evaluation: Evaluation | None = None
    attachments: tuple[Portion, ...] = ()

    @property
    def all_portions(self) -> tuple[Portion, ...]:
        """The text: the title (number 0), then every portion from number 1."""
        return (self.title, *self.portions)

    @property
    def numbered(self) -> dict[int, Portion]:
        """The text and the attachments, by number, in order."""
        return {**dict(enumerate(self.all_portions)), **dict(enumerate(self.attachments, start=FIRST_NUMBER))}

    @property
    def parts(self) -> dict[int, Portion | Evaluation]:
        """All that bears a label of its own, by number, in order; the evaluation comes last."""
        parts: dict[int, Portion | Evaluation] = {**self.numbered}
        if self.evaluation is not None:
            parts[EVALUATION] = self.evaluation
        return parts

    @property
    def unmarked(self) -> tuple[int, ...]:
        """Numbers of the parts that nobody has marked."""
        return tuple(number for number, part in self.parts.items() if part.label is None)

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every label there is in it, that of a recorded raise last."""
        marked = tuple(part.label for part in self.parts.values() if part.label is not None)
        return marked if self.raised is None else (*marked, self.raised.label)

    def portion(self, number: int) -> Portion:
        """The portion of that number, an attachment included; raises ``UnknownPortionError``."""
        found = self.numbered.get(number)
        if found is None:
            raise UnknownPortionError(number, last=len(self.portions))
        return found

    def part(self, number: int) -> Portion | Evaluation:
        """The part of that number, the evaluation included; raises ``UnknownPortionError``."""
        if number == EVALUATION and self.evaluation is not None:
            return self.evaluation
        return self.portion(number)

    def with_portions(self, replaced: Mapping[int, Portion]) -> Note:
        """The same note with some portions, by number, put in place of the old ones."""
        return self.with_numbered({**self.numbered, **replaced})

    def with_numbered(self, numbered: Mapping[int, Portion]) -> Note:
        """The same note with these as its text and attachments, as ``numbered`` gives them."""
        title, *portions = (one for number, one in numbered.items() if number < FIRST_NUMBER)
        attachments = tuple(one for number, one in numbered.items() if number >= FIRST_NUMBER)
        return replace(self, title=title, portions=tuple(portions), attachments=attachments)

    def to_bytes(self) -> bytes:
        """The stored form; raises ``NoteTooLargeError``, so that nothing is kept that could not be read again."""
        stored: dict[str, Json] = {
            "format": _version_of(self),
            "uid": self.uid,
            "reference": self.reference,
            "language": self.language,
            "author": self.author,
            "created": time_text(self.created),
            "title": self.title.to_json(),
            "portions": [portion.to_json() for portion in self.portions],
            "raised": None if self.raised is None else self.raised.to_json(),
        }
        if self.lifted:
            stored["lifted"] = [one.to_json() for one in self.lifted]
        if self.evaluation is not None:
            stored["evaluation"] = self.evaluation.to_json()
        if self.attachments:
            stored["attachments"] = [one.to_json() for one in self.attachments]
        data = canonical.write(stored)
        if len(data) > MOST_BYTES:
            raise NoteTooLargeError(MOST_BYTES)
        return data


def format_of(portions: Iterable[Portion], *, text: str, objects: str) -> str:
    """The version mark of a stored form that holds ``portions``: ``text`` where there is no table and no image."""
    return objects if any(portion.kind in OBJECTS for portion in portions) else text


def note_label(policy: Policy, note: Note, *, now: datetime) -> RollUp | None:
    """What the note is worth: its marked portions, evaluation and recorded raise; None while nothing is marked.

    Unmarked portions count at the level of the document, so they change nothing here; they stop sealing and printing.
    """
    labels = note.labels
    return roll_up(policy, labels, created=now) if labels else None


def settled_label(rolled: RollUp) -> Label:
    """The label of a roll-up that left nothing to decide; raises ``DecisionRequiredError``, ``OlderVersionError``."""
    if rolled.decision_required:
        is_old = any(one.reason.rule is ValidityRule.OTHER_VERSION for one in rolled.decision_required)
        error = OlderVersionError if is_old else DecisionRequiredError
        raise error(tuple(str(one) for one in rolled.decision_required))
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
        raised=raise_from_json(fields.object("raised")) if fields.has("raised") else None,
        lifted=tuple(lifted_from_json(one) for one in fields.items("lifted")) if fields.has("lifted") else (),
        evaluation=evaluation_from_json(fields.object("evaluation")) if fields.has("evaluation") else None,
        attachments=tuple(portion_from_json(one) for one in fields.items("attachments"))
        if fields.has("attachments")
        else (),
    )
    fields.finish()
    check_places(note.title, note.portions, note.attachments)
    if version != _version_of(note):
        raise NoteFormatError("format", "not the version of what it holds")
    return note


def check_places(title: Portion | None, portions: Iterable[Portion], attachments: Sequence[Portion]) -> None:
    """Whether each kind stands where it may; raises ``NoteFormatError``."""
    if title is not None and title.kind in OBJECTS:
        raise NoteFormatError("title", "not text")
    if any(one.kind is Kind.ATTACHMENT for one in portions):
        raise NoteFormatError("portions", "an attachment in the text")
    if any(one.kind is not Kind.ATTACHMENT for one in attachments):
        raise NoteFormatError("attachments", "not an attachment")
    if len(attachments) > MOST_ATTACHMENTS:
        raise NoteFormatError("attachments", "too many")


def _version_of(note: Note) -> str:
    """The version mark of the stored form: the oldest that has room for what the note holds."""
    if note.lifted or note.evaluation is not None or note.attachments:
        return FORMAT
    return format_of(note.portions, text=TEXT_FORMAT, objects=FORMAT)
