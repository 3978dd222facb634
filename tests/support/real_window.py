"""The real thing: supervisor, session and window under an X server of their own, driven by keys alone."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

SIZE = "1280x800x24"


def until(condition: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Wait for ``condition``."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@dataclass(frozen=True)
class Display:
    """An X server with a window manager: without one no window is ever active."""

    name: str
    server: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """For whatever shall be shown there."""
        return {**os.environ, "DISPLAY": self.name}

    def keys(self, *arguments: str) -> None:
        """Let ``xdotool`` do something."""
        assert self.run("xdotool", *arguments).returncode == 0, arguments

    def focus_window(self) -> None:
        """Wait for our window, and give it the keyboard."""
        until(self._is_focused, "no window of ours takes the keyboard", seconds=60)
        time.sleep(0.3)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program there."""
        return subprocess.run(command, env=self.environment, check=False, capture_output=True, text=True, timeout=60)

    def _is_focused(self) -> bool:
        """Ask for the keyboard, and see who has it: a window that is just going away may be found, but never has it."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", "^Cloison$").stdout.split()
        if not found:
            return False
        self.run("xdotool", "windowactivate", found[-1])
        time.sleep(0.2)
        return self.run("xdotool", "getactivewindow").stdout.split() == found[-1:]


@contextmanager
def display() -> Iterator[Display]:
    """A display of its own."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as told:
            made = Display(name=f":{told.readline().strip()}", server=process.pid)
        with subprocess.Popen(["openbox"], env=made.environment, stderr=subprocess.DEVNULL) as managing:
            yield made
            managing.terminate()
        process.terminate()


@dataclass(frozen=True)
class Program:
    """The supervisor, on a vault."""

    process: subprocess.Popen[bytes]
    vault: Path
    display: Display = field(repr=False)

    @property
    def session(self) -> int | None:
        """The session process, if there is one."""
        return next(iter(children_of(self.process.pid)), None)

    def is_open(self) -> bool:
        """Whether a session holds the vault."""
        with (self.vault / "lock").open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False

    def unlock(self, passphrase: str) -> int:
        """Type the passphrase; the session that is then open."""
        self.display.focus_window()
        session = self.session
        assert session is not None
        self.display.keys("type", "--delay", "5", passphrase)
        self.display.keys("key", "Return")
        until(self.is_open, "the vault was not unlocked")
        return session

    def write(self, text: str) -> None:
        """Open the first note by keys alone and type, until a draft is kept: a busy machine may be slow to show it."""
        for _ in range(5):
            self._open_first_note()
            before = self._stored()
            self.display.keys("type", "--delay", "20", text)
            if self._is_kept(before):
                return
        raise AssertionError("nothing was written")

    def _open_first_note(self) -> None:
        self.display.focus_window()
        time.sleep(1.0)
        self.display.keys("key", "ctrl+f")
        self.display.keys("key", "BackSpace")
        time.sleep(0.5)
        self.display.keys("key", "Down")
        time.sleep(1.0)
        self.display.keys("key", "Return")
        time.sleep(1.0)

    def _is_kept(self, before: list[tuple[str, int, int]]) -> bool:
        end = time.monotonic() + 4
        while self._stored() == before and time.monotonic() < end:
            time.sleep(0.1)
        return self._stored() != before

    def _stored(self) -> list[tuple[str, int, int]]:
        found = [(path, path.stat()) for path in sorted(self.vault.rglob("*-wal"))]
        return [(path.name, stat.st_size, stat.st_mtime_ns) for path, stat in found]


@contextmanager
def program(display: Display, vault: Path, home: Path, **more: str) -> Iterator[Program]:
    """The program on ``vault``, in English, with a home of its own; ``more`` goes into its environment."""
    for name in ("tmp", "run"):
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = home / "config" / "cloison" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"language = 'en'\nvault = '{vault}'\n", encoding="utf-8")
    environment: Mapping[str, str] = {
        **display.environment,
        "HOME": str(home),
        "QT_QPA_PLATFORM": "xcb",
        "TMPDIR": str(home / "tmp"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_STATE_HOME": str(home / "state"),
        **more,
    }
    command = [sys.executable, "-m", "cloison"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        yield Program(process=process, vault=vault, display=display)
        with suppress(ProcessLookupError):
            process.terminate()


def children_of(process: int) -> list[int]:
    """The processes that one has started and that are still there."""
    children = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in children.read_text(encoding="ascii").split()] if children.exists() else []


def is_there(process: int) -> bool:
    """Whether a process is, be it as a zombie."""
    return Path(f"/proc/{process}").exists()
