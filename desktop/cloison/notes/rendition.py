"""The note file of a package: an allow-list of fields, and back again as a note.

``cloison/rendition/v1`` is text alone, ``cloison/rendition/v2`` holds a table, an image, an attachment or an
evaluation: what *this* reader receives decides, so that the mark does not tell of what was left out.

Written from a ``Rendition`` alone, so that nothing of the whole note can slip in: no revision, reason, author,
compartment, earlier label, raise or decision.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from cloison.labels.errors import LabelsError
from cloison.labels.label import label_from_xml
from cloison.notes.errors import NoteFormatError
from cloison.notes.evaluation import Evaluation, evaluation_from_json
from cloison.notes.note import Note, check_places, format_of
from cloison.notes.portion import (
    MOST_LABEL,
    UID_LENGTH,
    Kind,
    Origin,
    Portion,
    plain_portion,
    portion_from_json,
)
from cloison.notes.release import Rendition
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, Json
from cloison_crypto.secrets import Randomness

TEXT_FORMAT = "cloison/rendition/v1"
FORMAT = "cloison/rendition/v2"
MOST_RECEIVED = 20 * 1024 * 1024
"""Bytes of the largest note that travels: with the PDF made of it, it opens in less than 300 MB of memory."""
MOST_MARKS = 400_000
"""Commas and brackets in it: 20,000 paragraphs, the most an import makes, have some 280,000 of their own."""

_Part = TypeVar("_Part", Portion, Evaluation)


def rendition_to_bytes(rendition: Rendition) -> bytes:
    """The note file of a package."""
    stored: dict[str, Json] = {
        "format": _version_of(rendition),
        "uid": rendition.uid,
        "reference": rendition.reference,
        "language": rendition.language,
        "label": rendition.label.to_xml().decode(),
        "title": None if rendition.title is None else rendition.title.to_json(),
        "portions": [portion.to_json() for portion in rendition.portions],
    }
    if rendition.evaluation is not None:
        stored["evaluation"] = rendition.evaluation.to_json()
    if rendition.attachments:
        stored["attachments"] = [one.to_json() for one in rendition.attachments]
    return canonical.write(stored)


def has_room(data: bytes) -> bool:
    """Whether a note file is one that whoever receives it can read."""
    return len(data) <= MOST_RECEIVED and canonical.marks_in(data) <= MOST_MARKS


def rendition_from_bytes(data: bytes) -> Rendition:
    """The checked door for a received note file; raises ``NoteFormatError``. Every portion must carry a label."""
    try:
        rendition = _from_fields(Fields(canonical.read(data, limit=MOST_RECEIVED, most_marks=MOST_MARKS)))
    except CanonicalError as error:
        raise NoteFormatError(error.path, "not a rendition") from error
    for number, part in enumerate(rendition.parts):
        if part.label is None:
            raise NoteFormatError(f"parts[{number}]", "no label")
    return rendition


def received_note(rendition: Rendition, *, origin: Origin, author: str, now: datetime, randomness: Randomness) -> Note:
    """The note kept by the reader: each portion remembers the issuer; a withheld title becomes the bare reference."""
    title = rendition.title or plain_portion(
        rendition.reference, randomness=randomness, kind=Kind.HEADING, label=rendition.label
    )
    return Note(
        uid=rendition.uid,
        reference=rendition.reference,
        language=rendition.language,
        author=author,
        created=now,
        title=_with_origin(title, origin),
        portions=tuple(_with_origin(portion, origin) for portion in rendition.portions),
        evaluation=None if rendition.evaluation is None else _with_origin(rendition.evaluation, origin),
        attachments=tuple(_with_origin(one, origin) for one in rendition.attachments),
    )


def _with_origin(part: _Part, origin: Origin) -> _Part:
    return part if part.origin is not None else replace(part, origin=origin)


def _version_of(rendition: Rendition) -> str:
    """The version mark: the oldest that has room for what the rendition holds."""
    if rendition.evaluation is not None or rendition.attachments:
        return FORMAT
    return format_of(rendition.portions, text=TEXT_FORMAT, objects=FORMAT)


def _from_fields(fields: Fields) -> Rendition:
    version = fields.text("format", limit=40)
    if version not in (TEXT_FORMAT, FORMAT):
        raise NoteFormatError("format", "unknown version")
    label_text = fields.text("label", limit=MOST_LABEL)
    try:
        label = label_from_xml(label_text.encode())
    except LabelsError as error:
        raise NoteFormatError("label", "unreadable label") from error
    rendition = Rendition(
        uid=fields.hex("uid", UID_LENGTH),
        reference=fields.text("reference", limit=200),
        language=fields.text("language", limit=10),
        title=portion_from_json(fields.object("title")) if fields.has("title") else None,
        portions=tuple(portion_from_json(one) for one in fields.items("portions")),
        label=label,
        evaluation=evaluation_from_json(fields.object("evaluation")) if fields.has("evaluation") else None,
        attachments=tuple(portion_from_json(one) for one in fields.items("attachments"))
        if fields.has("attachments")
        else (),
    )
    fields.finish()
    check_places(rendition.title, rendition.portions, rendition.attachments)
    if version != _version_of(rendition):
        raise NoteFormatError("format", "not the version of what it holds")
    return rendition
