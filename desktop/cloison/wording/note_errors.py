"""What went wrong with a note, in words."""

from __future__ import annotations

from typing import Final

from cloison.notes.errors import (
    ConsentProblem,
    ConsentRefusedError,
    DateRefusedError,
    DecisionRequiredError,
    ForeignMarkError,
    ImageProblem,
    ImageRefusedError,
    ImportProblem,
    ImportRefusedError,
    InvalidRaiseError,
    LeavingNeedToKnowError,
    LinkedToItselfError,
    LoweringNeedsReasonError,
    NotARaiseError,
    NoteFormatError,
    NotesError,
    NoteTooLargeError,
    NothingRaisedError,
    NothingToReadError,
    OlderVersionError,
    ReasonMissingError,
    ReceivedTemplateError,
    SourceProblem,
    SourceRefusedError,
    TableProblem,
    TableRefusedError,
    UnconfirmedError,
    UnknownPortionError,
    UnmarkedPortionsError,
)
from cloison.notes.image import MOST_DESCRIPTION
from cloison.notes.table import MOST_CELL, MOST_COLUMNS, MOST_ROWS
from cloison.wording.attachment_errors import attachment_sentence
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.portions import numbered
from cloison.wording.reasons import reason_text

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
_MEBIBYTE: Final = 1024 * 1024
_IMAGE: Final[dict[ImageProblem, str]] = {
    ImageProblem.UNKNOWN_KIND: N_("This picture is of a kind that is not read. PNG, JPEG, GIF, BMP and TIFF are."),
    ImageProblem.DAMAGED: N_("This picture is damaged, or not what it says it is. It was not taken in."),
    ImageProblem.TOO_LARGE: N_("This picture is too large. It was not taken in. Save it smaller first."),
    ImageProblem.TOO_SLOW: N_("This picture took too long to read. It was not taken in."),
    ImageProblem.NO_SANDBOX: N_(
        "This system cannot close in the process that reads foreign pictures. The picture was not taken in."
    ),
    ImageProblem.DESCRIPTION_TOO_LONG: N_("The description of a picture takes {most} characters at most."),
}
_TABLE: Final[dict[TableProblem, str]] = {
    TableProblem.EMPTY: N_("A table needs at least one row and one column."),
    TableProblem.NOT_RECTANGULAR: N_("The rows of a table must all have as many cells."),
    TableProblem.TOO_MANY_ROWS: N_("A table takes {rows} rows at most. Cut it into parts."),
    TableProblem.TOO_MANY_COLUMNS: N_("A table takes {columns} columns at most. Cut it into parts."),
    TableProblem.CELL_TOO_LONG: N_("A cell of a table takes {cell} characters at most."),
    TableProblem.TOO_MUCH_TEXT: N_("There is too much text in this table. Cut it into parts."),
}
_SOURCES: Final[dict[SourceProblem, str]] = {
    SourceProblem.NAMELESS: N_("A source has no name. Nothing was changed. Name it, or take the line away."),
    SourceProblem.NAME_TOO_LONG: N_("The name of a source is too long. Nothing was changed. Shorten it."),
    SourceProblem.TOO_MANY: N_("There are more sources than one evaluation can hold. Nothing was changed."),
}

