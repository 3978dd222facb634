"""The checks of a package as a list a person reads, and how far an error shows them to have gone.

The order is that of ``dissemination.opening``. A forgery shows in several places and tells none of them, so then no
other line is claimed to hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from cloison.dissemination.checks import Milestone
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    DatedAheadError,
    ForgedPackageError,
    NotClearedError,
    NotForMeError,
    PackageLabelError,
    SenderNotTrustedError,
    SerialConflictError,
    UnknownSenderError,
)
from cloison.wording.catalogue import N_, Catalogue


class Found(Enum):
    """What a check found; the value is its picture."""

    HOLDS = "check"
    FAILS = "x"
    NOT_LOOKED_AT = "circle-help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the list."""

    sentence: str
    found: Found


_NOT_NEW: Final = (AlreadyReceivedError, SerialConflictError, DatedAheadError)
_LINES: Final[tuple[tuple[str, tuple[type[Exception], ...]], ...]] = (
    (N_("It was sealed to you: your key opens it."), (NotForMeError,)),
    (N_("The directory knows who signed it."), (UnknownSenderError,)),
    (N_("The sender’s card is in force and established far enough for this level."), (SenderNotTrustedError,)),
    (
        N_("It was not received before, and its serial number is its own."),
        (AlreadyReceivedError, SerialConflictError, DatedAheadError),
    ),
    (N_("Its mark is valid under a policy known here."), (PackageLabelError,)),
    (N_("You are cleared for it, paragraph by paragraph."), (NotClearedError,)),
    (N_("Signature, addressee and every file are as its sender made them."), ()),
)


_SHOWN_BY: Final[dict[Milestone, frozenset[int]]] = {
    Milestone.OPENED: frozenset((0,)),
    Milestone.SENDER_KNOWN: frozenset((0, 1)),
    Milestone.IS_NEW: frozenset((0, 1, 3)),
    Milestone.ADMITTED: frozenset(range(6)),
}


def checklist_so_far(milestone: Milestone | None, words: Catalogue) -> tuple[Check, ...]:
    """Every line, while a package is being checked; None: nothing was shown yet."""
    holding = frozenset[int]() if milestone is None else _SHOWN_BY[milestone]
    return tuple(
        Check(sentence=words.text(sentence), found=Found.HOLDS if number in holding else Found.NOT_LOOKED_AT)
        for number, (sentence, _) in enumerate(_LINES)
    )


def checklist(error: Exception | None, words: Catalogue) -> tuple[Check, ...]:
    """Every line, after the package was opened, or refused with ``error``."""
    sentences = [words.text(sentence) for sentence, _ in _LINES]
    if error is None:
        return tuple(Check(sentence=one, found=Found.HOLDS) for one in sentences)
    forged = len(_LINES) - 1 if isinstance(error, ForgedPackageError) else None
    failed = next((number for number, (_, kinds) in enumerate(_LINES) if isinstance(error, kinds)), forged)
    if failed is None:
        # Something else than these checks: the disk, a full quarantine, a check of receipts.
        return checklist_so_far(None, words)
    is_forged = failed == forged
    found = [
        Found.FAILS if number == failed else Found.HOLDS if number < failed and not is_forged else Found.NOT_LOOKED_AT
        for number in range(len(_LINES))
    ]
    return tuple(Check(sentence=sentence, found=state) for sentence, state in zip(sentences, found, strict=True))


_RECEIPT: Final = (
    N_("It is a receipt, sealed to you, for a package that was sent from here."),
    N_("The reader of that package signed it, and their card is in force."),
    N_("Its marks are valid, and you are cleared for all that is said."),
)


def receipt_checklist(words: Catalogue) -> tuple[Check, ...]:
    """Every line, for a receipt that passed all of its checks."""
    return tuple(Check(sentence=words.text(one), found=Found.HOLDS) for one in _RECEIPT)
