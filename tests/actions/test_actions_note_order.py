"""The order of a list, without its lines: the same as listing it whole, over several compartments and in slices."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from cloison.actions import note_order as ordering
from cloison.actions.compartments import add_compartment
from cloison.actions.find_notes import find_notes
from cloison.actions.note_order import NoteOrder, note_lines, note_order, order_of
from cloison.actions.session import Session
from cloison.vault.note_search import Order
from service import Service, write_marked


@pytest.fixture
def officer(service: Service) -> Session:
    """Eleven notes in two compartments, several of them saved in the same second."""
    made = service.member("Dupont", "S-SF")
    places = [add_compartment(made, name, ceiling=None, need_to_know=False) for name in ("Port", "Écrans")]
    for number in range(11):
        service.clock.advance(minutes=number % 3)
        text = "[S] Le cargo." if number % 2 else "[DR] La grue."
        write_marked(made, places[number % 4 == 0], f"[NP] Note {number}", [text])
    return made


def worked_out(slices: Generator[None, None, NoteOrder]) -> tuple[NoteOrder, int]:
    """The order, and how many slices it took."""
    count = 1
    while True:
        try:
            next(slices)
        except StopIteration as end:
            order = end.value
            assert isinstance(order, NoteOrder)
            return order, count
        count += 1


@pytest.mark.parametrize("query", ["", "  ", "cargo", "NOT cargo", "cargo OR level:DR", "niveau:S", '"'])
@pytest.mark.parametrize("order", list(Order))
def test_the_order_is_that_of_the_whole_list(
    officer: Session, monkeypatch: pytest.MonkeyPatch, query: str, order: Order
) -> None:
    monkeypatch.setattr(ordering, "SLICE", 3)

    found, _ = worked_out(note_order(officer, compartment_id=None, query=query, order=order))

    whole = [line.row.uid for line in find_notes(officer, query=query, order=order, limit=99)]
    assert [found.uid(row) for row in range(len(found))] == whole


def test_it_is_worked_out_in_slices_and_of_one_compartment_alone(
    officer: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "SLICE", 3)
    port = officer.open_compartments()[0]

    found, slices = worked_out(note_order(officer, compartment_id=port.id, query="", order=Order.NEWEST))

    assert (len(found), slices) == (8, 3)
    assert {found.uid(row) for row in range(8)} == {one.uid for one in port.notes.list(limit=99)}


def test_lines_are_fetched_by_uid_from_wherever_they_lie(officer: Session) -> None:
    whole = find_notes(officer, limit=99)
    uids = [whole[0].row.uid, whole[5].row.uid, "00" * 16]

    found = note_lines(officer, uids)

    assert {line.row.uid: line for line in found} == {line.row.uid: line for line in (whole[0], whole[5])}


def test_rows_are_found_again_by_uid() -> None:
    # The uid of the second begins in the middle of the first: only whole ones count.
    inner = "11" * 16
    order = order_of(["00" * 8 + "11" * 8, "11" * 8 + "22" * 8, inner])

    assert order.row_of(inner) == 2
    assert order.row_of("33" * 16) is None
    assert order.rows_of({inner, "11" * 8 + "22" * 8, "33" * 16}) == [1, 2]
