"""The program itself under a clock that was set back: nothing is sealed until a person vouches for the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from command_line import CommandLine, Office, found_office
from service import Clock


@pytest.fixture
def office(line: CommandLine, clock: Clock) -> Office:
    """People who know each other since three days ago; the clock of the line stands as that of the machine."""
    now = datetime.now(UTC).replace(microsecond=0)
    clock.now = now - timedelta(days=3)
    made = found_office(line)
    clock.now = now
    return made


@pytest.mark.skipif(sys.platform != "linux", reason="faketime is a program of Linux")
def test_nothing_is_sealed_until_the_clock_is_vouched_for(office: Office, tool: Callable[[str, str], str]) -> None:
    back = (tool("faketime", "apt install faketime"), "-m", "-f", "-1d")
    uid = office.marked_note("[S] Dauphin")
    sealing = ("seal", uid, "--to", office.contact_id(office.officer, "Lecteur"), "--out")
    office.line.ask(office.officer, *sealing, "first")

    refused = run(office, back, *sealing, "second", "--lang", "en")
    vouched = run(office, back, "vault", "confirm-clock", "--reason", "pile changée")
    sealed = run(office, back, *sealing, "third")

    assert refused.returncode == 4, refused.stderr
    assert "clock" in refused.stderr
    assert not Path("second").exists() or not any(Path("second").iterdir())
    assert vouched.returncode == 0, vouched.stderr
    assert sealed.returncode == 0, sealed.stderr
    assert [one.suffix for one in Path("third").iterdir()] == [".pli"]
    assert run(office, (), "register", "verify").returncode == 0


def run(office: Office, under: tuple[str, ...], *words: str) -> subprocess.CompletedProcess[str]:
    """The program, in a process of its own, on the officer's vault."""
    line = office.line
    opening = ("--vault", str(office.officer), "--passphrase-file", str(line.passphrase_file))
    kept = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG") or name.startswith("COV")}
    return subprocess.run(
        [*under, sys.executable, "-m", "cloison", *opening, *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**kept, "HOME": str(line.folder), "XDG_CONFIG_HOME": str(line.folder / "config")},
    )
