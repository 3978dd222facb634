"""Exit codes: 0 done, 1 our fault or the disk's, 2 wrong usage, 3 invalid or damaged, 4 refused, 5 wrong key."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a run ended."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INVALID = 3
    REFUSED = 4
    WRONG_KEY = 5
    INTERRUPTED = 130