_CONSENTS: Final[dict[ConsentProblem, str]] = {
    ConsentProblem.NO_REFERENCE: N_(
        "A consent takes a reference, and the name of who gave it. Nothing was recorded. Give both."
    ),
    ConsentProblem.NOBODY_NAMED: N_(
        "A consent is for named readers or nationalities. Nothing was recorded. Say whom it is for."
    ),
    ConsentProblem.NOT_FOREIGN: N_(
        "Not all of these paragraphs came from another service: your own need no consent. Nothing was recorded."
    ),
    ConsentProblem.SEVERAL_ORIGINATORS: N_(
        "These paragraphs came from several services. Nothing was recorded. Record the consent of each by itself."
    ),
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
        case ForeignMarkError():
            return words.text(
                "The mark of another service is lowered by that service alone. Nothing was changed: {paragraphs}.",
                paragraphs=numbered(error.numbers, words),
            )
        case DecisionRequiredError():
            return _undecided(error, words)
        case DateRefusedError():
            return words.text(
                "This day cannot be set. Nothing was changed. {reasons}",
                reasons=" ".join(reason_text(one, words) for one in error.reasons),
            )
        case NothingToReadError():
            return words.text("Nothing in this note may be read by this reader. Nothing was sent.")
        case NoteFormatError():
            return words.text("This is not a note, or it is damaged (at {place}). Nothing was kept.", place=error.path)
        case UnconfirmedError() | SourceRefusedError():
            return _evaluation(error, words)
        case ReasonMissingError() | NotARaiseError() | InvalidRaiseError() | NothingRaisedError():
            return _raise(error, words)
    return words.text(_CONSENTS[error.problem]) if isinstance(error, ConsentRefusedError) else _refused(error, words)


def _undecided(error: DecisionRequiredError, words: Catalogue) -> str:
    names = ", ".join(error.tag_sets)
    if isinstance(error, OlderVersionError):
        return words.text(
            "Some marks follow an older version of the policy {names}, and the one in force does not say the same. "
            "Nothing has left the vault. Compare, and mark the note anew.",
            names=names,
        )
    return words.text(
        "The marks contradict each other on: {names}. Nothing has left the vault. Change the marks so that "
        "one of them holds for the whole.",
        names=names,
    )


def _refused(error: NotesError, words: Catalogue) -> str | None:
    """What cannot become a note or a part of one, go elsewhere, or be linked."""
    match error:
        case ReceivedTemplateError():
            return words.text(
                "This note came in from elsewhere and stays as its issuer made it: it cannot be a template. Nothing "
                "was changed."
            )
        case LeavingNeedToKnowError():
            return words.text(
                "Outside this compartment, readers no longer need an endorsement that lists it. Nothing was moved. "
                "Leaving it takes a written reason."
            )
        case LinkedToItselfError():
            return words.text("A note is linked to others, not to itself. Nothing was changed. Choose another note.")
        case ImportRefusedError():
            return words.text(_IMPORT[error.problem])
        case TableRefusedError():
            return words.text(_TABLE[error.problem], rows=MOST_ROWS, columns=MOST_COLUMNS, cell=MOST_CELL)
        case ImageRefusedError(kind=str(kind)):
            return words.text("This file is {kind}, which is not read. PNG, JPEG, GIF, BMP and TIFF are.", kind=kind)
        case ImageRefusedError():
            return words.text(_IMAGE[error.problem], most=MOST_DESCRIPTION)
        case NoteTooLargeError():
            return words.text(
                "This note takes more than {most} MiB, its pictures included. It was not kept. Cut it into parts.",
                most=error.most // _MEBIBYTE,
            )
    return attachment_sentence(error, words)


def _evaluation(error: UnconfirmedError | SourceRefusedError, words: Catalogue) -> str:
    if isinstance(error, SourceRefusedError):
        return words.text(_SOURCES[error.problem])
    return words.text(
        "“1 – confirmed by other sources” takes a second source on record, independent of the first; there are "
        "{count}. Nothing was changed. Record it, or choose 2.",
        count=error.independent,
    )


def _raise(
    error: ReasonMissingError | NotARaiseError | InvalidRaiseError | NothingRaisedError, words: Catalogue
) -> str:
    match error:
        case ReasonMissingError():
            return words.text("This takes a written reason. Nothing was changed.")
        case NotARaiseError():
            return words.text(
                "This mark says no more than the paragraphs do already, or less. Nothing was changed. Choose one that "
                "covers them all and more."
            )
        case InvalidRaiseError():
            return words.text(
                "The policy does not allow this mark. Nothing was changed: {reasons}",
                reasons=" ".join(reason_text(one, words) for one in error.reasons),
            )
    return words.text("The whole is not raised above its paragraphs. Nothing was changed.")
