"""Listing and searching the notes of the open compartments, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.vault.compartment import Compartment
from cloison.vault.note_store import NoteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One line of a list: the title under its own label, and the roll-up of the whole."""

    row: NoteRow
    compartment: Compartment
    title_label: Label | None
    label: Label | None


def find_notes(
    session: Session, *, compartment_id: str | None = None, query: str | None = None, limit: int
) -> tuple[NoteLine, ...]:
    """Notes of one open compartment or of all, that match ``query`` where there is one; at most ``limit``.

    Raises ``CompartmentClosedError`` for a compartment that is not open.
    """
    compartments = session.open_compartments()
    if compartment_id is not None:
        compartments = (session.vault.compartment(compartment_id),)
    found = [
        _line(session, compartment, row) for compartment in compartments for row in _rows(compartment, query, limit)
    ]
    found.sort(key=lambda line: line.row.modified, reverse=True)
    return tuple(found[:limit])


def _rows(compartment: Compartment, query: str | None, limit: int) -> tuple[NoteRow, ...]:
    if query is None or not query.strip():
        return compartment.notes.list(limit=limit)
    return compartment.notes.search(query, limit=limit)


def _line(session: Session, compartment: Compartment, row: NoteRow) -> NoteLine:
    return NoteLine(
        row=row,
        compartment=compartment,
        title_label=session.standing(_label(row.title_label_xml)),
        label=session.standing(_label(row.label_xml)),
    )


def _label(xml: bytes | None) -> Label | None:
    return None if xml is None else label_from_xml(xml)
