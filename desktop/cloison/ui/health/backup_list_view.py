"""Backups in a folder: when, how large, whether every file is as it was written; looked into one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cloison.actions.backup import KeptBackup
from cloison.ui import sizes
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.vault.restoring import Inspection
from cloison.wording.dates import minute
from cloison.wording.health import backup_text, inspection_text

_HEIGHT = 112


class BackupListView(QWidget):
    """``chosen`` tells that another row is the present one."""

    chosen = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """No backup."""
        super().__init__(parent)
        self._words = kit.words
        self.list = TwoLineList(kit.theme, kit.words.text("Backups"))
        self.list.setFixedHeight(_HEIGHT)
        self.none = PlainLabel(role="muted")
        self.backups: tuple[KeptBackup, ...] = ()
        self._inspected: dict[Path, Inspection] = {}
        self._made: set[Path] = set()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.list)
        layout.addWidget(self.none)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list.currentRowChanged.connect(self.chosen)
        self.show_no_folder()

    @property
    def present(self) -> KeptBackup | None:
        """The one that is chosen; None where there is none."""
        number = self.list.currentRow()
        return self.backups[number] if 0 <= number < len(self.backups) else None

    @property
    def inspected(self) -> Inspection | None:
        """What was found in the one that is chosen; None until it was looked through."""
        return None if self.present is None else self._inspected.get(self.present.path)

    def show_backups(self, backups: Sequence[KeptBackup]) -> None:
        """Show these, the first chosen."""
        self._show(backups, none=self._words.text("No backup lies in this folder yet."))

    def show_no_folder(self) -> None:
        """Ask for a folder: none is named, or there is none of that name."""
        self._show((), none=self._words.text("Choose a folder that is there: the backups in it are listed here."))

    def note_made(self, path: Path) -> None:
        """One was made just now, and looked through as part of that; it shows once it is listed."""
        self._made.add(path)

    def show_inspection(self, path: Path, found: Inspection) -> None:
        """Say what was found in one."""
        self._inspected[path] = found
        self._fill(self.list.currentRow())

    def _show(self, backups: Sequence[KeptBackup], *, none: str) -> None:
        self.backups = tuple(backups)
        self.none.setText(none)
        self._fill(0)

    def _fill(self, present: int) -> None:
        self.list.clear()
        for one in self.backups:
            self.list.add(self._name(one), self._about(one), one.path)
        self.list.setCurrentRow(present)
        self.list.setVisible(bool(self.backups))
        self.none.setVisible(not self.backups)

    def _name(self, one: KeptBackup) -> str:
        return one.path.name if one.backup is None else minute(one.backup.at, self._words)

    def _about(self, one: KeptBackup) -> str:
        if one.backup is None:
            return self._words.text("What it says of itself cannot be read.")
        return f"{backup_text(one.backup, self._words)} · {self._state(one.path)}"

    def _state(self, path: Path) -> str:
        found = self._inspected.get(path)
        if found is not None:
            return inspection_text(found, self._words)
        if path in self._made:
            return self._words.text("looked through when it was made")
        return self._words.text("not looked through since")
