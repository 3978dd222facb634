"""Whether what is established of a correspondent is as much as a level asks; what is short, or only to be told."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from cloison.directory.authority import ListState
from cloison.directory.trust import Standing, TrustState
from cloison.directory.weighing import Lapse
from cloison.labels.layout import Handling, OverdueList, TrustNeeded


class TrustShortfall(Enum):
    """What is short of what a level asks of a correspondent's card."""

    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_ENDORSED = "not endorsed"
    ENDORSEMENT_EXPIRED = "endorsement expired"
    ENDORSEMENT_REVOKED = "endorsement revoked"
    NOT_COMPARED = "not compared"
    LIST_OVERDUE = "list overdue"
    LACKS_SUITE = "lacks suite"
    AUTHORITY_LACKS_SUITE = "authority lacks suite"


class TrustWarning(Enum):
    """What a person is told of a correspondent who is trusted far enough."""

    LIST_OVERDUE = "list overdue"
    ENDORSEMENT_EXPIRED = "endorsement expired"
    ENDORSEMENT_REVOKED = "endorsement revoked"
    REPLACED = "replaced"


_ENDED: Final = {
    Lapse.EXPIRED: TrustShortfall.ENDORSEMENT_EXPIRED,
    Lapse.AUTHORITY_EXPIRED: TrustShortfall.ENDORSEMENT_EXPIRED,
    Lapse.REVOKED: TrustShortfall.ENDORSEMENT_REVOKED,
    Lapse.AUTHORITY_REVOKED: TrustShortfall.ENDORSEMENT_REVOKED,
}
_WARNED: Final = {
    TrustShortfall.ENDORSEMENT_EXPIRED: TrustWarning.ENDORSEMENT_EXPIRED,
    TrustShortfall.ENDORSEMENT_REVOKED: TrustWarning.ENDORSEMENT_REVOKED,
}
BY_STATE: Final = {TrustState.REVOKED: TrustShortfall.REVOKED, TrustState.EXPIRED: TrustShortfall.EXPIRED}
"""What is short of any card that has fallen or ended, whatever a level asks."""


def shortfall(established: Standing, handling: Handling) -> TrustShortfall | None:
    """What is short of what a level asks, None where nothing is; an endorsement is better than a comparison."""
    if established.state in BY_STATE:
        return BY_STATE[established.state]
    match handling.trust:
        case TrustNeeded.IMPORTED:
            short = None
        case TrustNeeded.COMPARED:
            short = None if established.is_compared or established.is_endorsed else TrustShortfall.NOT_COMPARED
        case TrustNeeded.ENDORSED:
            short = _endorsement_shortfall(established)
        case TrustNeeded.ENDORSED_AND_COMPARED:
            short = _endorsement_shortfall(established)
            if short is None and not _is_compared(established):
                short = TrustShortfall.NOT_COMPARED
    return short or _suite_shortfall(established, handling) or _list_shortfall(established, handling)


def first_shortfall(established: Standing, handlings: Iterable[Handling]) -> TrustShortfall | None:
    """The first thing short of what several levels ask: a document asks what each of its parts does."""
    return next((found for one in handlings if (found := shortfall(established, one)) is not None), None)


def warnings(established: Standing, handlings: Iterable[Handling]) -> tuple[TrustWarning, ...]:
    """What is to be told beside, at any of several levels, of somebody for whom nothing is short."""
    found = [_WARNED[ended]] if (ended := ended_endorsement(established)) is not None and ended in _WARNED else []
    if _is_overdue(established) and any(one.overdue_list is OverdueList.WARN for one in handlings):
        found.append(TrustWarning.LIST_OVERDUE)
    return tuple(found)


def ended_endorsement(established: Standing) -> TrustShortfall | None:
    """How the standing came to lack an endorsement it once had, revoked and expired cards included; None else."""
    if established.state in BY_STATE:
        return BY_STATE[established.state]
    return None if established.lapse is None else _ENDED.get(established.lapse)


def _is_compared(established: Standing) -> bool:
    return established.is_compared or established.state is TrustState.SELF


def _endorsement_shortfall(established: Standing) -> TrustShortfall | None:
    if established.is_endorsed:
        return None
    return ended_endorsement(established) or TrustShortfall.NOT_ENDORSED


def _suite_shortfall(established: Standing, handling: Handling) -> TrustShortfall | None:
    """An endorsement is no stronger than what it is signed under: who forges that one chooses whose card it is on."""
    if established.suite < handling.minimum_suite:
        return TrustShortfall.LACKS_SUITE
    needs_endorsement = handling.trust in {TrustNeeded.ENDORSED, TrustNeeded.ENDORSED_AND_COMPARED}
    if needs_endorsement and established.authority_suite < handling.minimum_suite:
        return TrustShortfall.AUTHORITY_LACKS_SUITE
    return None


def _is_overdue(established: Standing) -> bool:
    return established.is_endorsed and established.list_state is ListState.OVERDUE


def _list_shortfall(established: Standing, handling: Handling) -> TrustShortfall | None:
    refuses = handling.overdue_list is OverdueList.REFUSE and _is_overdue(established)
    return TrustShortfall.LIST_OVERDUE if refuses else None
