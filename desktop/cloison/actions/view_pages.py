"""Looking at an attachment: its pages, decoded one by one in a process of their own, and nothing of it on the disk.

The process is started with the first page and goes on with the next ones; when one page ends it, another process is
started for the page after. It is believed in nothing: what it answers is read to a bound, for a bounded time, and
measured.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from cloison.actions.take_picture import MOST_FILE, OUT_OF_TIME, SECONDS
from cloison.notes.errors import PageProblem, PageRefusedError
from cloison.notes.pages import HEAD, MOST_WIDTH, REFUSALS, Page, is_pdf, page_size

_OUT_OF_TIME = OUT_OF_TIME - {-9}
"""Here SIGKILL is our own, for nonsense too."""

_LENGTH = struct.Struct(">Q")
_WANTED = struct.Struct(">II")


class PageViewer:
    """The pages of one file. ``page`` is for one thread at a time; ``close`` may come from another."""

    def __init__(self, content: bytes, *, command: Sequence[str] = (), seconds: float = SECONDS) -> None:
        """Nothing is started yet; raises ``PageRefusedError`` for a file that is too large to be shown."""
        if len(content) > MOST_FILE:
            raise PageRefusedError(PageProblem.TOO_LARGE)
        self._content = content
        self._command = command or viewing_command(content)
        self._seconds = seconds
        self._asking = threading.Lock()
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    def page(self, number: int, *, width: int) -> Page:
        """Page ``number`` from 0, at most so many pixels wide; raises ``PageRefusedError``."""
        with self._asking:
            try:
                return self._page(number, max(1, min(width, MOST_WIDTH)))
            finally:
                if self._is_closed:
                    self._release()

    def close(self) -> None:
        """End the process and forget the file; whoever waits for a page is refused it, and never waited for."""
        with self._changing:
            self._is_closed = True
            self._content = b""
            if self._process is not None:
                self._process.kill()
        if self._asking.acquire(blocking=False):
            self._release()
            self._asking.release()

    def _page(self, number: int, width: int) -> Page:
        process, is_new = self._running()
        question = _WANTED.pack(number, width)
        if is_new:
            question = _LENGTH.pack(len(self._content)) + self._content + question
        with _watched(process, self._seconds) as is_late:
            page = _answer(process, question, width=width)
        if page is not None:
            return page
        process.kill()
        is_slow = is_late.is_set() or process.wait() in _OUT_OF_TIME
        raise PageRefusedError(PageProblem.TOO_SLOW if is_slow else PageProblem.DAMAGED)

    def _running(self) -> tuple[subprocess.Popen[bytes], bool]:
        """The process, and whether the file is still to be sent to it."""
        with self._changing:
            if self._is_closed:
                raise PageRefusedError(PageProblem.DAMAGED)
            if self._process is not None and self._process.poll() is None:
                return self._process, False
            self._release()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            return self._process, True

    def _release(self) -> None:
        """Let go of the process and its pipes."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.wait()


def viewing_command(content: bytes) -> list[str]:
    """The command line of the process for this file: without the paths and settings that the environment names."""
    kind = "pdf" if is_pdf(content) else "picture"
    return [sys.executable, "-I", "-m", "cloison.decoder.viewing", kind, str(os.getpid())]


@contextmanager
def _watched(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """The process is ended after so many seconds: then the event is set."""
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        process.kill()

    watch = threading.Timer(seconds, end)
    watch.start()
    try:
        yield is_late
    finally:
        watch.cancel()


def _answer(process: subprocess.Popen[bytes], question: bytes, *, width: int) -> Page | None:
    """The page, or None if the process ended over it or spoke nonsense; raises ``PageRefusedError``."""
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipe to the decoder")
    with suppress(BrokenPipeError):
        process.stdin.write(question)
        process.stdin.flush()
    status = process.stdout.read(1)
    if status and status[0] in REFUSALS:
        raise PageRefusedError(REFUSALS[status[0]])
    if status != b"\0":
        return None
    return _measured(process.stdout, width)


def _measured(source: IO[bytes], width: int) -> Page | None:
    size = page_size(source.read(HEAD.size), width=width)
    if size is None:
        return None
    rows = source.read(size.length)
    return Page(size=size, rows=rows) if len(rows) == size.length else None
