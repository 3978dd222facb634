"""A child process that strace watches from a moment on, and what it told when it was done.

The parent has imported everything; the child waits on a pipe until strace holds it, does what it was given, and answers
on a socket: the calls of that answer are not among those that are watched.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cloison.cli.exit_codes import exit_code
from cloison.wording.catalogue import Catalogue
from cloison.wording.errors import sentence_for

HOW_TO_INSTALL = "strace is not installed: apt install strace"
_MOST_ANSWER = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How the child ended: code 0 when it did all, else the exit code and sentence of the error; a fault of ours has no
    sentence, and ``trace`` says where it came from."""

    code: int
    sentence: str | None = None
    trace: str | None = None


def traced(do: Callable[[], None], options: Sequence[str], log: Path) -> Answer:
    """``do`` in a child under strace with those options; its calls are written to ``log``."""
    child = _Child(do)
    command = ["strace", "-f", "-p", str(child.process), "-o", str(log), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as strace:
        assert strace.stderr is not None
        attached = strace.stderr.readline()
        answer = child.answer()
        said = strace.stderr.read()
    if b"attached" not in attached:
        raise RuntimeError(f"strace: {(attached + said).decode()}")
    return answer


def told(do: Callable[[], None]) -> Answer:
    """``do`` in a child that nobody watches."""
    return _Child(do).answer()


class _Child:
    """A child that waits for a word, does ``do`` and answers."""

    def __init__(self, do: Callable[[], None]) -> None:
        reading, self._go = os.pipe()
        self._ours, theirs = socket.socketpair()
        self.process = os.fork()
        if self.process == 0:
            os.close(self._go)
            os.read(reading, 1)
            theirs.send(_answer(do))
            os._exit(0)
        os.close(reading)
        theirs.close()

    def answer(self) -> Answer:
        """Give the word, and wait for the answer."""
        os.close(self._go)
        given = self._ours.recv(_MOST_ANSWER)
        os.waitpid(self.process, 0)
        self._ours.close()
        return Answer(**json.loads(given)) if given else Answer(code=-1, trace="the process ended by itself")


def _answer(do: Callable[[], None]) -> bytes:
    told: dict[str, object] = {"code": 0}
    try:
        do()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        sentence = sentence_for(error, Catalogue.load("en"))
        trace = None if sentence else "".join(traceback.format_exception(error))[-4000:]
        told = {"code": int(exit_code(error)), "sentence": sentence, "trace": trace}
    sys.stdout.flush()
    return json.dumps(told).encode()
