"""The end of notes: into the bin, and destroyed for good."""

from __future__ import annotations

from collections.abc import Iterator

from acts.act import Act, new_note, notes_titled
from cloison.actions.bin import bin_note, list_bin
from cloison.actions.destroy_note import destroy_before_term
from cloison.actions.registers import lines
from cloison.registers.facts import Kind, NoteDestroyed
from stage.place import Desk


def _title(token: str) -> str:
    return f"{token} jeté"


def _last(token: str) -> str:
    return f"{token} détruit"


def _bin(desk: Desk, token: str) -> None:
    bin_note(desk.session, new_note(desk, _title(token)).uid)


def _binned(desk: Desk, token: str) -> int:
    return sum(line.row.title == _title(token) for line in list_bin(desk.session))


def _destroy(desk: Desk, token: str) -> None:
    uid = new_note(desk, _last(token)).uid
    bin_note(desk.session, uid)
    destroy_before_term(desk.session, uid, reason=token)


def _destroyed(desk: Desk, token: str) -> int:
    entered = (line.entry.facts for line in lines(desk.session, Kind.DESTRUCTION))
    return sum(isinstance(facts, NoteDestroyed) and facts.reason == token for facts in entered)


def _outlived(desk: Desk, token: str) -> Iterator[str]:
    """What is entered as destroyed is there no more, and what is there is not entered."""
    is_in_bin = any(line.row.title == _last(token) for line in list_bin(desk.session))
    if _destroyed(desk, token) and (is_in_bin or notes_titled(desk, _last(token))):
        yield "a note that outlived its destruction"


BINNING = Act(name="binning", perform=_bin, found=_binned)
DESTROYING = Act(name="destroying", perform=_destroy, found=_destroyed, faults=_outlived)
