"""A note under the French policy, and a hand that writes in a text field."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion, Run
from cloison.ui.chips import mark_text
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.text import ParagraphEdit

POLICY = built_in("FR")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_SPECIAL = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Backspace: "\b", Qt.Key.Key_Delete: "\x7f"}


def label(mark: str) -> Label:
    """The label of a typed mark."""
    return read_mark(POLICY, mark, created=NOW)


def portion(text: str, mark: str | None, *, number: int, kind: Kind = Kind.PARAGRAPH) -> Portion:
    """A portion whose uid is its number."""
    content = (Run(text=text),) if text else ()
    return Portion(uid=f"{number:032x}", kind=kind, content=content, label=None if mark is None else label(mark))


def note_of(*paragraphs: tuple[str, str | None], kinds: Sequence[Kind] = ()) -> Note:
    """A note of these texts and marks, the title first."""
    wanted = [Kind.HEADING, *kinds, *[Kind.PARAGRAPH] * len(paragraphs)]
    portions = [
        portion(text, mark, number=number, kind=wanted[number]) for number, (text, mark) in enumerate(paragraphs)
    ]
    return Note(
        uid="f" * 32,
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=NOW,
        title=portions[0],
        portions=tuple(portions[1:]),
    )


class Hand:
    """Writes in ``field``; paragraphs are named by number, places by paragraph and offset."""

    def __init__(self, field: ParagraphEdit, document: NoteDocument) -> None:
        self.field = field
        self.document = document

    def press(
        self, key: Qt.Key, text: str | None = None, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key, down and up."""
        typed = _SPECIAL.get(key, "") if text is None else text
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(self.field, QKeyEvent(kind, key, modifiers, typed))

    def chord(self, key: Qt.Key) -> None:
        """A key together with Ctrl."""
        self.press(key, "", Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Characters, one key each."""
        for character in text:
            self.press(Qt.Key.Key_unknown, character)

    def compose(self, text: str) -> None:
        """Characters from an input method."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self.field, event)

    def position(self, number: int, offset: int) -> int:
        """Where that is in the document; a negative offset counts from the end."""
        block = self.document.text.findBlockByNumber(number)
        return block.position() + (offset if offset >= 0 else block.length() + offset)

    def at(self, number: int, offset: int) -> None:
        """Put the cursor there; -1 is the end of the paragraph."""
        cursor = self.field.textCursor()
        cursor.setPosition(self.position(number, offset))
        self.field.setTextCursor(cursor)

    def select(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Select from one place to another."""
        cursor = self.field.textCursor()
        cursor.setPosition(self.position(*start))
        cursor.setPosition(self.position(*end), QTextCursor.MoveMode.KeepAnchor)
        self.field.setTextCursor(cursor)

    def paste_from_outside(self, text: str) -> None:
        """As another program would put it on the clipboard."""
        source = QMimeData()
        source.setText(text)
        self.field.insertFromMimeData(source)

    @property
    def texts(self) -> list[str]:
        """The paragraphs."""
        return self.document.text.toPlainText().split("\n")

    @property
    def marks(self) -> list[str]:
        """Their marks in letters: ``S-SF``, ``S?``, ``?``."""
        return [
            mark_text(self.document.policy, one.label, is_settled=one.is_settled) for one in self.document.standings()
        ]

    @property
    def uids(self) -> list[str]:
        """Their uids, by the numbers they were made with."""
        return [row.uid.lstrip("0") or "0" for row in self.document.guard.rows]
