"""The declassification calendar in words."""

from __future__ import annotations

from datetime import UTC, datetime

from cloison.actions.calendar import DueLine
from cloison.labels.declassification import DueKind
from cloison.labels.label import Label
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import day, minute


def due_text(line: DueLine, becomes: str, words: Catalogue) -> str:
    """What happens on that day, or has happened; ``becomes`` is the mark that takes over."""
    if line.kind is DueKind.REVIEW:
        if line.is_due:
            return words.text("to be looked at again by its authority, now")
        return words.text("to be looked at again by its authority")
    if line.is_due:
        return words.text("has become {mark} by itself", mark=becomes)
    return words.text("becomes {mark} by itself", mark=becomes)


def clock_text(latest: datetime, words: Catalogue) -> str:
    """The clock stands before the last thing that was kept."""
    return words.text(
        "The clock of this computer stands before {moment}, when a note was last kept here. Until it is set right, "
        "marks that had fallen by themselves show as they were before.",
        moment=minute(latest, words),
    )


def course_text(label: Label, becomes: str, words: Catalogue) -> str:
    """When a whole is declassified or looked at again, in a sentence; empty where no day is set."""
    if label.succession is not None:
        return words.text("Becomes {mark} on {day}.", mark=becomes, day=day(label.succession.at, words, zone=UTC))
    if label.review is not None:
        return words.text("Looked at again on {day}.", day=day(label.review, words, zone=UTC))
    return ""
