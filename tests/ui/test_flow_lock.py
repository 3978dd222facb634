"""The real thing: supervisor, session and window under an X server of their own, driven by keys alone.

After a lock the session process is gone, a fresh one shows the unlock screen, and what was typed is nowhere in the
memory of the processes that remain; the control scan finds it before.
"""

import os
import random
import signal
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import in_the_way
import real_window
import surviving
from desktop_bus import MANAGER, desktop
from markers import leaks
from office import PASSPHRASE, Office, opened
from real_window import Display, Program, is_there, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an X server and /proc are needed")

Tool = Callable[[str, str], str]


@pytest.fixture
def display(tool: Tool) -> Iterator[Display]:
    tool("Xvfb", "apt install xvfb")
    tool("xdotool", "apt install xdotool")
    tool("openbox", "apt install openbox")
    with real_window.display() as made:
        yield made


@pytest.fixture
def program(display: Display, office: Office, tmp_path: Path) -> Iterator[Program]:
    with real_window.program(display, office.officer, tmp_path) as made:
        yield made


@pytest.fixture
def marker() -> str:
    """A word nobody has ever written."""
    return "".join(random.SystemRandom().choice(string.ascii_lowercase) for _ in range(14))


def test_a_lock_ends_the_session_and_a_fresh_one_shows_the_unlock_screen(
    display: Display, program: Program, office: Office, marker: str
) -> None:
    first = program.unlock(PASSPHRASE)
    program.write(marker)
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

    second = program.unlock(PASSPHRASE)
    assert second != first


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root reads a session's memory: it refuses")
@pytest.mark.parametrize(
    ("chord", "situation"), [(surviving.LOCK, "file_dialog"), (surviving.PANIC, "message_over_dialog")]
)
def test_no_process_that_remains_holds_what_was_open_whatever_stood_in_the_way(
    display: Display, office: Office, tmp_path: Path, tool: Tool, chord: str, situation: str
) -> None:
    tool("dbus-send", "apt install dbus at-spi2-core python3-pyatspi")
    tool("/usr/libexec/at-spi-bus-launcher", "apt install at-spi2-core python3-pyatspi")
    with surviving.accessible_window(display, office, tmp_path) as (program, reader):
        found = surviving.search_after(program, reader, office, chord=chord, situation=situation)

    assert found.before >= {"text", "key"}, "the control scan finds nothing: it proves nothing"
    assert found.is_read_out, "nothing went over the accessibility bus: it proves nothing"
    assert {"python", "dbus-daemon", "at-spi-bus-laun", "at-spi2-registr"} <= found.processes
    assert not found.after
    assert not leaks(tmp_path, found.marker, PASSPHRASE)


@pytest.mark.parametrize("situation", ["nothing", "drag"])
def test_the_panic_chord_leaves_no_session_behind(display: Display, program: Program, situation: str) -> None:
    first = program.unlock(PASSPHRASE)
    program.write("a word ")
    in_the_way.SITUATIONS[situation](display)
    display.keys("key", "ctrl+shift+l")

    until(lambda: not is_there(first), "the session outlives a panic", seconds=3)
    display.keys("mouseup", "1")
    until(lambda: program.session not in (None, first), "no fresh session")


def test_a_session_that_is_killed_while_typing_loses_a_second_at_most_and_leaves_nothing_in_clear(
    display: Display, program: Program, office: Office, tmp_path: Path, marker: str
) -> None:
    session = program.unlock(PASSPHRASE)
    program.write(marker)
    typing = ["xdotool", "type", "--delay", "25", "abcdefghij " * 30]
    with subprocess.Popen(typing, env=display.environment) as typist:
        time.sleep(4)
        killed = datetime.now(UTC)
        os.kill(session, signal.SIGKILL)
        typist.terminate()
    until(lambda: not is_there(session), "not killed")
    program.process.wait(timeout=10)

    assert not leaks(tmp_path, marker, PASSPHRASE)
    again = opened(office.officer, lambda: datetime.now(UTC))
    (row,) = again.find_note(office.note)[0].drafts.all()
    again.vault.close()
    # Kept to the second, so that up to one more may seem to lie between.
    assert (killed - row.saved_at).total_seconds() < 2


def test_closing_the_window_ends_supervisor_and_session(display: Display, program: Program) -> None:
    program.unlock(PASSPHRASE)
    time.sleep(1)
    display.focus_window()
    display.keys("key", "alt+F4")

    assert program.process.wait(timeout=10) == 0


def test_sleep_locks_first_and_waits_until_the_session_is_gone(
    display: Display, office: Office, tmp_path: Path, tool: Tool
) -> None:
    tool("dbus-daemon", "apt install dbus")
    with (
        desktop() as around,
        real_window.program(
            display, office.officer, tmp_path, DBUS_SYSTEM_BUS_ADDRESS=around.address, DBUS_SESSION_BUS_ADDRESS=""
        ) as program,
    ):
        first = program.unlock(PASSPHRASE)
        until(lambda: around.sleep_lock is not None, "sleep is not asked to wait")
        around.tell(MANAGER, "PrepareForSleep", True)

        assert around.was_sleep_lock_given_back()
        until(lambda: program.session not in (None, first), "no fresh session")
        assert not program.is_open()
