"""Driving the window as a person would – by the names of its controls – and taking pictures of it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cloison.ui.kit import Kit

WIDTH, HEIGHT = 1280, 800
NARROW = (1024, 640)
PATIENCE_SECONDS = 30.0

W = TypeVar("W", bound=QWidget)


class StageError(Exception):
    """Something that should be on the screen is not; the text says what."""


class Stage:
    """One language, one palette; ``taken`` are the pictures so far."""

    def __init__(self, application: QApplication, kit: Kit, folder: Path, *, suffix: str) -> None:
        """Pictures go to ``folder`` and end in ``suffix``."""
        self._application = application
        self._kit = kit
        self._folder = folder
        self._suffix = suffix
        self.taken: list[Path] = []

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Let the window work until ``condition`` holds."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > until:
                raise StageError(what)
            self._application.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.15) -> None:
        """Let the lanes finish and what is drawn late be drawn."""
        self.wait(lambda: self._kit.runner.is_idle, "the lanes never rest")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._application.processEvents()
            time.sleep(0.005)
        self.wait(lambda: self._kit.runner.is_idle, "the lanes never rest")

    def shot(self, window: QWidget, name: str) -> None:
        """A picture of ``window``."""
        self.settle()
        path = self._folder / f"{name}-{self._suffix}.png"
        window.grab().save(str(path))
        self.taken.append(path)

    def shot_both(self, window: QWidget, name: str) -> None:
        """A picture of ``window``, and one of it as small as it may be."""
        self.shot(window, name)
        window.resize(*NARROW)
        self.shot(window, f"{name}-narrow")
        window.resize(WIDTH, HEIGHT)

    def text(self, message: str, **values: object) -> str:
        """What ``message`` says in this language."""
        return self._kit.words.text(message, **values)

    def find(self, within: QWidget, kind: type[W], message: str, **values: object) -> W:
        """The control of that kind that is seen and bears the name ``message`` has in this language."""
        name = self.text(message, **values)
        for one in within.findChildren(kind):
            if one.isVisible() and one.accessibleName() == name:
                return one
        raise StageError(f"no {kind.__name__} “{name}”")

    def click(self, within: QWidget, message: str, **values: object) -> None:
        """Press the button that says so."""
        self.find(within, QAbstractButton, message, **values).click()

    def click_primary(self, within: QWidget) -> None:
        """Press the one button that leads on."""
        buttons = within.findChildren(QAbstractButton)
        (primary,) = (one for one in buttons if one.isVisible() and one.property("role") == "primary")
        primary.click()

    def type(self, field: QWidget, text: str) -> None:
        """Type, letter by letter."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self._application.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def press(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, and let go of it."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._application.sendEvent(widget, QKeyEvent(kind, key, held))
