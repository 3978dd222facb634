"""Acts that are killed, whose calls fail, whose disk loses power: the short forms of `dev.py faults`.

Each script ends with status 1 where it found anything, and says in JSON what it looked at.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FAULTS = Path(__file__).parents[1] / "faults"
Tool = Callable[[str, str], str]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts fork, and strace is Linux's")


def short_form(name: str) -> dict[str, Any]:
    """What a script found; unmeasured, since whatever is killed or watched must do nothing but its act."""
    support = FAULTS.parent / "support"
    variables = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    done = subprocess.run(
        [sys.executable, str(FAULTS / f"{name}.py"), "--short"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=variables | {"PYTHONPATH": str(support), "PYTHONUTF8": "1"},
    )
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["faults"] == {}, done.stderr
    assert done.returncode == 0, found
    return found


def test_killed_process_loses_nothing_it_acknowledged() -> None:
    found = short_form("kills")

    assert found["kills"] == 15
    assert found["told"] > 0


def test_act_whose_calls_fail_is_done_or_not_and_says_which(tool: Tool) -> None:
    tool("strace", "apt install strace")

    found = short_form("failing_calls")

    assert found["hindered"] >= 2 * len(found["acts"])
    assert set(found["outcomes"]) == {"done", "not done"}


def test_act_that_finds_no_room_or_may_only_read_is_done_or_not_and_says_which() -> None:
    found = short_form("disks")

    assert found["hindered"] >= len(found["acts"])
    assert set(found["outcomes"]) == {"done", "not done"}


def test_power_lost_at_any_moment_leaves_whole_acts_and_a_program_that_syncs_nothing_does_not(tool: Tool) -> None:
    tool("strace", "apt install strace")

    found = short_form("power_loss")

    assert found["states"] == 120
    assert found["bad"] == 0
    assert set(found["control"]["bad"]) == set(found["acts"])
    assert min(found["control"]["bad"].values()) > 0
