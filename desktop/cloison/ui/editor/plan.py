"""What each paragraph is to carry after an edit: uid, cell, kind. The rules of the guard, without Qt.

* text that stayed keeps its worth; a merge is worth both; a part cut off by Enter is worth the whole;
* what is typed is worth the paragraph it is typed in; what is typed over something is worth that too;
* an empty paragraph adds nothing to what is merged into it or pasted into it;
* a paragraph whose mark rises by taking something in is a new portion with a new uid: undo can then bring the old one
  back with its old mark, and no portion's mark has fallen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cloison.notes.portion import Kind
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.flow import Change, Inflow, inflows
from cloison.ui.editor.standing import Standing, is_at_least_the_same, is_same


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What tells a paragraph from the others."""

    uid: str
    cell: int
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A piece that is about to be put in: its worth, its kind, and the cells it was cut from."""

    standing: Standing
    kind: Kind = Kind.PARAGRAPH
    parents: tuple[int, ...] = ()


class Plan:
    """The tags of the paragraphs one change touched. ``kinds`` are those Qt left on them."""

    def __init__(
        self,
        change: Change,
        cells: Cells,
        *,
        kinds: Sequence[Kind],
        arrivals: Sequence[Arrival],
        is_cut: bool,
        new_uid: Callable[[], str],
    ) -> None:
        """Work the tags out; ``risen`` are the new paragraphs, by index, in which something rose."""
        self._before = change.before
        self._cells = cells
        self._is_cut = is_cut
        self._new_uid = new_uid
        self._taken: set[str] = set()
        self.risen: list[int] = []
        flows = inflows(change)
        coming = self._spread(arrivals, len(flows))
        made: dict[int, tuple[str, int]] = {}
        for index, flow in enumerate(flows):
            if flow.stayed:
                made[index] = self._holding(index, flow, coming[index])
        for index, flow in enumerate(flows):
            if not flow.stayed:
                model = made[index - 1][1] if index else change.before[0].cell
                made[index] = self._fresh(index, flow, coming[index], self._cells[model])
        self.tags = tuple(
            Tag(
                uid=made[index][0],
                cell=made[index][1],
                kind=_kind(kinds[index], flow, coming[index], is_further=index > 0),
            )
            for index, flow in enumerate(flows)
        )

    def _holding(self, index: int, flow: Inflow, arrival: Arrival | None) -> tuple[str, int]:
        """A paragraph in which text stayed."""
        came = arrival if flow.is_new_text else None
        replaced = () if came is not None else flow.replaced
        rows = [self._before[one] for one in (*flow.stayed, *replaced)]
        worth = [self._cells[row.cell] for row in rows] + ([came.standing] if came is not None else [])
        joined = self._cells.join(worth)
        stayed = rows[: len(flow.stayed)]
        same = [row for row in stayed if is_same(self._cells[row.cell], joined)]
        if len(same) < len(stayed):
            self.risen.append(index)
        like = [row for row in stayed if is_at_least_the_same(self._cells[row.cell], joined)]
        parents = {row.cell for row in rows} | set(came.parents if came is not None else ())
        is_alone = same and parents == {same[0].cell} and not flow.is_shared and not self._is_cut
        uid = self._take(next((row.uid for row in (*same, *like) if row.uid not in self._taken), None))
        return uid, same[0].cell if is_alone else self._cells.add(joined, parents=parents)

    def _fresh(self, index: int, flow: Inflow, arrival: Arrival | None, model: Standing) -> tuple[str, int]:
        """A paragraph in which nothing stayed: empty, typed anew, or all from the clipboard."""
        came = arrival if flow.is_new_text else None
        parents = set(came.parents) if came is not None else {self._before[one].cell for one in flow.replaced}
        worth = came.standing if came is not None else self._cells.join([model, *(self._cells[one] for one in parents)])
        old = self._before[0] if index == 0 else None
        same = old if old is not None and is_same(worth, self._cells[old.cell]) else None
        if same is None and old is not None and old.length > 0:
            self.risen.append(index)
        if same is None or same.uid in self._taken:
            # Enter in front of the words of a paragraph: they keep its uid, what is above them is new and no higher.
            return self._take(None), self._cells.add(worth, parents=parents)
        is_alone = parents <= {same.cell} and not self._is_cut
        return self._take(same.uid), same.cell if is_alone else self._cells.add(worth, parents=parents)

    def _spread(self, arrivals: Sequence[Arrival], count: int) -> Sequence[Arrival | None]:
        """One arrival per paragraph; where the numbers disagree, each may have come anywhere."""
        if not arrivals:
            return [None] * count
        if len(arrivals) == count:
            return arrivals
        standing = self._cells.join([one.standing for one in arrivals])
        return [Arrival(standing=standing, parents=tuple({cell for one in arrivals for cell in one.parents}))] * count

    def _take(self, uid: str | None) -> str:
        taken = self._new_uid() if uid is None else uid
        self._taken.add(taken)
        return taken


def _kind(left: Kind, flow: Inflow, arrival: Arrival | None, *, is_further: bool) -> Kind:
    """A pasted paragraph brings its kind; what Enter makes after a heading is not one."""
    if not flow.stayed and flow.is_new_text and arrival is not None:
        return arrival.kind
    if is_further and not flow.stayed and left is Kind.HEADING:
        return Kind.PARAGRAPH
    return left
