"""Asking the X server for Caps Lock and the layout, over a connection of our own that is closed at once.

XKB protocol, "XkbGetState"; the names of the layouts are in the root window's property
``_XKB_RULES_NAMES``: rules, model, layouts, variants, options.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Final

_CORE_KEYBOARD: Final = 0x100
_CAPS_LOCK: Final = 1 << 1  # LockMask of X.h
_STRING: Final = 31  # the predefined atom XA_STRING
_LONGEST: Final = 256  # of the property, in units of four bytes


class _State(ctypes.Structure):
    _fields_ = (
        ("group", ctypes.c_ubyte),
        ("locked_group", ctypes.c_ubyte),
        ("other_groups", ctypes.c_ushort * 2),
        ("modifiers", ctypes.c_ubyte),
        ("base_modifiers", ctypes.c_ubyte),
        ("latched_modifiers", ctypes.c_ubyte),
        ("locked_modifiers", ctypes.c_ubyte),
        ("rest", ctypes.c_ubyte * 22),
    )


def x11_keyboard() -> tuple[bool | None, str | None]:
    """Whether Caps Lock is on, and the layout in use; None for what the server does not tell."""
    x11 = _library()
    display = x11.XOpenDisplay(None) if x11 is not None else None
    if x11 is None or not display:
        return None, None
    try:
        state = _State()
        if x11.XkbGetState(ctypes.c_void_p(display), _CORE_KEYBOARD, ctypes.byref(state)) != 0:
            return None, None
        return bool(state.locked_modifiers & _CAPS_LOCK), _layout(_rules(x11, display), state.group)
    finally:
        x11.XCloseDisplay(display)


@cache
def _library() -> ctypes.CDLL | None:
    try:
        # By its name: looking for it would start a compiler and a linker.
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XFree.argtypes = [ctypes.c_void_p]
    for function in (x11.XCloseDisplay, x11.XDefaultRootWindow):
        function.argtypes = [ctypes.c_void_p]
    return x11


def _layout(rules: list[str], group: int) -> str | None:
    layouts = rules[2].split(",") if len(rules) > 2 else [""]
    return layouts[min(group, len(layouts) - 1)].upper() or None


def _rules(x11: ctypes.CDLL, display: int) -> list[str]:
    kind, bits, count, left = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
    content = ctypes.c_void_p()
    atom = x11.XInternAtom(ctypes.c_void_p(display), b"_XKB_RULES_NAMES", 1)
    x11.XGetWindowProperty(
        ctypes.c_void_p(display),
        ctypes.c_ulong(x11.XDefaultRootWindow(display)),
        ctypes.c_ulong(atom),
        ctypes.c_long(0),
        ctypes.c_long(_LONGEST),
        0,
        ctypes.c_ulong(_STRING),
        *(ctypes.byref(one) for one in (kind, bits, count, left, content)),
    )
    if not content:
        return []
    try:
        return ctypes.string_at(content, count.value).decode("latin-1").split("\0")
    finally:
        x11.XFree(content)
