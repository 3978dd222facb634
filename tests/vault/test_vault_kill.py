"""A process killed in the middle of its acts loses nothing it had acknowledged; `tests/faults` has the long form."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "faults" / "vault_kill.py"


@pytest.mark.skipif(os.name == "nt", reason="the script forks")
def test_killed_process_loses_nothing_it_acknowledged() -> None:
    answer = subprocess.run([sys.executable, str(SCRIPT), "15"], capture_output=True, text=True, timeout=120)

    summary = json.loads(answer.stdout)
    assert summary["faults"] == [], answer.stderr
    assert summary["kills"] == 15
    assert summary["told"] > 0
