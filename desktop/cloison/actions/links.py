"""Links between notes, seen from either end, wherever the two lie.

A link is kept beside the note that says it and names the other by its uid. It is shown only where both can be read: one
to a note in a closed compartment, in the bin or destroyed shows nothing, not even that there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from cloison.actions.find_notes import NoteLine, line_of
from cloison.actions.session import Session
from cloison.notes.link import LinkDirection, LinkKind, new_link
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """A link as one of its notes has it: ``note`` is the other one. TO: this note bears on it; FROM: it on this."""

    kind: LinkKind
    direction: LinkDirection
    note: NoteLine


def link_notes(session: Session, uid: str, kind: LinkKind, other: str) -> None:
    """Let the note of that uid bear on another; raises ``UnknownIdError`` for either, ``LinkedToItselfError``."""
    link = new_link(uid, kind, other)
    compartment, _ = session.find_note(uid)
    session.find_note(other)
    compartment.links.add(link, at=session.now(), by=session.vault.member.alias)


def unlink_notes(session: Session, uid: str, kind: LinkKind, other: str) -> None:
    """Take that back; raises ``UnknownIdError`` where either note is not there or there is no such link."""
    link = new_link(uid, kind, other)
    compartment, _ = session.find_note(uid)
    session.find_note(other)
    if not compartment.links.remove(link):
        raise UnknownIdError("link", other)


def links_of(session: Session, uid: str) -> tuple[LinkLine, ...]:
    """What a note says of others, then what others say of it; raises ``UnknownIdError``."""
    return tuple(_links(session, uid))


def _links(session: Session, uid: str) -> Iterator[LinkLine]:
    own, _ = session.find_note(uid)
    for link in own.links.of(uid):
        with suppress(UnknownIdError):
            yield LinkLine(kind=link.kind, direction=LinkDirection.TO, note=_note(session, link.target))
    for compartment in session.open_compartments():
        for link in compartment.links.to(uid):
            with suppress(UnknownIdError):
                yield LinkLine(kind=link.kind, direction=LinkDirection.FROM, note=_note(session, link.note))


def _note(session: Session, uid: str) -> NoteLine:
    compartment, _ = session.find_note(uid)
    return line_of(session, compartment, compartment.notes.row(uid))
