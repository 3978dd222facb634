"""The packages that were handed in: one row and one result each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from cloison.ui.arrivals.reception import Incoming, Key
from cloison.ui.arrivals.words import stage_text
from cloison.ui.clerk import Clerk
from cloison.ui.two_lines import TwoLineList

WIDTH = 240


class FileList(TwoLineList):
    """``picked`` carries the key of the package whose row is the present one."""

    picked = Signal(object)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(clerk.kit.theme, clerk.words.text("Packages handed in"), parent=parent)
        self._words = clerk.words
        self.setFixedWidth(WIDTH)
        self.currentRowChanged.connect(self._tell)
        self.hide()

    @property
    def present(self) -> Key | None:
        """The package whose row is the present one."""
        found = self.present_id
        return found if isinstance(found, Key) else None

    def show_packages(self, packages: Sequence[Incoming]) -> None:
        """Show these; the present one stays so."""
        present = self.present
        with QSignalBlocker(self):
            self.clear()
            for one in packages:
                self.add(one.name, stage_text(one, self._words), one.key)
            if present is not None:
                self.pick(present)
        self.setVisible(bool(packages))

    def _tell(self) -> None:
        if self.present is not None:
            self.picked.emit(self.present)
