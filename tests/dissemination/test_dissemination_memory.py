"""Whatever is handed in is opened, or refused, in less than 300 MB: measured on a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cloison.actions.open_package import sealed_bytes
from cloison.dissemination.errors import ForgedPackageError, PackageTooLargeError
from cloison.dissemination.opening import MOST_SEALED, open_package
from forge import receiver
from memory_of_opening import NOTES

MOST_MEMORY = 300 * 1000 * 1000
SCRIPT = Path(__file__).parent.parent / "support" / "memory_of_opening.py"
PATH = os.pathsep.join([str(SCRIPT.parent), *sys.path])


def run(verb: str, folder: Path, kind: str) -> str:
    command = [sys.executable, str(SCRIPT), verb, str(folder), kind]
    # Without the tracer of coverage, whose memory and time would be measured too.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=bare | {"PYTHONPATH": PATH})
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is asked of POSIX")
@pytest.mark.parametrize("kind", NOTES)
def test_the_largest_packages_fit_in_little_memory(tmp_path: Path, kind: str) -> None:
    run("make", tmp_path, kind)

    outcome, peak = run("open", tmp_path, kind).split()

    assert outcome == ("opened" if kind == "images" else "ForgedPackageError")
    assert (tmp_path / "package.pli").stat().st_size > 35_000_000
    assert int(peak) < MOST_MEMORY


def test_ten_gigabytes_of_zeros_are_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "zeros.pli"
    with file.open("wb") as sparse:
        sparse.truncate(10 * 10**9)

    with pytest.raises(PackageTooLargeError):
        sealed_bytes(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_stream_without_end_is_read_no_further_than_a_package_goes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pli"
    os.mkfifo(pipe)
    written: list[int] = []

    def pour() -> None:
        with pipe.open("wb", buffering=0) as stream:
            try:
                while True:
                    written.append(stream.write(bytes(2**20)) or 0)
            except BrokenPipeError:
                return

    pouring = threading.Thread(target=pour)
    pouring.start()
    with pytest.raises(PackageTooLargeError):
        sealed_bytes(pipe)
    pouring.join()

    assert sum(written) <= MOST_SEALED + 2**21


def test_zeros_as_large_as_a_package_are_no_package() -> None:
    with pytest.raises(ForgedPackageError):
        open_package(bytes(MOST_SEALED), receiver())
