"""What the views of the directory have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.ui.clerk import Clerk
from cloison.ui.notice import Tone


class DirectoryView(QWidget):
    """``said`` carries a sentence and its tone, ``changed`` that the directory is another one.

    ``filled`` tells that much of what the view shows is another now.
    """

    said = Signal(str, object)
    changed = Signal()
    filled = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.clerk = clerk

    def refresh(self) -> None:
        """Read what it shows again."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the focus where a person begins; where nothing says otherwise it stays on the names of the views."""

    def refuse(self, sentence: str) -> None:
        """Say what could not be done."""
        self.said.emit(sentence, Tone.REFUSED)

    def done(self, sentence: str) -> None:
        """Say what was done, and that the directory changed."""
        self.said.emit(sentence, Tone.DONE)
        self.changed.emit()
