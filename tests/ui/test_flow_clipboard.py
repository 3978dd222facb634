"""The clipboard of a real X server, read by another program: what a session copied goes with it, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import real_window
from office import PASSPHRASE, Office
from real_window import Display, Program, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an X server is needed")

Tool = Callable[[str, str], str]
MARKER = "kouvalitchenoraz"


@pytest.fixture
def display(tool: Tool) -> Iterator[Display]:
    for program in ("Xvfb", "xdotool", "openbox", "xclip"):
        tool(program, f"apt install {program.lower()}")
    with real_window.display() as made:
        yield made


@pytest.fixture
def manager(display: Display, tool: Tool, tmp_path: Path) -> Iterator[None]:
    """A clipboard manager that takes over whatever it sees, and asks nobody."""
    tool("parcellite", "apt install parcellite")
    environment = {**display.environment, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    with subprocess.Popen(["parcellite", "-n"], env=environment, stderr=subprocess.DEVNULL) as process:
        time.sleep(1)
        yield
        process.terminate()


@pytest.fixture
def program(display: Display, office: Office, tmp_path: Path) -> Iterator[Program]:
    with real_window.program(display, office.officer, tmp_path) as made:
        yield made


def pasted(display: Display, *target: str) -> str:
    """What another program gets."""
    options = ["-t", *target] if target else []
    return display.run("xclip", "-o", "-selection", "clipboard", *options).stdout


def copy(display: Display, program: Program) -> int:
    """Write a word and copy it; the session it came from."""
    session = program.unlock(PASSPHRASE)
    program.write(MARKER)
    for keys in ("ctrl+shift+Left", "ctrl+c"):
        display.keys("key", keys)
    until(lambda: MARKER in pasted(display), "nothing was copied", seconds=5)
    return session


def test_a_copy_is_marked_and_gone_after_a_killed_session_whatever_a_manager_took(
    manager: None, display: Display, program: Program
) -> None:
    session = copy(display, program)
    assert pasted(display, "x-kde-passwordManagerHint") in ("secret", "")
    time.sleep(1)
    os.kill(session, signal.SIGKILL)
    program.process.wait(timeout=30)
    time.sleep(1.2)

    assert MARKER not in pasted(display)


def test_a_copy_is_gone_after_a_panic(display: Display, program: Program) -> None:
    session = copy(display, program)
    assert pasted(display, "x-kde-passwordManagerHint") == "secret"
    display.keys("key", "ctrl+shift+l")
    until(lambda: program.session not in (None, session), "no fresh session")

    assert MARKER not in pasted(display)
