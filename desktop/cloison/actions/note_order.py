"""A list of notes of any length: the order of all of them, and the lines of those that somebody looks at.

The order is worked out in slices, each a few milliseconds, and holds sixteen bytes for a note: 100,000 notes are 1.6 MB
and 100 lines, where all their lines would be hundreds of megabytes and seconds.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cloison.actions.find_notes import NoteLine, line_of, settled_order
from cloison.actions.search_meaning import meanings
from cloison.actions.session import Session
from cloison.notes.portion import UID_BYTES
from cloison.vault.compartment import Compartment
from cloison.vault.note_places import NotePlace
from cloison.vault.note_search import RELEVANT_AMONG, Order
from cloison.vault.search_query import read_query

SLICE: Final = 1000

_Next = Callable[[int | None], tuple[NotePlace, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOrder:
    """The notes of a list, in order, by their uids alone, one behind the other."""

    uids: bytes = b""

    def __len__(self) -> int:
        return len(self.uids) // UID_BYTES

    def uid(self, row: int) -> str:
        """The note in that row."""
        return self.uids[row * UID_BYTES : (row + 1) * UID_BYTES].hex()

    def row_of(self, uid: str) -> int | None:
        """The row of that note; None where it is not in the list."""
        wanted, start = bytes.fromhex(uid), 0
        while (found := self.uids.find(wanted, start)) >= 0:
            if found % UID_BYTES == 0:
                return found // UID_BYTES
            start = found + 1
        return None

    def rows_of(self, uids: Collection[str]) -> list[int]:
        """The rows of those of ``uids`` that are in the list, from the first on."""
        wanted = {bytes.fromhex(uid) for uid in uids}
        each = range(0, len(self.uids), UID_BYTES)
        return [start // UID_BYTES for start in each if self.uids[start : start + UID_BYTES] in wanted]


def order_of(uids: Sequence[str]) -> NoteOrder:
    """A list of just these."""
    return NoteOrder(uids=b"".join(map(bytes.fromhex, uids)))


def note_order(
    session: Session, *, compartment_id: str | None, query: str, order: Order
) -> Generator[None, None, NoteOrder]:
    """The order in which ``find_notes`` would give every note, worked out in slices.

    Raises ``CompartmentClosedError``, ``UnreadableFilterError``, ``SearchCancelledError``.
    """
    compartments = session.open_compartments()
    if compartment_id is not None:
        compartments = (session.vault.compartment(compartment_id),)
    packed = bytearray()
    for number, place in enumerate(_places(session, compartments, query, order), start=1):
        packed += bytes.fromhex(place.uid)
        if number % SLICE == 0:
            yield
    return NoteOrder(uids=bytes(packed))


def note_lines(session: Session, uids: Sequence[str]) -> tuple[NoteLine, ...]:
    """The lines of those of ``uids`` that lie in an open compartment, in no order."""
    return tuple(
        line_of(session, compartment, row)
        for compartment in session.open_compartments()
        for row in compartment.notes.rows(uids)
    )


def _places(session: Session, compartments: tuple[Compartment, ...], typed: str, order: Order) -> Iterator[NotePlace]:
    if not typed.strip():
        return _merged([_listing(one) for one in compartments])
    query = read_query(typed)
    if query is None:
        return iter(())
    meant = meanings(session, query)

    def finding(one: Compartment) -> _Next:
        meaning = meant.in_compartment(one)
        return lambda before: one.places.search(
            query, meaning_of=meaning, order=Order.NEWEST, limit=SLICE, before=before
        )

    if settled_order(typed, order) is Order.NEWEST:
        return _merged([finding(one) for one in compartments])
    return (
        place
        for one in compartments
        for place in one.places.search(
            query, meaning_of=meant.in_compartment(one), order=order, limit=RELEVANT_AMONG, before=None
        )
    )


def _listing(compartment: Compartment) -> _Next:
    return lambda before: compartment.places.list(limit=SLICE, before=before)


def _merged(nexts: Sequence[_Next]) -> Iterator[NotePlace]:
    """The latest saved first, whichever compartment it lies in."""
    return heapq.merge(*map(_streamed, nexts), key=lambda place: place.modified, reverse=True)


def _streamed(following: _Next) -> Iterator[NotePlace]:
    before: int | None = None
    while True:
        found = following(before)
        yield from found
        if len(found) < SLICE:
            return
        before = found[-1].position
