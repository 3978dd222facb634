"""What went wrong with an attachment of a note, in words."""

from __future__ import annotations

from typing import Final

from cloison.notes.attachment import MOST_ATTACHMENTS, MOST_BYTES
from cloison.notes.errors import (
    AttachmentProblem,
    AttachmentRefusedError,
    NotesError,
    PageProblem,
    PageRefusedError,
    SavingNotAllowedError,
    UnknownAttachmentError,
)
from cloison.wording.catalogue import N_, Catalogue

_GIBIBYTE: Final = 1024**3
_ATTACHMENTS: Final[dict[AttachmentProblem, str]] = {
    AttachmentProblem.NOT_A_FILE: N_("Only a file can be attached, not a pipe or a device. Nothing was attached."),
    AttachmentProblem.UNSAFE_NAME: N_(
        "This name could be taken for more than the name of a file. Nothing was attached."
    ),
    AttachmentProblem.TOO_LARGE: N_("A file of {size} GiB or more cannot be attached. Nothing was."),
    AttachmentProblem.TOO_MANY: N_("A note takes {most} attachments at most. Nothing was attached."),
}
_PAGE: Final[dict[PageProblem, str]] = {
    PageProblem.UNKNOWN_KIND: N_(
        "Files of this kind are not opened here: PDF, PNG, JPEG, GIF, BMP and TIFF are. The attachment is kept as it "
        "is."
    ),
    PageProblem.DAMAGED: N_(
        "This page cannot be shown: the file is damaged, or not what it says it is. The attachment is kept as it is."
    ),
    PageProblem.TOO_LARGE: N_("This file is too large to be opened here. The attachment is kept as it is."),
    PageProblem.TOO_SLOW: N_("This page took too long to draw and is not shown. The attachment is kept as it is."),
    PageProblem.ENCRYPTED: N_(
        "This PDF is locked with a password of its own and is not opened here. The attachment is kept as it is."
    ),
    PageProblem.NO_SANDBOX: N_(
        "This system cannot close in the process that reads foreign files, so none is opened here. The attachment is "
        "kept as it is."
    ),
}


def attachment_sentence(error: NotesError, words: Catalogue) -> str | None:
    """What to tell of an error of an attachment; None for any other."""
    match error:
        case AttachmentRefusedError():
            return words.text(_ATTACHMENTS[error.problem], size=(MOST_BYTES + 1) // _GIBIBYTE, most=MOST_ATTACHMENTS)
        case UnknownAttachmentError():
            return words.text(
                "The note has no attachment {number}: it has {last}. Nothing was changed.",
                number=error.number,
                last=error.last,
            )
        case SavingNotAllowedError():
            return words.text(
                "The settings of this workstation do not let attachments be saved out of the vault "
                "(may_save_attachments). Nothing was saved."
            )
        case PageRefusedError():
            return words.text(_PAGE[error.problem])
    return None
