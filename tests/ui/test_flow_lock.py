"""The real thing: supervisor, session and window under an X server of their own, driven by keys alone.

After a lock the session process is gone, a fresh one shows the unlock screen, and what was typed is nowhere in the
memory of the processes that remain; the control scan finds it before.
"""

import fcntl
import os
import random
import signal
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from office import PASSPHRASE, Office, opened

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an X server and /proc are needed")

Tool = Callable[[str, str], str]


def until(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@dataclass(frozen=True)
class Display:
    """An X server."""

    name: str
    xdotool: str

    def keys(self, *arguments: str) -> None:
        """Let ``xdotool`` do something."""
        assert self._xdotool(*arguments).returncode == 0, arguments

    def focus_window(self) -> None:
        """Wait for our window, and give it the keyboard."""
        until(self._is_focused, "no window of ours takes the keyboard", seconds=60)
        time.sleep(0.3)

    def _is_focused(self) -> bool:
        """Ask for the keyboard, and see who has it: a window that is just going away may be found, but never has it."""
        found = self._xdotool("search", "--onlyvisible", "--name", "^Cloison$").stdout.split()
        if not found:
            return False
        self._xdotool("windowactivate", found[-1])
        time.sleep(0.2)
        return self._xdotool("getactivewindow").stdout.split() == found[-1:]

    def _xdotool(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "DISPLAY": self.name}
        command = [self.xdotool, *arguments]
        return subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)


@pytest.fixture
def display(tool: Tool) -> Iterator[Display]:
    server = tool("Xvfb", "apt install xvfb")
    xdotool = tool("xdotool", "apt install xdotool")
    manager = tool("openbox", "apt install openbox")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as told:
            made = Display(name=f":{told.readline().strip()}", xdotool=xdotool)
        # Without a window manager no window is ever active.
        environment = {**os.environ, "DISPLAY": made.name}
        with subprocess.Popen([manager], env=environment, stderr=subprocess.DEVNULL) as managing:
            yield made
            managing.terminate()
        process.terminate()


@dataclass(frozen=True)
class Program:
    """The supervisor, on the officer's vault."""

    process: subprocess.Popen[bytes]
    vault: Path

    @property
    def session(self) -> int | None:
        """The session process, if there is one."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        found = children.read_text(encoding="ascii").split() if children.exists() else []
        return int(found[0]) if found else None

    def is_open(self) -> bool:
        """Whether a session holds the vault."""
        with (self.vault / "lock").open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False


@pytest.fixture
def program(display: Display, office: Office, tmp_path: Path) -> Iterator[Program]:
    settings = tmp_path / "config" / "cloison" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"language = 'en'\nvault = '{office.officer}'\n", encoding="utf-8")
    environment = {
        **os.environ,
        "DISPLAY": display.name,
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "xcb",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    command = [sys.executable, "-m", "cloison"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        yield Program(process=process, vault=office.officer)
        with suppress(ProcessLookupError):
            process.terminate()


@pytest.fixture
def marker() -> str:
    """A word nobody has ever written."""
    return "".join(random.SystemRandom().choice(string.ascii_lowercase) for _ in range(14))


def unlock(display: Display, program: Program) -> int:
    """Type the passphrase; the session that is then open."""
    display.focus_window()
    session = program.session
    assert session is not None
    display.keys("type", "--delay", "5", PASSPHRASE)
    display.keys("key", "Return")
    until(program.is_open, "the vault was not unlocked")
    return session


def write(display: Display, text: str) -> None:
    """Open the first note by keys alone, and type."""
    time.sleep(1.5)
    display.focus_window()
    display.keys("key", "ctrl+f")
    display.keys("key", "Down")
    time.sleep(1.0)
    display.keys("key", "Return")
    time.sleep(0.3)
    display.keys("type", "--delay", "20", text)


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def holds(process: int, word: str) -> bool:
    """Whether the memory of a process holds ``word`` in one of the encodings text has there."""
    needles = (word.encode(), word.encode("utf-16-le"))
    maps = Path(f"/proc/{process}/maps").read_text(encoding="ascii", errors="replace").splitlines()
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - unbuffered
        for line in maps:
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(one, 16) for one in span.split("-"))
            with suppress(OSError, ValueError, OverflowError):
                memory.seek(start)
                content = memory.read(end - start)
                if any(needle in content for needle in needles):
                    return True
    return False


def test_a_lock_ends_the_session_and_a_fresh_one_shows_the_unlock_screen(
    display: Display, program: Program, office: Office, marker: str
) -> None:
    first = unlock(display, program)
    write(display, marker)
    display.keys("key", "ctrl+l")

    until(lambda: not is_there(first), "the session outlives its lock", seconds=10)
    until(lambda: program.session not in (None, first), "no fresh session")
    display.focus_window()
    assert not program.is_open()
    session = opened(office.officer, lambda: datetime.now(UTC))
    draft = session.find_note(office.note)[0].drafts.get(office.note)
    session.vault.close()
    assert draft is not None
    assert marker in " ".join(portion.text for portion in draft.all_portions)

    second = unlock(display, program)
    assert second != first


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root reads a session's memory: it refuses")
def test_after_a_lock_no_process_that_remains_holds_what_was_typed(
    display: Display, program: Program, marker: str
) -> None:
    first = unlock(display, program)
    write(display, marker)
    time.sleep(1)
    assert holds(first, marker), "the control scan finds nothing: it proves nothing"
    display.keys("key", "ctrl+l")
    until(lambda: program.session not in (None, first) and not is_there(first), "no fresh session")
    display.focus_window()
    time.sleep(0.5)

    session = program.session
    assert session is not None
    assert not holds(program.process.pid, marker)
    assert not holds(session, marker)
    assert not holds(session, PASSPHRASE)


def test_the_panic_chord_leaves_no_session_behind(display: Display, program: Program) -> None:
    first = unlock(display, program)
    time.sleep(1)
    display.focus_window()
    display.keys("key", "ctrl+shift+l")

    until(lambda: not is_there(first), "the session outlives a panic", seconds=3)
    until(lambda: program.session not in (None, first), "no fresh session")


def test_a_session_that_is_killed_while_typing_loses_a_second_at_most(
    display: Display, program: Program, office: Office, marker: str
) -> None:
    session = unlock(display, program)
    write(display, marker)
    environment = {**os.environ, "DISPLAY": display.name}
    typing = [display.xdotool, "type", "--delay", "25", "abcdefghij " * 30]
    with subprocess.Popen(typing, env=environment) as typist:
        time.sleep(4)
        killed = datetime.now(UTC)
        os.kill(session, signal.SIGKILL)
        typist.terminate()
    until(lambda: not is_there(session), "not killed")
    program.process.wait(timeout=10)

    again = opened(office.officer, lambda: datetime.now(UTC))
    (row,) = again.find_note(office.note)[0].drafts.all()
    again.vault.close()
    # Kept to the second, so that up to one more may seem to lie between.
    assert (killed - row.saved_at).total_seconds() < 2


def test_closing_the_window_ends_supervisor_and_session(display: Display, program: Program) -> None:
    unlock(display, program)
    time.sleep(1)
    display.focus_window()
    display.keys("key", "alt+F4")

    assert program.process.wait(timeout=10) == 0
