"""The system tells that nobody may be at the screen any more: one contract, a class for each system that tells it.

Linux says it on D-Bus (tried), Windows by window messages (written and not tried). Of macOS nothing is heard here: it
tells only through frameworks that no library of ours reaches, so there the idle lock and the keys remain.
"""

from __future__ import annotations

import os
import sys
from enum import Enum

from PySide6.QtCore import QObject, Signal


class Cause(Enum):
    """Why a vault is locked although nobody asked."""

    SCREEN = "screen"
    USER = "user"
    SLEEP = "sleep"
    LID = "lid"


class Causes(QObject):
    """``lock_asked`` when a cause comes up; this one hears nothing.

    What already held when listening began is no cause: where a desktop forgets to take it back, nobody could work.
    """

    lock_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Not listening yet."""
        super().__init__(parent)
        self.heard: frozenset[Cause] = frozenset()
        self._holding: dict[object, bool] = {}
        self._come_up: set[object] = set()

    @property
    def is_away(self) -> bool:
        """Whether a cause came up since and still holds: a vault that is only now open must be locked again."""
        return bool(self._come_up)

    def listen(self) -> None:
        """Listen from now on."""

    def delay_sleep(self, why: str) -> None:
        """From now on the machine waits a little before it sleeps, where it can be asked to: until this process ends.

        For an open vault alone: the unlock screen holds nothing up. ``why`` is shown by the system to who asks it.
        """

    def told(self, what: object, *, holds: bool) -> None:
        """The system says that ``what`` holds from now on, or no longer."""
        self._holding[what] = holds
        if not holds:
            self._come_up.discard(what)
        elif what not in self._come_up:
            self._come_up.add(what)
            self.lock_asked.emit()

    def learnt(self, what: object, *, holds: bool) -> None:
        """The system was asked about ``what``: the first answer says how it was before."""
        if self._holding.get(what) is False or not holds:
            self.told(what, holds=holds)
        else:
            self._holding[what] = holds

    def hears(self, cause: Cause) -> None:
        """The system answered: it tells that cause."""
        self.heard |= {cause}


def causes_of_this_system(parent: QObject | None = None) -> Causes:
    """What this system tells; not listening yet."""
    system: str = sys.platform
    if system == "linux":
        from cloison.ui.causes.linux import LinuxCauses

        return LinuxCauses(session_id=os.environ.get("XDG_SESSION_ID"), parent=parent)
    if system == "win32":
        from cloison.ui.causes.windows import WindowsCauses

        return WindowsCauses(parent)
    return Causes(parent)
