"""What the sheet of a table or an image asks, done in the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextCursor

from cloison.notes.table import table_of
from cloison.ui.editor.clips import Clip
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.object_sheet import ObjectSheet
from cloison.ui.editor.objects import Content, is_object
from cloison.ui.editor.passages import put_in_object, replace_object, worth_of
from cloison.ui.editor.view import ManuscriptView
from cloison.ui.editor.whole import select_block

_FIRST_ROWS = (("", "", ""), ("", "", ""), ("", "", ""))


class ObjectEditing(QObject):
    """One editor's. The sheet is in the place of the text once it is ``opened``; ``refused`` is passed on from it."""

    opened = Signal()
    refused = Signal(object)

    def __init__(self, document: NoteDocument, view: ManuscriptView, sheet: ObjectSheet) -> None:
        """Nothing is open."""
        super().__init__(view)
        self._document = document
        self._view = view
        self._sheet = sheet
        self._place: QTextCursor | None = None
        self._is_begun = False
        view.object_opened.connect(self.open)
        sheet.written.connect(self._write)
        sheet.refused.connect(self.refused)
        sheet.closed.connect(self.close)
        sheet.delete_asked.connect(self._delete)

    def open(self, number: int) -> None:
        """Show the object of that paragraph in the sheet, where the note may be written in."""
        block = self._document.text.findBlockByNumber(number)
        content = self._document.content(block)
        if isinstance(content, tuple) or self._view.isReadOnly():
            return
        self._place = QTextCursor(block)
        self._is_begun = False
        self.opened.emit()
        self._view.hide()
        self._sheet.show_object(content)

    def insert_table(self) -> None:
        """Begin a table below the paragraph the cursor is in, under its mark, and open it."""
        self.insert(table_of(_FIRST_ROWS, has_header=True))

    def insert(self, content: Content) -> None:
        """Put ``content`` in below the paragraph the cursor is in, under its mark, and open it."""
        cursor = self._view.textCursor()
        standing = self._document.standing(cursor.block())
        put_in_object(self._document, cursor, content, standing)
        self._view.setTextCursor(cursor)
        self.open(cursor.blockNumber())

    def close(self) -> None:
        """Go back to the text, with the object selected."""
        block = self._block()
        self.forget()
        if block is not None:
            self._view.setTextCursor(select_block(block))
            self._view.ensureCursorVisible()
        self._view.setFocus()

    def forget(self) -> None:
        """Put the sheet away."""
        self._place = None
        self._sheet.forget()
        self._view.show()

    def _write(self, content: Content, brought: Sequence[Clip]) -> None:
        block = self._block()
        if block is None:
            return
        worths = [worth_of(self._document, clip) for clip in brought]
        standing = self._document.cells.join([self._document.standing(block), *worths]) if worths else None
        replace_object(self._document, block, content, brought=standing, joins_last_edit=self._is_begun)
        self._is_begun = True

    def _delete(self) -> None:
        block = self._block()
        if block is not None:
            cursor = select_block(block)
            cursor.removeSelectedText()
            self._view.setTextCursor(cursor)
        self.close()

    def _block(self) -> QTextBlock | None:
        """The object that is open; its paragraph may have moved, or be gone."""
        if self._place is None or not is_object(self._place.block()):
            return None
        return self._place.block()
