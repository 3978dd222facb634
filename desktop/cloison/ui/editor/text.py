"""Where a note is typed: marks by hand, marks typed at the start of a line, kinds of paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from cloison.labels.errors import MarkError
from cloison.labels.marks import split_leading_mark
from cloison.notes.portion import OBJECTS, Kind
from cloison.ui import sizes
from cloison.ui.editor.blocks import tag_of
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.marks import Choice, LabelChoice, Lowering
from cloison.ui.editor.object_edit import ObjectEdit
from cloison.ui.fonts import font
from cloison_crypto.secrets import Clock

_CLOSING: Final = ("]", ")")
_FOR_THE_WINDOW: Final = ("Ctrl+K", "Ctrl+L")
_SIGNS: Final = {"# ": Kind.HEADING, "- ": Kind.ITEM, "> ": Kind.QUOTE}
_MARK_KEYS: Final = ("Ctrl+M",)
PICKER_KEYS: Final = ("Ctrl+Shift+M",)


class ParagraphEdit(ObjectEdit):
    """The field. Its signals carry what marking could not do by itself, and the wish for the keys that mark.

    A lowering that was typed (``[NP]`` in front of words marked S) is told apart from one that was asked for: whoever
    typed it goes on typing, and the question must not take these words for its reason.
    """

    lowering_asked = Signal(tuple)
    lowering_typed = Signal(tuple)
    mark_refused = Signal(tuple)
    mark_not_understood = Signal(object)
    mark_keys_asked = Signal()
    picker_asked = Signal()
    menu_asked = Signal(object)

    def __init__(
        self, document: NoteDocument, shelf: ClipShelf, *, clock: Clock, parent: QWidget | None = None
    ) -> None:
        """Show ``document``."""
        super().__init__(document, shelf, parent=parent)
        self._clock = clock
        self._has_just_marked = False
        self.setFont(font(sizes.TEXT_EDITOR))
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self._acts: dict[QKeySequence.StandardKey, Callable[[], None]] = {
            QKeySequence.StandardKey.Undo: self.undo,
            QKeySequence.StandardKey.Redo: self.redo,
            QKeySequence.StandardKey.Cut: self.cut,
            QKeySequence.StandardKey.Copy: self.copy,
            QKeySequence.StandardKey.Paste: self.paste,
        }

    def selected_numbers(self) -> range:
        """The paragraphs the cursor is in or the selection touches."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        end = cursor.selectionEnd()
        last_block = self.document().findBlock(end)
        is_only_reached = cursor.hasSelection() and end == last_block.position() and last_block.blockNumber() > first
        return range(first, last_block.blockNumber() + (0 if is_only_reached else 1))

    def mark(self, choice: Choice) -> None:
        """Mark the paragraphs the cursor is in."""
        lowerings = self._mark(self.selected_numbers(), choice)
        if lowerings:
            self.lowering_asked.emit(lowerings)

    def event(self, event: QEvent) -> bool:
        """Some chords belong to the window, though Qt would edit text with them."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and _is(event, _FOR_THE_WINDOW)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Typing; a closing bracket may end a mark at the start of the line."""
        for standard, act in self._acts.items():
            if event.matches(standard):
                act()
                event.accept()
                return
        if _is(event, _MARK_KEYS):
            self.mark_keys_asked.emit()
            return
        if _is(event, PICKER_KEYS):
            self.picker_asked.emit()
            return
        if self._parts_mark_and_words(event) or self.takes_key(event):
            return
        if self._leaves_the_title(event):
            self.moveCursor(QTextCursor.MoveOperation.NextBlock)
            return
        if self._leaves_its_kind(event):
            self._note.set_kind([self.textCursor().blockNumber()], Kind.PARAGRAPH)
            return
        self.keep_objects_whole(event)
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator) and not self.isReadOnly():
            self._begin_paragraph()
            return
        with self._one_step() if self._merges(event) else nullcontext():
            super().keyPressEvent(event)
        self._read_leading(event.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Typing by another way."""
        super().inputMethodEvent(event)
        self._read_leading(event.commitString())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Qt's own menu would reach past the guard; the editor has one of its own (see ``menu``)."""
        self.menu_asked.emit(event.globalPos())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small: the window says how small."""
        return QSize(200, 100)

    def _begin_paragraph(self) -> None:
        """Where the cursor is in an empty paragraph Qt would clear the formats of all that is selected instead."""
        cursor = self.textCursor()
        cursor.insertBlock(cursor.blockFormat(), cursor.blockCharFormat())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @contextmanager
    def _one_step(self) -> Iterator[None]:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()

    def _merges(self, event: QKeyEvent) -> bool:
        """Whether this key joins two paragraphs: Qt records that as one lone command, to which nothing can be added."""
        cursor = self.textCursor()
        is_backward = event.key() == Qt.Key.Key_Backspace and cursor.atBlockStart()
        is_forward = event.key() == Qt.Key.Key_Delete and cursor.atBlockEnd()
        return not cursor.hasSelection() and (is_backward or is_forward)

    def _parts_mark_and_words(self, event: QKeyEvent) -> bool:
        """Whether this is the space typed after a mark that was just taken out of the line."""
        if not event.text():
            return False
        was_marked, self._has_just_marked = self._has_just_marked, False
        return was_marked and event.text() == " " and self.textCursor().atBlockStart()

    def _leaves_the_title(self, event: QKeyEvent) -> bool:
        """Whether this key goes from the end of the title into the empty paragraph that waits below."""
        cursor = self.textCursor()
        below = cursor.block().next()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_at_end = cursor.blockNumber() == 0 and cursor.atBlockEnd() and not cursor.hasSelection()
        return is_enter and is_at_end and below.isValid() and below.length() == 1

    def _leaves_its_kind(self, event: QKeyEvent) -> bool:
        """Whether this key makes a heading, an item or a quote a plain paragraph first."""
        cursor = self.textCursor()
        block = cursor.block()
        if self.isReadOnly() or cursor.hasSelection() or block.blockNumber() == 0:
            return False
        is_backward = event.key() == Qt.Key.Key_Backspace and cursor.atBlockStart()
        is_empty = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and block.length() == 1
        return (is_backward or is_empty) and tag_of(block).kind not in {Kind.PARAGRAPH, *OBJECTS}

    def _mark(self, numbers: range, choice: Choice) -> tuple[Lowering, ...]:
        if self.isReadOnly():
            return ()
        came = self._note.mark(numbers, choice)
        if came.refused:
            self.mark_refused.emit(came.refused)
        return came.lowerings

    def _read_leading(self, typed: str) -> None:
        """What was just typed may end a mark, or the sign of a kind, at the start of the line."""
        if typed == " ":
            self._read_leading_sign()
        elif typed.endswith(_CLOSING):
            self._read_leading_mark()

    def _read_leading_sign(self) -> None:
        cursor = self.textCursor()
        kind = _SIGNS.get(cursor.block().text()[: cursor.positionInBlock()])
        if kind is not None and cursor.blockNumber() > 0:
            self._take_back_line(cursor)
            self._note.set_kind([cursor.blockNumber()], kind)

    def _read_leading_mark(self) -> None:
        cursor = self.textCursor()
        before = (
            cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le", "replace")
        )
        try:
            label, rest = split_leading_mark(self._note.policy, before, created=self._clock())
        except MarkError as error:
            self.mark_not_understood.emit(error)
            return
        if label is None or rest:
            return
        self._take_back_line(cursor)
        self._has_just_marked = True
        lowerings = self._mark(range(cursor.blockNumber(), cursor.blockNumber() + 1), LabelChoice(label=label))
        if lowerings:
            self.lowering_typed.emit(lowerings)

    def _take_back_line(self, cursor: QTextCursor) -> None:
        """Remove what stands before the cursor in its paragraph."""
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


def _is(event: QKeyEvent, chords: tuple[str, ...]) -> bool:
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText) in chords
