"""The engine is asked on every key press: what it costs, with room for a busy machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from cloison.labels.clearance import Clearance
from cloison.labels.decision import decide
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up
from cloison.labels.spif import policy_from_spif

Text = Callable[..., str]

WORDS = "word " * 25
CODES = "<code>pageTop</code><code>pageBottom</code>"
ROOM = 1 if sys.gettrace() is None else 5  # A coverage run traces every line.


def best_of(attempts: int, work: Callable[[], object]) -> float:
    """The quickest of some attempts, in seconds: others use the machine too."""
    times = []
    for _ in range(attempts):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def large_policy(spif: Text, tag_set: Text) -> bytes:
    """One megabyte and 850 categories, each with phrases and rules."""
    group = '<excludedCategory tagSetRef="SET" tagType="restrictive" lacv="0"/>'
    words = "".join(
        f'<markingData phrase="{WORDS}" xml:lang="{language}">{CODES}</markingData>'
        for language in ("en", "fr", "de", "es", "it")
    )
    first = '<tagCategory name="FIRST" lacv="0"/>'
    rest = "".join(
        f'<tagCategory name="CATEGORY {n}" lacv="{n}">{words}<excludedClass>LOW</excludedClass>{group}</tagCategory>'
        for n in range(1, 850)
    )
    return spif(sets=tag_set('tagType="restrictive"', first + rest)).encode()


def test_a_policy_of_a_megabyte_loads_in_a_tenth_of_a_second(spif: Text, tag_set: Text) -> None:
    data = large_policy(spif, tag_set)
    assert len(data) > 1_000_000
    assert best_of(5, lambda: policy_from_spif(data, source="")) < 0.1 * ROOM


def test_ten_thousand_decisions_take_less_than_a_fifth_of_a_second(
    fr: Policy, mark: Callable[[str], Label], now: datetime
) -> None:
    labels = [
        replace(mark(text), created=now + timedelta(days=day)) for day in range(10) for text in ("DR", "S-SF", "TS")
    ]
    clearance = Clearance.from_mark(fr, "S-SF")

    def ten_thousand() -> None:
        for number in range(10_000):
            decide(
                fr,
                labels[number % len(labels)],
                clearance=clearance,
                nationality="FRA",
                need_to_know=frozenset(),
                needed=frozenset(),
                now=now,
            )

    assert best_of(3, ten_thousand) < 0.2 * ROOM


def test_five_thousand_portions_roll_up_in_a_twentieth_of_a_second(
    fr: Policy, mark: Callable[[str], Label], now: datetime
) -> None:
    marks = [mark(text) for text in ("NP", "DR", "S", "S-SF", "TS")]
    labels = [replace(marks[number % 5], created=now + timedelta(seconds=number)) for number in range(5000)]
    assert best_of(3, lambda: roll_up(fr, labels, created=now)) < 0.05 * ROOM
