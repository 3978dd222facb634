"""The window before a vault is open: the unlock screen, or the first run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.ui.pick import pick_folder
from cloison.ui.unlock.screen import UnlockScreen
from cloison.wording.catalogue import Catalogue

if TYPE_CHECKING:
    from cloison.actions.session import Session
    from cloison.ui.first_run.answers import Made
    from cloison_crypto.argon2 import Argon2Cost


class Door(QStackedWidget):
    """``opened`` carries the session, whether the recovery code was used, and the compartment to start in, if new.

    ``restored`` follows where it was just made of a backup, and carries its folder. ``vault_chosen``,
    ``member_chosen`` and ``language_chosen`` are for whoever keeps the settings, ``closed`` for whoever ends all this.
    """

    opened = Signal(object, bool, object)
    restored = Signal(object)
    vault_chosen = Signal(object)
    member_chosen = Signal(str)
    language_chosen = Signal(str)
    closed = Signal()

    def __init__(self, kit: Kit, *, vaults: Path, cost: Argon2Cost | None, parent: QWidget | None = None) -> None:
        """``vaults`` is where new vaults are proposed, ``cost`` the work factor of theirs; None: as measured here."""
        super().__init__(parent)
        self._kit = kit
        self._vaults = vaults
        self._cost = cost
        self._picked: Path | None = None
        self.setWindowTitle("Cloison")
        self.setMinimumSize(sizes.LEAST_WIDTH, sizes.LEAST_HEIGHT)
        room = self.screen().availableSize()
        self.resize(min(sizes.USUAL_WIDTH, room.width()), min(sizes.USUAL_HEIGHT, room.height() - sizes.SPACE_6))

    @property
    def kit(self) -> Kit:
        """As it is after a language was chosen."""
        return self._kit

    def ask_passphrase(self, vault: Path) -> None:
        """Show the unlock screen of ``vault``."""
        screen = UnlockScreen(self._kit, vault)
        screen.unlocked.connect(self._unlocked)
        screen.other_vault_asked.connect(self._pick_vault)
        screen.new_vault_asked.connect(self.start_first_run)
        screen.restore_asked.connect(lambda: self.restore(lambda: self.ask_passphrase(vault)))
        self._show(screen)

    def start_first_run(self) -> None:
        """Show the first run."""
        from cloison.ui.first_run.wizard import FirstRun

        wizard = FirstRun(self._kit, self._vaults, cost=self._cost)
        wizard.language_chosen.connect(self._speak)
        wizard.other_vault_asked.connect(self._pick_vault)
        wizard.restore_asked.connect(lambda: self.restore(self.start_first_run))
        wizard.made.connect(self._remember)
        wizard.finished.connect(self._finished)
        self._show(wizard)

    def restore(self, back: Callable[[], None]) -> None:
        """Show how a vault is made of a backup; ``back`` leads to where one came from."""
        from cloison.ui.restore.screen import RestoreScreen

        screen = RestoreScreen(self._kit, self._vaults)
        screen.restored.connect(self._restored)
        screen.back_asked.connect(back)
        self._show(screen)
        screen.arrive()

    def say_fault(self, sentence: str) -> None:
        """Show why nothing can be opened, and nothing else."""
        page = QWidget()
        notice = Notice(self._kit.theme)
        notice.say(sentence, Tone.REFUSED)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6)
        layout.addWidget(notice)
        layout.addStretch(1)
        self._show(page)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing the window leaves."""
        super().closeEvent(event)
        self.closed.emit()

    def _speak(self, language: str) -> None:
        self._kit = replace(
            self._kit, words=Catalogue.load(language), settings=replace(self._kit.settings, language=language)
        )
        self.language_chosen.emit(language)
        self.start_first_run()

    def _pick_vault(self) -> None:
        pick_folder(self, self._kit.words, self._kit.words.text("Open a vault"), self._take_picked)

    def _take_picked(self, vault: Path) -> None:
        self._picked = vault
        self.ask_passphrase(vault)

    def _unlocked(self, session: Session, by_recovery: bool) -> None:  # noqa: FBT001 - a slot
        if self._picked is not None:
            self.vault_chosen.emit(self._picked)
        page = self.currentWidget()
        if isinstance(page, UnlockScreen) and page.chosen_member is not None:
            self.member_chosen.emit(page.chosen_member)
        self.opened.emit(session, by_recovery, None)

    def _restored(self, session: Session, folder: Path, by_recovery: bool) -> None:  # noqa: FBT001 - a slot
        self.vault_chosen.emit(folder)
        self.opened.emit(session, by_recovery, None)
        self.restored.emit(folder)

    def _remember(self, made: Made) -> None:
        self.vault_chosen.emit(made.folder)

    def _finished(self, made: Made) -> None:
        self.opened.emit(made.session, False, made.compartment_id)  # noqa: FBT003 - a signal

    def _show(self, page: QWidget) -> None:
        before = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        if before is not None:
            self.removeWidget(before)
            before.deleteLater()
