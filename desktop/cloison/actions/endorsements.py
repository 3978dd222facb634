"""Endorsements as people ask about them: what stands behind one card, and what this authority itself has given.

An authority keeps what it endorses in its own directory: the card, and its own endorsement of it. That is its register,
out of which it revokes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cloison.actions.people import Contact, contacts, speaking
from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import Card
from cloison.directory.endorsement import Endorsement, endorsed_by
from cloison.directory.weighing import Lapse, weigh
from cloison.labels.clearance import Clearance


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsementLine:
    """One endorsement of a card. ``lapse`` says why it counts for nothing here, None where it counts.

    ``authority`` is the name of who gave it, None where they are not trusted here: nothing in it is verified then, and
    the rest is None. ``clearance`` is what was given, before the local scope.
    """

    lapse: Lapse | None
    authority: str | None = None
    clearance: Clearance | None = None
    nationality: str | None = None
    need_to_know: tuple[str, ...] = ()
    issued: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody known here, and every endorsement of their card."""

    contact: Contact
    endorsements: tuple[EndorsementLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An endorsement this authority gave: to whom, and what; ``lapse`` says why it counts no more."""

    card: Card
    endorsement: Endorsement
    lapse: Lapse | None


def look_up(session: Session, known: Contact) -> Person:
    """What stands behind somebody known here; the latest endorsement first."""
    directory, trusted = session.vault.directory, speaking(session)
    lines = tuple(_line(session, data, known, trusted) for data in directory.endorsements(known.card.fingerprint))
    return Person(contact=known, endorsements=tuple(reversed(lines)))


def given(session: Session) -> tuple[Given, ...]:
    """All that this authority endorsed, the latest first; nothing where the member is none."""
    own = session.vault.member.identity.public.fingerprint
    speakers = speaking(session)
    found = (
        _given(session, data, one.card, speakers)
        for one in contacts(session)
        for data in session.vault.directory.endorsements(one.card.fingerprint)
        if endorsed_by(data) == own
    )
    known = (one for one in found if one is not None)
    return tuple(sorted(known, key=lambda one: one.endorsement.issued, reverse=True))


def _given(session: Session, data: bytes, card: Card, speakers: dict[bytes, TrustedAuthority]) -> Given | None:
    weighed = weigh(data, card, speakers, policy=session.policy, now=session.now())
    if isinstance(weighed, Lapse):
        return None
    return Given(card=card, endorsement=weighed.endorsement, lapse=weighed.lapse)


def _line(session: Session, data: bytes, known: Contact, trusted: dict[bytes, TrustedAuthority]) -> EndorsementLine:
    weighed = weigh(data, known.card, trusted, policy=session.policy, now=session.now())
    if isinstance(weighed, Lapse):
        return EndorsementLine(lapse=weighed)
    endorsement = weighed.endorsement
    is_heard = endorsement == known.standing.endorsement
    return EndorsementLine(
        lapse=weighed.lapse if weighed.lapse is not None or is_heard else Lapse.OVERRULED,
        authority=weighed.authority.card.name,
        clearance=endorsement.clearance,
        nationality=endorsement.nationality,
        need_to_know=tuple(sorted(weighed.need_to_know)),
        issued=endorsement.issued,
        expires=endorsement.expires,
    )
