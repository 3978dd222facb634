"""What may stand in the way of a lock: whatever of ours or of Qt's can be open while a note is, brought up by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from real_window import Display


def nothing(display: Display) -> None:
    """The note alone."""


def menu(display: Display) -> None:
    """The menu of the text, which grabs the keyboard."""
    display.keys("key", "Menu")


def file_dialog(display: Display) -> None:
    """Qt's dialog for files."""
    menu(display)
    display.keys("key", "Up", "Return")


def message_over_dialog(display: Display) -> None:
    """Over that dialog, a box of Qt's own that waits in a loop of its own."""
    file_dialog(display)
    time.sleep(1)
    display.keys("type", "/nonexistent/nothing")
    display.keys("key", "Return")


def command_bar(display: Display) -> None:
    """The bar of commands."""
    display.keys("key", "ctrl+k")


def choice_list(display: Display) -> None:
    """The list of a box to choose from, on a page."""
    display.keys("key", "ctrl+comma")
    time.sleep(1)
    display.keys("key", "alt+Down")


def drag(display: Display) -> None:
    """Text under the mouse, its button held: Qt runs a loop of its own, and takes the keys."""
    display.keys("key", "ctrl+a")
    display.keys("mousemove", "620", "150", "mousedown", "1", "sleep", "0.2")
    for step in range(1, 6):
        display.keys("mousemove", str(620 + 8 * step), str(150 + 6 * step), "sleep", "0.05")


SITUATIONS: Final[dict[str, Callable[[Display], None]]] = {
    one.__name__: one for one in (nothing, menu, file_dialog, message_over_dialog, command_bar, choice_list, drag)
}
