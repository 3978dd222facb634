"""What lies around one run of the command line: clock, randomness, streams, the terminal; tests bring their own."""

from __future__ import annotations

import getpass
import io
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, BinaryIO, Final

from cloison import supervisor
from cloison.keystore.keystores import Keystores
from cloison.settings.places import Places, places

if TYPE_CHECKING:
    from cloison_crypto.argon2 import Argon2Cost
    from cloison_crypto.secrets import Clock, Randomness

# Windows has no hang-up.
_ENDING: Final = tuple(filter(None, (signal.SIGTERM, getattr(signal, "SIGHUP", None))))


class NoTerminalError(Exception):
    """There is no terminal on which something can be typed unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The world as one run sees it.

    ``ask`` shows a prompt and gives back what was typed, unseen; raises ``NoTerminalError``. ``open_window`` shows the
    window on a vault and gives its exit code. ``cost`` is the work factor of new passphrases; None means that it is
    measured on this machine. ``keystores`` are where second factors come from.
    """

    clock: Clock
    randomness: Randomness
    places: Places
    variables: Mapping[str, str]
    input: BinaryIO
    output: BinaryIO
    errors: BinaryIO
    ask: Callable[[str], str]
    open_window: Callable[[Path], int]
    shows_progress: bool = False
    cost: Argon2Cost | None = None
    keystores: Keystores = field(default_factory=Keystores)


def real_environment() -> Environment:
    """The process's own; from here on nobody reads its memory, no image of it is written, and its end is orderly."""
    supervisor.refuse_dumps()
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # Under nohup it is not.
            signal.signal(number, _interrupt)
    return Environment(
        clock=lambda: datetime.now(UTC),
        randomness=os.urandom,
        places=places(),
        variables=os.environ,
        input=sys.stdin.buffer,
        output=_whole(sys.stdout.buffer),
        errors=sys.stderr.buffer,
        ask=ask_unseen,
        open_window=lambda vault: supervisor.keep_session([str(vault)]),
        shows_progress=sys.stderr.isatty(),
    )


def _whole(stream: BinaryIO) -> BinaryIO:
    """``stream``, taking all the bytes of a write: where Python was told not to buffer, one may take a part of them."""
    return os.fdopen(stream.fileno(), "wb", closefd=False) if isinstance(stream, io.RawIOBase) else stream


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Whoever ends us, and not only the person at the keyboard, finds nothing left half-done."""
    raise KeyboardInterrupt


def ask_unseen(prompt: str) -> str:
    """Ask on the terminal without showing what is typed; raises ``NoTerminalError`` where that cannot be promised."""
    if not sys.stdin.isatty():
        raise NoTerminalError
    with warnings.catch_warnings():
        # getpass only warns when it would show what is typed.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise NoTerminalError from error
