"""Watches what a person does at the whole application: the chords that lock, and how long nobody has touched it.

An event filter and not shortcuts: a shortcut is silent while a dialog or a menu of Qt's is open, and nothing may stand
in the way of a lock. Time is looked at once a second on two clocks: the steady one may stand still while the machine
sleeps, the other may be set back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

_LOCK: Final = Qt.KeyboardModifier.ControlModifier
_PANIC: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_LOOK_MS: Final = 1000
_TOUCHES: Final = frozenset(
    (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.InputMethod)
)

Clocks = Callable[[], tuple[float, float]]


def both_clocks() -> tuple[float, float]:
    """The steady clock and the wall clock, in seconds."""
    return time.monotonic(), time.time()


class Watch(QObject):
    """``lock_asked`` is Ctrl+L, ``panic_asked`` Ctrl+Shift+L, ``idled`` so many seconds since the last key or click."""

    lock_asked = Signal()
    panic_asked = Signal()
    idled = Signal()

    def __init__(self, application: QGuiApplication, *, idle_seconds: int, clocks: Clocks = both_clocks) -> None:
        """Watch ``application`` from now on."""
        super().__init__(application)
        self._idle_seconds = idle_seconds
        self._clocks = clocks
        self._touched = clocks()
        self._application = application
        self._stand_first()
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        self._looks.start()

    def lock_after(self, idle_seconds: int) -> None:
        """Another length of time, from now on."""
        self._idle_seconds = idle_seconds

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hear every key and click of the application."""
        if event.type() is QEvent.Type.DragEnter:
            # While something is dragged, Qt takes every key before us (measured): we go before Qt again.
            QTimer.singleShot(0, self, self._stand_first)
        if event.type() not in _TOUCHES:
            return False
        self._touched = self._clocks()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_L:
            return self._chord(event.modifiers())
        return False

    def _stand_first(self) -> None:
        """The filter that was put in last is asked first."""
        self._application.removeEventFilter(self)
        self._application.installEventFilter(self)

    def _chord(self, held: Qt.KeyboardModifier) -> bool:
        if held == _PANIC:
            self.panic_asked.emit()
        elif held == _LOCK:
            self.lock_asked.emit()
        return held in (_PANIC, _LOCK)

    def _look(self) -> None:
        if any(now - then >= self._idle_seconds for now, then in zip(self._clocks(), self._touched, strict=True)):
            self._touched = self._clocks()
            self.idled.emit()
