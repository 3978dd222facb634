"""What an act is to those who disturb it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cloison.notes.note import Note
from cloison.notes.portion import UID_LENGTH
from service import write_marked
from stage.place import Desk

PORTIONS = ("[NP] Le rendez-vous a eu lieu à Lyon.", "[S] Le calendrier de livraison a changé.")


def _none(_desk: Desk, _token: str) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of a person. ``token`` tells each time it is done from every other.

    ``found`` says how often the act of a token is there afterwards: once when it was done, never more. ``faults`` are
    what must not be, done or not. An act that does not last is gone after one that undoes others; ``most`` bounds how
    often it is worth doing in one place.
    """

    name: str
    perform: Callable[[Desk, str], None]
    found: Callable[[Desk, str], int]
    faults: Callable[[Desk, str], Iterable[str]] = _none
    is_lasting: bool = True
    undoes_others: bool = False
    most: int = 1_000


def uid_of(token: str) -> str:
    """The uid of what an act makes."""
    return hashlib.sha256(token.encode()).hexdigest()[:UID_LENGTH]


def new_note(desk: Desk, token: str) -> Note:
    """A saved note with marks on all of it, whose title names the token."""
    return write_marked(desk.session, desk.compartment, f"[NP] {token}", PORTIONS)


def notes_titled(desk: Desk, token: str) -> list[str]:
    """The uids of the notes with that title, wherever they lie."""
    found = [row for one in desk.session.open_compartments() for row in one.notes.list(limit=100_000)]
    return [row.uid for row in found if row.title == token]
