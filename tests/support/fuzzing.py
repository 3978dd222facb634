"""How a fuzz target of `tests/fuzz` runs: seeds, then atheris in a process of its own, bounded in time and memory.

A target is a script with three names: `SEEDS`, valid inputs and near misses; `check(data)`, which lets nothing but what
is wrong escape; `MOST`, the longest input worth trying. It ends with `sys.exit(fuzzing.main(__file__))`. The process
that fuzzes loads the script anew, so that all it imports is instrumented.

    dev.py fuzz NAME [SECONDS]      60 seconds without a number
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

SECONDS = 60
WHAT_IT_NEEDS = "{name} needs atheris, which there is for Linux on x86_64 with Python 3.11 to 3.13 alone."
_ONE_INPUT_SECONDS = 10
_MEMORY_MIB = 512
_SHARE_OF_BYTES = 0.5
# What the system tells libFuzzer of its memory counts the peak of whoever started it; this one has nothing to count.
_GO_BETWEEN = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)"
# Otherwise whatever is shorter and takes the same branches replaces the seeds, and with them what is nearly valid.
_KEEP_SEEDS = ("-keep_seed=1", "-reduce_inputs=0", "-len_control=0", "-mutate_depth=2")
_TOKEN = re.compile(rb"[0-9]+|[A-Za-z+/=_]+|\0+|.", re.DOTALL)
_HOSTILE = {
    b" ",
    b"\n",
    b"\r\n",
    b"\0",
    b"-",
    b"-1",
    b"0",
    b"00",
    b"9" * 20,
    b"\xff",
    b"null",
    b"[",
    b"{",
    b"../",
    b"\\",
}


def main(script: str, arguments: list[str] | None = None) -> int:
    """Fuzz for that many seconds; 0 where nothing was found, 2 where this cannot be done here."""
    given = sys.argv[1:] if arguments is None else arguments
    if not is_available():
        sys.stderr.write(WHAT_IT_NEEDS.format(name=Path(script).stem) + "\n")
        return 2
    seconds = int(given[0]) if given else SECONDS
    return run(Path(script), f"-max_total_time={seconds}")


def is_available() -> bool:
    """Whether atheris is installed."""
    return importlib.util.find_spec("atheris") is not None


def run(script: Path, limit: str) -> int:
    """Fuzz until `limit`, an option of libFuzzer; an input that was found is kept and named."""
    kept = Path(tempfile.gettempdir()) / f"cloison-fuzz-{script.stem}-"
    options = [limit, f"-timeout={_ONE_INPUT_SECONDS}", f"-rss_limit_mb={_MEMORY_MIB}", f"-artifact_prefix={kept}"]
    with tempfile.TemporaryDirectory() as corpus:
        command = [sys.executable, "-c", _GO_BETWEEN, sys.executable, __file__, str(script), corpus, *options]
        paths = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=paths)
    last = [line for line in done.stderr.splitlines() if line.startswith("Done ")]
    if done.returncode or not last:
        sys.stderr.write(f"{done.stdout}{done.stderr}")
        return 1
    sys.stdout.write(f"{script.stem}: nothing found. {last[0]}\n")
    return 0


def load(script: Path) -> ModuleType:
    """A target, anew."""
    spec = importlib.util.spec_from_file_location(f"target_{script.stem}", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def near_misses(seed: bytes) -> Iterator[bytes]:
    """The seed, and what a careless or hostile hand makes of it."""
    yield seed
    yield seed[: len(seed) // 2]
    yield seed[:-1]
    yield seed + b"\0"
    yield seed * 2
    for eighth in range(8):
        position = len(seed) * eighth // 8
        yield seed[:position] + bytes([seed[position] ^ 1]) + seed[position + 1 :]
        yield seed[:position] + seed[position + 1 :]


def _fuzz_here(script: Path, corpus: Path, options: list[str]) -> None:
    """Does not come back: libFuzzer ends the process."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["cloison", "cloison_crypto"]):
        target = load(script)
    for one in {one for seed in target.SEEDS for one in near_misses(seed) if len(one) <= target.MOST}:
        (corpus / hashlib.sha256(one).hexdigest()).write_bytes(one)
    pool = sorted({token for seed in target.SEEDS for token in _TOKEN.findall(seed)} | _HOSTILE)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        draw = random.Random(number)  # noqa: S311 - libFuzzer gives the number, so that a run can be repeated
        if draw.random() < _SHARE_OF_BYTES:
            return bytes(atheris.Mutate(data, most))
        return _with_a_token_changed(data, pool, draw)[:most]

    arguments = [str(script), str(corpus), f"-max_len={target.MOST}", *_KEEP_SEEDS, *options]
    atheris.Setup(arguments, target.check, custom_mutator=mutate)
    atheris.Fuzz()


def _with_a_token_changed(data: bytes, pool: list[bytes], draw: random.Random) -> bytes:
    """A word dropped, doubled, replaced, or moved: changed bytes alone seldom make what is valid again."""
    tokens = _TOKEN.findall(data)
    place = draw.randrange(len(tokens) + 1)
    before, here, after = tokens[:place], tokens[place : place + 1], tokens[place + 1 :]
    other = draw.choice(pool)
    middle = draw.choice(([], [other], [*here, other], here * 2, [*after[:1], *here]))
    return b"".join([*before, *middle, *after])


if __name__ == "__main__":
    _fuzz_here(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
