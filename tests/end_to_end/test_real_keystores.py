"""A vault that takes two factors, from the command line, with a real keyring and a real PKCS#11 library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "2468"
UNLOCKED = 'printf "essai\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
# The program itself, but for the work factor; each line of standard input is one command line.
RUNS = """
import dataclasses, json, sys
from cloison.cli.app import main
from cloison.cli.environment import real_environment
from cloison_crypto.slots import LOWEST
here = dataclasses.replace(real_environment(), cost=LOWEST)
for line in sys.stdin:
    print("=", main(json.loads(line), environment=here), flush=True)
"""


@pytest.fixture
def home(tmp_path: Path, tool: Callable[[str, str], str]) -> Path:
    """A home with one card in its reader."""
    tmp_path.chmod(0o700)
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(
        f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    settings = tmp_path / "config" / "cloison" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'card_library = "{LIBRARY}"\n')
    (tmp_path / "passphrase").write_text("abeille barrage citron dormir effacer\n")
    (tmp_path / "pin").write_text(f"{PIN}\n")
    environment = {**os.environ, "SOFTHSM2_CONF": str(tmp_path / "softhsm2.conf")}
    card = (tool("softhsm2-util", "apt install softhsm2"), "--init-token", "--free", "--label", "agent")
    subprocess.run([*card, "--so-pin", "12345678", "--pin", PIN], check=True, capture_output=True, env=environment)
    pair = (tool("pkcs11-tool", "apt install opensc"), "--module", LIBRARY, "--token-label", "agent", "--login")
    made = ("--pin", PIN, "--keypairgen", "--key-type", "EC:prime256v1", "--id", "01", "--usage-derive")
    subprocess.run([*pair, *made], check=True, capture_output=True, env=environment)
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="Secret Service is the keyring of Linux")
def test_two_factors_become_necessary(home: Path, tool: Callable[[str, str], str]) -> None:
    tool("gnome-keyring-daemon", "apt install gnome-keyring")
    bus = (tool("dbus-run-session", "apt install dbus"), "--", "sh", "-c", UNLOCKED, "sh")
    opening = ("--vault", "v", "--passphrase-file", "passphrase")
    card = ("--card", "--pin-file", "pin")

    made = run(
        home,
        bus,
        ("vault", "init", "v", "--member", "Officier", "--passphrase-file", "passphrase"),
        (*opening, "slot", "add", "keyring"),
        (*opening, "slot", "add", "card", "--pin-file", "pin"),
        (*opening, "slot", "list", "--json"),
    )
    slots = json.loads(made[-2])["slots"]
    assert [one["kind"] for one in slots] == ["passphrase", "recovery", "keyring", "card"]
    removed = run(
        home,
        bus,
        (*opening, "slot", "remove", slots[0]["id"], "--pin-file", "pin"),
        (*opening, "vault", "info"),
        (*opening, "--keyring", "vault", "info"),
        (*opening, *card, "vault", "info"),
    )
    elsewhere = run(home, (), (*opening, "--keyring", "vault", "info"), (*opening, *card, "vault", "info"))

    assert codes(made) == [0, 0, 0, 0]
    # A keyring that starts anew finds on the disk what it kept.
    assert codes(removed) == [0, 5, 0, 0]
    assert codes(elsewhere) == [1, 0]


def run(home: Path, bus: tuple[str, ...], *lines: tuple[str, ...]) -> list[str]:
    """What the program prints for these command lines, each followed by its exit code."""
    kept = {name: text for name, text in os.environ.items() if name in ("PATH", "LANG") or name.startswith("COV")}
    folders = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    ended: subprocess.CompletedProcess[Any] = subprocess.run(
        [*bus, sys.executable, "-c", RUNS],
        input="".join(f"{json.dumps(line)}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=120,
        cwd=home,
        env={**kept, **folders, "SOFTHSM2_CONF": str(home / "softhsm2.conf")},
    )
    assert ended.returncode == 0, ended.stderr
    return [str(line) for line in ended.stdout.splitlines()]


def codes(printed: list[str]) -> list[int]:
    return [int(line.removeprefix("= ")) for line in printed if line.startswith("= ")]
