"""Which text is where after a change, and what the new paragraphs carry: the rules without Qt."""

from collections.abc import Iterable

import pytest

from cloison.notes.portion import Kind
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.flow import Change, Inflow, Row, inflows
from cloison.ui.editor.plan import Arrival, Plan
from cloison.ui.editor.standing import Standing, join, marked
from writing import NOW, POLICY, label


def change(before: list[int], after: list[int], at: int, removed: int, added: int) -> Change:
    rows = tuple(Row(uid=str(number), cell=number, length=length) for number, length in enumerate(before))
    return Change(before=rows, after=tuple(after), offset=at, removed=removed, added=added)


def inflow(*stayed: int, replaced: tuple[int, ...] = (), new: bool = False, shared: bool = False) -> Inflow:
    return Inflow(stayed=stayed, replaced=replaced, is_new_text=new, is_shared=shared)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (change([3], [4], 1, 0, 1), [inflow(0, new=True)]),
        (change([0], [1], 0, 0, 1), [inflow(new=True)]),
        (change([3], [1, 2], 1, 0, 1), [inflow(0, shared=True), inflow(0, shared=True)]),
        (change([3], [3, 0], 3, 0, 1), [inflow(0), inflow()]),
        (change([3], [0, 3], 0, 0, 1), [inflow(), inflow(0)]),
        (change([3, 4], [7], 3, 1, 0), [inflow(0, 1)]),
        (change([3, 4, 5], [3], 1, 11, 0), [inflow(0, 2)]),
        (change([3, 4], [2], 0, 6, 0), [inflow(1)]),
        (change([3, 4], [0], 0, 8, 0), [inflow()]),
        (change([3, 4], [1], 0, 8, 1), [inflow(replaced=(0, 1), new=True)]),
        (change([0, 4], [4], 0, 2, 1), [inflow(1, replaced=(0, 1), new=True)]),
        (
            change([3], [2, 2, 4], 1, 0, 7),
            [inflow(0, new=True, shared=True), inflow(new=True), inflow(0, new=True, shared=True)],
        ),
        (change([3, 2], [4, 2], 0, 4, 5), [inflow(replaced=(0,), new=True), inflow(1)]),
    ],
    ids=[
        "type",
        "type in an empty one",
        "enter",
        "enter at the end",
        "enter at the start",
        "merge",
        "range",
        "range from the start",
        "everything",
        "type over everything",
        "type over an empty one and more",
        "paste three",
        "an input method names the whole paragraph",
    ],
)
def test_what_flows_where(happened: Change, expected: list[Inflow]) -> None:
    assert list(inflows(happened)) == expected


@pytest.fixture
def cells() -> Cells:
    def roll(standings: Iterable[Standing]) -> Standing:
        return join(POLICY, standings, created=NOW)

    return Cells(roll)


def plan(cells: Cells, happened: Change, *arrivals: Arrival, is_cut: bool = False) -> Plan:
    numbers = iter(range(100))
    return Plan(
        happened,
        cells,
        kinds=[Kind.PARAGRAPH] * len(happened.after),
        arrivals=arrivals,
        is_cut=is_cut,
        new_uid=lambda: f"new {next(numbers)}",
    )


def test_typing_changes_no_tag(cells: Cells) -> None:
    cells.add(marked(label("S")))

    (tag,) = plan(cells, change([3], [4], 1, 0, 1)).tags

    assert (tag.uid, tag.cell) == ("0", 0)


def test_a_split_gives_both_parts_cells_of_their_own(cells: Cells) -> None:
    cells.add(marked(label("S")))

    first, second = plan(cells, change([3], [1, 2], 1, 0, 1)).tags

    assert (first.uid, second.uid) == ("0", "new 0")
    assert len({0, first.cell, second.cell}) == 3
    assert cells.ancestors(first.cell) == cells.ancestors(second.cell) == {0}


def test_a_cut_leaves_its_cell_to_what_was_taken(cells: Cells) -> None:
    cells.add(marked(label("S")))

    (kept,) = plan(cells, change([3], [1], 1, 2, 0), is_cut=True).tags
    (emptied,) = plan(cells, change([3], [0], 0, 3, 0), is_cut=True).tags

    assert (kept.uid, emptied.uid) == ("0", "0")
    assert kept.cell != 0
    assert cells.ancestors(kept.cell) == {0}
    assert cells.ancestors(emptied.cell) == set()


def test_pieces_that_became_another_number_of_paragraphs_may_each_be_anything(cells: Cells) -> None:
    cells.add(marked(label("NP")))
    pieces = [Arrival(standing=marked(label(mark)), parents=(0,)) for mark in ("DR", "S-SF")]

    tags = plan(cells, change([0], [1, 1, 1], 0, 0, 5), *pieces).tags

    assert [cells[tag.cell] for tag in tags] == [marked(label("S-SF"))] * 3
    assert all(cells.ancestors(tag.cell) == {0} for tag in tags)


def test_a_mark_that_rises_reaches_where_its_text_was_and_will_be_but_not_its_siblings(cells: Cells) -> None:
    whole = cells.add(marked(label("NP")))
    left, right = (cells.add(marked(label("NP")), parents=(whole,)) for _ in range(2))
    later = cells.add(marked(label("NP")), parents=(right,))

    cells.rise(right, label("S"))

    assert [cells[one].label for one in (whole, left, right, later)] == [label(mark) for mark in ("S", "NP", "S", "S")]


def test_a_mark_that_falls_leaves_every_other_state_alone(cells: Cells) -> None:
    cell = cells.add(marked(label("S")))

    lower = cells.supersede(cell, label("NP"), reason="published")

    assert (cells[cell].label, cells[lower].label) == (label("S"), label("NP"))
    assert (cells.reason(cell), cells.reason(lower)) == (None, "published")
