"""Keys pressed through the X server's own test extension, so that the moment of the press is known."""

from __future__ import annotations

import ctypes
import time

_SYMBOLS = {"ctrl": b"Control_L", "shift": b"Shift_L"}


class XKeys:
    """A connection to a display, for chords."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._server = ctypes.c_void_p(self._x.XOpenDisplay(display.encode("ascii")))

    def press(self, chord: str) -> float:
        """Press ``ctrl+shift+l`` and the like; the time at which the last key went down, on the steady clock."""
        *held, last = [self._code(_SYMBOLS.get(name, name.encode("ascii"))) for name in chord.split("+")]
        for code in held:
            self._send(code, is_down=True)
        pressed = time.monotonic()
        self._send(last, is_down=True)
        for code in (last, *reversed(held)):
            self._send(code, is_down=False)
        return pressed

    def close(self) -> None:
        """Hang up."""
        self._x.XCloseDisplay(self._server)

    def _code(self, symbol: bytes) -> int:
        found: int = self._x.XKeysymToKeycode(self._server, ctypes.c_ulong(self._x.XStringToKeysym(symbol)))
        return found & 0xFF

    def _send(self, code: int, *, is_down: bool) -> None:
        self._test.XTestFakeKeyEvent(self._server, code, is_down, 0)
        self._x.XFlush(self._server)
