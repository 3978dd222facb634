"""Disks that lie: what they claim to have written and have not is found when it is read back, and nothing is left.

The lie is told by the system itself, on the real calls of a process of its own (``strace``).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Tool = Callable[[str, str], str]
SCRIPT = Path(__file__).parent.parent / "support" / "write_a_part.py"
SIZE = 64 * 1024


@pytest.fixture
def write(tool: Tool, tmp_path: Path) -> Callable[[str], tuple[str, str]]:
    """``write("write:retval=9")`` writes a file while that lie is told of it; what became of it, and the calls made."""
    strace = tool("strace", "apt install strace")

    def run(lie: str) -> tuple[str, str]:
        log, part = tmp_path / "calls", tmp_path / "out" / "x.pli.part"
        calls = "trace=openat,write,fsync,fadvise64,read,unlink,rename"
        command = [
            strace,
            "-f",
            "-o",
            str(log),
            "-P",
            str(part),
            "-e",
            calls,
            *(("-e", f"inject={lie}") if lie else ()),
        ]
        done = subprocess.run(
            [*command, sys.executable, str(SCRIPT), str(tmp_path / "out" / "x.pli"), str(SIZE)],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        return done.stdout, log.read_text(encoding="utf-8", errors="replace")

    return run


@pytest.mark.parametrize(
    "lie",
    [f"write:retval={SIZE}", f"write:retval={SIZE}:when=1", "fsync:error=EIO", "write:error=ENOSPC"],
    ids=["nothing is written", "the first write is lost", "fsync fails", "the disk is full"],
)
def test_what_a_disk_did_not_write_is_not_given_its_name(
    write: Callable[[str], tuple[str, str]], tmp_path: Path, lie: str
) -> None:
    outcome, calls = write(lie)

    assert "INJECTED" in calls
    assert outcome == ("FULL" if "ENOSPC" in lie else "FAILED")
    assert list((tmp_path / "out").iterdir()) == []


def test_an_honest_disk_is_read_back_after_the_system_let_go_of_its_copy(
    write: Callable[[str], tuple[str, str]], tmp_path: Path
) -> None:
    outcome, calls = write("")

    assert outcome == "WRITTEN"
    assert (tmp_path / "out" / "x.pli").read_bytes() == bytes(range(256)) * (SIZE // 256)
    order = re.findall(r"\b(write|fsync|fadvise64|read|rename)\(", calls)
    assert [one for one, before in zip(order, ["", *order], strict=False) if one != before] == [
        "write",
        "fsync",
        "fadvise64",
        "read",
        "rename",
    ]
