"""What is asked of a label that comes in: valid here, its sender trusted so far, and I cleared for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cloison.directory.sufficiency import shortfall
from cloison.directory.trust import Standing
from cloison.dissemination.errors import (
    LabelProblem,
    NotClearedError,
    NotYetClearedError,
    PackageLabelError,
    SenderNotTrustedError,
    SuiteTooLowError,
)
from cloison.labels.label import Label
from cloison.labels.layout import Handling
from cloison.labels.policy import Policy
from cloison.labels.validity import check
from cloison.labels.versions import handling
from cloison.notes.release import Reader, decide_for
from cloison_crypto.public_identity import PublicIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Somebody in the directory whose packages can be verified."""

    identity: PublicIdentity
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChecks:
    """I as a ``reader``, and the policies known here, as ``Receiver`` has them."""

    reader: Reader
    policy_for: Callable[[Label], Policy | None]
    is_superseded: Callable[[Label], bool]
    now: datetime

    def check(self, label: Label, sender: Correspondent, *, suite: int) -> Policy:
        """The policy of ``label``, which came sealed in ``suite``.

        Raises ``PackageLabelError``, ``SuiteTooLowError``, ``SenderNotTrustedError``, ``NotClearedError``.
        """
        policy = self.policy_for(label)
        if policy is None:
            raise PackageLabelError(LabelProblem.UNKNOWN_POLICY)
        if self.is_superseded(label):
            raise PackageLabelError(LabelProblem.OLDER_VERSION)
        if check(policy, label, now=self.now, new=False):
            raise PackageLabelError(LabelProblem.INVALID)
        # No version later than the label's own is in force here, or it would have been refused above.
        self._check_level(label, sender, suite, own=policy, latest=policy)
        return policy

    def check_part(self, label: Label, sender: Correspondent, *, suite: int, whole: Policy) -> None:
        """A part of something under the policy ``whole`` is decided by its own label, in the version it was made with.

        A sender's roll-up is not taken at its word. A part keeps its version for ever, so an older one refuses nothing.
        Raises what ``check`` raises.
        """
        own = self.policy_for(label)
        if own is None or own.id != whole.id:
            raise PackageLabelError(LabelProblem.UNKNOWN_POLICY)
        self._check_level(label, sender, suite, own=own, latest=whole)

    def handling_of_part(self, label: Label, *, whole: Policy) -> Handling:
        """What is asked at the level of a part that passed ``check_part``."""
        return handling(label, own=self.policy_for(label) or whole, latest=whole, now=self.now)

    def _check_level(self, label: Label, sender: Correspondent, suite: int, *, own: Policy, latest: Policy) -> None:
        asked = handling(label, own=own, latest=latest, now=self.now)
        if suite < asked.minimum_suite:
            raise SuiteTooLowError(suite=suite, minimum=asked.minimum_suite)
        short = shortfall(sender.standing, asked)
        if short is not None:
            raise SenderNotTrustedError(sender.name, short)
        self._check_cleared(own, label)

    def _check_cleared(self, policy: Policy, label: Label) -> None:
        decision = decide_for(policy, label, self.reader, needed=frozenset(), now=self.now)
        if not decision.permitted:
            raise (NotYetClearedError if self.reader.clearance is None else NotClearedError)(decision)
