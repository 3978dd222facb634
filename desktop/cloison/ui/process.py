"""From a locked door to an open desk and to the end: what the session process is made of."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from cloison.settings.places import Places
from cloison.ui.arrivals.inbox import Inbox
from cloison.ui.causes.causes import Causes
from cloison.ui.clipboard import CopiedHere, OutThere
from cloison.ui.door import Door
from cloison.ui.ending import Ending
from cloison.ui.kit import Kit
from cloison.ui.watch import Watch

if TYPE_CHECKING:
    from cloison.actions.session import Session
    from cloison.settings.errors import SettingsError
    from cloison.settings.values import Settings
    from cloison.ui.desk.desk import Desk
    from cloison_crypto.argon2 import Argon2Cost

INBOX = "inbox"


class SessionProcess(QObject):
    """One session: a door, behind it a desk, and one way to end."""

    def __init__(
        self,
        kit: Kit,
        where: Places,
        *,
        vault: Path | None,
        fault: SettingsError | None = None,
        cost: Argon2Cost | None = None,
        causes: Causes | None = None,
        clipboard_held: Callable[[OutThere], object] = lambda what: None,
        end: Callable[[int], object] = os._exit,
        parent: QObject | None = None,
    ) -> None:
        """``vault`` is asked for; None begins with the first run. ``causes`` tell that nobody may be there any more,
        ``clipboard_held`` hears what of ours is on the clipboard, ``end`` is handed the exit code."""
        super().__init__(parent)
        self.causes = causes or Causes(self)
        self._kit = kit = replace(kit, places=lambda: where, heard=lambda: self.causes.heard)
        self._where = where
        self._vault = vault
        self._fault = fault
        self.desk: Desk | None = None
        self.ending = Ending(kit.runner, end=end, parent=self)
        self.door = Door(kit, vaults=where.vaults, cost=cost)
        self._inbox: Inbox | None = None
        self.watch = Watch(application(), idle_seconds=kit.settings.idle_lock_seconds)
        self.copied = CopiedHere(
            application().clipboard(), seconds=kit.settings.clipboard_seconds, held=clipboard_held, parent=self
        )
        self._connect()

    def show(self) -> None:
        """Show the door."""
        if self._fault is not None:
            self.door.say_fault(_sentence(self._fault, self._kit))
        elif self._vault is None:
            self.door.start_first_run()
        else:
            self.door.ask_passphrase(self._vault)
            self._watch_inbox(self._vault)
        self.door.show()
        # Once the screen is there: nobody waits for the system's answers.
        QTimer.singleShot(0, self.causes, self.causes.listen)

    def lock_at_logout(self) -> None:
        """The desktop session ends: keep the draft while there is time."""
        self._lock_what_is_open()

    def _lock_what_is_open(self) -> None:
        """An unlock screen holds nothing, and a first run would lose the code it shows."""
        if self.desk is not None:
            self.ending.lock()

    def _open(self, session: Session, by_recovery: bool, compartment_id: str | None) -> None:  # noqa: FBT001 - a slot
        from cloison.ui.desk.desk import Desk

        self.desk = Desk(self.door.kit, session, by_recovery=by_recovery, start_in=compartment_id)
        self.ending.last_words = self.desk.last_words
        self.desk.lock_asked.connect(self.ending.lock)
        self.desk.closed.connect(self.ending.leave)
        self.desk.settings_changed.connect(self._follow)
        self.watch.idled.connect(self.ending.lock)
        self._watch_inbox(session.vault.folder)
        self.desk.show_in_place_of(self.door)
        self._hand_in()
        self.causes.delay_sleep(self.door.kit.words.text("The vault is locked before the machine sleeps."))
        if self.causes.is_away:
            # The passphrase was still being tried when they left.
            self.ending.lock()

    def _tell_restored(self, folder: Path) -> None:
        from cloison.wording.health import restored_text

        if self.desk is not None:
            self.desk.greet(restored_text(folder, self.door.kit.words))

    def _follow(self, settings: Settings) -> None:
        self.watch.lock_after(settings.idle_lock_seconds)
        self.copied.keep_for(settings.clipboard_seconds)

    def _hand_in(self) -> None:
        if self._inbox is not None and self.desk is not None:
            for path in self._inbox.take():
                self.desk.receive(path)

    def _watch_inbox(self, vault: Path) -> None:
        if self._inbox is None or self._inbox.folder != vault / INBOX:
            self._inbox = Inbox(vault / INBOX, parent=self)
            self._inbox.handed_in.connect(self._hand_in)

    def _remember_vault(self, vault: Path) -> None:
        self._remember("vault", vault)

    def _remember_member(self, alias: str) -> None:
        self._remember("member", alias)

    def _remember_language(self, language: str) -> None:
        self._remember("language", language)

    def _remember(self, name: str, value: str | Path) -> None:
        from cloison.settings.errors import LockedSettingError, UnwritableSettingsError
        from cloison.settings.person import change

        if getattr(self._kit.settings, name) == value:
            return
        # Not remembered is no harm: it is asked again next time.
        with suppress(LockedSettingError, UnwritableSettingsError):
            change(self._kit.settings, self._where.person, name=name, value=value)

    def _connect(self) -> None:
        self.watch.lock_asked.connect(self.ending.lock)
        self.watch.panic_asked.connect(self.ending.panic)
        self.ending.began.connect(self.copied.cover)
        self.causes.lock_asked.connect(self._lock_what_is_open)
        application().commitDataRequest.connect(self.lock_at_logout)
        self.door.opened.connect(self._open)
        self.door.restored.connect(self._tell_restored)
        self.door.vault_chosen.connect(self._remember_vault)
        self.door.member_chosen.connect(self._remember_member)
        self.door.language_chosen.connect(self._remember_language)
        self.door.closed.connect(self.ending.leave)


def _sentence(fault: SettingsError, kit: Kit) -> str:
    from cloison.wording.errors import sentence_for

    return sentence_for(fault, kit.words) or ""


def application() -> QApplication:
    """The one there is."""
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        raise TypeError(type(found))
    return found
