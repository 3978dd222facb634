"""A text field over a ``NoteDocument`` with every way in and out of text taken over.

Copy, cut, paste, drop, undo and redo go through here, so that the guard knows what each of them is. What reaches the
document some other way (an input method, assistive technology) counts as typing.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragLeaveEvent, QDropEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from cloison.ui.editor import passages
from cloison.ui.editor.clips import ClipShelf, clip_from_outside
from cloison.ui.editor.document import NoteDocument


class GuardedEdit(QTextEdit):
    """The field as it moves text; ``shelf`` is the application's one."""

    def __init__(self, document: NoteDocument, shelf: ClipShelf, *, parent: QWidget | None = None) -> None:
        """Show ``document``."""
        super().__init__(parent)
        self._note = document
        self._shelf = shelf
        self._is_mouse_moving = False
        self.setDocument(document.text)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(True)

    def undo(self) -> None:
        """Take the last edit back; a mark that rose stays."""
        if not self.isReadOnly():
            with self._note.guard.restoring():
                super().undo()
                while self._note.guard.is_half_restored and self.document().isUndoAvailable():
                    super().undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self.isReadOnly():
            with self._note.guard.restoring():
                super().redo()
                while self._note.guard.is_half_restored and self.document().isRedoAvailable():
                    super().redo()

    def copy(self) -> None:
        """Put the selection on the clipboard."""
        if self.textCursor().hasSelection():
            clip = passages.copy(self._note, self.textCursor())
            QGuiApplication.clipboard().setMimeData(self._shelf.copied(clip))

    def cut(self) -> None:
        """Take the selection to the clipboard."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            clip = passages.cut(self._note, self.textCursor())
            QGuiApplication.clipboard().setMimeData(self._shelf.copied(clip))

    def paste(self) -> None:
        """Put in what is on the clipboard."""
        source: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if source is not None:
            self.insertFromMimeData(source)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Qt asks for what is dragged – and, under X11, for whatever is selected: selecting is not copying."""
        return self.dragged() if self._is_mouse_moving else QMimeData()

    def dragged(self) -> QMimeData:
        """What goes under the mouse."""
        return self._shelf.moving(passages.copy(self._note, self.textCursor()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Only words come in."""
        return source.hasText() and not self.isReadOnly()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Put in text with its marks if it is ours, else plain and unmarked."""
        if not self.canInsertFromMimeData(source):
            return
        cursor = self.textCursor()
        passages.put_in(self._note, cursor, self._shelf.find(source) or clip_from_outside(source.text()))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Selecting, or the beginning of a drag."""
        self._is_mouse_moving = True
        try:
            super().mouseMoveEvent(event)
        finally:
            self._is_mouse_moving = False

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Qt would take text out and put it in as one change, in which nobody can tell what went where."""
        source = event.mimeData()
        if not self.canInsertFromMimeData(source):
            event.ignore()
            return
        place = self.cursorForPosition(event.position().toPoint())
        if self.is_drag_of_its_own(event) and event.proposedAction() is Qt.DropAction.MoveAction:
            self.setTextCursor(passages.move(self._note, self.textCursor(), place.position()))
        else:
            self.setTextCursor(place)
            self.insertFromMimeData(source)
        event.acceptProposedAction()
        # Qt's own bookkeeping of the drag ends as if it had left.
        self.dragLeaveEvent(QDragLeaveEvent())

    def is_drag_of_its_own(self, event: QDropEvent) -> bool:
        """Whether what is dropped is this field's own selection."""
        return event.source() in (self, self.viewport()) and self.textCursor().hasSelection()
