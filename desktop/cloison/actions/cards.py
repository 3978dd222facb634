"""Cards and trust: handing out my own, endorsing somebody's, taking in what others hand me."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cloison.actions.clearing import accepted_digest
from cloison.actions.first_run import keep_own_card
from cloison.actions.people import Contact, authorities, contact, contacts, myself
from cloison.actions.registers import check_clock, enter_in_each
from cloison.actions.revocations import own_list
from cloison.actions.session import Session
from cloison.directory.authority import Scope, TrustedAuthority
from cloison.directory.card import Card, Role, check_reissue, check_succession, read_card
from cloison.directory.carte import Carte, read_carte, write_carte
from cloison.directory.endorsement import (
    Endorsement,
    check_holdable,
    endorsed_by,
    read_endorsement,
    sign_endorsement,
)
from cloison.directory.errors import (
    CardProblem,
    CardRefusedError,
    EndOf,
    LateEndError,
    NotAnAuthorityError,
    OwnEndorsementError,
)
from cloison.directory.fingerprints import check_authority, check_person
from cloison.directory.revocations import Fallen
from cloison.labels.clearance import Clearance
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.names import check_name
from cloison_crypto import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What an authority grants the holder of a card."""

    clearance: Clearance
    nationality: str
    need_to_know: tuple[str, ...]
    until: datetime


def export_card(session: Session) -> bytes:
    """My ``.carte``: my card and what endorses it."""
    mine = myself(session).card.fingerprint
    directory = session.vault.directory
    return write_carte(directory.contact(mine).card, directory.endorsements(mine))


def inspect_card(carte_bytes: bytes) -> Card:
    """The card of a ``.carte`` file, its own signature verified; raises ``CardError``."""
    return read_carte(carte_bytes).card


def export_authority_card(session: Session) -> tuple[Card, bytes]:
    """As ``export_card``, with the card itself; raises ``NotAnAuthorityError`` for a member who is none."""
    mine = myself(session).card
    if mine.role is not Role.AUTHORITY:
        raise NotAnAuthorityError
    return mine, export_card(session)


def become_authority(session: Session, name: str) -> Card:
    """Turn the member of this vault into an authority: a new card of the same keys, in that role.

    Raises ``UnusableNameError`` for a name that could not be read back.
    """
    check_name(name)
    current = myself(session).card
    return keep_own_card(session, name=name, role=Role.AUTHORITY, serial=current.serial + 1)


def endorse(session: Session, carte_bytes: bytes, granted: Granted) -> tuple[Card, bytes]:
    """The card of a ``.carte`` file and the file again with this authority's endorsement added.

    Card and endorsement are kept here as well: they are the authority's register, out of which it revokes.

    Raises ``CardError``, ``CardRefusedError``, ``NotAnAuthorityError``, ``UnholdableClearanceError``,
    ``LateEndError``, ``OwnEndorsementError``, ``ClockSetBackError``.
    """
    check_clock(session)
    mine = myself(session).card
    if mine.role is not Role.AUTHORITY:
        raise NotAnAuthorityError
    carte = read_carte(carte_bytes)
    if carte.card.fingerprint == mine.fingerprint:
        raise OwnEndorsementError
    _check_known(session, carte)
    _check_stands(session, carte.card)
    if granted.until > mine.expires:
        raise LateEndError(EndOf.ENDORSEMENT, latest=mine.expires)
    authority = session.vault.member.identity
    endorsement = Endorsement(
        subject=carte.card.fingerprint,
        authority=authority.public.fingerprint,
        clearance=granted.clearance,
        nationality=granted.nationality,
        need_to_know=tuple(sorted(set(granted.need_to_know))),
        issued=session.now(),
        expires=granted.until,
    )
    signed = sign_endorsement(endorsement, authority, session.policy)
    _keep_given(session, carte, signed)
    return carte.card, write_carte(carte.card_envelope, (*carte.unverified_endorsements, signed))


def trust_authority(session: Session, carte_bytes: bytes, *, typed: str, scope: Scope) -> TrustedAuthority:
    """Follow an authority from now on, within ``scope``, since its whole fingerprint was typed.

    New keys of an authority are typed like those of any other; the old ones stay trusted until they are removed (see
    ``roll_over``). Raises ``CardError``, also for a succession the old keys did not sign, ``CardRefusedError`` for a
    card older than the one known, ``NotAnAuthorityError``, ``FingerprintError``, ``ClockSetBackError``.
    """
    check_clock(session)
    carte = read_carte(carte_bytes)
    if carte.card.role is not Role.AUTHORITY:
        raise NotAnAuthorityError
    check_authority(carte.card.fingerprint, typed)
    _check_goes_on(carte, {one.fingerprint: one.card for one in session.vault.directory.authorities()})
    scope_json = canonical.write(scope.to_json())
    session.vault.directory.put_authority(
        carte.card.fingerprint,
        carte.card_envelope,
        scope_json,
        at=session.now(),
        by=session.vault.member.alias,
    )
    session.vault.trust_authority(accepted_digest(carte.card.fingerprint, scope_json))
    _enter(session, TrustEvent.AUTHORITY_TRUSTED, carte.card)
    return authorities(session)[carte.card.fingerprint]


