"""The members of a vault: listed, added, confirmed, removed; and their ways in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from cloison.actions.first_run import CARD_LIFE
from cloison.actions.reader_records import FallenReader, list_again, rekey, unlisted
from cloison.actions.registers import check_clock, enter_in_each
from cloison.actions.session import Session
from cloison.directory.card import Card, Role, sign_card
from cloison.directory.fingerprints import check_person
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.errors import SlotSummary, StorageError, UnconfirmedMembersError
from cloison.vault.members import MemberSummary
from cloison.vault.names import check_name
from cloison.vault.readers import PendingRekey
from cloison_crypto.argon2 import Argon2Cost
from cloison_crypto.identity import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A new member, and the recovery code that is shown once."""

    member: MemberSummary
    recovery_code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What is left after a member is gone: what still has a key of theirs, and who else lost one."""

    pending: tuple[PendingRekey, ...]
    fallen: tuple[FallenReader, ...]


def list_members(session: Session) -> tuple[MemberSummary, ...]:
    """Every member of the vault."""
    return session.vault.members.all()


def add_member(session: Session, alias: str, *, passphrase: bytearray, cost: Argon2Cost) -> NewMember:
    """Make somebody a member, with keys and a card of their own; the caller wipes ``passphrase``.

    They are read into nothing yet. Raises ``AliasTakenError``, ``UnusableNameError``, ``ClockSetBackError``,
    ``DiskError``.
    """
    check_clock(session)
    check_name(alias)
    identity = Identity.generate(session.randomness)
    directory, now = session.vault.directory, session.now()
    card = Card(identity=identity.public, name=alias, role=Role.MEMBER, issued=now, expires=now + CARD_LIFE, serial=1)
    directory.put_card(card.fingerprint, sign_card(card, identity))
    try:
        code = session.vault.members.add(identity, alias=alias, passphrase=passphrase, cost=cost)
    except BaseException:
        # A disk that failed may have kept it all the same.
        if all(one.fingerprint != card.fingerprint for one in list_members(session)):
            directory.drop_card(card.fingerprint)
        raise
    finally:
        identity.wipe()
    made = session.vault.members.named(alias)
    _enter(session, TrustEvent.MEMBER_ADDED, made)
    return NewMember(member=made, recovery_code=code)


def confirm_member(session: Session, alias: str, typed: str) -> MemberSummary:
    """Know a member from now on, since their fingerprint was compared.

    Raises ``UnknownIdError``, ``FingerprintError``, ``WrongFingerprintError``, ``ClockSetBackError``, ``DiskError``.
    """
    check_clock(session)
    fingerprint = session.vault.members.named(alias).fingerprint or b""
    check_person(fingerprint, typed)
    confirmed = session.vault.members.confirm(alias, fingerprint)
    _enter(session, TrustEvent.MEMBER_CONFIRMED, confirmed)
    return confirmed


def remove_member(session: Session, given: str) -> Removed:
    """Take the member of that alias, id or fingerprint out of the vault, and give another key to what they were read
    into, as far as that can be done here.

    Raises ``UnknownIdError``, ``OnlyMemberError``, ``UnconfirmedMembersError``, ``UnknownToMembersError``,
    ``ClockSetBackError``, ``DamagedError``, ``DiskError``.
    """
    check_clock(session)
    gone = session.vault.members.named(given)
    for compartment in unlisted(session, gone):
        list_again(session, compartment, gone)
    session.vault.remove_member(gone.id)
    fallen: list[FallenReader] = []
    # Another key of a compartment is one nobody has who is no member, however many they are.
    for one in {one.compartment_id: one for one in session.vault.readers.pending()}.values():
        with suppress(UnconfirmedMembersError, StorageError):  # it stays pending, and is told
            fallen += rekey(session, session.vault.compartment(one.compartment_id), one.member)
    _enter(session, TrustEvent.MEMBER_REMOVED, gone)
    return Removed(pending=session.vault.readers.pending(), fallen=tuple(fallen))


def list_slots(session: Session) -> tuple[SlotSummary, ...]:
    """What opens the vault for the member who has it open."""
    return session.vault.ways.slots()


def _enter(session: Session, event: TrustEvent, member: MemberSummary) -> None:
    fingerprint = "" if member.fingerprint is None else member.fingerprint.hex()
    enter_in_each(session, Trust(event=event, name=member.alias, fingerprint=fingerprint))
