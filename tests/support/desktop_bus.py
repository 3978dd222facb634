"""A bus of its own with the services of a desktop on it: what they answer and tell is the test's to say."""

from __future__ import annotations

import os
import select
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from jeepney import DBusAddress, message_bus, new_error, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message, MessageType

LOGIND, UPOWER, LOCKER = "org.freedesktop.login1", "org.freedesktop.UPower", "org.freedesktop.ScreenSaver"
SESSION_PATH = "/org/freedesktop/login1/session/_31"
MANAGER = DBusAddress("/org/freedesktop/login1", interface=f"{LOGIND}.Manager")
SESSION = DBusAddress(SESSION_PATH, interface=f"{LOGIND}.Session")
SCREEN = DBusAddress("/org/freedesktop/ScreenSaver", interface=LOCKER)
PROPERTIES = "org.freedesktop.DBus.Properties"


@dataclass
class Desktop:
    """logind, UPower and a screen locker on one bus, which stands for both of a real desktop."""

    address: str
    connection: DBusConnection
    properties: dict[str, bool] = field(
        default_factory=lambda: {"LockedHint": False, "Active": True, "LidIsClosed": False, "LidClosed": False}
    )
    calls: list[str] = field(default_factory=list)
    sleep_lock: int | None = None
    _given: list[int] = field(default_factory=list)

    def tell(self, sender: DBusAddress, name: str, *values: bool) -> None:
        """Send a signal."""
        self.connection.send(new_signal(sender, name, "b" * len(values) or None, values))

    def turn(self, owner: DBusAddress, name: str, *, to: bool) -> None:
        """Change a property, and say so as systemd does: by its name alone."""
        self.properties[name] = to
        sender = DBusAddress(owner.object_path, interface=PROPERTIES)
        self.connection.send(new_signal(sender, "PropertiesChanged", "sa{sv}as", (owner.interface, {}, [name])))

    def was_sleep_lock_given_back(self, *, seconds: float = 10) -> bool:
        """Whether whoever asked sleep to wait has closed their end within so many seconds."""
        assert self.sleep_lock is not None, "nobody asked sleep to wait"
        poll = select.poll()
        poll.register(self.sleep_lock, select.POLLHUP)
        return bool(poll.poll(seconds * 1000))

    def answer_all(self) -> None:
        """Answer whoever calls, until the connection is closed."""
        with suppress(OSError, ValueError):
            while True:
                message = self.connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self.connection.send(self._answer(message))
                    while self._given:
                        os.close(self._given.pop())

    def _answer(self, message: Message) -> Message:
        name = message.header.fields[HeaderFields.member]
        self.calls.append(name)
        if name == "Inhibit":
            return self._sleep_lock_for(message)
        answers: dict[str, tuple[str, object]] = {"GetSession": ("o", SESSION_PATH), "GetActive": ("b", False)}
        if name == "Get" and message.body[1] in self.properties:
            answers[name] = ("v", ("b", self.properties[message.body[1]]))
        signature, value = answers.get(name, ("", None))
        answer: Message = (
            new_method_return(message, signature, (value,))
            if signature
            else new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
        )
        return answer

    def _sleep_lock_for(self, message: Message) -> Message:
        """One end of a pipe; ours tells when the last copy of theirs is closed."""
        assert message.body[0::3] == ("sleep", "delay")
        self.sleep_lock, given = os.pipe()
        self._given.append(given)
        answer: Message = new_method_return(message, "h", (given,))
        return answer


@contextmanager
def bus(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The address of a bus that nobody else is on; what it starts by itself has ``environment``."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@contextmanager
def desktop() -> Iterator[Desktop]:
    """The services, answering."""
    with bus() as address:
        connection = open_dbus_connection(address, enable_fds=True)
        for name in (LOGIND, UPOWER, LOCKER):
            connection.send_and_get_reply(message_bus.RequestName(name))
        made = Desktop(address=address, connection=connection)
        answering = threading.Thread(target=made.answer_all, daemon=True)
        answering.start()
        yield made
    answering.join(timeout=10)
    connection.close()
    if made.sleep_lock is not None:
        os.close(made.sleep_lock)
