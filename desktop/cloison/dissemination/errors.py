"""Why a package cannot be written or accepted, as facts. Every way a forgery may fail is one error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cloison.directory.sufficiency import TrustShortfall
from cloison.labels.decision import Decision
from cloison.labels.validity import Reason


class DisseminationError(Exception):
    """Root of what this layer raises."""


class NotForMeError(DisseminationError):
    """None of the member's identities opens the package: it was sealed to somebody else, or its header is damaged."""


class ForgedPackageError(DisseminationError):
    """Something about the package is not as its sender made it, or was never made by a sender. No detail is given."""


class UnknownSenderError(DisseminationError):
    """Nobody in the directory has the key that signed the package; ``fingerprint`` is the key's."""

    def __init__(self, fingerprint: bytes) -> None:
        super().__init__(fingerprint.hex())
        self.fingerprint = fingerprint


class SenderNotTrustedError(DisseminationError):
    """The sender is in the directory, but not trusted far enough for this; ``name`` is theirs."""

    def __init__(self, name: str, shortfall: TrustShortfall) -> None:
        super().__init__(f"{name}: {shortfall.value}")
        self.name = name
        self.shortfall = shortfall


class AlreadyReceivedError(DisseminationError):
    """This package was accepted before."""


class SerialConflictError(DisseminationError):
    """Another package by ``name`` bears the same serial: one of the two is not what it claims to be."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class UnknownDispatchError(DisseminationError):
    """A receipt names a package that was not sent from an open compartment here, or not as it was sent."""


class NotItsRecipientError(DisseminationError):
    """A receipt is signed by somebody the package it names was not sealed to; ``name`` is theirs."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class ReceiptTakenError(DisseminationError):
    """This receipt was taken before."""


class ReceiptAboveCeilingError(DisseminationError):
    """What a receipt says lies above the ceiling of the compartment that the note it is about is in."""


class InvalidRemarkError(DisseminationError):
    """The policy does not allow the mark of something that is to be said in a receipt, for these ``reasons``."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__("; ".join(f"{one.rule.value}: {one.element}" for one in reasons))
        self.reasons = reasons


class LabelProblem(Enum):
    """Why a label cannot be relied upon."""

    UNKNOWN_POLICY = "unknown policy"
    INVALID = "invalid"
    OLDER_VERSION = "older version"


class PackageLabelError(DisseminationError):
    """The package's label is not valid under a policy known here."""

    def __init__(self, problem: LabelProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class SuiteTooLowError(DisseminationError):
    """What came is sealed in ``suite``, and a level in it asks for ``minimum``, which is higher."""

    def __init__(self, *, suite: int, minimum: int) -> None:
        super().__init__(f"{suite}, not {minimum}")
        self.suite = suite
        self.minimum = minimum


class NotClearedError(DisseminationError):
    """I am not shown to be allowed to read the package: ``decision`` says by which rule."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision.rule))
        self.decision = decision


class NotYetClearedError(NotClearedError):
    """The same, because nothing at all is established of me here: no endorsement of my card is in force."""


class DatedAheadError(DisseminationError):
    """A package or receipt says it was sealed at ``at``, which has not come yet by the clock here."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class NewerPackageError(DisseminationError):
    """The package is of a format that a later version of the program writes."""


class PackageTooLargeError(DisseminationError):
    """The package is larger than ``limit`` bytes, which is all that is read at once."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class TooLargeToSealError(DisseminationError):
    """What would be sealed is larger than whoever receives it can open: ``limit`` bytes is the most."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A recipient to whom nothing can be sealed, by name.

    ``shortfall`` is what their card is short of; ``is_nothing_theirs`` says that nothing of the note is theirs to read.
    """

    name: str
    shortfall: TrustShortfall | None
    is_nothing_theirs: bool


class CannotSealError(DisseminationError):
    """Some recipients cannot be sent anything, so nobody is; nobody is ``refused`` where no recipient was named."""

    def __init__(self, refused: tuple[Refused, ...]) -> None:
        super().__init__(f"{len(refused)} refused")
        self.refused = refused


class RecoveryProblem(Enum):
    """Why the package that the policy asks for the organisation's recovery cannot be made."""

    NOT_SET = "no recovery contact"
    NOT_TRUSTED = "card not established far enough"
    NOT_CLEARED = "may not read all that leaves"


class RecoveryRefusedError(DisseminationError):
    """Nothing leaves, since the policy asks for a package to the recovery contact and there can be none.

    ``name`` is theirs, empty where none is set.
    """

    def __init__(self, problem: RecoveryProblem, *, name: str) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.name = name


class OwnCardError(DisseminationError):
    """My own card has fallen or ended: whoever received what it signs would refuse it."""

    def __init__(self, shortfall: TrustShortfall) -> None:
        super().__init__(shortfall.value)
        self.shortfall = shortfall
