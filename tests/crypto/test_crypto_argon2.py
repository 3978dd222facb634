"""What a passphrase slot may cost."""

import pytest

from cloison_crypto import argon2
from cloison_crypto.argon2 import DEFAULT, FLOOR, LOWEST, Argon2Cost, calibrate, cost_within, derive_key
from cloison_crypto.errors import SlotBoundsError


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes", "parameter"),
    [
        (8 * 1024 - 1, 1, 1, "memory_kib"),
        (2 * 1024 * 1024 + 1, 1, 1, "memory_kib"),
        (8 * 1024, 0, 1, "passes"),
        (8 * 1024, 21, 1, "passes"),
        (8 * 1024, 1, 0, "lanes"),
        (8 * 1024, 1, 17, "lanes"),
    ],
)
def test_no_cost_exists_outside_the_bounds(memory_kib: int, passes: int, lanes: int, parameter: str) -> None:
    with pytest.raises(SlotBoundsError) as caught:
        Argon2Cost(memory_kib=memory_kib, passes=passes, lanes=lanes)

    assert caught.value.parameter == parameter


def test_both_ends_of_the_bounds_are_allowed() -> None:
    highest = Argon2Cost(memory_kib=2 * 1024 * 1024, passes=20, lanes=16)

    assert Argon2Cost.from_json(highest.to_json()) == highest
    assert LOWEST.memory_kib == 8 * 1024


def test_the_key_is_what_argon2id_gives() -> None:
    # A known answer of the reference implementation (phc-winner-argon2, src/test.c, Argon2id version 13).
    cost = Argon2Cost(memory_kib=64 * 1024, passes=2, lanes=1)

    key = derive_key(b"password", salt=b"somesalt", cost=cost)

    assert key.view.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        pytest.param(1.0, DEFAULT, id="as expected"),
        pytest.param(0.5, Argon2Cost(memory_kib=256 * 1024, passes=6, lanes=4), id="twice as fast"),
        pytest.param(0.0, Argon2Cost(memory_kib=256 * 1024, passes=20, lanes=4), id="no time at all"),
        pytest.param(1.5, Argon2Cost(memory_kib=128 * 1024, passes=3, lanes=4), id="slower"),
        pytest.param(60.0, FLOOR, id="very slow"),
    ],
)
def test_the_cost_follows_the_machine(seconds: float, expected: Argon2Cost) -> None:
    assert cost_within(seconds, target=1.0) == expected


def test_calibration_measures_one_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    # The cost that is measured is lowered here so that the test is quick; what is chosen from it is not.
    monkeypatch.setattr(argon2, "DEFAULT", LOWEST)
    readings = iter([10.0, 12.0])

    assert calibrate(lambda: next(readings), target=1.0).passes == FLOOR.passes
    assert list(readings) == []
