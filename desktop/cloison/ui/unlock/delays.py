"""How long to wait after a wrong passphrase: it grows, so that nobody tries many at this keyboard.

It protects the keyboard alone. Whoever holds the folder tries elsewhere, and is slowed by Argon2id and nothing else.
"""

from __future__ import annotations

from typing import Final

LONGEST: Final = 30


def seconds_after(failures: int) -> int:
    """Seconds to wait after so many wrong ones in a row: 1, 2, 4, … 30."""
    return min(2 ** (failures - 1), LONGEST) if failures > 0 else 0
