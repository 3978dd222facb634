"""What the system tells of the keyboard: whether Caps Lock is on, and which layout types.

X11 and Windows tell both. Elsewhere Caps Lock is worked out from what is typed, and no layout is shown.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboard:
    """None where nobody tells; ``layout`` is a short name such as ``FR``."""

    is_caps_lock_on: bool | None = None
    layout: str | None = None


def keyboard() -> Keyboard:
    """The keyboard now."""
    if sys.platform == "win32":
        return _windows()
    if QGuiApplication.platformName() == "xcb":
        from cloison.ui.unlock.x11 import x11_keyboard

        caps, layout = x11_keyboard()
        return Keyboard(is_caps_lock_on=caps, layout=layout)
    return Keyboard()


def caps_lock_from(event: QKeyEvent) -> bool | None:
    """Whether Caps Lock must be on for this key to have typed what it typed; None where it shows nothing."""
    text = event.text()
    if len(text) != 1 or text.upper() == text.lower():
        return None
    is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return text.isupper() != is_shifted


if sys.platform == "win32":

    def _windows() -> Keyboard:
        user = ctypes.windll.user32
        name = ctypes.create_unicode_buffer(85)
        language = user.GetKeyboardLayout(0) & 0xFFFF
        found = ctypes.windll.kernel32.LCIDToLocaleName(language, name, len(name), 0)
        return Keyboard(is_caps_lock_on=bool(user.GetKeyState(0x14) & 1), layout=name.value.upper() if found else None)
