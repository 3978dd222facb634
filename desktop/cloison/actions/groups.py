"""Groups: named lists of people in the directory, for addressing, frozen into people when something is sealed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cloison.actions.people import Contact, contacts
from cloison.actions.session import Session
from cloison.vault.errors import UnknownIdError
from cloison.vault.group_store import StoredGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group and the people in it, in the order of their names; whose card is gone from the directory is not in it."""

    id: str
    name: str
    members: tuple[Contact, ...]


def groups(session: Session) -> tuple[Group, ...]:
    """Every group, by name."""
    known = contacts(session)
    return tuple(_group(stored, known) for stored in session.vault.groups.all())


def group_members(session: Session, name: str) -> tuple[Contact, ...]:
    """The people in the group of that name, whatever its capitals, or of that id; raises ``UnknownIdError``."""
    return named_group(session, name).members


def named_group(session: Session, name: str) -> Group:
    """The group of that name, whatever its capitals, or of that id; raises ``UnknownIdError``."""
    wanted = _clean(name).casefold()
    for one in groups(session):
        if wanted in (one.name.casefold(), one.id):
            return one
    raise UnknownIdError("group", name)


def make_group(session: Session, name: str) -> Group:
    """A new group with nobody in it; raises ``UnusableNameError``, ``GroupNameTakenError``."""
    return _group(session.vault.groups.add(_clean(name)), ())


def rename_group(session: Session, group_id: str, name: str) -> Group:
    """Give a group another name; raises as ``make_group``, and ``UnknownIdError``."""
    return _group(session.vault.groups.rename(group_id, _clean(name)), contacts(session))


def set_members(session: Session, group_id: str, contact_ids: Iterable[str]) -> Group:
    """Let these people be in a group, and nobody else; raises ``UnknownIdError``."""
    known = contacts(session)
    wanted = tuple(contact_ids)
    for one in wanted:
        if one not in {contact.id for contact in known}:
            raise UnknownIdError("contact", one)
    return _group(session.vault.groups.set_members(group_id, wanted), known)


def drop_group(session: Session, group_id: str) -> None:
    """Remove a group, not the people in it; raises ``UnknownIdError``."""
    session.vault.groups.drop(group_id)


def _group(stored: StoredGroup, known: Iterable[Contact]) -> Group:
    return Group(id=stored.id, name=stored.name, members=tuple(one for one in known if one.id in stored.members))


def _clean(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))
