"""Listing and searching the notes of the open compartments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cloison.actions.search_meaning import meanings
from cloison.actions.session import Session
from cloison.labels.label import Label, label_from_xml
from cloison.vault.compartment import Compartment
from cloison.vault.note_rows import NoteRow
from cloison.vault.note_search import Order, has_relevance
from cloison.vault.search_query import read_query


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One line of a list: the title under its own label, and the roll-up of the whole."""

    row: NoteRow
    compartment: Compartment
    title_label: Label | None
    label: Label | None


def find_notes(
    session: Session,
    *,
    compartment_id: str | None = None,
    query: str | None = None,
    order: Order = Order.NEWEST,
    limit: int,
) -> tuple[NoteLine, ...]:
    """Notes of one open compartment or of all, that match ``query`` where there is one; at most ``limit``.

    Relevance orders what is found in each compartment: scores of two indexes do not compare, so compartments come one
    after the other. Raises ``CompartmentClosedError`` for a compartment that is not open, ``UnreadableFilterError``.
    """
    compartments = session.open_compartments()
    if compartment_id is not None:
        compartments = (session.vault.compartment(compartment_id),)
    found = [
        line_of(session, compartment, row)
        for compartment, rows in _found(session, compartments, query or "", order, limit)
        for row in rows
    ]
    if settled_order(query or "", order) is Order.NEWEST:
        found.sort(key=lambda line: line.row.modified, reverse=True)
    return tuple(found[:limit])


def settled_order(typed: str, order: Order) -> Order:
    """``order``, where relevance means something for what was typed; else the latest saved come first."""
    query = read_query(typed)
    return order if query is not None and has_relevance(query) else Order.NEWEST


def _found(
    session: Session, compartments: tuple[Compartment, ...], typed: str, order: Order, limit: int
) -> Iterator[tuple[Compartment, tuple[NoteRow, ...]]]:
    if not typed.strip():
        yield from ((one, one.notes.list(limit=limit)) for one in compartments)
        return
    query = read_query(typed)
    if query is None:
        return
    meant = meanings(session, query)
    for one in compartments:
        yield one, one.notes.search(typed, limit=limit, order=order, meaning_of=meant.in_compartment(one))


def line_of(session: Session, compartment: Compartment, row: NoteRow) -> NoteLine:
    """A row as it counts now."""
    return NoteLine(
        row=row,
        compartment=compartment,
        title_label=session.standing(_label(row.title_label_xml)),
        label=session.standing(_label(row.label_xml)),
    )


def _label(xml: bytes | None) -> Label | None:
    return None if xml is None else label_from_xml(xml)
