"""A note that changes its compartment, and a compartment merged into another: two files for one act."""

from __future__ import annotations

from collections.abc import Iterator

from acts.act import Act, new_note, notes_titled
from cloison.actions.compartments import add_compartment, put_away_compartments
from cloison.actions.merge_compartments import merge_some, plan_merge
from cloison.actions.move_note import move_note
from cloison.vault.compartment import Compartment
from service import write_marked
from stage.place import Desk

_ELSEWHERE = "Ailleurs"


def _title(token: str) -> str:
    return f"{token} ailleurs"


def _put_away(token: str) -> str:
    return f"{token} retiré"


def _elsewhere(desk: Desk) -> Compartment | None:
    return next((one for one in desk.session.open_compartments() if one.name == _ELSEWHERE), None)


def _move(desk: Desk, token: str) -> None:
    target = _elsewhere(desk) or add_compartment(desk.session, _ELSEWHERE, ceiling=None, need_to_know=False)
    move_note(desk.session, new_note(desk, _title(token)).uid, target.id)


def _moved(desk: Desk, token: str) -> int:
    target = _elsewhere(desk)
    rows = () if target is None else target.notes.list(limit=100_000)
    return sum(row.title == _title(token) for row in rows)


def _merge(desk: Desk, token: str) -> None:
    source = add_compartment(desk.session, _put_away(token), ceiling=None, need_to_know=False)
    write_marked(desk.session, source, f"[NP] {_put_away(token)}", ("[NP] Texte.",))
    merge = plan_merge(desk.session, source.id, desk.place.compartment)
    while merge_some(desk.session, merge):
        continue


def _merged(desk: Desk, token: str) -> int:
    return put_away_compartments(desk.session).count(_put_away(token))


def _twofold(desk: Desk, token: str) -> Iterator[str]:
    """A note is in one place, and nothing waits on its way while both ends are open."""
    if any(len(notes_titled(desk, title)) > 1 for title in (_title(token), _put_away(token))):
        yield "a note in two places"
    waiting = sum(len(one.departures.pending()) for one in desk.session.open_compartments())
    if waiting:
        yield f"{waiting} notes on their way"


MOVING = Act(name="moving", perform=_move, found=_moved, faults=_twofold, most=50)
MERGING = Act(name="merging", perform=_merge, found=_merged, faults=_twofold, most=8)
