"""The field where tables and images stand among words: keys beside them and on them.

A key that would delete beside an object selects it first; pressed again, it deletes it. What is typed at an object goes
into a paragraph of its own below it. Enter and a double click open it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QTextBlock, QTextCharFormat, QTextCursor

from cloison.ui.editor.guarded import GuardedEdit
from cloison.ui.editor.objects import is_object
from cloison.ui.editor.whole import object_at, select_block, selected_object, whole

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class ObjectEdit(GuardedEdit):
    """``object_opened`` carries the number of the paragraph whose table or image is to be edited."""

    object_opened = Signal(int)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for an object and has been dealt with."""
        if self.isReadOnly():
            return self._opens(event)
        return self._opens(event) or self._deletes(event)

    def keep_objects_whole(self, event: QKeyEvent) -> None:
        """Before a key writes or deletes: let it do so to words alone."""
        if self.isReadOnly():
            return
        if event.text() and self.textCursor().hasSelection():
            self.setTextCursor(whole(self.textCursor()))
        if event.key() not in _DELETING and event.text() and event.text().isprintable():
            self.leave_object()

    def leave_object(self) -> None:
        """Where the cursor stands at an object: begin a paragraph below it, under its mark, and go there."""
        block = object_at(self.textCursor())
        if block is None or self.isReadOnly():
            return
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertBlock(cursor.blockFormat(), QTextCharFormat())
        self.setTextCursor(cursor)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """What is composed is typed."""
        if event.commitString() or event.preeditString():
            if self.textCursor().hasSelection() and not self.isReadOnly():
                self.setTextCursor(whole(self.textCursor()))
            self.leave_object()
        super().inputMethodEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """On an object: open it."""
        block = self.cursorForPosition(event.position().toPoint()).block()
        if is_object(block):
            self.setTextCursor(select_block(block))
            self.object_opened.emit(block.blockNumber())
        else:
            super().mouseDoubleClickEvent(event)

    def _opens(self, event: QKeyEvent) -> bool:
        block = object_at(self.textCursor())
        if block is None or event.key() not in _ENTER:
            return False
        self.object_opened.emit(block.blockNumber())
        return True

    def _deletes(self, event: QKeyEvent) -> bool:
        if event.key() not in _DELETING:
            return False
        cursor = self.textCursor()
        if cursor.hasSelection():
            if selected_object(cursor) is not None:
                cursor.removeSelectedText()
                return True
            self.setTextCursor(whole(cursor))
            return not self.textCursor().hasSelection()
        if event.key() == Qt.Key.Key_Backspace:
            return self._deletes_beside(is_at_edge=cursor.atBlockStart(), beyond=cursor.block().previous())
        return self._deletes_beside(is_at_edge=cursor.atBlockEnd(), beyond=cursor.block().next())

    def _deletes_beside(self, *, is_at_edge: bool, beyond: QTextBlock) -> bool:
        """What a key that deletes does where an object is on either side of it."""
        block = self.textCursor().block()
        if is_object(block) and not is_at_edge:
            self.setTextCursor(select_block(block))
            return True
        if not is_at_edge or not beyond.isValid():
            return False
        if is_object(beyond):
            self.setTextCursor(select_block(beyond))
            return True
        return is_object(block) and self._approaches(block, beyond)

    def _approaches(self, block: QTextBlock, beyond: QTextBlock) -> bool:
        """At the edge of an object: an empty paragraph beyond it goes, into any other the cursor goes."""
        is_above = beyond.blockNumber() < block.blockNumber()
        if beyond.length() == 1 and beyond.blockNumber() > 0:
            return False
        cursor = QTextCursor(beyond)
        if is_above:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        return True
