"""Who is read into a compartment: listed, read in, read out."""

from __future__ import annotations

from cloison.actions.clearing import check_cleared
from cloison.actions.reader_records import drop_intruders, list_again, unlisted
from cloison.actions.registers import check_clock, enter_alone
from cloison.actions.session import Session
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.compartment import Compartment
from cloison.vault.roster import ReaderRow


def list_readers(session: Session, compartment: Compartment) -> tuple[ReaderRow, ...]:
    """Everybody who is read into an open compartment, in the order they were."""
    return session.vault.readers.of(compartment.id)


def read_in(session: Session, compartment: Compartment, alias: str) -> None:
    """Hand the key of a compartment to a member who may read what it may hold; it is entered in its register first.

    Raises ``UnknownIdError``, ``UnconfirmedMembersError``, ``NotClearedError``, ``ClockSetBackError``.
    """
    check_clock(session)
    member = session.vault.members.named(alias)
    (identity,) = session.vault.members.identities(member.id).values()
    if member.id == session.vault.member.id:
        return
    check_cleared(session, compartment, member.alias, identity.fingerprint)
    _enter(session, compartment, TrustEvent.READ_IN, member.alias, identity.fingerprint)
    session.vault.readers.read_in(compartment.id, member.id)


def read_out(session: Session, compartment: Compartment, alias: str) -> None:
    """Give a compartment another key, which a reader does not get, and enter it in its register.

    Nor does anybody get it whom the list of readers names and the register does not; a reader it does not name and the
    register does is read out as well.

    It protects what is written from then on: copies made before open as they did. Raises ``UnknownIdError``,
    ``OnlyMemberError``, ``UnconfirmedMembersError``, ``ClockSetBackError``, ``DamagedError``, ``DiskError``.
    """
    check_clock(session)
    drop_intruders(session, compartment)
    for member in session.vault.members.all():
        is_meant = alias in (member.id, member.alias) and member.id != session.vault.member.id
        if is_meant and compartment in unlisted(session, member):
            list_again(session, compartment, member)
    gone = session.vault.readers.named(compartment.id, alias)
    session.vault.readers.read_out(compartment.id, alias)
    for one in gone:
        _enter(session, compartment, TrustEvent.READ_OUT, one.alias, one.fingerprint)


def _enter(session: Session, compartment: Compartment, event: TrustEvent, alias: str, fingerprint: bytes) -> None:
    enter_alone(session, compartment, Trust(event=event, name=alias, fingerprint=fingerprint.hex()))
