"""Files whose content comes into the note that is open: chosen or dropped, read aside, put in where the cursor was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from cloison.actions.insert_file import PICTURES, TEXTS, FileContent, read_file_for_note
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

    def ask_text(self) -> None:
        """Let a person choose a text."""
        words = self._clerk.words
        pattern = words.text("Texts ({pattern})", pattern=_pattern(TEXTS))
        pick_file(self._editor, words, words.text("Insert a file"), pattern, self.take)

    def ask_picture(self) -> None:
        """Let a person choose a picture."""
        words = self._clerk.words
        pattern = words.text("Pictures ({pattern})", pattern=_pattern(PICTURES))
        pick_file(self._editor, words, words.text("Insert an image"), pattern, self.take)

    def take(self, path: Path) -> None:
        """Read the file; what is in it goes where the cursor is now, however it moves meanwhile."""
        place = self._editor.view.textCursor()
        place.clearSelection()
        # At the end of its paragraph it moves along with what comes in there: a second file comes in after the first.
        place.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        note = self._editor.document.note_uid
        self._clerk.work(
            self,
            lambda task: read_file_for_note(self._clerk.session, path),
            lambda content: self._insert(note, place, content),
            refused=self.refused.emit,
        )

    def _insert(self, note: str | None, place: QTextCursor, content: FileContent) -> None:
        if note == self._editor.document.note_uid and not self._editor.view.isReadOnly():
            self._editor.insert(content.portions, place, left_out=content.pictures_left_out)
        else:
            self.refused.emit(self._clerk.words.text("The note was closed before the file was read."))


def _pattern(extensions: tuple[str, ...]) -> str:
    return " ".join(f"*{one}" for one in extensions)
