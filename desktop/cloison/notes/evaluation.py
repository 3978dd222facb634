"""The evaluation of information: how reliable its source is, how credible the item, and the sources on record.

Two characters that are independent of each other. ``F`` means that the source was never used before, not that it is
bad; nothing is averaged, and nothing is defaulted from what a source said earlier: a new evaluation is always F6. The
block says who knows what, so it is a portion like any other, with a mark of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.notes.errors import NoteFormatError, SourceProblem, SourceRefusedError, UnconfirmedError
from cloison.notes.portion import MOST_LABEL, UID_LENGTH, Origin, new_uid, origin_from_json, origin_to_json
from cloison_crypto.fields import Fields, Json
from cloison_crypto.secrets import Randomness

NUMBER: Final = -1
"""What the block is called where paragraphs go by number and the title is 0."""

LEAST_SOURCES: Final = 2
MOST_SOURCES: Final = 100
MOST_NAME: Final = 400


class Reliability(Enum):
    """How reliable a source is."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class Credibility(Enum):
    """How credible an item is."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source on record; one that only passes on what another source says is not ``is_independent``."""

    name: str
    is_independent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The block; ``label`` is None while nobody has marked it.

    It cannot be made otherwise: a nameless source or one too many raises ``SourceRefusedError``, "confirmed by other
    sources" without two independent ones of different names ``UnconfirmedError``.
    """

    uid: str
    reliability: Reliability = Reliability.CANNOT_BE_JUDGED
    credibility: Credibility = Credibility.CANNOT_BE_JUDGED
    sources: tuple[Source, ...] = ()
    label: Label | None = None
    origin: Origin | None = None

    def __post_init__(self) -> None:
        """Hold the rules."""
        if len(self.sources) > MOST_SOURCES:
            raise SourceRefusedError(SourceProblem.TOO_MANY)
        for source in self.sources:
            if not source.name.strip():
                raise SourceRefusedError(SourceProblem.NAMELESS)
            if len(source.name) > MOST_NAME:
                raise SourceRefusedError(SourceProblem.NAME_TOO_LONG)
        independent = count_independent(self.sources)
        if self.credibility is Credibility.CONFIRMED and independent < LEAST_SOURCES:
            raise UnconfirmedError(independent)

    @property
    def code(self) -> str:
        """Both characters: ``B2``."""
        return self.reliability.value + self.credibility.value

    def marked(self, label: Label) -> Evaluation:
        """The same block under ``label``."""
        return replace(self, label=label)

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "uid": self.uid,
            "reliability": self.reliability.value,
            "credibility": self.credibility.value,
            "sources": [{"name": one.name, "independent": one.is_independent} for one in self.sources],
            "label": None if self.label is None else self.label.to_xml().decode(),
            "origin": origin_to_json(self.origin),
        }


def new_evaluation(*, randomness: Randomness, label: Label | None = None) -> Evaluation:
    """A block in which nothing is judged yet: F6, whatever a source said before."""
    return Evaluation(uid=new_uid(randomness), label=label)


def count_independent(sources: Sequence[Source]) -> int:
    """How many independent sources of different names there are, however they are spaced and spelt."""
    return len({" ".join(one.name.split()).casefold() for one in sources if one.is_independent})


def evaluation_from_json(fields: Fields) -> Evaluation:
    """The checked door for a stored block; raises ``CanonicalError`` or ``NoteFormatError``."""
    label_text = fields.optional_text("label", limit=MOST_LABEL)
    texts = (fields.text("reliability", limit=1), fields.text("credibility", limit=1))
    uid = fields.hex("uid", UID_LENGTH)
    sources = tuple(_source_from_json(one) for one in fields.items("sources"))
    origin = origin_from_json(fields.object("origin")) if fields.has("origin") else None
    fields.finish()
    try:
        return Evaluation(
            uid=uid,
            reliability=Reliability(texts[0]),
            credibility=Credibility(texts[1]),
            sources=sources,
            label=None if label_text is None else label_from_xml(label_text.encode()),
            origin=origin,
        )
    except (ValueError, LabelsError, SourceRefusedError, UnconfirmedError) as error:
        raise NoteFormatError("evaluation", "not an evaluation") from error


def _source_from_json(fields: Fields) -> Source:
    source = Source(name=fields.text("name", limit=MOST_NAME), is_independent=fields.flag("independent"))
    fields.finish()
    return source
