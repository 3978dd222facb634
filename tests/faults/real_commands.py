"""Let calls of the real command line fail: a process of its own, from its first to its last, its words and exit code.

`failing_calls` fails every call of an act, inside a process that has everything loaded. Here whole processes run, as
people start them, and of each command some calls fail (EIO), drawn anew each time: the command ends with 0 and did what
it was asked, or with 1 and a sentence, never with a trace of ours; the vault then passes `vault check`. Ends with a
line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from command_line import CommandLine, found_office
from service import Clock
from stage.place import IN_MEMORY
from stage.traced import HOW_TO_INSTALL

CALLS = ("write", "pwrite64", "fsync", "ftruncate", "rename")
LONG, SHORT = 5, 1  # failures of each command


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A folder with vaults in it, as it is before a command; ``note`` lies in the officer's."""

    folder: Path
    note: str
    reader: str

    @property
    def officer(self) -> Path:
        """The officer's vault."""
        return self.folder / "Officier.cloison"

    def commands(self) -> dict[str, tuple[str, ...]]:
        """What is tried."""
        note, folder = self.note, self.folder
        return {
            "note import": ("note", "import", str(folder / "note.txt"), "--compartment", "Dossier"),
            "note mark": ("note", "mark", note, "--portion", "1", "--label", "[S]"),
            "compartment add": ("compartment", "add", "Autre"),
            "seal": ("seal", note, "--to", self.reader, "--out", str(folder / "out")),
            "print": ("print", note, "--holder", "Préfet", "--out", str(folder / "papers")),
            "card export": ("card", "export", str(folder / "mine.carte")),
            "slot replace": ("slot", "replace", "passphrase", "--new-passphrase-file", str(folder / "passphrase")),
            "vault backup": ("vault", "backup", str(folder / "backups")),
        }


@dataclass
class Tally:
    """How many commands were made to fail, how they ended, and what was wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)


def founded(folder: Path) -> Stand:
    """Vaults of people who know each other, and a note."""
    office = found_office(CommandLine(folder=folder, clock=Clock()))
    note = office.marked_note("[NP] Le rendez-vous a eu lieu.", "[DR] Le calendrier a changé.")
    return Stand(folder=folder, note=note, reader=office.contact_id(office.officer, "Lecteur"))


def run(stand: Stand, words: tuple[str, ...], *strace: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody starts it."""
    common = ("--vault", str(stand.officer), "--passphrase-file", str(stand.folder / "passphrase"), "--lang", "en")
    variables = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "XDG_CONFIG_HOME": str(stand.folder / "config")}
    command = [*strace, sys.executable, "-m", "cloison", *common, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=variables)


def calls_of(stand: Stand, words: tuple[str, ...], log: Path) -> list[tuple[str, int]]:
    """Every call the command makes, and which of its kind it is."""
    done = run(stand, words, "strace", "-f", "--seccomp-bpf", "-o", str(log), "-e", f"trace={','.join(CALLS)}")
    assert done.returncode == 0, done.stderr
    made = Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE))
    return [(call, number) for call in CALLS for number in range(1, made[call] + 1)]


def try_command(name: str, first: Path, stand: Stand, count: int, draw: random.Random, tally: Tally) -> None:
    """Fail so many of its calls, one at a time."""
    log = first.with_name("calls")
    _anew(first, stand)
    every = calls_of(stand, stand.commands()[name], log)
    for call, number in draw.sample(every, min(count, len(every))):
        _anew(first, stand)
        how = f"inject={call}:error=EIO:when={number}"
        done = run(
            stand,
            stand.commands()[name],
            "strace",
            "-f",
            "--seccomp-bpf",
            "-o",
            str(log),
            "-e",
            f"trace={call}",
            "-e",
            how,
        )
        tally.tried[name] += 1
        tally.codes[done.returncode] += 1
        checked = run(stand, ("vault", "check"))
        where = f"{name}, {call} {number}"
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            tally.faults[f"{where}: ended with {done.returncode}: {done.stderr[-600:]}"] += 1
        elif done.returncode == 1 and not done.stderr.strip() and call != "write":
            tally.faults[f"{where}: said nothing"] += 1
        if checked.returncode:
            tally.faults[f"{where}: {checked.stdout}{checked.stderr}"] += 1


def _anew(first: Path, stand: Stand) -> None:
    shutil.rmtree(stand.folder, ignore_errors=True)
    shutil.copytree(first, stand.folder)


def run_all(most: int, seed: int) -> Tally:
    """Fail so many calls of every command."""
    tally, draw = Tally(), random.Random(seed)  # noqa: S311 - which call fails is no secret
    room = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="cloison-faults-", dir=room) as name:
        folder, first = Path(name) / "stand", Path(name) / "first"
        folder.mkdir()
        stand = founded(folder)
        shutil.copytree(folder, first)
        for command in stand.commands():
            try_command(command, first, stand, most, draw, tally)
    return tally


def main() -> int:
    """Run over all commands."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    if shutil.which("strace") is None:
        sys.stderr.write(HOW_TO_INSTALL + "\n")
        return 2
    begun = time.monotonic()
    tally = run_all(SHORT if given.short else LONG, given.seed)
    summary = {
        "tried": sum(tally.tried.values()),
        "commands": dict(tally.tried),
        "codes": {str(code): count for code, count in sorted(tally.codes.items())},
        "seed": given.seed,
        "seconds": round(time.monotonic() - begun),
        "faults": dict(tally.faults),
    }
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
