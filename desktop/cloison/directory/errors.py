"""What can be wrong with a card, an endorsement or an authority, as facts."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from cloison.labels.validity import Reason


class DirectoryError(Exception):
    """Root of what this layer raises."""


class CardError(DirectoryError):
    """The bytes are not a card, or its own signature does not hold. One error for every way a forgery may fail."""


class CardProblem(Enum):
    """Why a card that is sound is not taken, or not endorsed, beside what is known here of the same keys."""

    OLDER = "older"
    SAME_SERIAL = "same serial"
    OTHER_NAME = "other name"
    REVOKED = "revoked"


class CardRefusedError(DirectoryError):
    """A card does not go on from the one that is known here of the same keys; ``name`` is the known one's."""

    def __init__(self, problem: CardProblem, *, name: str) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.name = name


class EndorsementError(DirectoryError):
    """The bytes are not an endorsement, or the authority's signature does not hold."""


class SignedPolicyError(DirectoryError):
    """The bytes are not a signed policy, or the signature does not hold. One error for every way it may be forged."""


class RevocationsError(DirectoryError):
    """The bytes are no revocation list, or the signature does not hold. One error for every way it may be forged."""


class ListProblem(Enum):
    """Why a revocation list that is signed and sound is not taken in."""

    UNTRUSTED = "untrusted"
    LOWER_NUMBER = "lower number"
    SAME_NUMBER = "same number"
    NOT_CUMULATIVE = "not cumulative"
    DATED_AHEAD = "dated ahead"


class RevocationsRefusedError(DirectoryError):
    """A revocation list is not taken in: ``known`` is the number that is, where numbers are the reason."""

    def __init__(self, problem: ListProblem, *, authority: str = "", number: int = 0, known: int = 0) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.authority = authority
        self.number = number
        self.known = known


class PolicyProblem(Enum):
    """Why a policy that is signed and sound is not taken in."""

    UNTRUSTED = "untrusted"
    CARD_EXPIRED = "card expired"
    CARD_REVOKED = "card revoked"
    OUT_OF_SCOPE = "out of scope"
    LOWER_VERSION = "lower version"
    SAME_VERSION = "same version"
    NAME_TAKEN = "name taken"


class PolicyRefusedError(DirectoryError):
    """A signed policy is not taken in: ``known`` is the version that is, where versions are the reason."""

    def __init__(
        self,
        problem: PolicyProblem,
        *,
        authority: str = "",
        policy: str = "",
        version: int = 0,
        known: int = 0,
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.authority = authority
        self.policy = policy
        self.version = version
        self.known = known


class UnholdableClearanceError(DirectoryError):
    """The clearance holds what ``nationality`` may never hold, whatever anybody signs; ``reasons`` say what."""

    def __init__(self, *, nationality: str, reasons: tuple[Reason, ...]) -> None:
        super().__init__(f"{nationality} may not hold {', '.join(one.element for one in reasons)}")
        self.nationality = nationality
        self.reasons = reasons


class FingerprintProblem(Enum):
    """Why a typed fingerprint is not accepted."""

    MALFORMED = "malformed"
    TOO_SHORT = "too short"
    DIFFERENT = "different"


class FingerprintError(DirectoryError):
    """A typed fingerprint does not show that the card is the right one; ``least`` characters are needed."""

    def __init__(self, problem: FingerprintProblem, *, least: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.least = least


class EndOf(Enum):
    """What may not run longer than something else."""

    ENDORSEMENT = "endorsement"
    LIST = "list"


class LateEndError(DirectoryError):
    """An end that was asked for lies later than ``latest``, which it may not pass."""

    def __init__(self, of: EndOf, *, latest: datetime) -> None:
        super().__init__(f"{of.value}: {latest}")
        self.of = of
        self.latest = latest


class OwnEndorsementError(DirectoryError):
    """An authority was asked to endorse its own card, which would count for nothing."""


class NotAnAuthorityError(DirectoryError):
    """An act of an authority was asked of a card or member that is none."""
