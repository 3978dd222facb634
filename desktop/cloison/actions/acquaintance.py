"""How the cards known here belong together: which took the place of which, and whose names look alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cloison.directory.authority import TrustedAuthority
from cloison.directory.card import Card, check_succession, read_card
from cloison.directory.errors import CardError
from cloison.directory.look_alikes import skeleton
from cloison.directory.revocations import Fallen
from cloison.vault.directory_store import Contact as StoredContact


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A card that another took the place of, and who had compared its fingerprint, when."""

    id: str
    name: str
    fingerprint: bytes
    compared_by: str | None
    compared_at: datetime | None


class Acquaintance:
    """Every card in the directory beside the others, and beside those of the authorities."""

    def __init__(self, rows: Mapping[bytes, StoredContact], authorities: Iterable[TrustedAuthority]) -> None:
        self._rows = rows
        self._followed: dict[bytes, bytes] = {}
        self._names: dict[str, dict[bytes, str]] = {}
        speaking = tuple(authorities)
        fallen = _fallen(speaking)
        for row in rows.values():
            card = read_card(row.card)
            self._name(card)
            previous = _previous(row.card, card, rows)
            # Whoever stole keys can sign a successor with them: once they are revoked their word is worth nothing.
            if previous is not None and previous not in fallen:
                self._followed[card.fingerprint] = previous
        for one in speaking:
            self._name(one.card)
        self._replaced = {old: new for new, old in self._followed.items()}

    def changed_from(self, card: Card) -> Earlier | None:
        """The card this one takes the place of, signed by both."""
        earlier = self._followed.get(card.fingerprint)
        if earlier is None:
            return None
        row = self._rows[earlier]
        return Earlier(
            id=row.id,
            name=read_card(row.card).name,
            fingerprint=earlier,
            compared_by=row.compared_by,
            compared_at=row.compared_at,
        )

    def replaced_by(self, card: Card) -> str | None:
        """The id of the card that took the place of this one."""
        later = self._replaced.get(card.fingerprint)
        return None if later is None else self._rows[later].id

    def looks_like(self, card: Card) -> tuple[str, ...]:
        """The names of others whose name an eye may take for this one; a card and its successors are one person."""
        family = {*_line(card.fingerprint, self._followed), *_line(card.fingerprint, self._replaced)}
        others = self._names[skeleton(card.name)].items()
        return tuple(name for fingerprint, name in others if fingerprint not in family)

    def _name(self, card: Card) -> None:
        self._names.setdefault(skeleton(card.name), {})[card.fingerprint] = card.name


def _fallen(authorities: Iterable[TrustedAuthority]) -> set[bytes]:
    """The cards that an authority revoked for good."""
    lists = (one.revocations for one in authorities if one.revocations is not None)
    return {line.subject for one in lists for line in one.revocations if line.fallen is Fallen.CARD}


def _previous(envelope: bytes, card: Card, rows: Mapping[bytes, StoredContact]) -> bytes | None:
    """The card this one takes the place of, where it is known here and its keys have signed this one too."""
    if card.previous is None or card.previous not in rows:
        return None
    try:
        check_succession(envelope, read_card(rows[card.previous].card))
    except CardError:
        return None
    return card.previous


def _line(fingerprint: bytes, follow: Mapping[bytes, bytes]) -> list[bytes]:
    """A card and those that one step after the other lead to. Whoever has the keys of both can make a circle of two."""
    line = [fingerprint]
    while (following := follow.get(line[-1])) is not None and following not in line:
        line.append(following)
    return line
