"""A member's saved searches, in ``shared.db`` in one box under their own key (``cloison/saved-searches/v1``).

What somebody searches for may tell what is in a compartment, and for whom else the vault has a key is no matter of
theirs: the box is AES-256-GCM under a key derived from the member's first seeds, bound to the vault, and found by a
keyed mark. It is filled up to a multiple of 4 KiB, so that neither the number nor the length of searches is seen. Each
names the compartments it was saved over; whoever shows it asks whether all of them are open.

Inside: four bytes, the length of what follows, big-endian; canonical JSON; zeros.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from cloison.vault.database import Database
from cloison.vault.errors import DamagedError, SearchProblem, SearchRefusedError, UnknownIdError
from cloison.vault.keys import keyed_mark
from cloison.vault.names import check_name
from cloison.vault.note_search import Order
from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, Json
from cloison_crypto.secrets import Randomness, SecretKey, wipe

FORMAT: Final = "cloison/saved-searches/v1"
MOST_SEARCHES: Final = 100
MOST_TYPED: Final = 2000
_MARK: Final = b"saved searches"
_LENGTH: Final = 4
_FILLED_UP_TO: Final = 4096
_MOST_BYTES: Final = 16 * 1024 * 1024
_UID_BYTES: Final = 16
_UID_LENGTH: Final = 2 * _UID_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search as it was typed, in one compartment or in all; ``over`` are those it may tell something of."""

    uid: str
    name: str
    typed: str
    order: Order
    compartment_id: str | None
    over: frozenset[str]


class SearchShelf:
    """The saved searches of one member; takes over ``key``."""

    def __init__(self, database: Database, key: SecretKey, *, randomness: Randomness) -> None:
        self._database = database
        self._key = key
        self._member = keyed_mark(key, _MARK)
        self._randomness = randomness

    def all(self) -> tuple[SavedSearch, ...]:
        """Every one, by name; raises ``DamagedError`` where somebody altered the box."""
        row = self._database.row("SELECT box FROM saved_searches WHERE member = ?", (self._member,))
        if row is None:
            return ()
        try:
            plain = open_box(self._key, row[0], associated=self._member)
            try:
                return _read(bytes(plain))
            finally:
                wipe(plain)
        except CryptoError as error:
            raise DamagedError(self._database.file) from error

    def add(
        self, name: str, typed: str, *, order: Order, compartment_id: str | None, over: Iterable[str]
    ) -> SavedSearch:
        """Save a search; raises ``UnusableNameError``, ``SearchRefusedError``."""
        check_name(name)
        known = self.all()
        if not typed.strip():
            raise SearchRefusedError(SearchProblem.EMPTY, most=MOST_TYPED)
        if len(typed) > MOST_TYPED:
            raise SearchRefusedError(SearchProblem.TOO_LONG, most=MOST_TYPED)
        if len(known) >= MOST_SEARCHES:
            raise SearchRefusedError(SearchProblem.TOO_MANY, most=MOST_SEARCHES)
        made = SavedSearch(
            uid=self._randomness(_UID_BYTES).hex(),
            name=name,
            typed=typed,
            order=order,
            compartment_id=compartment_id,
            over=frozenset(over),
        )
        self._put((*known, made))
        return made

    def drop(self, uid: str) -> None:
        """Forget a search; raises ``UnknownIdError``."""
        known = self.all()
        if uid not in {one.uid for one in known}:
            raise UnknownIdError("search", uid)
        self._put(one for one in known if one.uid != uid)

    def follow(self, source_id: str, target_id: str) -> None:
        """The notes of one compartment went to another, and the searches over it with them."""
        known = self.all()
        moved = tuple(_moved(one, source_id, target_id) for one in known)
        if moved != known:
            self._put(moved)

    def wipe(self) -> None:
        """Wipe the member's key; nothing can be asked any more."""
        self._key.wipe()

    def _put(self, searches: Iterable[SavedSearch]) -> None:
        written = canonical.write({"format": FORMAT, "searches": [_stored(one) for one in searches]})
        plain = bytearray(len(written).to_bytes(_LENGTH, "big") + written)
        plain += bytes(-len(plain) % _FILLED_UP_TO)
        try:
            box = seal_box(self._key, plain, associated=self._member, randomness=self._randomness)
        finally:
            wipe(plain)
        self._database.execute("INSERT OR REPLACE INTO saved_searches VALUES (?, ?)", (self._member, box))


def _moved(one: SavedSearch, source_id: str, target_id: str) -> SavedSearch:
    place = target_id if one.compartment_id == source_id else one.compartment_id
    over = frozenset(target_id if other == source_id else other for other in one.over)
    return replace(one, compartment_id=place, over=over)


def _stored(one: SavedSearch) -> Json:
    return {
        "compartment": one.compartment_id,
        "name": one.name,
        "order": one.order.value,
        "over": list[Json](sorted(one.over)),
        "typed": one.typed,
        "uid": one.uid,
    }


def _read(plain: bytes) -> tuple[SavedSearch, ...]:
    length = int.from_bytes(plain[:_LENGTH], "big")
    fields = Fields(canonical.read(plain[_LENGTH : _LENGTH + length], limit=_MOST_BYTES))
    fields.literal("format", FORMAT)
    found = [_search(one) for one in fields.items("searches")]
    fields.finish()
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.uid)))


def _search(fields: Fields) -> SavedSearch:
    found = SavedSearch(
        uid=fields.hex("uid", _UID_LENGTH),
        name=fields.text("name", limit=1000),
        typed=fields.text("typed", limit=MOST_TYPED),
        order=Order(fields.text("order", limit=20)),
        compartment_id=fields.hex("compartment", _UID_LENGTH) if fields.has("compartment") else None,
        over=frozenset(fields.texts("over")),
    )
    fields.finish()
    return found
