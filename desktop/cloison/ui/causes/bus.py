"""One D-Bus connection: signals are heard, methods are called, and nothing is waited for.

Whoever does not answer changes nothing: no service is started for our sake, and errors are no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage

PROPERTIES: Final = "org.freedesktop.DBus.Properties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """An interface of an object of a service."""

    service: str
    path: str
    interface: str


class Bus(QObject):
    """Calls end with this object."""

    def __init__(self, connection: QDBusConnection, *, parent: QObject | None = None) -> None:
        """On ``connection``; one that is down answers nothing."""
        super().__init__(parent)
        self._connection = connection
        self._answers: dict[tuple[object, ...], _Answer] = {}

    def hear(self, remote: Remote, name: str, receiver: QObject, slot: str) -> None:
        """Let a signal of ``remote`` call ``slot``, as ``SLOT`` names it."""
        # PySide declares that it wants bytes, and takes text alone.
        named = cast(bytes, slot)
        self._connection.connect(remote.service, remote.path, remote.interface, name, receiver, named)

    def hear_changes(self, remote: Remote, receiver: QObject, slot: str) -> None:
        """Let any change of the properties of ``remote`` call ``slot``."""
        properties = Remote(service=remote.service, path=remote.path, interface=PROPERTIES)
        self.hear(properties, "PropertiesChanged", receiver, slot)

    def call(self, remote: Remote, name: str, *arguments: object, then: Callable[[Any], None]) -> None:
        """Call a method; ``then`` hears the first value it gives."""
        message = QDBusMessage.createMethodCall(remote.service, remote.path, remote.interface, name)
        message.setArguments(list(arguments))
        message.setAutoStartService(False)
        # One for each question, kept: they are few, and objects that delete themselves from within an answer are not
        # let go in time by PySide (measured: a double free).
        question = (remote, name, *arguments)
        if question not in self._answers:
            self._answers[question] = _Answer(then, parent=self)
        taken, failed = (cast(bytes, SLOT(one)) for one in ("take(QDBusMessage)", "fail(QDBusError)"))
        self._connection.callWithCallback(message, self._answers[question], taken, failed)

    def ask(self, remote: Remote, name: str, then: Callable[[Any], None]) -> None:
        """Ask for a property of ``remote``."""
        properties = Remote(service=remote.service, path=remote.path, interface=PROPERTIES)
        self.call(properties, "Get", remote.interface, name, then=lambda value: then(value.variant()))


class _Answer(QObject):
    """Whom one question is answered to."""

    def __init__(self, then: Callable[[Any], None], *, parent: QObject) -> None:
        super().__init__(parent)
        self._then = then

    @Slot(QDBusMessage)
    def take(self, message: QDBusMessage) -> None:
        """It came."""
        if message.arguments():
            self._then(message.arguments()[0])

    @Slot(QDBusError)
    def fail(self, error: QDBusError) -> None:
        """None will come."""
