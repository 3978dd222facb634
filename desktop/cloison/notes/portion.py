"""A portion: the smallest part of a note that carries a mark of its own.

Everything a reader could receive is a portion with its own label: the title (number 0) and each paragraph, heading,
list item, quote, table, image and attachment. ``content`` is a tuple of runs, a table, an image or an attachment;
``kind`` says which, and the stored form has one key for each (``runs``, ``table``, ``image``, ``attachment``), so that
what was stored without the latter three is read for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.notes.attachment import Attachment, attachment_from_json
from cloison.notes.errors import AttachmentRefusedError, ImageRefusedError, NoteFormatError, TableRefusedError
from cloison.notes.image import Image, image_from_json
from cloison.notes.table import Table, table_from_json
from cloison_crypto.fields import Fields, Json, join
from cloison_crypto.secrets import Randomness

UID_BYTES = 16
UID_LENGTH = 2 * UID_BYTES
FINGERPRINT_LENGTH = 64
MOST_LABEL = 100_000  # characters of a label's XML
MOST_TEXT = 1_000_000  # characters in one run: several hundred pages


class Kind(Enum):
    """What a portion is on the page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    IMAGE = "image"
    ATTACHMENT = "attachment"


OBJECTS = frozenset({Kind.TABLE, Kind.IMAGE, Kind.ATTACHMENT})
"""The kinds that are one thing; the others are text. Attachments stand beside the text and never in it."""


class Style(Enum):
    """How a run stands out."""

    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text of one style."""

    text: str
    style: Style | None = None


Content = tuple[Run, ...] | Table | Image
"""What stands in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a portion of foreign origin came from: the issuer's ``fingerprint`` (hex) and its own ``reference``."""

    fingerprint: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One portion; ``label`` is None while nobody has marked it, and nothing leaves the vault in that state.

    ``kind`` is TABLE exactly where ``content`` is a table, IMAGE exactly where it is an image, ATTACHMENT exactly where
    it is an attachment.
    """

    uid: str
    kind: Kind
    content: Content | Attachment
    label: Label | None = None
    origin: Origin | None = None

    @property
    def text(self) -> str:
        """The words alone: of a table its cells, of an image its description, of an attachment its name."""
        return words_of(self.content)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs; of anything else, its words as one plain run."""
        if isinstance(self.content, tuple):
            return self.content
        return (Run(text=self.text),) if self.text else ()

    @property
    def in_text(self) -> Content:
        """The content as it stands in a text; an attachment, which never does, as its name."""
        return self.runs if isinstance(self.content, Attachment) else self.content

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it: an image without description is not nothing."""
        return self.kind not in OBJECTS and not self.text.strip()

    def marked(self, label: Label) -> Portion:
        """The same portion under ``label``."""
        return replace(self, label=label)

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "uid": self.uid,
            "kind": self.kind.value,
            "label": None if self.label is None else self.label.to_xml().decode(),
            "origin": origin_to_json(self.origin),
            **_content_to_json(self.content),
        }


def words_of(content: Content | Attachment) -> str:
    """The words of that content, for search, lists and export."""
    match content:
        case Table():
            return content.text
        case Image():
            return content.description
        case Attachment():
            return content.name
    return "".join(run.text for run in content)


def new_uid(randomness: Randomness) -> str:
    """A random identifier, 32 hexadecimal characters."""
    return randomness(UID_BYTES).hex()


def plain_portion(
    text: str, *, randomness: Randomness, kind: Kind = Kind.PARAGRAPH, label: Label | None = None
) -> Portion:
    """A new portion holding ``text`` in one plain run."""
    return Portion(uid=new_uid(randomness), kind=kind, content=(Run(text=text),) if text else (), label=label)


def table_portion(table: Table, *, randomness: Randomness, label: Label | None = None) -> Portion:
    """A new portion holding ``table``."""
    return Portion(uid=new_uid(randomness), kind=Kind.TABLE, content=table, label=label)


def image_portion(image: Image, *, randomness: Randomness, label: Label | None = None) -> Portion:
    """A new portion holding ``image``."""
    return Portion(uid=new_uid(randomness), kind=Kind.IMAGE, content=image, label=label)


def attachment_portion(attachment: Attachment, *, randomness: Randomness, label: Label | None = None) -> Portion:
    """A new portion holding ``attachment``."""
    return Portion(uid=new_uid(randomness), kind=Kind.ATTACHMENT, content=attachment, label=label)


def numbers_without_mark(portions: Sequence[Portion]) -> tuple[int, ...]:
    """Positions, from 0, of the portions nobody has marked."""
    return tuple(number for number, portion in enumerate(portions) if portion.label is None)


def portion_from_json(fields: Fields) -> Portion:
    """The checked door for stored portions; raises ``CanonicalError`` or ``NoteFormatError``."""
    uid = fields.hex("uid", UID_LENGTH)
    kind_text = fields.text("kind", limit=20)
    label_text = fields.optional_text("label", limit=MOST_LABEL)
    origin = origin_from_json(fields.object("origin")) if fields.has("origin") else None
    try:
        kind = Kind(kind_text)
        label = None if label_text is None else label_from_xml(label_text.encode())
    except (ValueError, LabelsError) as error:
        raise NoteFormatError(fields.path, "unknown kind or unreadable label") from error
    content = _content_from_json(kind, fields)
    fields.finish()
    return Portion(uid=uid, kind=kind, content=content, label=label, origin=origin)


def origin_to_json(origin: Origin | None) -> Json:
    """The stored form of where a portion came from."""
    return None if origin is None else {"fingerprint": origin.fingerprint, "reference": origin.reference}


def origin_from_json(fields: Fields) -> Origin:
    """The checked door for it; raises ``CanonicalError``."""
    origin = Origin(
        fingerprint=fields.hex("fingerprint", FINGERPRINT_LENGTH), reference=fields.text("reference", limit=200)
    )
    fields.finish()
    return origin


def _content_to_json(content: Content | Attachment) -> dict[str, Json]:
    match content:
        case Table():
            return {"table": content.to_json()}
        case Image():
            return {"image": content.to_json()}
        case Attachment():
            return {"attachment": content.to_json()}
    return {"runs": [_run_to_json(run) for run in content]}


def _content_from_json(kind: Kind, fields: Fields) -> Content | Attachment:
    """What the kind announces, and nothing else: the other keys are unknown fields."""
    try:
        if kind is Kind.TABLE:
            return table_from_json(fields.object("table"))
        if kind is Kind.IMAGE:
            return image_from_json(fields.object("image"))
        if kind is Kind.ATTACHMENT:
            return attachment_from_json(fields.object("attachment"))
    except TableRefusedError as error:
        raise NoteFormatError(join(fields.path, f"table.{error.path}"), error.problem.value) from error
    except ImageRefusedError as error:
        raise NoteFormatError(join(fields.path, "image"), error.problem.value) from error
    except AttachmentRefusedError as error:
        raise NoteFormatError(join(fields.path, "attachment"), error.problem.value) from error
    return tuple(_run_from_json(run) for run in fields.items("runs"))


def _run_to_json(run: Run) -> Json:
    return {"text": run.text, "style": None if run.style is None else run.style.value}


def _run_from_json(fields: Fields) -> Run:
    text = fields.text("text", limit=MOST_TEXT)
    style = fields.optional_text("style")
    fields.finish()
    try:
        return Run(text=text, style=None if style is None else Style(style))
    except ValueError as error:
        raise NoteFormatError(fields.path, "unknown style") from error
