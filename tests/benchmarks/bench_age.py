"""How much processor time sealing and opening 1 GiB takes, as a ratio to the `age` program in the same run.

Both sides are whole processes, start-up included, ours from bytecode as it is when installed; user and system time are
counted. `file` reads a file in memory (tmpfs where there is one) and writes to nowhere, `pipe` reads from a pipe and
writes to one, `command` is `file` with `cloison age` instead of the library. Rounds alternate and the least disturbed
of each side is taken. `bare` is the AEAD alone, called on 1 GiB with nothing around it, which no arrangement of ours
can go below. `extra_mib` is what the work adds to the peak memory of its process (file, pipe), `recipients_1000` the
seconds that so many recipients add to one file, their keys raw. Prints one JSON object. Linux only.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

import age_worker
from cloison_crypto import age
from cloison_crypto.hybrid import HybridIdentity, HybridRecipient
from cloison_crypto.recipients import Recipient
from cloison_crypto.x25519 import X25519Identity, X25519Recipient

MIB = 1024 * 1024
SIZE_MIB = 1024
ROUNDS = 5
BARS = {"encrypt": 0.8, "decrypt": 0.65, "extra_mib": 40, "recipients_1000": 1}
COMMAND = (sys.executable, "-m", "cloison", "age")
WORKER = (sys.executable, age_worker.__file__)
NOT_INSTALLED = "PYTHONDONTWRITEBYTECODE"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # Memory, not a name in a shared folder: a private one is made in it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a process took: seconds of processor time, and MiB of memory where it says so."""

    seconds: float
    extra_mib: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """The three ways to do one thing, each from standard input to standard output."""

    name: str
    theirs: Sequence[str]
    ours: Sequence[str]
    command: Sequence[str]
    source: Path


def main() -> None:
    """Measure and print."""
    program = shutil.which("age")
    if program is None:
        raise SystemExit("age is not installed: apt install age")
    parent = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    os.environ.pop(NOT_INSTALLED, None)
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        found = measure(program, Path(folder))
    sys.stdout.write(json.dumps({"bars": BARS, **found}, indent=2) + "\n")


def measure(program: str, folder: Path) -> dict[str, object]:
    """Every figure."""
    found: dict[str, object] = {}
    bare = min(_bare_seconds() for _ in range(ROUNDS))
    for commands in _prepare(program, folder):
        file = _least(commands.theirs, commands.ours, commands.command, work=from_file(commands.source))
        pipe = _least(commands.theirs, commands.ours, work=through_pipes(commands.source))
        found[commands.name] = {
            "file": round(file[1].seconds / file[0].seconds, 3),
            "pipe": round(pipe[1].seconds / pipe[0].seconds, 3),
            "command": round(file[2].seconds / file[0].seconds, 3),
            "bare": round(bare / file[0].seconds, 3),
            "extra_mib": [round(one[1].extra_mib, 1) for one in (file, pipe)],
            "seconds": {"age": file[0].seconds, "ours": file[1].seconds, "command": file[2].seconds, "bare": bare},
        }
    x25519 = X25519Recipient(X25519Identity.generate(os.urandom).recipient().key)
    hybrid = HybridRecipient(HybridIdentity.generate(os.urandom).recipient().key)
    added = {"x25519": _seconds_for_a_thousand(x25519), "hybrid": _seconds_for_a_thousand(hybrid)}
    return {**found, "recipients_1000": added}


def from_file(source: Path) -> Callable[[Sequence[str]], Spent]:
    """Runs a command on a file, its output thrown away."""

    def work(command: Sequence[str]) -> Spent:
        with source.open("rb") as given, Path(os.devnull).open("wb") as target:
            return _ended(subprocess.Popen(command, stdin=given, stdout=target, stderr=subprocess.PIPE))

    return work


def through_pipes(source: Path) -> Callable[[Sequence[str]], Spent]:
    """Runs a command between two pipes."""

    def work(command: Sequence[str]) -> Spent:
        with subprocess.Popen(["cat", str(source)], stdout=subprocess.PIPE) as feeding:
            process = subprocess.Popen(command, stdin=feeding.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            _close(feeding.stdout)
            with Path(os.devnull).open("wb") as nowhere:
                draining = subprocess.Popen(["cat"], stdin=process.stdout, stdout=nowhere)
            _close(process.stdout)
            spent = _ended(process)
            draining.wait()
        return spent

    return work


def _close(stream: IO[bytes] | None) -> None:
    """Leave the pipe to the processes at its ends."""
    assert stream is not None
    stream.close()


def _prepare(program: str, folder: Path) -> list[Commands]:
    """A file of that size, the same sealed, and who does what with them."""
    owner = X25519Identity.generate(os.urandom)
    recipient, key_file = str(owner.recipient()), folder / "key.txt"
    key_file.write_text(owner.secret_text() + "\n")
    plain, sealed = folder / "plain", folder / "sealed"
    with plain.open("wb") as target:
        for _ in range(SIZE_MIB):
            target.write(os.urandom(MIB))
    with plain.open("rb") as source, sealed.open("wb") as target:
        age.encrypt(source, target, [owner.recipient()], randomness=os.urandom)
    key = str(key_file)
    return [
        Commands(
            name="encrypt",
            theirs=[program, "-r", recipient],
            ours=[*WORKER, "encrypt", recipient],
            command=[*COMMAND, "encrypt", "-r", recipient, "-o", "-", "-"],
            source=plain,
        ),
        Commands(
            name="decrypt",
            theirs=[program, "-d", "-i", key],
            ours=[*WORKER, "decrypt", key],
            command=[*COMMAND, "decrypt", "-i", key, "-o", "-", "-"],
            source=sealed,
        ),
    ]


def _least(*commands: Sequence[str], work: Callable[[Sequence[str]], Spent]) -> list[Spent]:
    """The round of each command that took the least, the rounds of all in turn."""
    rounds = [[work(command) for command in commands] for _ in range(ROUNDS)]
    return [min(runs, key=lambda run: run.seconds) for runs in zip(*rounds, strict=True)]


def _ended(process: subprocess.Popen[bytes]) -> Spent:
    assert process.stderr is not None
    said = process.stderr.read().decode()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a process measured here failed: {said}")
    return Spent(seconds=usage.ru_utime + usage.ru_stime, extra_mib=float(said or 0))


def _bare_seconds() -> float:
    cipher, plain = ChaCha20Poly1305(bytes(32)), bytes(64 * 1024)
    sealed = bytearray(len(plain) + 16)
    start = time.process_time()
    for number in range(SIZE_MIB * MIB // len(plain)):
        cipher.encrypt_into(number.to_bytes(12, "big"), plain, None, sealed)
    return time.process_time() - start


def _seconds_for_a_thousand(recipient: Recipient) -> float:
    def seconds(count: int) -> float:
        start = time.process_time()
        with Path(os.devnull).open("rb") as source, Path(os.devnull).open("wb") as target:
            age.encrypt(source, target, [recipient] * count, randomness=os.urandom)
        return time.process_time() - start

    return round(seconds(1000) - seconds(1), 3)


if __name__ == "__main__":
    main()
