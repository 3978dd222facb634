"""Writing the note that is open to a file: as text or JSON, on the register first; a PDF is a copy, on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.export_note import Exported, ExportFormat, export_note
from cloison.notes.note import Note
from cloison.ui.clerk import Clerk
from cloison.ui.desk.writing import Writing
from cloison.ui.editor.menu import Entry
from cloison.ui.pick import pick_new_file
from cloison.ui.window.frame import Frame
from cloison.wording.catalogue import N_
from cloison.wording.paper import paper_words

_NAMES = {ExportFormat.TEXT: N_("Export as text…"), ExportFormat.JSON: N_("Export as JSON…")}


class Exports(QObject):
    """``done`` says what was written and entered, ``refused`` why it was not."""

    done = Signal(str)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, frame: Frame, *, parent: QObject | None = None) -> None:
        """Nothing was written."""
        super().__init__(parent)
        self._clerk = clerk
        self._frame = frame

    def entries(self, writing: Writing) -> Sequence[Entry]:
        """One for each form; drawing a PDF takes longer than drafts may wait, and is done where copies are printed."""
        words = self._clerk.words
        plain = (
            Entry(text=words.text(name), act=partial(writing.keep, partial(self.ask, form)), is_offered=True)
            for form, name in _NAMES.items()
        )
        pdf = words.text("Export as a numbered PDF…")
        return (*plain, Entry(text=pdf, act=self._frame.print_asked.emit, is_offered=True))

    def ask(self, form: ExportFormat, note: Note) -> None:
        """Ask where the file is to be, named by the note's reference alone."""
        words = self._clerk.words
        name = f"{note.reference}.{form.value}"
        pick_new_file(self._frame, words, words.text("Export the note"), name, partial(self.write, form, note.uid))

    def write(self, form: ExportFormat, uid: str, path: Path) -> None:
        """Write it."""
        self._clerk.ask(
            self,
            lambda session: export_note(session, uid, form, path, words_for=paper_words),
            self._written,
            refused=self.refused.emit,
        )

    def _written(self, exported: Exported) -> None:
        words = self._clerk.words
        written = words.text(
            "The note was written to {file} and entered in the register as {entry}.",
            file=exported.path.name,
            entry=exported.number,
        )
        self.done.emit(f"{written} {words.text('The vault does not protect that file.')}")
