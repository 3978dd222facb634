"""The directory as actions see it: who is known here, and what holds for each of them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cloison.actions.acquaintance import Acquaintance, Earlier
from cloison.actions.session import Session
from cloison.directory.authority import Scope, TrustedAuthority, scope_from_json
from cloison.directory.card import Card, Role, read_card
from cloison.directory.revocations import RevocationList, read_revocations
from cloison.directory.trust import Standing, standing
from cloison.notes.release import Reader
from cloison.vault.directory_store import Contact as StoredContact
from cloison.vault.errors import UnknownIdError
from cloison_crypto import canonical
from cloison_crypto.fields import Fields

_MOST_SCOPE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody known here; ``id`` is what lists show and commands take.

    ``compared_by`` and ``compared_at`` say who compared the fingerprint of this very card, and when. ``changed_from``
    is the card it takes the place of, by the word of that card's own keys; what was compared of it does not pass on.
    ``replaced_by`` is the id of the card that took the place of this one. ``looks_like`` are the names of others that
    an eye may take for this one.
    """

    id: str
    card: Card
    standing: Standing
    is_mine: bool
    compared_by: str | None
    compared_at: datetime | None
    changed_from: Earlier | None
    replaced_by: str | None
    looks_like: tuple[str, ...]


def contacts(session: Session) -> tuple[Contact, ...]:
    """Everybody in the directory, myself included by the card in use, in the order of their names."""
    rows = session.vault.directory.contacts()
    trusted = speaking(session)
    known = Acquaintance({row.fingerprint: row for row in rows}, trusted.values())
    former = {one.public.fingerprint for one in session.vault.member.former}
    found = (_contact(session, row, trusted, known) for row in rows if row.fingerprint not in former)
    return tuple(sorted(found, key=lambda contact: contact.card.name.casefold()))


def contact(session: Session, contact_id: str) -> Contact:
    """The contact of that id; raises ``UnknownIdError``."""
    return chosen_contacts(session, (contact_id,))[0]


def chosen_contacts(session: Session, contact_ids: Iterable[str]) -> tuple[Contact, ...]:
    """The contacts of these ids, each once, in that order; raises ``UnknownIdError``."""
    known = {one.id: one for one in contacts(session)}
    chosen = tuple(dict.fromkeys(contact_ids))
    for one in chosen:
        if one not in known:
            raise UnknownIdError("contact", one)
    return tuple(known[one] for one in chosen)


def contact_of(session: Session, fingerprint: bytes) -> Contact:
    """Whose keys these are; raises ``UnknownIdError`` where nobody here has them."""
    return contact(session, session.vault.directory.contact(fingerprint).id)


def myself(session: Session) -> Contact:
    """My own card and what my endorsement gives me here."""
    return next(one for one in contacts(session) if one.is_mine)


def is_authority(session: Session) -> bool:
    """Whether the member of this vault is an authority; only their own card is read."""
    mine = session.vault.member.identity.public.fingerprint
    return read_card(session.vault.directory.contact(mine).card).role is Role.AUTHORITY


def authorities(session: Session) -> dict[bytes, TrustedAuthority]:
    """The authorities whose fingerprint was typed here, by fingerprint."""
    lists = {row.authority: row.envelope for row in session.vault.revocations.all()}
    found: dict[bytes, TrustedAuthority] = {}
    for row in session.vault.directory.authorities():
        card = read_card(row.card)
        found[row.fingerprint] = TrustedAuthority(
            card=card,
            scope=scope_from_json(Fields(canonical.read(row.scope_json, limit=_MOST_SCOPE))),
            accepted_at=row.accepted_at,
            accepted_by=row.accepted_by,
            revocations=_revocations(card, lists),
        )
    return found


def speaking(session: Session) -> dict[bytes, TrustedAuthority]:
    """All whose word counts here: the authorities that are trusted, and myself where I am one, by former keys too."""
    directory = session.vault.directory
    own = read_card(directory.contact(session.vault.member.identity.public.fingerprint).card)
    if own.role is not Role.AUTHORITY:
        return authorities(session)
    lists = {row.authority: row.envelope for row in session.vault.revocations.all()}
    cards = (own, *(read_card(directory.contact(one.public.fingerprint).card) for one in session.vault.member.former))
    itself = {
        card.fingerprint: TrustedAuthority(
            card=card,
            scope=Scope(),
            accepted_at=card.issued,
            accepted_by=session.vault.member.alias,
            revocations=_revocations(card, lists),
        )
        for card in cards
    }
    return {**authorities(session), **itself}


def reader_of(established: Standing) -> Reader:
    """What the release rules ask of a reader."""
    return Reader(
        clearance=established.clearance,
        nationality=established.nationality,
        need_to_know=established.need_to_know,
    )


def _revocations(card: Card, lists: Mapping[bytes, bytes]) -> RevocationList | None:
    envelope = lists.get(card.fingerprint)
    return None if envelope is None else read_revocations(envelope, card.identity)


def _contact(
    session: Session, row: StoredContact, trusted: Mapping[bytes, TrustedAuthority], known: Acquaintance
) -> Contact:
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
    return Contact(
        id=row.id,
        card=card,
        standing=established,
        is_mine=is_mine,
        compared_by=row.compared_by,
        compared_at=row.compared_at,
        changed_from=known.changed_from(card),
        replaced_by=known.replaced_by(card),
        looks_like=known.looks_like(card),
    )
