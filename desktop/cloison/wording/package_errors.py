"""Why a package cannot be sealed or opened, in words."""

from __future__ import annotations

from typing import Final

from cloison.directory.sufficiency import TrustShortfall
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    CannotSealError,
    DatedAheadError,
    DisseminationError,
    ForgedPackageError,
    InvalidRemarkError,
    LabelProblem,
    NewerPackageError,
    NotClearedError,
    NotForMeError,
    NotItsRecipientError,
    NotYetClearedError,
    OwnCardError,
    PackageLabelError,
    PackageTooLargeError,
    ReceiptAboveCeilingError,
    ReceiptTakenError,
    RecoveryProblem,
    RecoveryRefusedError,
    SenderNotTrustedError,
    SerialConflictError,
    SuiteTooLowError,
    TooLargeToSealError,
    UnknownDispatchError,
    UnknownSenderError,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day
from cloison.wording.reasons import reason_text, refusal_text
from cloison.wording.trust import own_card_text, remedy_text
from cloison_crypto.identity import fingerprint_text

_MEBIBYTE: Final = 1024 * 1024
_PLAIN: Final[dict[type[DisseminationError], str]] = {
    NotForMeError: N_(
        "This package does not open with your keys: it was sealed to somebody else, or it is damaged. Nothing was "
        "kept. Ask its sender."
    ),
    ForgedPackageError: N_(
        "This package is not as its sender made it: it is damaged or forged. Nothing was kept. Keep the medium, tell "
        "your security officer, and ask the sender for another."
    ),
    NewerPackageError: N_(
        "This package was made by a later version of Cloison, which this one cannot read. Nothing was kept. Open it "
        "with that version."
    ),
    AlreadyReceivedError: N_(
        "This package was accepted before. Nothing was changed. The register of arrivals says where it is."
    ),
    UnknownDispatchError: N_(
        "This receipt is for a package that was not sent from an open compartment here. Nothing was kept. Open the "
        "compartment the note lies in, or ask the sender of the receipt what it is for."
    ),
    ReceiptTakenError: N_("This receipt was taken before. Nothing was changed. The register of dispatches has it."),
    ReceiptAboveCeilingError: N_(
        "What this receipt says is above the ceiling of the compartment of the note. Nothing was kept. Ask its sender "
        "to mark it otherwise, or to say it in a note."
    ),
}
_CLEARED: Final[dict[type[NotClearedError], str]] = {
    NotClearedError: N_(
        "You may not read this package: {reason}. Nothing was kept. If you should, ask the authority for an "
        "endorsement and add it."
    ),
    NotYetClearedError: N_(
        "No endorsement of your own card is in force here, so that you may not read this package: {reason}. Nothing "
        "was kept. Add your endorsed card, then open the package again."
    ),
}
_NOT_ITS_RECIPIENT: Final = N_(
    "This receipt is signed by {name}, to whom the package it is for was not sealed. Nothing was kept. Tell your "
    "security officer."
)
_RECOVERY: Final[dict[RecoveryProblem, str]] = {
    RecoveryProblem.NOT_SET: N_(
        "At this level the policy asks for a package to the organisation’s recovery contact, and none is set. Nothing "
        "was sealed, to anybody. Set one in the directory."
    ),
    RecoveryProblem.NOT_TRUSTED: N_(
        "At this level the policy asks for a package to the organisation’s recovery contact, {name}, whose card is not "
        "established far enough. Nothing was sealed, to anybody. Compare the fingerprint or add an endorsed card."
    ),
    RecoveryProblem.NOT_CLEARED: N_(
        "At this level the policy asks for a package to the organisation’s recovery contact, {name}, who may not read "
        "all that would leave. Nothing was sealed, to anybody. Set another recovery contact, or change the readers."
    ),
}
_LABEL: Final[dict[LabelProblem, str]] = {
    LabelProblem.UNKNOWN_POLICY: N_(
        "The package is marked under a policy, or a version of one, that is not known here. Nothing was kept. Ask your "
        "security officer for that policy."
    ),
    LabelProblem.OLDER_VERSION: N_(
        "The package is marked under an older version of the policy than the one in force here. Nothing was kept. Ask "
        "the sender to take in the new version, and to seal the note again."
    ),
    LabelProblem.INVALID: N_(
        "The mark of this package is not valid under its policy, so that nobody may read it. Nothing was kept. Ask the "
        "sender to mark it again."
    ),
}

