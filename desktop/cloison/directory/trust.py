"""What is established of the holder of a card: trust state, clearance, nationality, need-to-know.

Effective clearance = endorsement ∩ the local scope of the authority that signed it ∩ what the nationality may hold. It
is computed anew each time, by the sender before sealing and by the receiver before opening. What cannot be shown is not
there: without a valid endorsement by a trusted authority, clearance and nationality are None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cloison.directory.card import Card, Role
from cloison.directory.endorsement import Endorsement, check_holdable, endorsed_by, read_endorsement
from cloison.directory.errors import DirectoryError
from cloison.labels.clearance import Clearance, clearance_from_xml, effective
from cloison.labels.errors import LabelsError
from cloison.labels.layout import TrustNeeded
from cloison.labels.policy import Policy
from cloison_crypto.fields import Fields, Json

MOST_CLEARANCE = 100_000  # characters of a clearance's XML


class TrustState(Enum):
    """How far a card is trusted, lowest first."""

    EXPIRED = "expired"
    IMPORTED = "imported"
    COMPARED = "compared"
    ENDORSED = "endorsed"
    SELF = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far this workstation follows an authority; None means as far as the policy goes."""

    clearance: Clearance | None = None
    nationalities: frozenset[str] | None = None

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "clearance": None if self.clearance is None else self.clearance.to_xml().decode(),
            "nationalities": None if self.nationalities is None else [*sorted(self.nationalities)],
        }

    def allows(self, nationality: str) -> bool:
        """Whether the authority may speak for people of that nationality."""
        return self.nationalities is None or nationality in self.nationalities


def scope_from_json(fields: Fields) -> Scope:
    """The checked door for a stored scope; raises ``CanonicalError`` or ``LabelsError``."""
    clearance = fields.optional_text("clearance", limit=MOST_CLEARANCE)
    scope = Scope(
        clearance=None if clearance is None else clearance_from_xml(clearance.encode()),
        nationalities=frozenset(fields.texts("nationalities")) if fields.has("nationalities") else None,
    )
    fields.finish()
    return scope


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedAuthority:
    """An authority whose whole fingerprint somebody typed here, and its local scope."""

    card: Card
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What holds for a card now. ``is_compared`` stands beside ``state`` because the highest levels ask for both."""

    state: TrustState
    is_compared: bool
    is_endorsed: bool
    clearance: Clearance | None = None
    nationality: str | None = None
    need_to_know: frozenset[str] = frozenset()
    until: datetime | None = None


def standing(
    card: Card,
    endorsements: Sequence[bytes],
    authorities: Mapping[bytes, TrustedAuthority],
    *,
    policy: Policy,
    is_compared: bool,
    is_mine: bool,
    now: datetime,
) -> Standing:
    """What holds for ``card`` at ``now``. Endorsements that do not count are passed over, never half used."""
    if not card.issued <= now < card.expires:
        return Standing(state=TrustState.EXPIRED, is_compared=is_compared, is_endorsed=False)
    valid = [
        counted
        for data in endorsements
        if (counted := _counted(data, card, authorities, policy=policy, now=now)) is not None
    ]
    if not valid:
        return Standing(
            state=_state(is_mine=is_mine, is_compared=is_compared, endorsed=None),
            is_compared=is_compared,
            is_endorsed=False,
        )
    latest, clearance = max(valid, key=lambda pair: pair[0].issued)
    return Standing(
        state=_state(is_mine=is_mine, is_compared=is_compared, endorsed=latest),
        is_compared=is_compared,
        is_endorsed=True,
        clearance=clearance,
        nationality=latest.nationality,
        need_to_know=frozenset(latest.need_to_know),
        until=min(latest.expires, card.expires),
    )


def suffices(established: Standing, needed: TrustNeeded) -> bool:
    """Whether a standing is as good as a level asks; an endorsement is better than a comparison."""
    if established.state is TrustState.EXPIRED:
        return False
    match needed:
        case TrustNeeded.IMPORTED:
            return True
        case TrustNeeded.COMPARED:
            return established.is_compared or established.is_endorsed
        case TrustNeeded.ENDORSED:
            return established.is_endorsed
        case TrustNeeded.ENDORSED_AND_COMPARED:
            return established.is_endorsed and (established.is_compared or established.state is TrustState.SELF)


def _counted(
    data: bytes, card: Card, authorities: Mapping[bytes, TrustedAuthority], *, policy: Policy, now: datetime
) -> tuple[Endorsement, Clearance] | None:
    """The endorsement and the clearance it gives here, or None where it gives nothing."""
    try:
        authority = authorities.get(endorsed_by(data))
        if authority is None or authority.card.role is not Role.AUTHORITY:
            return None
        endorsement = read_endorsement(data, authority.card.identity)
        check_holdable(policy, endorsement.clearance, endorsement.nationality)
        clearance = effective(endorsement.clearance, authority.scope.clearance)
    except (DirectoryError, LabelsError):
        return None
    return (endorsement, clearance) if _is_in_force(endorsement, card, authority, now) else None


def _is_in_force(endorsement: Endorsement, card: Card, authority: TrustedAuthority, now: datetime) -> bool:
    return (
        endorsement.subject == card.fingerprint
        and authority.scope.allows(endorsement.nationality)
        and endorsement.issued <= now < endorsement.expires
        and authority.card.issued <= now < authority.card.expires
    )


def _state(*, is_mine: bool, is_compared: bool, endorsed: Endorsement | None) -> TrustState:
    if is_mine:
        return TrustState.SELF
    if endorsed is not None:
        return TrustState.ENDORSED
    return TrustState.COMPARED if is_compared else TrustState.IMPORTED
