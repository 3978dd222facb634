"""What is asked of a label that comes in: valid here, its sender trusted so far, and I cleared for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cloison.directory.sufficiency import shortfall
from cloison.dissemination.checks import Correspondent
from cloison.dissemination.errors import (
    LabelProblem,
    NotClearedError,
    PackageLabelError,
    SenderNotTrustedError,
    SuiteTooLowError,
)
from cloison.labels.decision import decide
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.validity import check
from cloison.labels.versions import handling
from cloison.notes.release import Reader


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
        asked = handling(label, own=policy, latest=policy, now=self.now)
        if suite < asked.minimum_suite:
            raise SuiteTooLowError(suite=suite, minimum=asked.minimum_suite)
        short = shortfall(sender.standing, asked)
        if short is not None:
            raise SenderNotTrustedError(sender.name, short)
        self._check_cleared(policy, label)
        return policy

    def _check_cleared(self, policy: Policy, label: Label) -> None:
        decision = decide(
            policy,
            label,
            clearance=self.reader.clearance,
            nationality=self.reader.nationality,
            need_to_know=self.reader.need_to_know,
            needed=frozenset(),
            now=self.now,
        )
        if not decision.permitted:
            raise NotClearedError(decision)
