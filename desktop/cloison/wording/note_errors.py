"""What went wrong with a note, in words."""

from __future__ import annotations

from typing import Final

from cloison.notes.errors import (
    DecisionRequiredError,
    ImportProblem,
    ImportRefusedError,
    LoweringNeedsReasonError,
    NoteFormatError,
    NotesError,
    NothingToReadError,
    UnknownPortionError,
    UnmarkedPortionsError,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.portions import numbered

_IMPORT: Final[dict[ImportProblem, str]] = {
    ImportProblem.EMPTY: N_("There is no text in this file. Nothing was imported."),
    ImportProblem.TOO_LARGE: N_("This file is too large to become a note. Nothing was imported. Cut it into parts."),
    ImportProblem.NOT_TEXT: N_(
        "This file is not text. Nothing was imported. Text (.txt, .md) and Word (.docx) can be."
    ),
    ImportProblem.UNKNOWN_KIND: N_(
        "Files of this kind cannot be imported. Nothing was. Save it as text (.txt, .md) or Word (.docx) first."
    ),
    ImportProblem.DAMAGED: N_("This file is damaged, or not what its name says. Nothing was imported."),
}


def sentence(error: NotesError, words: Catalogue) -> str | None:
    """What to tell of an error of a note."""
    match error:
        case UnmarkedPortionsError():
            return words.text(
                "These paragraphs carry no mark yet: {numbers}. Nothing has left the vault. Mark them first.",
                numbers=numbered(error.numbers, words),
            )
        case UnknownPortionError():
            return words.text(
                "The note has no paragraph {number}: the last is {last}, and the title is 0. Nothing was changed.",
                number=error.number,
                last=error.last,
            )
        case LoweringNeedsReasonError():
            return words.text(
                "The mark would be lowered on: {numbers}. Nothing was changed. Lowering a mark takes a written reason.",
                numbers=numbered(error.numbers, words),
            )
        case DecisionRequiredError():
            return words.text(
                "The marks contradict each other on: {names}. Nothing has left the vault. Change the marks so that "
                "one of them holds for the whole.",
                names=", ".join(error.tag_sets),
            )
        case ImportRefusedError():
            return words.text(_IMPORT[error.problem])
        case NothingToReadError():
            return words.text("Nothing in this note may be read by this reader. Nothing was sent.")
        case NoteFormatError():
            return words.text("This is not a note, or it is damaged (at {place}). Nothing was kept.", place=error.path)
    return None
