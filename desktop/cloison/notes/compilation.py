"""The whole as worth more than its parts: a recorded raise, and the authority's decision that took one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.notes.errors import NoteFormatError
from cloison.notes.portion import MOST_LABEL
from cloison_crypto.fields import Fields, Json, time_text

MOST_REASON: Final = 10_000
MOST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CompilationRaise:
    """A recorded decision that the whole is worth more than its parts: the label that then applies, and why.

    The reason is empty on a note that was received: it does not leave the vault of its author.
    """

    label: Label
    reason: str
    by: str
    at: datetime

    def to_json(self) -> Json:
        """The stored form."""
        return {"label": self.label.to_xml().decode(), "reason": self.reason, "by": self.by, "at": time_text(self.at)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedRaise:
    """A raise that an authority's decision took back: which, whose decision, why, and who recorded it."""

    raised: CompilationRaise
    decision: AuthorityDecision
    reason: str
    by: str
    at: datetime

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "raised": self.raised.to_json(),
            "authority": self.decision.authority,
            "reference": self.decision.reference,
            "day": self.decision.day.isoformat(),
            "reason": self.reason,
            "by": self.by,
            "at": time_text(self.at),
        }


def raise_from_json(fields: Fields) -> CompilationRaise:
    """The checked door for a stored raise; raises ``CanonicalError`` or ``NoteFormatError``."""
    label_text = fields.text("label", limit=MOST_LABEL)
    try:
        label = label_from_xml(label_text.encode())
    except LabelsError as error:
        raise NoteFormatError("raised", "unreadable label") from error
    raised = CompilationRaise(
        label=label,
        reason=fields.text("reason", limit=MOST_REASON),
        by=fields.text("by", limit=MOST_NAME),
        at=fields.time("at"),
    )
    fields.finish()
    return raised


def lifted_from_json(fields: Fields) -> LiftedRaise:
    """The checked door for a stored decision; raises ``CanonicalError`` or ``NoteFormatError``."""
    day_text = fields.text("day", limit=10)
    try:
        day = date.fromisoformat(day_text)
    except ValueError as error:
        raise NoteFormatError("lifted", "not a day") from error
    lifted = LiftedRaise(
        raised=raise_from_json(fields.object("raised")),
        decision=AuthorityDecision(
            authority=fields.text("authority", limit=MOST_NAME),
            reference=fields.text("reference", limit=MOST_NAME),
            day=day,
        ),
        reason=fields.text("reason", limit=MOST_REASON),
        by=fields.text("by", limit=MOST_NAME),
        at=fields.time("at"),
    )
    fields.finish()
    return lifted
