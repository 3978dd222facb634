"""The fuzz targets run: each with its own seeds here, and for a moment under atheris where there is one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import fuzzing
from cloison_crypto.header import Header
from cloison_crypto.sources import LookAheadSource

FOLDER = Path(__file__).parents[1] / "fuzz"
NEEDS_ATHERIS = pytest.mark.skipif(not fuzzing.is_available(), reason=fuzzing.WHAT_IT_NEEDS.format(name="a target"))
TARGETS = ("age_armor", "age_header", "card_file", "package_archive", "package_manifest")


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_finds_nothing_in_its_own_seeds(name: str) -> None:
    target = fuzzing.load(FOLDER / f"{name}.py")

    seeds = [one for seed in target.SEEDS for one in fuzzing.near_misses(seed)]

    assert all(len(seed) <= target.MOST for seed in target.SEEDS)
    for one in seeds:
        target.check(one)


@NEEDS_ATHERIS
@pytest.mark.parametrize("name", TARGETS)
def test_a_target_finds_nothing_in_a_moment(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzzing.run(FOLDER / f"{name}.py", "-runs=1000") == 0
    assert "nothing found" in capsys.readouterr().out


@NEEDS_ATHERIS
def test_a_target_that_finds_something_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "planted.py"
    script.write_text(PLANTED)

    assert fuzzing.run(script, "-max_total_time=60") == 1
    found = Path(capsys.readouterr().err.rpartition("Test unit written to ")[2].split()[0])
    header = Header.read(LookAheadSource(io.BytesIO(found.read_bytes())))
    assert len(header.stanzas[0].arguments) == 2
    found.unlink()


def test_every_target_is_tried_here() -> None:
    scripts = {path.stem for path in FOLDER.glob("*.py") if "fuzzing.main(" in path.read_text(encoding="utf-8")}

    assert scripts == set(TARGETS)


PLANTED = """
import io, sys
import fuzzing
from cloison_crypto.errors import HeaderError
from cloison_crypto.header import Header
from cloison_crypto.sources import LookAheadSource

MOST = 200
SEEDS = (b"age-encryption.org/v1\\n-> X25519 abcdefgh\\nAAAA\\n--- " + b"A" * 43 + b"\\n",)


def check(data):
    try:
        header = Header.read(LookAheadSource(io.BytesIO(data)))
    except HeaderError:
        return
    assert len(header.stanzas[0].arguments) != 2


if __name__ == "__main__":
    sys.exit(fuzzing.main(__file__))
"""
