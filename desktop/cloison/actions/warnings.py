"""What ends soon, or has ended: my card and endorsement, others', the cards of authorities, their lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from cloison.actions.people import Contact, authorities, contacts
from cloison.actions.session import Session
from cloison.directory.trust import TrustState

SOON = timedelta(days=30)


class Ending(Enum):
    """What ends."""

    MY_CARD = "my card"
    MY_ENDORSEMENT = "my endorsement"
    CARD = "card"
    ENDORSEMENT = "endorsement"
    AUTHORITY = "authority"
    LIST = "list"


_OF_MINE = (Ending.MY_CARD, Ending.MY_ENDORSEMENT)
_OF_OTHERS = (Ending.CARD, Ending.ENDORSEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something of ``name`` that ends ``at``, within ``SOON`` or ``is_past`` already; ``contact_id`` is None for an
    authority and its list."""

    ending: Ending
    name: str
    at: datetime
    is_past: bool
    contact_id: str | None = None


def endings(session: Session) -> tuple[Warned, ...]:
    """All that ends soon or has ended, what comes first in front; my own card is among them."""
    now = session.now()
    found = (*_of_contacts(contacts(session), now), *_of_authorities(session, now))
    return tuple(sorted((one for one in found if one.at <= now + SOON), key=lambda one: one.at))


def _of_contacts(known: tuple[Contact, ...], now: datetime) -> Iterator[Warned]:
    """A card that has fallen, or that another replaced, ends no more."""
    for one in known:
        if one.standing.state is TrustState.REVOKED or one.replaced_by is not None:
            continue
        card, endorsement = _OF_MINE if one.is_mine else _OF_OTHERS
        yield _warned(card, one.card.name, one.card.expires, now, one.id)
        if one.standing.endorsed_until is not None:
            yield _warned(endorsement, one.card.name, one.standing.endorsed_until, now, one.id)


def _of_authorities(session: Session, now: datetime) -> Iterator[Warned]:
    for one in authorities(session).values():
        yield _warned(Ending.AUTHORITY, one.card.name, one.card.expires, now)
        yield _warned(Ending.LIST, one.card.name, one.list_due, now)


def _warned(ending: Ending, name: str, at: datetime, now: datetime, contact_id: str | None = None) -> Warned:
    return Warned(ending=ending, name=name, at=at, is_past=at <= now, contact_id=contact_id)
