"""What locks a vault beside the person at it: a real bus, with the signals of logind, UPower and a screen locker."""

import sys
import time
from collections.abc import Callable, Iterator

import pytest
from jeepney import DBusAddress
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from cloison.ui.causes.causes import Cause, Causes, causes_of_this_system
from cloison.ui.causes.linux import LinuxCauses
from cloison.ui.causes.windows import Message, WindowsCauses
from desktop_bus import MANAGER, SCREEN, SESSION, UPOWER, Desktop, desktop

Tool = Callable[[str, str], str]
POWER = DBusAddress("/org/freedesktop/UPower", interface=UPOWER)
EVERY_CAUSE = frozenset(Cause) - {Cause.SLEEP}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is how Linux tells")


@pytest.fixture
def around(tool: Tool) -> Iterator[Desktop]:
    tool("dbus-daemon", "apt install dbus")
    with desktop() as made:
        yield made


@pytest.fixture
def causes(around: Desktop, qtbot: QtBot) -> Iterator[LinuxCauses]:
    name = f"test-{time.monotonic_ns()}"
    connection = QDBusConnection.connectToBus(around.address, name)
    made = LinuxCauses(session_id=None, session_bus=connection, system_bus=connection)
    made.listen()
    qtbot.waitUntil(lambda: made.heard == EVERY_CAUSE)
    yield made
    QDBusConnection.disconnectFromBus(name)


@pytest.mark.parametrize(
    "happen",
    [
        pytest.param(
            lambda around: around.tell(SCREEN, "ActiveChanged", True), id="the screen locker covers the screen"
        ),
        pytest.param(lambda around: around.tell(SESSION, "Lock"), id="logind is asked to lock"),
        pytest.param(lambda around: around.turn(SESSION, "LockedHint", to=True), id="the desktop says it is locked"),
        pytest.param(lambda around: around.turn(SESSION, "Active", to=False), id="another user takes the screen"),
        pytest.param(lambda around: around.tell(MANAGER, "PrepareForSleep", True), id="the machine is about to sleep"),
        pytest.param(lambda around: around.turn(POWER, "LidIsClosed", to=True), id="the lid is closed"),
    ],
)
def test_each_cause_asks_for_a_lock(
    around: Desktop, causes: LinuxCauses, qtbot: QtBot, happen: Callable[[Desktop], None]
) -> None:
    with qtbot.waitSignal(causes.lock_asked, timeout=5000):
        happen(around)

    assert causes.is_away


def test_coming_back_asks_for_nothing_and_leaving_again_does(
    around: Desktop, causes: LinuxCauses, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(causes.lock_asked, timeout=5000):
        around.turn(SESSION, "Active", to=False)
    with qtbot.assertNotEmitted(causes.lock_asked):
        around.turn(SESSION, "Active", to=True)
        qtbot.waitUntil(lambda: not causes.is_away)

    with qtbot.waitSignal(causes.lock_asked, timeout=5000):
        around.turn(SESSION, "Active", to=False)


def test_what_held_before_is_no_cause(around: Desktop, qtbot: QtBot) -> None:
    around.properties |= {"LockedHint": True, "Active": False, "LidIsClosed": True}
    connection = QDBusConnection.connectToBus(around.address, "docked")
    made = LinuxCauses(session_id="1", session_bus=connection, system_bus=connection)
    with qtbot.assertNotEmitted(made.lock_asked):
        made.listen()
        qtbot.waitUntil(lambda: made.heard == EVERY_CAUSE)

    assert not made.is_away
    QDBusConnection.disconnectFromBus("docked")


def test_sleep_waits_only_once_a_vault_is_open(around: Desktop, causes: LinuxCauses, qtbot: QtBot) -> None:
    assert "Inhibit" not in around.calls

    causes.delay_sleep("because")

    qtbot.waitUntil(lambda: Cause.SLEEP in causes.heard)
    assert not around.was_sleep_lock_given_back(seconds=0)


def test_without_any_service_nothing_is_heard_and_nothing_fails(qtbot: QtBot) -> None:
    nowhere = QDBusConnection.connectToBus("unix:path=/nonexistent", "nowhere")
    made = LinuxCauses(session_id=None, session_bus=nowhere, system_bus=nowhere)
    made.listen()
    made.delay_sleep("because")
    qtbot.wait(50)

    assert made.heard == frozenset()


def test_windows_messages_are_told_apart(qtbot: QtBot) -> None:
    causes = WindowsCauses()
    with qtbot.assertNotEmitted(causes.lock_asked):
        causes.take(Message(number=0x0218, first=0xA))
        causes.take(Message(number=0x02B1, first=0x8))

    with qtbot.waitSignal(causes.lock_asked):
        causes.take(Message(number=0x0218, first=0x4))


@pytest.mark.parametrize(("platform", "kind"), [("linux", LinuxCauses), ("win32", WindowsCauses), ("darwin", Causes)])
def test_each_system_has_its_own_ears(platform: str, kind: type[Causes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloison.ui.causes.causes.sys.platform", platform)

    assert type(causes_of_this_system()) is kind
