"""Keeps None, True and False alive under Python 3.11.

Since Python 3.12 these are never freed and extensions need not count their uses of them. PySide6 6.12 is built that
way but installs on 3.11 too, where each call of a Qt function without a result takes one use of None away and each
signal sent one of True; after some thousands of them the interpreter frees None and aborts ("none_dealloc"). Measured
with 6.12.0.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_NEVER_USED_UP: Final = 1 << 40
_HELD: Final = (None, True, False, NotImplemented)


def hold_constants() -> None:
    """Give each constant more uses than a process can take away; call it before anything else of Qt."""
    if sys.version_info >= (3, 12):
        return
    for constant in _HELD:
        if sys.getrefcount(constant) < _NEVER_USED_UP:
            # The count of uses is the first field of every object ("Include/object.h", 3.11).
            ctypes.c_ssize_t.from_address(id(constant)).value += 2 * _NEVER_USED_UP
