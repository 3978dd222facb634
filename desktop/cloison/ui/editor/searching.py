"""Find and replace in the note that is open: what the bar asks, done in the text.

What was searched for is forgotten when the note is closed: nothing of it shows in the next one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.find_bar import CHORD, NEXT, PREVIOUS, FindBar
from cloison.ui.editor.passages import worth_of
from cloison.ui.editor.replacing import Match, Replacement, matches, replace_all, selection_of
from cloison.ui.editor.view import ManuscriptView
from cloison.ui.kit import Kit
from cloison.ui.plain import visible

AFTER_AN_EDIT_MS: Final = 150
_MOST_SHOWN: Final = 1000


class NoteSearch(QObject):
    """One editor's; ``replaced`` carries how many were."""

    replaced = Signal(int)

    def __init__(self, kit: Kit, document: NoteDocument, view: ManuscriptView, bar: FindBar) -> None:
        """The bar is closed."""
        super().__init__(view)
        self._kit = kit
        self._document = document
        self._view = view
        self._bar = bar
        self._is_open = False
        self._found: tuple[Match, ...] = ()
        self._starts: list[int] = []
        # A long note is not searched through between two keys.
        self._typed = QTimer(self, singleShot=True, interval=AFTER_AN_EDIT_MS)
        self._typed.timeout.connect(self.refresh)
        document.edited.connect(self._edited)
        view.cursorPositionChanged.connect(self._say)
        kit.theme.palette_changed.connect(self.refresh)
        bar.sought_changed.connect(self._seek)
        bar.next_asked.connect(self.go_on)
        bar.previous_asked.connect(self.go_back)
        bar.replace_asked.connect(self.replace)
        bar.replace_all_asked.connect(self.replace_all)
        bar.closed.connect(self.close)
        for chord, act in ((CHORD, self.open), (NEXT, self.go_on), (PREVIOUS, self.go_back)):
            # The shortcuts of a page that is not shown are not heard.
            QShortcut(QKeySequence(chord), bar.parentWidget() or view).activated.connect(act)

    def open(self) -> None:
        """Show the bar; a selection within one paragraph is what to find."""
        cursor = self._view.textCursor()
        if cursor.hasSelection() and self._document.text.findBlock(cursor.anchor()) == cursor.block():
            self._bar.sought.setText(cursor.selectedText())
        self._is_open = True
        self._bar.show()
        self._bar.sought.setFocus()
        self._bar.sought.selectAll()
        self.refresh()

    def close(self) -> None:
        """Put the bar away and go back to the text."""
        self.forget()
        self._view.setFocus()

    def forget(self) -> None:
        """Nothing was ever searched for."""
        self._is_open = False
        self._bar.hide()
        self._bar.forget()
        self.refresh()

    def refresh(self) -> None:
        """Look through the text as it is now."""
        self._typed.stop()
        sought = visible(self._bar.sought.text())
        self._found = matches(self._document, sought) if self._is_open else ()
        self._starts = [selection_of(self._document, one).selectionStart() for one in self._found]
        self._show()
        self._say()

    def go_on(self) -> None:
        """Select the next one; after the last comes the first."""
        if self._is_ready():
            self._select(self._found[bisect_left(self._starts, self._view.textCursor().selectionEnd()) % self._count])

    def go_back(self) -> None:
        """Select the one before; before the first comes the last."""
        if self._is_ready():
            at = self._view.textCursor().selectionStart()
            self._select(self._found[bisect_left(self._starts, at) - 1])

    def replace(self) -> None:
        """Replace the one that is selected and go to the next; where none is, only that."""
        if not self._is_ready() or self._view.isReadOnly():
            return
        present = self._present()
        if present is not None and present.is_text:
            replace_all(self._document, (present,), self._replacement())
            self._view.setTextCursor(self._after(present))
            self.refresh()
        self.go_on()

    def replace_all(self) -> None:
        """Replace every one, as one step to undo."""
        if not self._is_ready() or self._view.isReadOnly():
            return
        count = sum(match.is_text for match in self._found)
        replace_all(self._document, self._found, self._replacement())
        self.refresh()
        self.replaced.emit(count)

    @property
    def _count(self) -> int:
        return len(self._found)

    def _is_ready(self) -> bool:
        """Whether there is anything to go to, by the text as it is now."""
        if not self._is_open:
            self.open()
        self.refresh()
        return bool(self._found)

    def _replacement(self) -> Replacement:
        brought = [worth_of(self._document, clip) for clip in self._bar.replacement.brought]
        text = visible(self._bar.replacement.text())
        return Replacement(text=text, brought=self._document.cells.join(brought) if brought else None)

    def _present(self) -> Match | None:
        cursor = self._view.textCursor()
        return next((one for one in self._found if _is_at(selection_of(self._document, one), cursor)), None)

    def _after(self, replaced: Match) -> QTextCursor:
        """Behind the words that came in its place."""
        length = len(visible(self._bar.replacement.text()).encode("utf-16-le")) // 2
        cursor = QTextCursor(self._document.text.findBlockByNumber(replaced.number))
        cursor.setPosition(cursor.position() + replaced.span.start + length)
        return cursor

    def _select(self, match: Match) -> None:
        self._view.setTextCursor(selection_of(self._document, match))
        self._view.ensureCursorVisible()

    def _seek(self) -> None:
        """Follow the field: select the first one from where the cursor stands."""
        self.refresh()
        if self._found:
            at = self._view.textCursor().selectionStart()
            self._select(self._found[bisect_left(self._starts, at) % self._count])

    def _edited(self) -> None:
        if self._is_open:
            self._typed.start()

    def _say(self) -> None:
        words, is_writable = self._kit.words, not self._view.isReadOnly()
        sentence = ""
        if self._found:
            at = bisect_right(self._starts, self._view.textCursor().selectionStart()) or 1
            sentence = words.text("{number} of {total}", number=at, total=self._count)
        elif self._bar.sought.text():
            sentence = words.text("Not found")
        self._bar.show_found(sentence, is_any=bool(self._found), is_writable=is_writable)

    def _show(self) -> None:
        form = QTextCharFormat()
        form.setBackground(QColor(self._kit.theme.palette.selection))
        shown = []
        for match in self._found[:_MOST_SHOWN]:
            one = QTextEdit.ExtraSelection()
            one.cursor, one.format = selection_of(self._document, match), form
            shown.append(one)
        self._view.setExtraSelections(shown)


def _is_at(first: QTextCursor, second: QTextCursor) -> bool:
    return (first.selectionStart(), first.selectionEnd()) == (second.selectionStart(), second.selectionEnd())
