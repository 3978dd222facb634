"""The order of a list of notes, as uids read from an index: a long list is known without its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison.vault.note_search import Meaning, Order, search_rows
from cloison.vault.search_query import Filter, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """A note in a list: when it was saved, as stored, and ``position``, where to go on from."""

    uid: str
    modified: str
    position: int


class NotePlaces:
    """The order of the notes of one open compartment."""

    def __init__(self, file: CompartmentFile) -> None:
        self._file = file

    def list(self, *, limit: int, before: int | None) -> tuple[NotePlace, ...]:
        """The latest saved first, at most ``limit``; ``before`` is the position of the last one known."""
        condition, bound = ("", ()) if before is None else ("WHERE latest < ?", (before,))
        rows = self._file.database.rows(f"{_PLACES} {condition} ORDER BY latest DESC LIMIT ?", (*bound, limit))
        return tuple(map(_place, rows))

    def search(
        self,
        query: Query,
        *,
        meaning_of: Callable[[Filter], Meaning],
        order: Order,
        limit: int,
        before: int | None,
    ) -> tuple[NotePlace, ...]:
        """Those a search finds, as ``list`` gives them; in the order of relevance ``before`` has no meaning.

        Raises ``SearchCancelledError`` where another thread interrupts it.
        """
        rows = search_rows(
            self._file.database, _PLACES, query, meaning_of=meaning_of, order=order, limit=limit, before=before
        )
        return tuple(map(_place, rows))


_PLACES = "SELECT uid, modified, latest FROM in_use AS notes"


def _place(row: Row) -> NotePlace:
    uid, modified, position = row
    return NotePlace(uid=uid, modified=modified, position=position)
