"""A session is ended with something open, and the memory of every process that remains is searched."""

from __future__ import annotations

import os
import random
import string
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import in_the_way
import real_window
from cloison_crypto.secrets import SecretKey, hkdf_sha256
from desktop_bus import bus
from memory_scan import forms_in_memory, forms_of_key, holds
from office import PASSPHRASE, Office, opened
from real_window import Display, Program, is_there, until

READER = """
import pyatspi

def read(event):
    try:
        text = event.source.queryText()
        held.append(text.getText(0, text.characterCount))
    except Exception:
        pass  # It has no text, or is gone by now.

held = []

pyatspi.Registry.registerEventListener(read, "object:text-changed:insert", "object:text-caret-moved", "focus")
pyatspi.Registry.start()
"""
LOCK, PANIC = "ctrl+l", "ctrl+shift+l"


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What was found where, by the name of the process.

    ``before`` is the control: the session while it was open; ``is_read_out`` another: the text went over the
    accessibility bus, since whoever read it there holds it. ``marker`` is the word, for whoever searches the disk.
    """

    marker: str
    before: frozenset[str]
    is_read_out: bool
    after: frozenset[tuple[str, str]]
    processes: frozenset[str]


@contextmanager
def accessible_window(display: Display, office: Office, home: Path) -> Iterator[tuple[Program, int]]:
    """The program on a bus of its own, and the process of an assistive technology that reads what it tells there."""
    with (
        bus({**display.environment, "HOME": str(home)}) as address,
        _assistive(display, address) as reader,
        real_window.program(
            display,
            office.officer,
            home,
            DBUS_SESSION_BUS_ADDRESS=address,
            DBUS_SYSTEM_BUS_ADDRESS=address,
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
        ) as program,
    ):
        yield program, reader


@contextmanager
def _assistive(display: Display, address: str) -> Iterator[int]:
    """The accessibility bus, and a program on it that reads every text that changes, as a screen reader does."""
    ask = ["dbus-send", f"--bus={address}", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]
    assert display.run(*ask, "org.a11y.Bus.GetAddress").returncode == 0, "no accessibility bus"
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
    with subprocess.Popen(["/usr/bin/python3", "-c", READER], env=environment) as reader:
        yield reader.pid
        reader.terminate()


def search_after(program: Program, reader: int, office: Office, *, chord: str, situation: str) -> Searched:
    """Write a word nobody has ever written, bring up ``situation``, press ``chord``, and search."""
    marker = "".join(random.SystemRandom().choice(string.ascii_lowercase) for _ in range(14))
    wanted = {
        "text": forms_in_memory(marker),
        "passphrase": forms_in_memory(PASSPHRASE),
        "key": tuple(form for key in keys_of(office) for form in forms_of_key(key)),
    }
    session = program.unlock(PASSPHRASE)
    program.write(marker)
    in_the_way.SITUATIONS[situation](program.display)
    time.sleep(1)
    before = frozenset(name for name, forms in wanted.items() if holds(session, forms))
    is_read_out = holds(reader, wanted["text"])
    program.display.keys("key", chord)
    until(lambda: program.session not in (None, session) and not is_there(session), "no fresh session")
    program.display.keys("mouseup", "1")
    program.display.focus_window()
    remaining = _processes_of(program.display)
    return Searched(
        marker=marker,
        before=before,
        is_read_out=is_read_out,
        after=frozenset(
            (process, name) for pid, process in remaining for name, forms in wanted.items() if holds(pid, forms)
        ),
        processes=frozenset(process for _, process in remaining),
    )


def keys_of(office: Office) -> frozenset[bytes]:
    """The keys from which those of the officer's files are derived."""
    found: set[bytes] = set()
    derive: Callable[..., SecretKey] = hkdf_sha256

    def watched(key: SecretKey, **rest: object) -> SecretKey:
        found.add(bytes(key.view))
        return derive(key, **rest)

    with patch("cloison.vault.keys.hkdf_sha256", watched):
        opened(office.officer, lambda: datetime.now(UTC)).vault.close()
    return frozenset(found)


def _processes_of(display: Display) -> list[tuple[int, str]]:
    """Everything that runs there but the server itself, which has what was drawn, and whoever drives."""
    shown = f"DISPLAY={display.name}\0".encode()
    found: list[tuple[int, str]] = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == display.server:
            continue
        try:
            is_there_too = shown in (folder / "environ").read_bytes()
            name = (folder / "comm").read_text(encoding="utf-8").strip()
        except OSError:
            continue
        if is_there_too and name != "xdotool":
            found.append((int(folder.name), name))
    return found
