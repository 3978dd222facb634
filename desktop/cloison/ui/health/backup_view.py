"""Backups of this vault: where to, one made now, and those that lie there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.backup import KeptBackup, list_backups
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.folder_field import FolderField
from cloison.ui.health.backing_up import BackingUp
from cloison.ui.health.backup_list_view import BackupListView
from cloison.ui.outcome import Step
from cloison.ui.working import Working
from cloison.vault.backup_list import Backup
from cloison.vault.restoring import Inspection, inspect_backup
from cloison.wording.health import backup_text, inspection_text

_MEBIBYTE = 1024 * 1024


class BackupView(QWidget):
    """``made`` and ``refused`` carry a sentence; ``ended`` tells that what was given up is tidied up."""

    made = Signal(str)
    refused = Signal(str)
    ended = Signal()

    def __init__(self, clerk: Clerk, *, folder: Path | None, parent: QWidget | None = None) -> None:
        """``folder`` is where the last one of this session went."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self._backing_up: BackingUp | None = None
        self.field = FolderField(
            words,
            words.text("Folder of the backups"),
            advice=words.text("On another medium, kept elsewhere: each backup is a folder in it."),
        )
        self.now = button(words.text("Back up now"), role="primary")
        self.look = button(words.text("Look it through"))
        self.working = Working(words.text("Cancel"))
        self.backups = BackupListView(clerk.kit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self.field, row(self.now), self.working, self.backups, row(self.look)):
            layout.addWidget(part)
        self.now.clicked.connect(self.start)
        self.look.clicked.connect(self._look_through)
        self.working.given_up.connect(self.give_up)
        self.backups.chosen.connect(self._show_look)
        self.field.line.textChanged.connect(self.refresh)
        if folder is not None:
            self.field.set_folder(folder)
        self.refresh()

    @property
    def folder(self) -> Path | None:
        """Where backups go; None where there is no folder of that name."""
        return self.field.given

    @property
    def is_at_work(self) -> bool:
        """Whether a backup is being made."""
        return self._backing_up is not None

    def refresh(self) -> None:
        """Read which backups lie in the folder."""
        folder = self.folder
        if folder is None:
            self.backups.show_no_folder()
            self._show_look()
            return
        vault_id = self._clerk.session.vault.id
        self._clerk.work(self, lambda task: list_backups(folder, vault_id), self._show, refused=self.refused.emit)

    def start(self) -> None:
        """Back up now."""
        if self.is_at_work or not self.field.will_do():
            return
        words = self._clerk.words
        self._backing_up = made = BackingUp(self._clerk, self.field.folder, parent=self)
        made.made.connect(self._made)
        made.refused.connect(self._refuse)
        made.given_up.connect(lambda: self._refuse(words.text("Given up: nothing is left of that backup.")))
        made.step.connect(self._follow)
        self._set_enabled(is_enabled=False)
        self.working.start(words.text("Letting the files hold still…"))
        made.start()

    def give_up(self) -> None:
        """Stop after the piece that is being copied."""
        if self._backing_up is not None:
            self._backing_up.give_up()

    def _follow(self, step: Step) -> None:
        done, total = (round(count / _MEBIBYTE) for count in (step.done, step.total))
        text = self._clerk.words.text("Copying: {done} of {total} MiB", done=done, total=total)
        self.working.follow(text, Step(done=step.done // 1024, total=step.total // 1024))

    def _made(self, path: Path, backup: Backup) -> None:
        words, kept = self._clerk.words, self._clerk.session.settings.backups_kept
        self._end()
        self.backups.note_made(path)
        said = words.text("The backup {path} was written and looked through.", path=path)
        stay = words.plural("The latest backup there is kept.", "The {count} latest backups there are kept.", kept)
        self.made.emit(f"{said} {backup_text(backup, words)} {stay}")
        self.refresh()

    def _refuse(self, sentence: str) -> None:
        self._end()
        self.refused.emit(sentence)

    def _end(self) -> None:
        if self._backing_up is not None:
            self._backing_up.deleteLater()
        self._backing_up = None
        self.working.stop()
        self._set_enabled(is_enabled=True)
        self.ended.emit()

    def _show(self, found: tuple[KeptBackup, ...]) -> None:
        self.backups.show_backups(found)
        self._show_look()

    def _show_look(self) -> None:
        self.look.setVisible(bool(self.backups.backups))
        present = self.backups.present
        self.look.setEnabled(present is not None and present.backup is not None and not self.is_at_work)

    def _look_through(self) -> None:
        present = self.backups.present
        if present is None:
            return
        self.working.start(self._clerk.words.text("Reading every file of the backup…"))
        self._set_enabled(is_enabled=False)
        self._clerk.work(
            self,
            lambda task: inspect_backup(present.path),
            lambda found: self._looked(present.path, found),
            refused=self._refuse,
        )

    def _looked(self, path: Path, found: Inspection) -> None:
        self._end()
        self.backups.show_inspection(path, found)
        if found.damaged:
            self.refused.emit(inspection_text(found, self._clerk.words))
        else:
            self.made.emit(inspection_text(found, self._clerk.words))

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for one in (self.field, self.now, self.backups, self.look):
            one.setEnabled(is_enabled)
