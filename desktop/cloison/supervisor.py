"""Keeps a session process running, and holds nothing worth taking.

After a careful in-process lock the passphrase and the text are still in memory (measured); after the process has
ended there is nothing. So a lock ends the session process with the code `LOCKED`, and the supervisor starts a fresh
one, which shows the unlock screen. It imports the standard library alone: no key, text or widget ever enters it.

What was copied goes with the session that offers it (X11, Wayland), unless a clipboard manager took it over. So a
session tells, by one character in a file it was given as its standard output, while something of ours is out there;
when it ends then, of whatever cause, a short process puts a blank in its place. What it was is never told.
Frozen builds, Windows' kill-on-close job and the relaunch of a macOS bundle are not built yet.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO

if sys.platform != "win32":
    import resource

LOCKED = 75
"""The exit code of a session that was locked; every other code ends the application with it."""

STORM = 5
STORM_SECONDS = 1.0
LONGEST_PATH = 32 * 1024
MOST_FILES = 256

SWEEP = "--clear-clipboard"
SWEEP_SECONDS = 5.0

_HELD, _FREE = b"+", b"-"
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_HANDED = ".handed"


def session_command(arguments: Sequence[str]) -> list[str]:
    """The command line of a session process that dies with this one."""
    return [sys.executable, "-m", "cloison", "--session", str(os.getpid()), *arguments]


def keep_session(arguments: Sequence[str]) -> int:
    """Run sessions one after the other until one ends otherwise than by locking.

    Gives the exit code of the last one, 128 + N when it died of signal N.
    """
    return keep(session_command(arguments))


def keep(
    command: Sequence[str],
    *,
    clock: Callable[[], float] = time.monotonic,
    sweep: Callable[[], None] | None = None,
) -> int:
    """As `keep_session`, for any command; one that only ever locks at once is given up with code 1.

    `sweep` is called when a session ended with something copied from it on the clipboard.
    """
    quick = 0
    while True:
        started = clock()
        code = _run_once(command, sweep or clear_clipboard)
        if code != LOCKED:
            return code if code >= 0 else 128 - code
        quick = quick + 1 if clock() - started < STORM_SECONDS else 0
        if quick >= STORM:
            return 1


def clear_clipboard() -> None:
    """Put a blank on the clipboard, by a process of its own: Qt stays out of this one."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "cloison", SWEEP],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SWEEP_SECONDS,
            check=False,
        )


def clipboard_is_held() -> None:
    """Called in a session process: something copied there is on the clipboard."""
    _tell(_HELD)


def clipboard_is_free() -> None:
    """Called in a session process: nothing copied there is on the clipboard any more."""
    _tell(_FREE)


def _tell(fact: bytes) -> None:
    # Anything but the file we were given refuses to be wound back, and then nobody listens.
    with suppress(OSError):
        os.lseek(1, 0, os.SEEK_SET)
        os.write(1, fact)


def _run_once(command: Sequence[str], sweep: Callable[[], None]) -> int:
    with _blank_file() as told:
        code = _run(command, told.fileno())
        told.seek(0)
        if told.read(1) == _HELD:
            sweep()
    return code


def _blank_file() -> IO[bytes]:
    """A file without a name; in memory alone where the system has such a thing, so that no disk need have room."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("told"), "r+b", buffering=0)
    import tempfile

    return tempfile.TemporaryFile(buffering=0)


def _run(command: Sequence[str], told: int) -> int:
    # The session itself loads this module too and starts no process: it need not wait for this.
    import subprocess

    # The pipe is never written to: its closing tells the session, on systems without PDEATHSIG, that we are gone.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=told) as session:  # noqa: S603 - ours

        def pass_on(number: int, frame: FrameType | None) -> None:
            session.send_signal(number)

        passed = [signal.SIGTERM, signal.SIGINT]
        before = [signal.signal(number, pass_on) for number in passed]
        try:
            return session.wait()
        finally:
            for number, handler in zip(passed, before, strict=True):
                signal.signal(number, handler)


def die_with_supervisor(supervisor: int) -> None:
    """Called first thing in a session process: from here on it does not outlive the process `supervisor`.

    Linux kills it (PDEATHSIG); elsewhere a thread waits for the pipe on standard input to close. Ends the process at
    once when the supervisor is already gone.
    """
    if sys.platform != "linux":
        threading.Thread(target=end_when_closed, args=(0,), daemon=True).start()
        return
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != supervisor:
        os._exit(1)


def refuse_dumps() -> None:
    """From here on no image of this process's memory is written to the disk, and no other process reads it.

    Linux and macOS: no core file (RLIMIT_CORE). Linux: nobody of the same user attaches to it or reads its memory
    (PR_SET_DUMPABLE). Windows writes an image where the machine's error reporting is set to; that is not tried here.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE)")


def end_when_closed(descriptor: int) -> None:
    """Wait until the other end of a pipe is closed, then end the process at once, without clean-up."""
    while os.read(descriptor, 1):
        pass
    os._exit(1)


def hand_over(inbox: Path, path: Path) -> Path:
    """Name a file to the session that watches `inbox`; the file itself is not copied.

    The session sees the whole name or nothing: it is written beside and renamed. Only the vault's owner may read it,
    because a file's name can say as much as the file. Gives the note left there, which is gone once it was taken.
    """
    inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{time.time_ns():020}-{os.urandom(4).hex()}"
    partial = inbox / f".{name}"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(os.fsencode(path.absolute()))
    return partial.rename(inbox / f"{name}{_HANDED}")


def was_taken(note: Path, *, seconds: float, clock: Callable[[], float] = time.monotonic) -> bool:
    """Whether a running session takes the note within so many seconds."""
    until = clock() + seconds
    while note.exists():
        if clock() >= until:
            return False
        time.sleep(0.02)
    return True


def take(inbox: Path) -> tuple[Path, ...]:
    """The paths handed over so far, oldest first; each is given once. What is not a whole path is dropped."""
    taken: list[Path] = []
    for note in sorted(inbox.glob(f"*{_HANDED}"))[:MOST_FILES]:
        with suppress(OSError, ValueError):
            with note.open("rb") as opened:
                path = Path(os.fsdecode(opened.read(LONGEST_PATH)))
            note.unlink()
            if path.is_absolute() and "\0" not in str(path):
                taken.append(path)
    return tuple(taken)
