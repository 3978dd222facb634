"""An authority this workstation follows, how far, and how old its word on revoked cards is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from cloison.directory.card import Card
from cloison.directory.revocations import RevocationList
from cloison.labels.clearance import Clearance, clearance_from_xml
from cloison_crypto.fields import Fields, Json

MOST_CLEARANCE = 100_000  # characters of a clearance's XML
WITHOUT_LIST = timedelta(days=90)
"""How long an authority may be followed before a first revocation list of it is missed."""


class ListState(Enum):
    """How old the revocation list of an authority is."""

    FRESH = "fresh"
    OVERDUE = "overdue"
    NONE_SEEN = "none seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far this workstation follows an authority; None means without that limit. ``policies`` are their OIDs."""

    clearance: Clearance | None = None
    nationalities: frozenset[str] | None = None
    policies: frozenset[str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the authority is followed in all it says, as one's own is and no partner's should be."""
        return self.clearance is None and self.nationalities is None and self.policies is None

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "clearance": None if self.clearance is None else self.clearance.to_xml().decode(),
            "nationalities": None if self.nationalities is None else [*sorted(self.nationalities)],
            "policies": None if self.policies is None else [*sorted(self.policies)],
        }

    def allows(self, nationality: str) -> bool:
        """Whether the authority may speak for people of that nationality."""
        return self.nationalities is None or nationality in self.nationalities

    def allows_policy(self, policy_id: str) -> bool:
        """Whether the authority may speak of clearances under the policy of that OID."""
        return self.policies is None or policy_id in self.policies


def scope_from_json(fields: Fields) -> Scope:
    """The checked door for a stored scope; raises ``CanonicalError`` or ``LabelsError``."""
    clearance = fields.optional_text("clearance", limit=MOST_CLEARANCE)
    scope = Scope(
        clearance=None if clearance is None else clearance_from_xml(clearance.encode()),
        nationalities=_optional_set(fields, "nationalities"),
        policies=_optional_set(fields, "policies"),
    )
    fields.finish()
    return scope


def _optional_set(fields: Fields, key: str) -> frozenset[str] | None:
    return frozenset(fields.texts(key)) if fields.has(key) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedAuthority:
    """An authority whose whole fingerprint ``accepted_by`` typed here, its local scope, its latest list taken in."""

    card: Card
    scope: Scope
    accepted_at: datetime
    accepted_by: str
    revocations: RevocationList | None = None

    @property
    def list_due(self) -> datetime:
        """When its next revocation list is due."""
        return self.accepted_at + WITHOUT_LIST if self.revocations is None else self.revocations.next_due

    def list_state(self, now: datetime) -> ListState:
        """How old its list is at ``now``."""
        if now >= self.list_due:
            return ListState.OVERDUE
        return ListState.NONE_SEEN if self.revocations is None else ListState.FRESH
