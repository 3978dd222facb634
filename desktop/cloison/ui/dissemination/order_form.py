"""Where packages are written, what is asked of their readers, and the button that seals."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.seal_note import SealOptions
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.folder_field import FolderField
from cloison.ui.plain import tooltip


class OrderForm(QWidget):
    """``seal_asked``: the button was pressed, and there is a folder to write to. ``ticked``: ``options`` are others."""

    seal_asked = Signal()
    ticked = Signal()

    def __init__(self, clerk: Clerk, *, folder: Path | None, parent: QWidget | None = None) -> None:
        """``folder`` is where packages were written last."""
        super().__init__(parent)
        self._words = words = clerk.words
        self.folder = FolderField(
            words,
            words.text("Write the packages to"),
            advice=words.text("A removable medium, or a folder you carry them from."),
        )
        self.reply = CheckBox(clerk.kit.theme, words.text("A reply is expected"))
        self.distribution = CheckBox(clerk.kit.theme, words.text("Show the distribution"))
        self.seal = button(words.text("Seal"), role="primary")
        self.distribution.setToolTip(tooltip(words.text("Copy n of N, and the names of all who receive one")))
        self.seal.clicked.connect(self._ask)
        for one in (self.reply, self.distribution):
            one.toggled.connect(self.ticked)
        if folder is not None:
            self.folder.set_folder(folder)
        self._place()

    @property
    def options(self) -> SealOptions:
        """What is ticked."""
        return SealOptions(is_reply_expected=self.reply.isChecked(), shows_distribution=self.distribution.isChecked())

    def show_count(self, count: int) -> None:
        """Say on the button how many packages it makes."""
        words = self._words
        self.seal.setText(
            words.plural("Seal {count} package", "Seal {count} packages", count) if count else words.text("Seal")
        )
        self.seal.setAccessibleName(self.seal.text())

    def _ask(self) -> None:
        if self.folder.will_do():
            self.seal_asked.emit()

    def _place(self) -> None:
        options = QVBoxLayout()
        options.setSpacing(0)
        options.addWidget(self.reply)
        options.addWidget(self.distribution)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(sizes.SPACE_4)
        line.addWidget(self.folder, 1)
        line.addLayout(options)
        line.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignBottom)
