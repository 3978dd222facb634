"""Compartments: making one, listing them."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.move_note import finish_moves
from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentLine:
    """One compartment as its member sees it; ``notes`` and ``readers``, the aliases of all who are read in, are None
    while it is closed: then only its name is shown."""

    id: str
    name: str
    notes: int | None
    ceiling: Label | None
    need_to_know: bool
    readers: tuple[str, ...] | None


def add_compartment(session: Session, name: str, *, ceiling: Label | None, need_to_know: bool) -> Compartment:
    """A new compartment, open."""
    xml = None if ceiling is None else ceiling.to_xml()
    return session.vault.add_compartment(name, ceiling_xml=xml, need_to_know=need_to_know)


def list_compartments(session: Session) -> tuple[CompartmentLine, ...]:
    """Those the member is read into, but for what was put away."""
    return tuple(
        CompartmentLine(
            id=one.id,
            name=one.name,
            notes=session.vault.compartment(one.id).notes.count() if one.is_open else None,
            ceiling=None if one.ceiling is None else label_from_xml(one.ceiling),
            need_to_know=one.need_to_know,
            readers=tuple(reader.alias for reader in session.vault.readers.of(one.id)) if one.is_open else None,
        )
        for one in session.vault.compartments()
        if not one.is_put_away
    )


def put_away_compartments(session: Session) -> tuple[str, ...]:
    """The names of those that were put away: they are kept for their registers alone."""
    return tuple(one.name for one in session.vault.compartments() if one.is_put_away)


def open_compartment(session: Session, id: str) -> Compartment:
    """Open a compartment, and finish what was to move into it or out of it; raises what opening a vault's file does."""
    compartment = session.vault.open_compartment(id)
    finish_moves(session)
    return compartment


def named_compartment(session: Session, name_or_id: str) -> Compartment:
    """The open compartment of that name or id; raises ``UnknownIdError``, ``CompartmentClosedError``.

    One that was put away gives way to others of its name, and is found by it otherwise: people are read out of it too.
    """
    for one in sorted(session.vault.compartments(), key=lambda one: one.is_put_away):
        if name_or_id in (one.id, one.name):
            return session.vault.compartment(one.id)
    raise UnknownIdError("compartment", name_or_id)
