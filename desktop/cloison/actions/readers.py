"""Who is read into a compartment: listed, read in, read out."""

from __future__ import annotations

from cloison.actions.clearing import check_cleared
from cloison.actions.reader_records import FallenReader, enter_reader, list_again, rekey, unlisted
from cloison.actions.registers import check_clock
from cloison.actions.session import Session
from cloison.registers.facts import TrustEvent
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
    enter_reader(session, compartment, TrustEvent.READ_IN, member.alias, identity.fingerprint)
    session.vault.readers.read_in(compartment.id, member.id)


def read_out(session: Session, compartment: Compartment, name: str) -> tuple[FallenReader, ...]:
    """Give a compartment another key, which a reader does not get, and enter it in its register; who else falls out.

    Nor does anybody get it whom the list of readers names and the register does not, or who is cleared no longer; a
    reader the list does not name and the register does is read out as well.

    It protects what is written from then on: copies made before open as they did. Raises ``UnknownIdError``,
    ``OnlyMemberError``, ``UnconfirmedMembersError``, ``ClockSetBackError``, ``DamagedError``, ``DiskError``.
    """
    check_clock(session)
    for member in session.vault.members.all():
        is_meant = name in (member.id, member.alias) and member.id != session.vault.member.id
        if is_meant and compartment in unlisted(session, member):
            list_again(session, compartment, member)
    gone = session.vault.readers.named(compartment.id, name)
    fallen = rekey(session, compartment, name)
    aliases = {one.id: one.alias for one in session.vault.members.all()}
    for one in gone:
        enter_reader(session, compartment, TrustEvent.READ_OUT, aliases.get(one.member, one.alias), one.fingerprint)
    return fallen
