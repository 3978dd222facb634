"""What is established of the holder of a card: trust state, clearance, nationality, need-to-know.

Effective clearance = endorsement ∩ the local scope of the authority that signed it ∩ what the nationality may hold. It
is computed anew each time, by the sender before sealing and by the receiver before opening. What cannot be shown is not
there: without a valid endorsement by a trusted authority, clearance and nationality are None.

Of the endorsements by one authority the latest alone counts, even once it has ended: a clearance that was lowered for a
time does not rise again by itself. An authority followed in part, a partner's, is not heard on whoever one that is
followed whole has spoken of, and opens no need-to-know compartment. Any authority trusted here may revoke any person's
card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cloison.directory.authority import ListState, TrustedAuthority
from cloison.directory.card import Card
from cloison.directory.endorsement import Endorsement
from cloison.directory.revocations import Fallen
from cloison.directory.weighing import Lapse, Weighed, weigh
from cloison.labels.clearance import Clearance
from cloison.labels.policy import Policy


class TrustState(Enum):
    """How far a card is trusted, lowest first."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    IMPORTED = "imported"
    COMPARED = "compared"
    ENDORSED = "endorsed"
    SELF = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Who revoked a card, by name, and when."""

    authority: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What holds for a card now. ``is_compared`` stands beside ``state`` because the highest levels ask for both.

    ``endorsement`` is the one that counts, ``authority`` the name of who gave it, ``list_state`` the age of their list.
    ``lapse`` says why none counts where there are some; ``fall`` who revoked the card. ``suite`` is the highest that
    the card has keys of, ``authority_suite`` the highest that the card of whoever endorses it has.
    """

    state: TrustState
    is_compared: bool
    is_endorsed: bool
    clearance: Clearance | None = None
    nationality: str | None = None
    need_to_know: frozenset[str] = frozenset()
    until: datetime | None = None
    endorsement: Endorsement | None = None
    authority: str | None = None
    list_state: ListState = ListState.NONE_SEEN
    lapse: Lapse | None = None
    fall: Fall | None = None
    endorsed_until: datetime | None = None
    suite: int = 1
    authority_suite: int = 1


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
    fall = _fall(card, authorities)
    if fall is not None:
        return Standing(state=TrustState.REVOKED, is_compared=is_compared, is_endorsed=False, fall=fall)
    if not card.issued <= now < card.expires:
        return Standing(state=TrustState.EXPIRED, is_compared=is_compared, is_endorsed=False)
    found = [weigh(data, card, authorities, policy=policy, now=now) for data in endorsements]
    latest = _heard(_latest_of_each([one for one in found if isinstance(one, Weighed)]))
    counting = [one for one in latest if one.lapse is None]
    state = _state(is_mine=is_mine, is_compared=is_compared, is_endorsed=bool(counting))
    if counting:
        return _endorsed(card, counting[-1], state, is_compared=is_compared, now=now)
    return Standing(
        state=state,
        is_compared=is_compared,
        is_endorsed=False,
        lapse=_most_telling(latest, [one for one in found if isinstance(one, Lapse)]),
        endorsed_until=latest[-1].until if latest and latest[-1].lapse in _ENDED else None,
        suite=max(card.identity.suites),
    )


def _endorsed(card: Card, best: Weighed, state: TrustState, *, is_compared: bool, now: datetime) -> Standing:
    """What holds for a card by the endorsement that counts."""
    return Standing(
        state=state,
        is_compared=is_compared,
        is_endorsed=True,
        clearance=best.clearance,
        nationality=best.endorsement.nationality,
        need_to_know=best.need_to_know,
        until=min(best.until, card.expires),
        endorsement=best.endorsement,
        authority=best.authority.card.name,
        list_state=best.authority.list_state(now),
        endorsed_until=best.until,
        suite=max(card.identity.suites),
        authority_suite=max(best.authority.card.identity.suites),
    )


def _fall(card: Card, authorities: Mapping[bytes, TrustedAuthority]) -> Fall | None:
    for authority in authorities.values():
        line = None if authority.revocations is None else authority.revocations.of(card.fingerprint)
        if line is not None and line.fallen is Fallen.CARD:
            return Fall(authority=authority.card.name, at=line.at)
    return None


def _latest_of_each(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The latest endorsement of this card by each authority under this policy, in the order they were given.

    One dated later than now was not given yet, and takes the place of none.
    """
    latest: dict[bytes, Weighed] = {}
    for one in sorted(weighed, key=lambda one: one.endorsement.issued):
        if one.lapse not in _NOT_GIVEN:
            latest.pop(one.endorsement.authority, None)
            latest[one.endorsement.authority] = one
    return list(latest.values())


def _heard(latest: list[Weighed]) -> list[Weighed]:
    """Those by authorities followed whole, even where they have ended; by others where there is none of them."""
    return [one for one in latest if one.authority.scope.is_whole] or latest


_ENDED = (Lapse.EXPIRED, Lapse.AUTHORITY_EXPIRED)
_NOT_GIVEN = (Lapse.OTHER_CARD, Lapse.OTHER_POLICY, Lapse.NOT_YET)


def _most_telling(latest: Sequence[Weighed], unread: Sequence[Lapse]) -> Lapse | None:
    """Why nothing counts: what the last word of an authority came to, else what kept an endorsement from being read."""
    if latest:
        return latest[-1].lapse
    return unread[-1] if unread else None


def _state(*, is_mine: bool, is_compared: bool, is_endorsed: bool) -> TrustState:
    if is_mine:
        return TrustState.SELF
    if is_endorsed:
        return TrustState.ENDORSED
    return TrustState.COMPARED if is_compared else TrustState.IMPORTED
