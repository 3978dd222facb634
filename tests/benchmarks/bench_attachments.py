"""What an attachment of 1 GiB costs on its way in and out, memory to memory, beside its AEAD run bare.

`in` is sealing out of one buffer into another as `note attach` does, `out` giving it back from a blob that lies in
memory (tmpfs where there is one) as opening or saving does; `bare` is the same AEAD called chunk by chunk over the same
gigabyte, with nothing around it. Ratios are of processor time, `bare` over ours: 1 would mean that all the rest costs
nothing. Rounds alternate and the least disturbed of each is taken. `extra_mib` is how far the peak memory of the
process lies above what it had before. Prints one JSON object: bars, figures, and which bars were missed. Linux only.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from age_worker import peak_mib
from cloison.vault.blob_files import KeptFile, seal_into
from cloison_crypto.blobs import KEY_LENGTH, blob_length
from cloison_crypto.secrets import Buffer, SecretKey
from cloison_crypto.sources import LookAheadSource
from cloison_crypto.stream import CHUNK, TAG

MIB = 1024 * 1024
SIZE = 1024 * MIB
ROUNDS = 5
LEAST_RATIO = 0.5
MOST_EXTRA_MIB = 64
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # Memory, not a name in a shared folder: a private one is made in it.


class _Given:
    """A buffer as a source."""

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._place = 0

    def read(self, size: int, /) -> bytes:
        piece = bytes(self._content[self._place : self._place + size])
        self._place += len(piece)
        return piece

    def readinto(self, buffer: memoryview, /) -> int:
        count = min(len(buffer), len(self._content) - self._place)
        buffer[:count] = self._content[self._place : self._place + count]
        self._place += count
        return count


class _Taken:
    """A buffer that was there before, filled again and again."""

    def __init__(self, room: memoryview) -> None:
        self._room = room
        self._place = 0

    def write(self, content: Buffer, /) -> None:
        self._room[self._place : self._place + len(content)] = content
        self._place += len(content)


def main() -> None:
    """Measure and print."""
    parent = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        found = measure(Path(folder))
    sys.stdout.write(json.dumps({"mib": SIZE // MIB, **found, "missed": missed(found)}, indent=2) + "\n")


def missed(found: dict[str, float]) -> list[str]:
    """The bars that were not reached."""
    low = [name for name in ("in", "out") if found[name] < LEAST_RATIO]
    return low + [name for name in ("in_extra_mib", "out_extra_mib") if found[name] > MOST_EXTRA_MIB]


def measure(folder: Path) -> dict[str, float]:
    """Every figure."""
    key = SecretKey.random(KEY_LENGTH, os.urandom)
    plain, room = _filled(SIZE), _filled(blob_length(SIZE))
    before = _present_mib()
    seconds: dict[str, list[float]] = {"bare in": [], "in": [], "bare out": [], "out": []}
    cipher = ChaCha20Poly1305(key.view)
    for _ in range(ROUNDS):
        seconds["bare in"].append(_seconds(lambda: _bare_in(cipher, plain)))
        seconds["in"].append(_seconds(lambda: seal_into(_Taken(room), key, LookAheadSource(_Given(plain)))))
    in_extra = peak_mib() - before
    path = folder / "blob"
    path.write_bytes(room)
    kept = KeptFile(content="", size=SIZE, file="blob", small=None, path=path, key=key)
    before = _present_mib()
    chunk = memoryview(bytearray(CHUNK + TAG))
    cipher.encrypt_into(bytes(12), plain[:CHUNK], None, chunk)
    for _ in range(ROUNDS):
        seconds["bare out"].append(_seconds(lambda: _bare_out(cipher, chunk, plain)))
        seconds["out"].append(_seconds(lambda: kept.write_to(_Taken(plain))))
    least = {name: min(those) for name, those in seconds.items()}
    return {
        "in": round(least["bare in"] / least["in"], 3),
        "out": round(least["bare out"] / least["out"], 3),
        "in_extra_mib": round(in_extra, 1),
        "out_extra_mib": round(peak_mib() - before, 1),
        "seconds_in": round(least["in"], 3),
        "seconds_out": round(least["out"], 3),
    }


def _bare_in(cipher: ChaCha20Poly1305, plain: memoryview) -> None:
    room = memoryview(bytearray(CHUNK + TAG))
    for number, start in enumerate(range(0, len(plain), CHUNK)):
        cipher.encrypt_into(number.to_bytes(12, "big"), plain[start : start + CHUNK], None, room)


def _bare_out(cipher: ChaCha20Poly1305, sealed: memoryview, room: memoryview) -> None:
    """One sealed chunk opened into each place: a gigabyte of them would be other bytes in memory, at the same price."""
    for start in range(0, len(room), CHUNK):
        cipher.decrypt_into(bytes(12), sealed, None, room[start : start + CHUNK])


def _present_mib() -> float:
    """The memory this process has now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def _filled(size: int) -> memoryview:
    """A buffer of that size, every page of it there."""
    made = bytearray(size)
    for start in range(0, size, MIB):
        made[start : start + MIB] = os.urandom(min(MIB, size - start))
    return memoryview(made)


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


if __name__ == "__main__":
    main()
