"""Selections that never tear an object from its block nor leave words beside it in one."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from cloison.ui.editor.objects import is_object


def whole(selection: QTextCursor) -> QTextCursor:
    """The selection without the end of a paragraph whose removal would put words and an object into one block.

    Where it reaches just up to an object, it ends with the paragraph above; where it begins just behind one, it begins
    with the paragraph below. What is selected of words and of objects stays selected.
    """
    start, end = selection.selectionStart(), selection.selectionEnd()
    document = selection.document()
    first, last = document.findBlock(start), document.findBlock(end)
    if first == last:
        return selection
    if is_object(last) and end == last.position():
        end -= 1
    if is_object(first) and start > first.position():
        start += 1
    made = QTextCursor(document)
    made.setPosition(min(start, end))
    made.setPosition(max(min(start, end), end), QTextCursor.MoveMode.KeepAnchor)
    return made


def selected_object(selection: QTextCursor) -> QTextBlock | None:
    """The block of the object that is selected and nothing else with it."""
    block = selection.document().findBlock(selection.selectionStart())
    is_all = selection.selectionStart() == block.position() and selection.selectionEnd() == block.position() + 1
    return block if is_all and is_object(block) else None


def object_at(cursor: QTextCursor) -> QTextBlock | None:
    """The block of the object the cursor stands at, or that is selected alone."""
    if cursor.hasSelection():
        return selected_object(cursor)
    return cursor.block() if is_object(cursor.block()) else None


def select_block(block: QTextBlock) -> QTextCursor:
    """All that is in the block, selected."""
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor
