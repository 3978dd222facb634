"""Where the words that replace others are written.

What is typed here is worth the paragraph it lands in. What is pasted here was worth something before, and every way in
goes through ``take``, which keeps the clip: else a text marked S would only have to pass through this field to lie in a
paragraph marked NP. It is remembered until the field is empty again.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cloison.ui.editor.clips import Clip, ClipShelf, clip_from_outside
from cloison.ui.plain import on_one_line


class ReplacementField(QLineEdit):
    """One line; ``brought`` are the clips that words in it came from."""

    def __init__(self, shelf: ClipShelf, *, parent: QWidget | None = None) -> None:
        """Empty; ``shelf`` is the application's one."""
        super().__init__(parent)
        self._shelf = shelf
        self.brought: list[Clip] = []
        # Qt's own menu and a drop would put words in behind our back.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.textEdited.connect(self._forget_when_empty)

    def take(self, source: QMimeData | None) -> None:
        """Put in what is on the clipboard, on one line."""
        if source is None or not source.hasText() or self.isReadOnly():
            return
        self.brought.append(self._shelf.find(source) or clip_from_outside(source.text()))
        self.insert(on_one_line(source.text()))

    def forget(self) -> None:
        """Empty it, with what undo could bring back into it."""
        self.brought.clear()
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pasting goes through ``take``."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The middle button pastes what is selected elsewhere, under X11."""
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton:
            if clipboard.supportsSelection():
                self.take(clipboard.mimeData(clipboard.Mode.Selection))
        else:
            super().mouseReleaseEvent(event)

    def _forget_when_empty(self, text: str) -> None:
        if not text:
            self.forget()
