"""What is wrong with a card, an endorsement, an authority or a typed fingerprint, in words."""

from __future__ import annotations

from typing import Final

from cloison.directory.errors import (
    CardError,
    DirectoryError,
    EndorsementError,
    FingerprintError,
    FingerprintProblem,
    NotAnAuthorityError,
    UnholdableClearanceError,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.reasons import reason_text

_PLAIN: Final[dict[type[DirectoryError], str]] = {
    CardError: N_(
        "This file is not a card, or it was altered. Nothing was kept. Ask its holder for the card again, by another "
        "way."
    ),
    EndorsementError: N_(
        "An endorsement in this file is forged or damaged. Nothing was kept. Tell the authority it claims to come from."
    ),
    NotAnAuthorityError: N_(
        "Only an authority can do this, and this card is not one. Nothing was changed. Use the authority’s own card "
        "or vault."
    ),
}
_FINGERPRINT: Final[dict[FingerprintProblem, str]] = {
    FingerprintProblem.MALFORMED: N_(
        "This is not a fingerprint: it has letters and the digits 2 to 7 only. Nothing was changed. Type it again."
    ),
    FingerprintProblem.TOO_SHORT: N_(
        "Too little of the fingerprint was typed: {least} characters at least are needed. Nothing was changed."
    ),
    FingerprintProblem.DIFFERENT: N_(
        "The fingerprint typed is not that of this card. Nothing was changed. Check it with its holder, face to face "
        "or by telephone; if it still differs, the card is not theirs."
    ),
}


def sentence(error: DirectoryError, words: Catalogue) -> str | None:
    """What to tell of an error of the directory."""
    match error:
        case FingerprintError():
            return words.text(_FINGERPRINT[error.problem], least=error.least)
        case UnholdableClearanceError():
            return words.text(
                "Nobody of nationality {nationality} can hold this clearance: {reasons} Nothing was kept.",
                nationality=error.nationality,
                reasons=" ".join(reason_text(one, words) for one in error.reasons),
            )
    message = _PLAIN.get(type(error))
    return None if message is None else words.text(message)
