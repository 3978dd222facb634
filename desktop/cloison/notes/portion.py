"""A portion: the smallest part of a note that carries a mark of its own.

Everything a reader could receive is a portion with its own label: the title (number 0) and each paragraph, heading,
list item and quote. ``content`` is a tuple of runs; tables and images will be further forms of content beside it, told
apart by ``kind``, so that what is stored today is read for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.notes.errors import NoteFormatError
from cloison_crypto.fields import Fields, Json
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


class Style(Enum):
    """How a run stands out."""

    STRONG = "strong"
    EMPHASIS = "emphasis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text of one style."""

    text: str
    style: Style | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a portion of foreign origin came from: the issuer's ``fingerprint`` (hex) and its own ``reference``."""

    fingerprint: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One portion; ``label`` is None while nobody has marked it, and nothing leaves the vault in that state."""

    uid: str
    kind: Kind
    content: tuple[Run, ...]
    label: Label | None = None
    origin: Origin | None = None

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.content)

    def marked(self, label: Label) -> Portion:
        """The same portion under ``label``."""
        return replace(self, label=label)

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "uid": self.uid,
            "kind": self.kind.value,
            "label": None if self.label is None else self.label.to_xml().decode(),
            "origin": None
            if self.origin is None
            else {"fingerprint": self.origin.fingerprint, "reference": self.origin.reference},
            "runs": [_run_to_json(run) for run in self.content],
        }


def new_uid(randomness: Randomness) -> str:
    """A random identifier, 32 hexadecimal characters."""
    return randomness(UID_BYTES).hex()


def plain_portion(
    text: str, *, randomness: Randomness, kind: Kind = Kind.PARAGRAPH, label: Label | None = None
) -> Portion:
    """A new portion holding ``text`` in one plain run."""
    return Portion(uid=new_uid(randomness), kind=kind, content=(Run(text=text),) if text else (), label=label)


def numbers_without_mark(portions: Sequence[Portion]) -> tuple[int, ...]:
    """Positions, from 0, of the portions nobody has marked."""
    return tuple(number for number, portion in enumerate(portions) if portion.label is None)


def portion_from_json(fields: Fields) -> Portion:
    """The checked door for stored portions; raises ``CanonicalError`` or ``NoteFormatError``."""
    uid = fields.hex("uid", UID_LENGTH)
    kind_text = fields.text("kind", limit=20)
    label_text = fields.optional_text("label", limit=MOST_LABEL)
    origin = _origin_from_json(fields.object("origin")) if fields.has("origin") else None
    runs = tuple(_run_from_json(run) for run in fields.items("runs"))
    fields.finish()
    try:
        kind = Kind(kind_text)
        label = None if label_text is None else label_from_xml(label_text.encode())
    except (ValueError, LabelsError) as error:
        raise NoteFormatError("portion", "unknown kind or unreadable label") from error
    return Portion(
        uid=uid,
        kind=kind,
        content=runs,
        label=label,
        origin=origin,
    )


def _run_to_json(run: Run) -> Json:
    return {"text": run.text, "style": None if run.style is None else run.style.value}


def _run_from_json(fields: Fields) -> Run:
    text = fields.text("text", limit=MOST_TEXT)
    style = fields.optional_text("style")
    fields.finish()
    try:
        return Run(text=text, style=None if style is None else Style(style))
    except ValueError as error:
        raise NoteFormatError("run", "unknown style") from error


def _origin_from_json(fields: Fields) -> Origin:
    origin = Origin(
        fingerprint=fields.hex("fingerprint", FINGERPRINT_LENGTH), reference=fields.text("reference", limit=200)
    )
    fields.finish()
    return origin
