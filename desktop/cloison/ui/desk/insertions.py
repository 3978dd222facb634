"""Files whose content comes into the note that is open: chosen or dropped, read aside, put in where the cursor was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from cloison.actions.insert_file import TEXTS, read_text_file
from cloison.notes.portion import Portion
from cloison.ui.clerk import Clerk
from cloison.ui.editor.editor import NoteEditor
from cloison.ui.pick import pick_file


class Insertions(QObject):
    """``refused`` carries why a file could not come in."""

    refused = Signal(str)

    def __init__(self, clerk: Clerk, editor: NoteEditor, *, parent: QObject | None = None) -> None:
        """Insert into ``editor``."""
        super().__init__(parent)
        self._clerk = clerk
        self._editor = editor

    def ask(self) -> None:
        """Let a person choose a file."""
        words = self._clerk.words
        pattern = words.text("Texts ({pattern})", pattern=" ".join(f"*{one}" for one in TEXTS))
        pick_file(self._editor, words, words.text("Insert a file"), pattern, self.take)

    def take(self, path: Path) -> None:
        """Read the file; its paragraphs go where the cursor is now, however it moves meanwhile."""
        place = self._editor.view.textCursor()
        place.clearSelection()
        # At the end of its paragraph it moves along with what comes in there: a second file comes in after the first.
        place.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        note = self._editor.document.note_uid
        self._clerk.work(
            self,
            lambda task: read_text_file(self._clerk.session, path),
            lambda portions: self._insert(note, place, portions),
            refused=self.refused.emit,
        )

    def _insert(self, note: str | None, place: QTextCursor, portions: tuple[Portion, ...]) -> None:
        if note == self._editor.document.note_uid and not self._editor.view.isReadOnly():
            self._editor.insert(portions, place)
        else:
            self.refused.emit(self._clerk.words.text("The note was closed before the file was read."))
