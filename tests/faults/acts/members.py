"""Another key for a compartment, so that somebody reads it no longer; another for the vault, so that one is out."""

from __future__ import annotations

from collections.abc import Iterator

from acts.act import Act
from cloison.actions.compartments import add_compartment
from cloison.actions.members import add_member, list_members, remove_member
from cloison.actions.readers import list_readers, read_in, read_out
from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.registers.facts import Trust, TrustEvent
from cloison.vault.compartment import Compartment
from cloison_crypto.slots import LOWEST
from service import write_marked
from stage.place import Desk

_OTHER = "Adjoint"


def _name(token: str) -> str:
    return f"{token} à deux"


def _have_other(session: Session, alias: str) -> None:
    if all(one.alias != alias for one in list_members(session)):
        add_member(session, alias, passphrase=bytearray(b"une phrase de passe"), cost=LOWEST)


def _read_out(desk: Desk, token: str) -> None:
    _have_other(desk.session, _OTHER)
    compartment = add_compartment(desk.session, _name(token), ceiling=None, need_to_know=False)
    write_marked(desk.session, compartment, f"[NP] {token}", ("[NP] Texte.",))
    read_in(desk.session, compartment, _OTHER)
    read_out(desk.session, compartment, _OTHER)


def _made(desk: Desk, token: str) -> list[Compartment]:
    return [one for one in desk.session.open_compartments() if one.name == _name(token)]


def _is_read_out(desk: Desk, token: str) -> int:
    keys = desk.session.vault._compartments.keys
    return sum(keys.grant(one.id).epoch == 2 for one in _made(desk, token))


def _halves(desk: Desk, token: str) -> Iterator[str]:
    """The list of readers agrees with the key, notes came along, and no file is left that nothing leads to."""
    keys, vault = desk.session.vault._compartments.keys, desk.session.vault
    for one in _made(desk, token):
        if keys.grant(one.id).epoch == 2 and len(list_readers(desk.session, one)) != 1:
            yield "read out, and still on the list"
        if keys.grant(one.id).epoch == 2 and one.notes.count() != 1:
            yield "a note was lost"
    files = {path.name for path in (vault.folder / "compartments").glob("*.db")}
    if files != {f"{grant.file}.db" for grant in keys.grants()}:
        yield "a file is left over"


def _remove(desk: Desk, token: str) -> None:
    _have_other(desk.session, token)
    read_in(desk.session, desk.compartment, token)
    remove_member(desk.session, token)


def _is_removed(desk: Desk, token: str) -> int:
    facts = [line.entry.facts for line in lines(desk.session) if line.compartment_id == desk.compartment.id]
    return sum(isinstance(one, Trust) and one.event is TrustEvent.MEMBER_REMOVED and one.name == token for one in facts)


def _shared_files(desk: Desk, _token: str) -> Iterator[str]:
    if len(list(desk.session.vault.folder.glob("shared*.db"))) != 1:
        yield "two files for one"


READING_OUT = Act(name="reading out", perform=_read_out, found=_is_read_out, faults=_halves, most=8)
REMOVING = Act(name="removing a member", perform=_remove, found=_is_removed, faults=_shared_files, most=8)
