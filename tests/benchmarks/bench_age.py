"""How much CPU sealing and opening 1 GiB takes, as a ratio to the `age` program in the same run.

Both sides are whole processes, start-up included, that read a file in memory (tmpfs where there is one) and write to
nowhere; user and system time are counted. Rounds alternate and the median of each side is taken. `bare` is the same
AEAD called on 1 GiB with nothing around it, which no arrangement of ours can go below; `extra_mib` is what sealing adds
to the peak memory of its process. Prints one JSON object. Linux only.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto import age
from cloison_crypto.x25519 import X25519Identity

MIB = 1024 * 1024
SIZE_MIB = 1024
ROUNDS = 5
BARS = {"encrypt": 0.8, "decrypt": 0.65, "extra_mib": 40}
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # Memory, not a name in a shared folder: a private one is made in it.


def main() -> None:
    """Measure; or, with arguments, be one of the processes measured."""
    match sys.argv[1:]:
        case []:
            sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
        case ["encrypt", recipient]:
            with Path(os.devnull).open("wb") as target:
                age.encrypt(_input(), target, [age.parse_recipient(recipient)], randomness=os.urandom)
        case ["decrypt", key_file]:
            with Path(os.devnull).open("wb") as target:
                age.decrypt(_input(), target, [age.parse_identity(Path(key_file).read_text().strip())])
        case ["memory", recipient]:
            sys.stdout.write(str(_extra_mib(recipient)))
        case _:
            raise SystemExit("no arguments, or encrypt RECIPIENT, decrypt KEYFILE, memory RECIPIENT")


def measure() -> dict[str, object]:
    """The ratios beside their bars, and the seconds they come from."""
    program = shutil.which("age")
    if program is None:
        raise SystemExit("age is not installed: apt install age")
    parent = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        return _ratios(program, Path(folder))


def _ratios(program: str, folder: Path) -> dict[str, object]:
    owner = X25519Identity.generate(os.urandom)
    recipient, key_file = str(owner.recipient()), folder / "key.txt"
    key_file.write_text(owner.secret_text() + "\n")
    plain, sealed = folder / "plain", folder / "sealed"
    with plain.open("wb") as target:
        for _ in range(SIZE_MIB):
            target.write(os.urandom(MIB))
    with plain.open("rb") as source, sealed.open("wb") as target:
        age.encrypt(source, target, [owner.recipient()], randomness=os.urandom)

    encrypt = _compare([program, "-r", recipient], _ours("encrypt", recipient), plain)
    decrypt = _compare([program, "-d", "-i", str(key_file)], _ours("decrypt", str(key_file)), sealed)
    with plain.open("rb") as source:
        extra = subprocess.run(_ours("memory", recipient), stdin=source, capture_output=True, check=True).stdout
    bare = _bare_seconds()
    return {
        "encrypt": round(encrypt[0] / encrypt[1], 3),
        "decrypt": round(decrypt[0] / decrypt[1], 3),
        "extra_mib": round(float(extra), 1),
        "bars": BARS,
        "bare": {"encrypt": round(bare / encrypt[1], 3), "decrypt": round(bare / decrypt[1], 3)},
        "seconds": {"encrypt": encrypt, "decrypt": decrypt, "bare": bare},
    }


def _compare(theirs: list[str], ours: list[str], source: Path) -> tuple[float, float]:
    """The median CPU seconds of ours and of theirs."""
    rounds = [(_run(ours, source), _run(theirs, source)) for _ in range(ROUNDS)]
    mine, their = zip(*rounds, strict=True)
    return statistics.median(mine), statistics.median(their)


def _run(command: list[str], source: Path) -> float:
    """The CPU seconds of one process."""
    with source.open("rb") as given, Path(os.devnull).open("wb") as target:
        process = subprocess.Popen(command, stdin=given, stdout=target)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime


def _extra_mib(recipient: str) -> float:
    """How far sealing standard input lifts the peak of this process."""
    recipients = [age.parse_recipient(recipient)]
    before = _peak_mib()
    with Path(os.devnull).open("wb") as target:
        age.encrypt(_input(), target, recipients, randomness=os.urandom)
    return _peak_mib() - before


def _peak_mib() -> float:
    # The peak that the system's accounting of a child reports includes its parent's, from before the child was started.
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def _ours(*arguments: str) -> list[str]:
    return [sys.executable, __file__, *arguments]


def _input() -> BinaryIO:
    return sys.stdin.buffer


def _bare_seconds() -> float:
    cipher, plain = ChaCha20Poly1305(bytes(32)), bytes(64 * 1024)
    sealed = bytearray(len(plain) + 16)
    start = time.process_time()
    for number in range(SIZE_MIB * MIB // len(plain)):
        cipher.encrypt_into(number.to_bytes(12, "big"), plain, None, sealed)
    return time.process_time() - start


if __name__ == "__main__":
    main()
