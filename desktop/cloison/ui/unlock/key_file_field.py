"""A key file that is named or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field, button
from cloison.ui.pick import pick_file
from cloison.wording.catalogue import Catalogue


class KeyFileField(QWidget):
    """One line under its label, and a button to choose; ``entered`` is Return."""

    entered = Signal()

    def __init__(self, words: Catalogue, *, advice: str, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._words = words
        self.line = QLineEdit()
        self.line.returnPressed.connect(self.entered)
        choose = button(words.text("Choose…"))
        choose.clicked.connect(self._pick)
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_2)
        inside.addWidget(self.line, 1)
        inside.addWidget(choose)
        holder.setFocusProxy(self.line)
        field = Field(words.text("Key file"), holder, advice=advice)
        self.line.setAccessibleName(words.text("Key file"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What is in it."""
        return self.line.text().strip()

    @property
    def path(self) -> Path:
        """The file that is named."""
        return Path(self.text).expanduser()

    def clear(self) -> None:
        """Empty it."""
        self.line.clear()

    def _pick(self) -> None:
        words = self._words
        pattern = f"{words.text('All files')} (*)"
        pick_file(self, words, words.text("Key file"), pattern, lambda chosen: self.line.setText(str(chosen)))
