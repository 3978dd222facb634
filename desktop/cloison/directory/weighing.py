"""What one endorsement is worth on this workstation, or why it is worth nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import Card, Role
from cloison.directory.endorsement import Endorsement, check_holdable, endorsed_by, read_endorsement
from cloison.directory.errors import EndorsementError, UnholdableClearanceError
from cloison.directory.revocations import Fallen
from cloison.labels.clearance import Clearance, effective
from cloison.labels.errors import LabelsError
from cloison.labels.policy import Policy
from cloison.labels.validity import ValidityRule


class Lapse(Enum):
    """Why an endorsement counts for nothing here."""

    NOT_TRUSTED = "not trusted"
    FORGED = "forged"
    OTHER_CARD = "other card"
    ITSELF = "itself"
    OTHER_POLICY = "other policy"
    UNHOLDABLE = "unholdable"
    OTHER_LEVELS = "other levels"
    OUT_OF_SCOPE = "out of scope"
    NOT_YET = "not yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    AUTHORITY_EXPIRED = "authority expired"
    AUTHORITY_REVOKED = "authority revoked"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An endorsement whose signature holds and what it gives: a clearance, or a ``lapse`` that says why none."""

    endorsement: Endorsement
    authority: TrustedAuthority
    clearance: Clearance | None = None
    lapse: Lapse | None = None

    @property
    def need_to_know(self) -> frozenset[str]:
        """The compartments it opens: those of this service are not for an authority followed in part to give."""
        return frozenset(self.endorsement.need_to_know) if self.authority.scope.is_whole else frozenset()

    @property
    def until(self) -> datetime:
        """When it ends, or the card of the authority behind it."""
        return min(self.endorsement.expires, self.authority.card.expires)


def weigh(
    data: bytes, card: Card, authorities: Mapping[bytes, TrustedAuthority], *, policy: Policy, now: datetime
) -> Weighed | Lapse:
    """The endorsement ``data`` for ``card``: weighed, or ``NOT_TRUSTED`` or ``FORGED`` where nothing in it is known."""
    try:
        authority = authorities.get(endorsed_by(data))
        if authority is None or authority.card.role is not Role.AUTHORITY:
            return Lapse.NOT_TRUSTED
        endorsement = read_endorsement(data, authority.card.identity)
    except EndorsementError:
        return Lapse.FORGED
    weighed = Weighed(endorsement=endorsement, authority=authority)
    lapse = _lapse(weighed, card, policy, now)
    if lapse is not None:
        return replace(weighed, lapse=lapse)
    try:
        return replace(weighed, clearance=effective(endorsement.clearance, authority.scope.clearance))
    except LabelsError:
        return replace(weighed, lapse=Lapse.OUT_OF_SCOPE)


def _lapse(weighed: Weighed, card: Card, policy: Policy, now: datetime) -> Lapse | None:
    endorsement, authority = weighed.endorsement, weighed.authority
    scope = authority.scope
    if endorsement.subject != card.fingerprint:
        return Lapse.OTHER_CARD
    if endorsement.subject == endorsement.authority:
        return Lapse.ITSELF
    if endorsement.clearance.policy_id != policy.id:
        return Lapse.OTHER_POLICY
    try:
        check_holdable(policy, endorsement.clearance, endorsement.nationality)
    except UnholdableClearanceError as error:
        # A level or category that is not in the policy was in another version of it: nobody is unfit to hold it.
        is_known = any(one.rule is ValidityRule.NATIONALITY for one in error.reasons)
        return Lapse.UNHOLDABLE if is_known else Lapse.OTHER_LEVELS
    if not (scope.allows(endorsement.nationality) and scope.allows_policy(policy.id)):
        return Lapse.OUT_OF_SCOPE
    return _past(endorsement, authority, now)


def _past(endorsement: Endorsement, authority: TrustedAuthority, now: datetime) -> Lapse | None:
    """What time has done to it. A revocation says more than an end that has come, and is said first."""
    if _is_revoked(endorsement, authority):
        return Lapse.REVOKED
    if now < endorsement.issued:
        return Lapse.NOT_YET
    if now >= endorsement.expires:
        return Lapse.EXPIRED
    if has_revoked_itself(authority):
        return Lapse.AUTHORITY_REVOKED
    return None if authority.card.issued <= now < authority.card.expires else Lapse.AUTHORITY_EXPIRED


def _is_revoked(endorsement: Endorsement, authority: TrustedAuthority) -> bool:
    line = None if authority.revocations is None else authority.revocations.of(endorsement.subject)
    return line is not None and (line.fallen is Fallen.CARD or endorsement.issued <= line.at)


def has_revoked_itself(authority: TrustedAuthority) -> bool:
    """Whether an authority says that its own keys are lost.

    No other authority can say so of it: a partner trusted for a few would then put out everybody's.
    """
    line = None if authority.revocations is None else authority.revocations.of(authority.card.fingerprint)
    return line is not None and line.fallen is Fallen.CARD
