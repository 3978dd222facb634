"""Saved searches: a search under a name, for the member alone.

What was saved over a compartment may tell what is in it, by its words and its name. It is therefore there only while
every compartment it was saved over is open: of a closed one, nothing shows but its name.
"""

from __future__ import annotations

from cloison.actions.find_notes import NoteLine, find_notes
from cloison.actions.search_meaning import meanings
from cloison.actions.session import Session
from cloison.vault.errors import UnknownIdError
from cloison.vault.note_search import Order
from cloison.vault.search_query import read_query
from cloison.vault.search_shelf import SavedSearch


def saved_searches(session: Session) -> tuple[SavedSearch, ...]:
    """Those that may show now, by name."""
    open_ids = {one.id for one in session.open_compartments()}
    return tuple(one for one in session.vault.searches.all() if one.over <= open_ids)


def named_search(session: Session, name: str) -> SavedSearch:
    """The search of that name, whatever its capitals; raises ``UnknownIdError``."""
    for one in saved_searches(session):
        if one.name.casefold() == name.strip().casefold():
            return one
    raise UnknownIdError("search", name)


def save_search(
    session: Session, name: str, typed: str, *, order: Order = Order.NEWEST, compartment_id: str | None = None
) -> SavedSearch:
    """Save a search, in one compartment or in all that are open; one of the same name is replaced.

    Raises ``UnusableNameError``, ``SearchRefusedError``, ``UnreadableFilterError``, ``CompartmentClosedError``.
    """
    query = read_query(typed)
    if query is not None:
        meanings(session, query)
    over = session.open_compartments() if compartment_id is None else (session.vault.compartment(compartment_id),)
    before = [one.uid for one in saved_searches(session) if one.name.casefold() == name.strip().casefold()]
    made = session.vault.searches.add(
        name.strip(),
        typed if query is not None else "",
        order=order,
        compartment_id=compartment_id,
        over=[one.id for one in over],
    )
    for uid in before:
        session.vault.searches.drop(uid)
    return made


def drop_search(session: Session, name: str) -> SavedSearch:
    """Forget the search of that name; raises ``UnknownIdError``."""
    found = named_search(session, name)
    session.vault.searches.drop(found.uid)
    return found


def find_saved(session: Session, name: str, *, limit: int) -> tuple[NoteLine, ...]:
    """What the search of that name finds now; raises ``UnknownIdError``."""
    found = named_search(session, name)
    return find_notes(session, compartment_id=found.compartment_id, query=found.typed, order=found.order, limit=limit)