def add_contact(session: Session, carte_bytes: bytes) -> Contact:
    """Take in a ``.carte`` file: a new contact, or a new endorsement of somebody known, myself included.

    A card with other keys than one known here is another contact, of whom nothing was compared; where the holder of the
    known one signed it too, ``Contact.changed_from`` says so. Raises ``CardError``, also for a succession that the
    previous keys did not sign; ``CardRefusedError`` for one that does not go on from the known card of the same keys;
    ``UnholdableClearanceError`` or ``EndorsementError`` for a forged or careless endorsement by an authority trusted
    here. Nothing is kept then.
    """
    carte = read_carte(carte_bytes)
    is_mine = carte.card.fingerprint == session.vault.member.identity.public.fingerprint
    _check_endorsements(session, carte)
    if not is_mine:
        _check_known(session, carte)
    directory = session.vault.directory
    with directory.transaction():
        if not is_mine:
            directory.put_card(carte.card.fingerprint, carte.card_envelope)
        for endorsement in carte.unverified_endorsements:
            directory.put_endorsement(carte.card.fingerprint, endorsement)
    return next(one for one in contacts(session) if one.card.fingerprint == carte.card.fingerprint)


def confirm_contact(session: Session, contact_id: str, typed: str) -> Contact:
    """Record that the start of a contact's fingerprint was compared.

    Raises ``FingerprintError``, ``ClockSetBackError``.
    """
    check_clock(session)
    known = contact(session, contact_id)
    check_person(known.card.fingerprint, typed)
    session.vault.directory.mark_compared(known.card.fingerprint, by=session.vault.member.alias, at=session.now())
    _enter(session, TrustEvent.CARD_COMPARED, known.card)
    return contact(session, contact_id)


def remove_authority(session: Session, fingerprint: bytes) -> None:
    """Follow an authority no longer; raises ``UnknownIdError``, ``ClockSetBackError``."""
    check_clock(session)
    known = authorities(session)
    session.vault.directory.drop_authority(fingerprint)
    _enter(session, TrustEvent.AUTHORITY_REMOVED, known[fingerprint].card)


def _enter(session: Session, event: TrustEvent, of: Card) -> None:
    enter_in_each(session, Trust(event=event, name=of.name, fingerprint=of.fingerprint.hex()))


def _keep_given(session: Session, carte: Carte, signed: bytes) -> None:
    directory = session.vault.directory
    with directory.transaction():
        directory.put_card(carte.card.fingerprint, carte.card_envelope)
        directory.put_endorsement(carte.card.fingerprint, signed)


def _check_stands(session: Session, card: Card) -> None:
    fallen = own_list(session).of(card.fingerprint)
    if fallen is not None and fallen.fallen is Fallen.CARD:
        raise CardRefusedError(CardProblem.REVOKED, name=card.name)


def _check_known(session: Session, carte: Carte) -> None:
    _check_goes_on(carte, {row.fingerprint: row.card for row in session.vault.directory.contacts()})


def _check_goes_on(carte: Carte, known: Mapping[bytes, bytes]) -> None:
    """The card goes on from what is known: of the same keys, or of the keys it says it takes the place of."""
    if carte.card.fingerprint in known:
        check_reissue(carte.card, read_card(known[carte.card.fingerprint]))
    if carte.card.previous is not None and carte.card.previous in known:
        check_succession(carte.card_envelope, read_card(known[carte.card.previous]))


def _check_endorsements(session: Session, carte: Carte) -> None:
    trusted = authorities(session)
    for data in _by_known_authorities(carte.unverified_endorsements, trusted):
        endorsement = read_endorsement(data, trusted[endorsed_by(data)].card.identity)
        check_holdable(session.policy, endorsement.clearance, endorsement.nationality)


def _by_known_authorities(endorsements: Sequence[bytes], trusted: dict[bytes, TrustedAuthority]) -> list[bytes]:
    return [data for data in endorsements if endorsed_by(data) in trusted]
