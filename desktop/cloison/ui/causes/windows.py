"""What Windows tells by messages to a window: the screen lock, another user, sleep. Written, and not tried.

A closed lid is told as sleep where it makes the machine sleep, as it does unless somebody set it otherwise.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QWindow

from cloison.ui.causes.causes import Cause, Causes

_THIS_SESSION: Final = 0
_SESSION_CHANGE: Final = 0x02B1  # WM_WTSSESSION_CHANGE
_POWER: Final = 0x0218  # WM_POWERBROADCAST
_TURNS: Final = {
    (_SESSION_CHANGE, 0x7): (Cause.SCREEN, True),  # WTS_SESSION_LOCK
    (_SESSION_CHANGE, 0x8): (Cause.SCREEN, False),
    (_SESSION_CHANGE, 0x2): (Cause.USER, True),  # WTS_CONSOLE_DISCONNECT
    (_SESSION_CHANGE, 0x1): (Cause.USER, False),
    (_SESSION_CHANGE, 0x4): (Cause.USER, True),  # WTS_REMOTE_DISCONNECT
    (_SESSION_CHANGE, 0x3): (Cause.USER, False),
    (_POWER, 0x4): (Cause.SLEEP, True),  # PBT_APMSUSPEND
    (_POWER, 0x12): (Cause.SLEEP, False),  # PBT_APMRESUMEAUTOMATIC
}


class Message(ctypes.Structure):
    """The head of a ``MSG``."""

    _fields_ = [
        ("window", ctypes.c_void_p),
        ("number", ctypes.c_uint),
        ("first", ctypes.c_size_t),
        ("second", ctypes.c_ssize_t),
    ]


class WindowsCauses(Causes):
    """Hears through a window that is never shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Not listening yet."""
        super().__init__(parent)
        self._window: QWindow | None = None
        self._filter = _Filter(self)

    def listen(self) -> None:
        """Listen; Windows gives who hears about two seconds before it sleeps."""
        application = QCoreApplication.instance()
        if application is None:
            return
        application.installNativeEventFilter(self._filter)
        self._window = QWindow()
        library: Any = ctypes.CDLL("wtsapi32")
        if library.WTSRegisterSessionNotification(ctypes.c_void_p(int(self._window.winId())), _THIS_SESSION):
            self.hears(Cause.SCREEN)
            self.hears(Cause.USER)
        self.hears(Cause.SLEEP)

    def take(self, message: Message) -> None:
        """A message came to a window of ours."""
        turn = _TURNS.get((message.number, message.first))
        if turn is not None:
            cause, holds = turn
            self.told(cause, holds=holds)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, causes: WindowsCauses) -> None:
        super().__init__()
        self._causes = causes

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        self._causes.take(Message.from_address(int(message)))
        return False, 0
