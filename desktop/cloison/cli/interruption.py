"""Ctrl-C during work that must not stop just anywhere: it waits for where stopping leaves nothing half-done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interruption:
    """Whether somebody pressed Ctrl-C since the work began."""

    def __init__(self) -> None:
        """Nobody did."""
        self._is_asked = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Somebody pressed it."""
        self._is_asked = True

    def check(self) -> None:
        """At a place where the work may stop: raise ``KeyboardInterrupt`` where it should."""
        if self._is_asked:
            raise KeyboardInterrupt


@contextmanager
def held_interruption() -> Iterator[Interruption]:
    """Within the block Ctrl-C is only noted, and ``check`` acts on it."""
    interruption = Interruption()
    before = signal.signal(signal.SIGINT, interruption.ask)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)
