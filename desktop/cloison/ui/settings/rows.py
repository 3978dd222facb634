"""The kinds of rows: one of several values, a place that is picked, and what is only remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.labels.library import BUILT_IN
from cloison.settings.checks import Value
from cloison.settings.values import Theme
from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.controls import button
from cloison.ui.kit import Kit
from cloison.ui.pick import pick_file, pick_folder
from cloison.ui.settings.row import SettingRow
from cloison.wording.settings import LANGUAGES, title

CHOICES: Final[dict[str, tuple[Value, ...]]] = {
    "language": tuple(LANGUAGES),
    "theme": tuple(Theme),
    "policy": tuple(BUILT_IN),
    "idle_lock_seconds": (15, 30, 60, 120, 240, 300, 600, 900, 1800, 3600),
    "clipboard_seconds": (5, 10, 20, 30, 60, 120),
    "backups_kept": (1, 2, 3, 5, 7, 10, 20, 50, 100),
    "bin_days": (0, 7, 14, 30, 60, 90, 180, 365),
    "may_save_attachments": (False, True),
}
FOLDERS: Final = ("vault",)
FILES: Final = ("card_library",)


class ChoiceRow(SettingRow):
    """One of several; a value that is set in a file and not among them is offered too."""

    def __init__(self, kit: Kit, name: str, *, parent: QWidget | None = None) -> None:
        """Nothing chosen yet."""
        self.box = ChoiceBox()
        super().__init__(kit, name, self.box, parent=parent)
        self._values: Sequence[Value] = ()
        self.box.activated.connect(self._choose)

    def show_value(self, value: Value) -> None:
        """Pick it out of the list."""
        usual = CHOICES[self.name]
        self._values = usual if value in usual else (*usual, value)
        self.box.clear()
        self.box.addItems([self.text_of(one) for one in self._values])
        self.box.setCurrentIndex(self._values.index(value))

    def _choose(self, number: int) -> None:
        self.chosen.emit(self.name, self._values[number])


class RememberedRow(SettingRow):
    """Only shown, and forgotten on demand."""

    def __init__(self, kit: Kit, name: str, *, parent: QWidget | None = None) -> None:
        """Empty."""
        self.line = QLineEdit(readOnly=True)
        super().__init__(kit, name, self.line, parent=parent)
        self.line.setPlaceholderText(kit.words.text("Not set"))

    def show_value(self, value: Value) -> None:
        """Show it from its beginning."""
        self.line.setText(self.text_of(value))
        self.line.setCursorPosition(0)


class PlaceRow(SettingRow):
    """A folder or a file, picked in a dialog."""

    def __init__(self, kit: Kit, name: str, *, parent: QWidget | None = None) -> None:
        """Empty."""
        words = kit.words
        self.line = QLineEdit(readOnly=True)
        self.line.setPlaceholderText(words.text("Not set"))
        self.choose = button(words.text("Choose…"))
        self.choose.setAccessibleName(words.text("Choose: {setting}", setting=title(name, words)))
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_2)
        inside.addWidget(self.line, 1)
        inside.addWidget(self.choose)
        holder.setFocusProxy(self.line)
        super().__init__(kit, name, holder, parent=parent)
        self.line.setAccessibleName(title(name, words))
        self.choose.clicked.connect(self._pick)

    def show_value(self, value: Value) -> None:
        """Show it from its beginning."""
        self.line.setText(self.text_of(value))
        self.line.setCursorPosition(0)

    def _pick(self) -> None:
        words, asked = self.kit.words, title(self.name, self.kit.words)
        if self.name in FOLDERS:
            pick_folder(self, words, asked, self._picked)
        else:
            pick_file(self, words, asked, "*", self._picked)

    def _picked(self, path: Path) -> None:
        self.chosen.emit(self.name, path)


def row_for(kit: Kit, name: str) -> SettingRow:
    """The row that shows and changes the setting of that name."""
    if name in CHOICES:
        return ChoiceRow(kit, name)
    return PlaceRow(kit, name) if name in FOLDERS + FILES else RememberedRow(kit, name)
