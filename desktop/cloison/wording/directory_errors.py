"""What is wrong with a card, an endorsement, an authority or a typed fingerprint, in words."""

from __future__ import annotations

from typing import Final

from cloison.directory.errors import (
    CardError,
    CardProblem,
    CardRefusedError,
    DirectoryError,
    EndOf,
    EndorsementError,
    FingerprintError,
    FingerprintProblem,
    LateEndError,
    ListProblem,
    NotAnAuthorityError,
    OwnEndorsementError,
    PolicyProblem,
    PolicyRefusedError,
    RevocationsError,
    RevocationsRefusedError,
    SignedPolicyError,
    UnholdableClearanceError,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day
from cloison.wording.reasons import reason_text

_PLAIN: Final[dict[type[DirectoryError], str]] = {
    CardError: N_(
        "This file is not a card, or it was altered. Nothing was kept. Ask its holder for the card again, by another "
        "way."
    ),
    EndorsementError: N_(
        "An endorsement in this file is forged or damaged. Nothing was kept. Tell the authority it claims to come from."
    ),
    SignedPolicyError: N_(
        "This is not a signed policy, or it was altered. Nothing was kept. Ask the authority for the file again."
    ),
    RevocationsError: N_(
        "This is not a revocation list, or it was altered. Nothing was kept. Ask the authority for the file again."
    ),
    OwnEndorsementError: N_(
        "An authority does not endorse its own card: it would count for nothing. Nothing was changed. Have it endorsed "
        "by another authority."
    ),
    NotAnAuthorityError: N_(
        "Only an authority can do this, and this card is not one. Nothing was changed. Use the authority’s own card "
        "or vault."
    ),
}
_POLICY: Final[dict[PolicyProblem, str]] = {
    PolicyProblem.UNTRUSTED: N_(
        "This policy is signed by an authority that is not trusted here. Nothing was kept. Trust the authority first, "
        "by its whole fingerprint."
    ),
    PolicyProblem.CARD_EXPIRED: N_(
        "The card of the authority “{authority}” is out of date. Nothing was kept. Ask it for its new card."
    ),
    PolicyProblem.CARD_REVOKED: N_(
        "The authority “{authority}” has revoked its own card: its keys count no more. Nothing was kept. Trust its new "
        "card first, by its whole fingerprint."
    ),
    PolicyProblem.OUT_OF_SCOPE: N_(
        "The authority “{authority}” is trusted here within limits, and the policy {policy} goes beyond them. Nothing "
        "was kept."
    ),
    PolicyProblem.LOWER_VERSION: N_(
        "Version {version} of the policy {policy} is older than the one known here, {known}. Nothing was kept."
    ),
    PolicyProblem.SAME_VERSION: N_(
        "Another file is known here as version {known} of the policy {policy}: one of the two is not what it claims to "
        "be. Nothing was kept. Tell your security officer."
    ),
    PolicyProblem.NAME_TAKEN: N_(
        "Another policy is known here by the name {policy}, and labels go by that name. Nothing was kept. Ask the "
        "authority “{authority}” to give its policy a name of its own."
    ),
}
_CARDS: Final[dict[CardProblem, str]] = {
    CardProblem.OLDER: N_(
        "This card of {name} is older than the one known here. Nothing was kept. Ask its holder for the latest."
    ),
    CardProblem.SAME_SERIAL: N_(
        "Alarm: another card of {name} is known here under the same number and with the same keys. Nothing was kept. "
        "Ask its holder which one is theirs, and tell your security officer."
    ),
    CardProblem.REVOKED: N_(
        "This authority has revoked the card of {name} for good: its keys are not endorsed any more. Nothing was made. "
        "Ask its holder for a card with new keys."
    ),
    CardProblem.OTHER_NAME: N_(
        "The keys of this card are known here as those of {name}, and the card now bears another name. Nothing was "
        "kept. A new name needs new keys, whose fingerprint is compared anew."
    ),
}
_ENDS: Final[dict[EndOf, str]] = {
    EndOf.ENDORSEMENT: N_(
        "The endorsement would end later than the authority’s own card, {day}. Nothing was changed. Choose an earlier "
        "day, or renew the authority’s card first."
    ),
    EndOf.LIST: N_("A revocation list runs for a year at most, here until {day}. Nothing was changed."),
}
_LISTS: Final[dict[ListProblem, str]] = {
    ListProblem.UNTRUSTED: N_(
        "This revocation list is signed by an authority that is not trusted here. Nothing was kept. Trust the "
        "authority first, by its whole fingerprint."
    ),
    ListProblem.LOWER_NUMBER: N_(
        "The revocation list {number} of the authority “{authority}” is older than the one known here, {known}. "
        "Nothing was kept. Ask for the latest list."
    ),
    ListProblem.SAME_NUMBER: N_(
        "Alarm: the authority “{authority}” has signed another revocation list with the number {known}. One of the two "
        "is not what it claims to be. Nothing was kept. Tell your security officer."
    ),
    ListProblem.NOT_CUMULATIVE: N_(
        "Alarm: the revocation list {number} of the authority “{authority}” no longer names a card that the list "
        "{known} revoked. Nothing was kept. Tell your security officer."
    ),
    ListProblem.DATED_AHEAD: N_(
        "The revocation list {number} of the authority “{authority}” is of a day that has not come yet by the clock of "
        "this workstation. Nothing was kept. Check the clock; where it is right, ask the authority for another list."
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
        case PolicyRefusedError() | RevocationsRefusedError() | CardRefusedError():
            return _refusal(error, words)
        case LateEndError():
            return words.text(_ENDS[error.of], day=day(error.latest, words))
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


def _refusal(error: PolicyRefusedError | RevocationsRefusedError | CardRefusedError, words: Catalogue) -> str:
    """Why something that is signed and sound is not taken in."""
    match error:
        case PolicyRefusedError():
            return words.text(
                _POLICY[error.problem],
                authority=error.authority,
                policy=error.policy,
                version=error.version,
                known=error.known,
            )
        case RevocationsRefusedError():
            return words.text(_LISTS[error.problem], authority=error.authority, number=error.number, known=error.known)
        case CardRefusedError():
            return words.text(_CARDS[error.problem], name=error.name)
