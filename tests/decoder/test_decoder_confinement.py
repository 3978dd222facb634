"""The process of the decoder: what it can still do once it reads a file, which is next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cloison.actions.take_picture import OUT_OF_TIME
from foreign import KINDS, colours, file_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are the Linux kernel's")

ATTEMPTS = {
    "reads a file": "open('/etc/hostname')",
    "writes a file": "open('/tmp/cloison-decoder', 'w')",
    "opens a connection": "import _socket; _socket.socket()",
    "lists a folder": "import os; os.listdir('/')",
    "makes a pipe": "import os; os.pipe()",
    "takes two gigabytes": "bytes(2 << 30)",
}
PROGRAM = """
import os, sys, _socket
from cloison.decoder.confinement import LIMITS, confine
confine(int(sys.argv[1]))
try:
    exec(sys.argv[2])
except (OSError, MemoryError) as error:
    print(type(error).__name__)
else:
    print("done")
"""


# What a process says of itself it may not ask the system once the filter is there: without it, the rest is seen.
WITHOUT_FILTER = "from cloison.decoder import confinement; confinement.forbid_all_but_computing = lambda: None\n"


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-I", "-c", program, *arguments], capture_output=True, check=False, timeout=60
    )


@pytest.mark.parametrize("program", [PROGRAM, WITHOUT_FILTER + PROGRAM], ids=["walled in", "by the limits alone"])
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_confined_process_cannot(attempt: str, program: str) -> None:
    assert run(program, str(os.getpid()), attempt).stdout in (b"OSError\n", b"PermissionError\n", b"MemoryError\n")


def test_a_confined_process_still_computes_and_answers() -> None:
    assert run(PROGRAM, str(os.getpid()), "sum(range(1000))").stdout == b"done\n"


def test_a_limit_that_is_lower_already_stays_as_it_is() -> None:
    lower = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (3, 3))"
    program = f"{lower}\n{WITHOUT_FILTER}{PROGRAM}".replace(
        "exec(sys.argv[2])", "print(resource.getrlimit(resource.RLIMIT_CPU))"
    )

    assert run(program, str(os.getpid())).stdout == b"(3, 3)\ndone\n"


def test_a_process_whose_session_is_gone_ends_at_once() -> None:
    assert run(PROGRAM, "1", "sum(range(1000))").stdout == b""


def test_a_process_that_computes_for_ever_is_ended() -> None:
    program = PROGRAM.replace("(int(sys.argv[1]))", "(int(sys.argv[1]), ((0, 1),))")  # 0 is RLIMIT_CPU

    assert run(program, str(os.getpid()), "while True: pass").returncode in OUT_OF_TIME


def test_nobody_reads_the_memory_of_a_confined_process() -> None:
    program = PROGRAM.replace("exec(sys.argv[2])", "print(prctl(3, 0, 0, 0, 0))")  # PR_GET_DUMPABLE
    program = f"import ctypes; prctl = ctypes.CDLL(None).prctl\n{WITHOUT_FILTER}{program}"

    assert run(program, str(os.getpid())).stdout == b"0\ndone\n"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_decoded_inside_the_limits(kind: str) -> None:
    modes = ("RGB", "L") if kind in ("JPEG", "BMP") else ("RGB", "P", "1")
    for mode in modes:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "cloison.decoder", "2000", str(os.getpid())],
            input=file_of(colours().convert(mode), kind),
            capture_output=True,
            check=False,
            timeout=60,
        )

        assert (done.returncode, done.stdout[:9]) == (0, b"\0" + (60).to_bytes(4, "big") + (40).to_bytes(4, "big"))


def test_the_limits_change_nothing_of_what_is_answered() -> None:
    unlimited = (
        "import functools; from cloison.decoder import __main__ as decoder;"
        "decoder.confine = functools.partial(decoder.confine, limits=()); decoder.main()"
    )
    commands = (["-c", unlimited], ["-m", "cloison.decoder"])

    answers = [
        subprocess.run(
            [sys.executable, "-I", *command, "30", str(os.getpid())],
            input=file_of(colours(), "PNG"),
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for command in commands
    ]

    assert answers[0] == answers[1]
    assert len(answers[0]) == 13 + 30 * 20 * 3