_UNKNOWN_SENDER: Final = N_(
    "Nobody in the directory has the key that signed this package: {fingerprint}. Nothing was kept. Add the sender’s "
    "card, then open the package again."
)
_SERIAL_CONFLICT: Final = N_(
    "Alarm: this package contradicts another from the same sender ({name}): both bear one serial number, or name "
    "different packages before them. One of the two is not genuine. Nothing was kept. Tell your security officer."
)
_SUITE_TOO_LOW: Final = N_(
    "This file is sealed in suite {suite}, and its level asks for suite {minimum}: it may have been read or forged on "
    "its way. Nothing was kept. Tell its sender and your security officer."
)


def sentence(error: DisseminationError, words: Catalogue) -> str | None:
    """What to tell of an error of a package."""
    match error:
        case UnknownSenderError():
            return words.text(_UNKNOWN_SENDER, fingerprint=fingerprint_text(error.fingerprint))
        case SenderNotTrustedError():
            return words.text(
                "The card of the sender, {name}, is not enough for this package. {remedy} Nothing was kept.",
                name=error.name,
                remedy=remedy_text(error.shortfall, words),
            )
        case SerialConflictError():
            return words.text(_SERIAL_CONFLICT, name=error.name)
        case SuiteTooLowError():
            return words.text(_SUITE_TOO_LOW, suite=error.suite, minimum=error.minimum)
        case OwnCardError():
            return own_card_text(error.shortfall, words)
        case NotItsRecipientError():
            return words.text(_NOT_ITS_RECIPIENT, name=error.name)
        case RecoveryRefusedError():
            return words.text(_RECOVERY[error.problem], name=error.name)
        case InvalidRemarkError():
            return words.text(
                "The policy does not allow this mark: {reasons} Nothing was sealed. Choose another mark.",
                reasons=" ".join(reason_text(one, words) for one in error.reasons),
            )
        case PackageLabelError():
            return words.text(_LABEL[error.problem])
        case NotClearedError():
            return words.text(_CLEARED[type(error)], reason=refusal_text(error.decision, words))
        case DatedAheadError() | PackageTooLargeError() | TooLargeToSealError():
            return _of_the_file(error, words)
        case CannotSealError():
            return _cannot_seal(error, words)
    message = _PLAIN.get(type(error))
    return None if message is None else words.text(message)


def _of_the_file(error: DatedAheadError | PackageTooLargeError | TooLargeToSealError, words: Catalogue) -> str:
    match error:
        case DatedAheadError():
            return words.text(
                "This file says it was sealed on {day}, which has not come yet by the clock of this workstation. "
                "Nothing was kept. Check the clock, then open the file again.",
                day=day(error.at, words),
            )
        case TooLargeToSealError():
            return words.text(
                "What this reader would receive is larger than {limit} MiB, the most that can be opened. Nothing was "
                "sealed, to anybody. Cut the note into parts, or make its images smaller.",
                limit=error.limit // _MEBIBYTE,
            )
        case PackageTooLargeError():
            return words.text(
                "This package is larger than {limit} MiB, which is the most that is opened. Nothing was kept.",
                limit=error.limit // _MEBIBYTE,
            )


def _cannot_seal(error: CannotSealError, words: Catalogue) -> str:
    uncleared = [one.name for one in error.refused if one.shortfall is None]
    parts = [] if error.refused else [words.text("No recipient was chosen.")]
    if uncleared:
        parts.append(words.text("Nothing in the note may be read by: {names}.", names=", ".join(uncleared)))
    for shortfall in TrustShortfall:
        names = [one.name for one in error.refused if one.shortfall is shortfall]
        if names:
            parts.append(
                words.text(
                    "{names}: {remedy}",
                    names=", ".join(names),
                    remedy=remedy_text(shortfall, words),
                )
            )
    return " ".join((*parts, words.text("Nothing was sealed, to anybody. Change the recipients or their cards.")))
