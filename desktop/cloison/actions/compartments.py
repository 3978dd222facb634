"""Compartments: making one, listing them."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentLine:
    """One compartment as its member sees it; ``notes`` is None while it is closed: then only its name is shown."""

    id: str
    name: str
    notes: int | None
    ceiling: Label | None
    need_to_know: bool


def add_compartment(session: Session, name: str, *, ceiling: Label | None, need_to_know: bool) -> Compartment:
    """A new compartment, open."""
    xml = None if ceiling is None else ceiling.to_xml()
    return session.vault.add_compartment(name, ceiling_xml=xml, need_to_know=need_to_know)


def list_compartments(session: Session) -> tuple[CompartmentLine, ...]:
    """Those the member is read into, in the order of their names."""
    return tuple(
        CompartmentLine(
            id=one.id,
            name=one.name,
            notes=session.vault.compartment(one.id).notes.count() if one.is_open else None,
            ceiling=None if one.ceiling is None else label_from_xml(one.ceiling),
            need_to_know=one.need_to_know,
        )
        for one in session.vault.compartments()
    )


def named_compartment(session: Session, name_or_id: str) -> Compartment:
    """The open compartment of that name or id; raises ``UnknownIdError``, ``CompartmentClosedError``."""
    for one in session.vault.compartments():
        if name_or_id in (one.id, one.name):
            return session.vault.compartment(one.id)
    raise UnknownIdError("compartment", name_or_id)
