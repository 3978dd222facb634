"""What an act is to those who disturb it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from cloison.actions.write_note import save_note, start_note
from cloison.notes.note import Note
from cloison.notes.portion import UID_LENGTH, Run
from cloison.vault.errors import VaultError
from stage.place import Desk


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
    """A saved note with marks on all of it, that bears the uid of the token."""
    like = desk.compartment.notes.get(desk.place.note).note
    title = replace(like.title, content=(Run(text=token),))
    note = replace(like, uid=uid_of(token), reference=start_note(desk.session).reference, title=title)
    return save_note(desk.session, desk.compartment, note, changes=()).note


def compartments_with(desk: Desk, token: str) -> list[str]:
    """Where the note of the token is in use: the ids of compartments."""
    found = []
    for one in desk.session.open_compartments():
        with suppress(VaultError):
            one.notes.get(uid_of(token))
            found.append(one.id)
    return found


def notes_titled(desk: Desk, token: str) -> list[str]:
    """The uids of the notes with that title, wherever they are in use."""
    found = [row for one in desk.session.open_compartments() for row in one.notes.list(limit=100_000)]
    return [row.uid for row in found if row.title == token]
