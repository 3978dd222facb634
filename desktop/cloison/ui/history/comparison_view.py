"""Two revisions of a note as one text: what went is struck through, what came is underlined, each in its colour too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from cloison.labels.label import Label
from cloison.notes.comparing import ComparedPortion, State
from cloison.ui import sizes
from cloison.ui.chips import mark_text
from cloison.ui.clerk import Clerk
from cloison.ui.fonts import font
from cloison.ui.plain import visible


class ComparisonView(QTextEdit):
    """To be read alone; every character is put in as plain text under a format of ours, and none is copied out."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._clerk = clerk
        self._shown: tuple[ComparedPortion, ...] = ()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFont(font(sizes.TEXT_BASE))
        self.setAccessibleName(clerk.words.text("What differs"))
        clerk.kit.theme.palette_changed.connect(self._dress)

    def show_portions(self, portions: Sequence[ComparedPortion]) -> None:
        """Show these."""
        self._shown = tuple(portions)
        self.setPlainText("")
        cursor = self.textCursor()
        # As one edit: a long note is laid out once.
        cursor.beginEditBlock()
        for index, portion in enumerate(portions):
            if index:
                cursor.insertBlock()
            self._write(cursor, portion)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Nothing leaves by selecting, dragging or copying: words would go out with no mark kept for them."""
        return QMimeData()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """To copy would only empty the clipboard."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Qt's own menu offers to copy."""

    def _dress(self) -> None:
        self.show_portions(self._shown)

    def _write(self, cursor: QTextCursor, portion: ComparedPortion) -> None:
        cursor.insertText(self._head(portion), self._form(State.SAME, is_head=True))
        for stretch in portion.stretches:
            text = visible(stretch.text).replace("\n", "\u2028")
            cursor.insertText(text, self._form(stretch.state))

    def _head(self, portion: ComparedPortion) -> str:
        """The number, the mark, and in words what became of it: colours are never alone."""
        words = self._clerk.words
        told = {
            State.SAME: self._mark(portion.after),
            State.ADDED: words.text("{mark}, added", mark=self._mark(portion.after)),
            State.REMOVED: words.text("{mark}, removed", mark=self._mark(portion.before)),
            State.CHANGED: self._changed(portion),
        }
        if portion.number == 0:
            return words.text("Title ({told}): ", told=told[portion.state])
        return words.text("§ {number} ({told}): ", number=portion.number, told=told[portion.state])

    def _changed(self, portion: ComparedPortion) -> str:
        before, after = self._mark(portion.before), self._mark(portion.after)
        if before == after:
            return self._clerk.words.text("{mark}, changed", mark=after)
        return self._clerk.words.text("{before}, then {after}", before=before, after=after)

    def _mark(self, label: Label | None) -> str:
        return mark_text(self._clerk.policy, label, is_settled=label is not None)

    def _form(self, state: State, *, is_head: bool = False) -> QTextCharFormat:
        palette = self._clerk.kit.theme.palette
        form = QTextCharFormat()
        colours = {State.ADDED: palette.ok, State.REMOVED: palette.danger}
        form.setForeground(QColor(palette.muted if is_head else colours.get(state, palette.text)))
        form.setFontWeight(QFont.Weight.DemiBold if is_head else QFont.Weight.Normal)
        form.setFontStrikeOut(state is State.REMOVED)
        form.setFontUnderline(state is State.ADDED)
        return form
