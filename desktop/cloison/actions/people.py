"""The directory as actions see it: who is known here, and what holds for each of them now."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.directory.authority import TrustedAuthority, scope_from_json
from cloison.directory.card import Card, Role, read_card
from cloison.directory.trust import Standing, standing
from cloison.notes.release import Reader
from cloison.vault.directory_store import Contact as StoredContact
from cloison.vault.errors import UnknownIdError
from cloison_crypto import canonical
from cloison_crypto.fields import Fields

_MOST_SCOPE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody known here; ``id`` is what lists show and commands take."""

    id: str
    card: Card
    standing: Standing
    is_mine: bool


def contacts(session: Session) -> tuple[Contact, ...]:
    """Everybody in the directory, myself included, in the order of their names."""
    trusted = authorities(session)
    found = (_contact(session, row, trusted) for row in session.vault.directory.contacts())
    return tuple(sorted(found, key=lambda contact: contact.card.name.casefold()))


def contact(session: Session, contact_id: str) -> Contact:
    """The contact of that id; raises ``UnknownIdError``."""
    for one in contacts(session):
        if one.id == contact_id:
            return one
    raise UnknownIdError("contact", contact_id)


def myself(session: Session) -> Contact:
    """My own card and what my endorsement gives me here."""
    mine = session.vault.member.identity.public.fingerprint
    return next(one for one in contacts(session) if one.card.fingerprint == mine)


def is_authority(session: Session) -> bool:
    """Whether the member of this vault is an authority; only their own card is read."""
    mine = session.vault.member.identity.public.fingerprint
    return read_card(session.vault.directory.contact(mine).card).role is Role.AUTHORITY


def authorities(session: Session) -> dict[bytes, TrustedAuthority]:
    """The authorities whose fingerprint was typed here, by fingerprint."""
    return {
        row.fingerprint: TrustedAuthority(
            card=read_card(row.card),
            scope=scope_from_json(Fields(canonical.read(row.scope_json, limit=_MOST_SCOPE))),
            accepted_at=row.accepted_at,
        )
        for row in session.vault.directory.authorities()
    }


def reader_of(established: Standing) -> Reader:
    """What the release rules ask of a reader."""
    return Reader(
        clearance=established.clearance,
        nationality=established.nationality,
        need_to_know=established.need_to_know,
    )


def _contact(session: Session, row: StoredContact, trusted: dict[bytes, TrustedAuthority]) -> Contact:
    card = read_card(row.card)
    is_mine = card.fingerprint == session.vault.member.identity.public.fingerprint
    established = standing(
        card,
        session.vault.directory.endorsements(card.fingerprint),
        trusted,
        policy=session.policy,
        is_compared=row.compared_at is not None,
        is_mine=is_mine,
        now=session.now(),
    )
    return Contact(id=row.id, card=card, standing=established, is_mine=is_mine)
