"""The packages of one sender in their order: what is missing, what is late, what contradicts."""

from __future__ import annotations

from itertools import permutations

import pytest

from cloison.dissemination.sequence import contradicts, gaps_after, missing
from cloison.vault.exchange import Incoming


def place(serial: int, previous: int | None = None, *, digest: str | None = None) -> Incoming:
    """A package whose digest is its serial, and which names the one of that serial before it."""
    return Incoming(
        serial=serial, digest=digest or f"{serial:064x}", previous=None if previous is None else f"{previous:064x}"
    )


SENT = (place(1), place(2, 1), place(3, 2), place(4, 3))
VOID = (place(1), place(3, 1), place(6, 3))
"""Serials 2, 4 and 5 were drawn and came to nothing."""


@pytest.mark.parametrize(
    ("arrived", "count"),
    [
        ((), 0),
        (SENT, 0),
        (SENT[:2], 0),
        ((SENT[0], SENT[2]), 1),
        ((SENT[0], SENT[3]), 2),
        (SENT[1:], 1),
        (SENT[3:], 3),
        (VOID, 0),
        ((VOID[0], VOID[2]), 4),
        ((place(2),), 0),
    ],
    ids=[
        "nothing",
        "all",
        "the first ones",
        "one in between",
        "two in between",
        "the first",
        "all but the last",
        "serials that came to nothing",
        "one missing among serials that came to nothing",
        "a first serial that came to nothing",
    ],
)
def test_what_is_missing_is_counted_and_never_too_low(arrived: tuple[Incoming, ...], count: int) -> None:
    assert missing(arrived) == count


@pytest.mark.parametrize("order", list(permutations(SENT)), ids=lambda order: "".join(str(one.serial) for one in order))
def test_in_whatever_order_they_come_nothing_contradicts_and_in_the_end_nothing_is_missing(
    order: tuple[Incoming, ...],
) -> None:
    for number, one in enumerate(order):
        assert not contradicts(order[:number], one)
    gaps = gaps_after(order[:3], order[3], is_new_life=False)

    assert gaps.missing == 0
    assert gaps.is_late is (order[3].serial != 4)


def test_packages_prepared_at_the_same_time_name_one_predecessor() -> None:
    together = (place(1), place(2, 1), place(3, 1))

    assert not contradicts(together[:2], together[2])
    assert not contradicts((together[0], together[2]), together[1])


@pytest.mark.parametrize(
    ("before", "new"),
    [
        (SENT[:2], place(2, 1, digest="f" * 64)),
        (SENT[:2], place(3, 9)),
        ((place(1), place(3, 9)), place(2, 1)),
        (SENT[:1], place(2, 9)),
        ((), place(1, 9)),
    ],
    ids=["one serial twice", "after one I never saw", "before such a one", "the second", "a first with one before it"],
)
def test_what_takes_the_place_of_another_contradicts(before: tuple[Incoming, ...], new: Incoming) -> None:
    assert contradicts(before, new)


def test_the_same_package_again_contradicts_nothing() -> None:
    assert not contradicts(SENT, SENT[1])


def test_one_after_a_gap_may_name_what_is_not_here() -> None:
    assert not contradicts(SENT[:1], place(3, 2))
    assert not contradicts((), place(7, 6))
