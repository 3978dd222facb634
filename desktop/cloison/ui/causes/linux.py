"""What Linux desktops tell on D-Bus: screen lockers on the session bus, logind and UPower on the system bus.

A change of properties is only taken as a sign to ask again: PySide cannot read a list of names inside a signal
(measured: it aborts the process), and a service may name a property as changed without its value.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusObjectPath, QDBusUnixFileDescriptor

from cloison.ui.causes.bus import Bus, Remote
from cloison.ui.causes.causes import Cause, Causes

_LOGIND: Final = "org.freedesktop.login1"
_MANAGER: Final = Remote(service=_LOGIND, path="/org/freedesktop/login1", interface=f"{_LOGIND}.Manager")
_UPOWER: Final = Remote(
    service="org.freedesktop.UPower", path="/org/freedesktop/UPower", interface="org.freedesktop.UPower"
)
_LOCKERS: Final = tuple(
    Remote(service=name, path=path, interface=name)
    for name, path in (
        ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
        ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
        ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
        ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
        ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
        ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    )
)
# Our own session, whatever its number: where the environment does not tell, logind knows who asks.
_OWN_SESSION: Final = "auto"
_LOCKER_TOLD: Final = "a screen locker told"
_LOGIND_TOLD: Final = "logind told"


class LinuxCauses(Causes):
    """Hears screen lockers, ``loginctl lock-session``, a switch of user, sleep, and the lid."""

    def __init__(
        self,
        *,
        session_id: str | None,
        session_bus: QDBusConnection | None = None,
        system_bus: QDBusConnection | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``session_id`` is logind's name for the session, None where the environment does not tell."""
        super().__init__(parent)
        self._session_id = session_id or _OWN_SESSION
        self._desktop = Bus(session_bus or QDBusConnection.sessionBus(), parent=self)
        self._system = Bus(system_bus or QDBusConnection.systemBus(), parent=self)
        self._session: Remote | None = None
        self._sleep_lock: QDBusUnixFileDescriptor | None = None

    def listen(self) -> None:
        """Listen, and ask how things are."""
        for locker in _LOCKERS:
            self._desktop.hear(locker, "ActiveChanged", self, SLOT("locker_turned(bool)"))
            self._desktop.call(locker, "GetActive", then=lambda _: self.hears(Cause.SCREEN))
        self._system.hear(_MANAGER, "PrepareForSleep", self, SLOT("sleep_turned(bool)"))
        self._system.call(_MANAGER, "GetSession", self._session_id, then=self._know_session)
        for remote in (_MANAGER, _UPOWER):
            self._system.hear_changes(remote, self, SLOT("lid_turned()"))
        self._ask_lid()

    def delay_sleep(self, why: str) -> None:
        """logind waits up to five seconds for those who asked; the end of this process gives the lock back."""
        self._system.call(_MANAGER, "Inhibit", "sleep", "Cloison", why, "delay", then=self._keep_sleep_lock)

    @Slot(bool)
    def locker_turned(self, is_active: bool) -> None:  # noqa: FBT001 - a slot
        """A screen locker covers the screen, or no longer."""
        self.hears(Cause.SCREEN)
        self.told(_LOCKER_TOLD, holds=is_active)

    @Slot(bool)
    def sleep_turned(self, is_near: bool) -> None:  # noqa: FBT001 - a slot
        """The machine is about to sleep, or awake again."""
        self.told(Cause.SLEEP, holds=is_near)

    @Slot()
    def session_locked(self) -> None:
        """Somebody asks logind that this session be locked."""
        self.told(_LOGIND_TOLD, holds=True)

    @Slot()
    def session_unlocked(self) -> None:
        """And unlocked."""
        self.told(_LOGIND_TOLD, holds=False)

    @Slot()
    def session_changed(self) -> None:
        """Something about this session changed."""
        self._ask_session()

    @Slot()
    def lid_turned(self) -> None:
        """Something about the machine's power changed."""
        self._ask_lid()

    def _know_session(self, path: QDBusObjectPath) -> None:
        self._session = Remote(service=_LOGIND, path=path.path(), interface=f"{_LOGIND}.Session")
        self._system.hear(self._session, "Lock", self, SLOT("session_locked()"))
        self._system.hear(self._session, "Unlock", self, SLOT("session_unlocked()"))
        self._system.hear_changes(self._session, self, SLOT("session_changed()"))
        self._ask_session()

    def _ask_session(self) -> None:
        if self._session is not None:
            self._system.ask(self._session, "LockedHint", self._know_locked)
            self._system.ask(self._session, "Active", self._know_active)

    def _know_locked(self, is_locked: Any) -> None:
        self.hears(Cause.SCREEN)
        self.learnt(Cause.SCREEN, holds=bool(is_locked))

    def _know_active(self, is_active: Any) -> None:
        self.hears(Cause.USER)
        self.learnt(Cause.USER, holds=not is_active)

    def _ask_lid(self) -> None:
        self._system.ask(_UPOWER, "LidIsClosed", partial(self._know_lid, _UPOWER.service))
        self._system.ask(_MANAGER, "LidClosed", partial(self._know_lid, _LOGIND))

    def _know_lid(self, who: str, is_closed: Any) -> None:
        self.hears(Cause.LID)
        self.learnt((Cause.LID, who), holds=bool(is_closed))

    def _keep_sleep_lock(self, lock: QDBusUnixFileDescriptor) -> None:
        self.hears(Cause.SLEEP)
        self._sleep_lock = lock
