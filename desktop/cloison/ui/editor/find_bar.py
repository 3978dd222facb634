"""The bar to find words in a note and to replace them; it stands over the text, and nothing stops meanwhile."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.replacement_field import ReplacementField
from cloison.ui.icons import NORMAL, icon
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel, tooltip

# Ctrl+F searches the notes. On macOS Qt's Ctrl is the Command key, and Command+H hides the application.
CHORD: Final = "Ctrl+Alt+F" if sys.platform == "darwin" else "Ctrl+H"
NEXT: Final = "F3"
PREVIOUS: Final = "Shift+F3"
_COUNT_WIDTH: Final = 96


class FindBar(QFrame):
    """Shows and asks; ``closed`` is a wish to be rid of it."""

    sought_changed = Signal(str)
    next_asked = Signal()
    previous_asked = Signal()
    replace_asked = Signal()
    replace_all_asked = Signal()
    closed = Signal()

    def __init__(self, kit: Kit, shelf: ClipShelf, *, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        words = kit.words
        self._theme = kit.theme
        self.sought = QLineEdit()
        self.replacement = ReplacementField(shelf)
        for field, name in (
            (self.sought, words.text("Find in this note")),
            (self.replacement, words.text("Replace with")),
        ):
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setMaxLength(1000)
        self._count = PlainLabel(role="muted")
        self._count.setWordWrap(False)
        self._count.setFixedWidth(_COUNT_WIDTH)
        self._previous = self._tool(words.text("Find the one before ({chord})", chord=PREVIOUS))
        self._next = self._tool(words.text("Find the next one ({chord})", chord=NEXT))
        self._close = self._tool(words.text("Close (Esc)"))
        self._replace = button(words.text("Replace"))
        self._all = button(words.text("Replace all"))
        self._place()
        self._connect()
        self._draw_icons()
        self._theme.palette_changed.connect(self._draw_icons)
        self.hide()

    def show_found(self, sentence: str, *, is_any: bool, is_writable: bool) -> None:
        """Say how many were found, and offer what can be done with them."""
        self._count.setText(sentence)
        for one in (self._previous, self._next):
            one.setEnabled(is_any)
        for one in (self._replace, self._all):
            one.setEnabled(is_any and is_writable)
        self.replacement.setEnabled(is_writable)

    def forget(self) -> None:
        """Empty both fields; what undo could bring back goes too."""
        self.sought.setText("")
        self.replacement.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes, Enter goes on, with Shift back; in the second field Enter replaces."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(is_back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _enter(self, *, is_back: bool) -> None:
        if self.replacement.hasFocus():
            self._replace.click()
        else:
            (self._previous if is_back else self._next).click()

    def _tool(self, name: str) -> QPushButton:
        made = button("", role="tool")
        made.setAccessibleName(name)
        made.setToolTip(tooltip(name))
        made.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
        made.setIconSize(QSize(NORMAL, NORMAL))
        return made

    def _connect(self) -> None:
        self.sought.textChanged.connect(self.sought_changed)
        self._next.clicked.connect(self.next_asked)
        self._previous.clicked.connect(self.previous_asked)
        self._replace.clicked.connect(self.replace_asked)
        self._all.clicked.connect(self.replace_all_asked)
        self._close.clicked.connect(self.closed)

    def _draw_icons(self) -> None:
        colours = self._theme.palette
        for one, name in ((self._previous, "chevron-up"), (self._next, "chevron-down"), (self._close, "x")):
            one.setIcon(icon(name, colours.accent, disabled=colours.muted))

    def _place(self) -> None:
        finding, replacing = QHBoxLayout(), QHBoxLayout()
        for line, parts in (
            (finding, (self.sought, self._count, self._previous, self._next, self._close)),
            (replacing, (self.replacement, self._replace, self._all)),
        ):
            line.setSpacing(sizes.SPACE_1)
            for part in parts:
                line.addWidget(part, 1 if isinstance(part, QLineEdit) else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_2, sizes.SPACE_2, sizes.SPACE_2, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_1)
        layout.addLayout(finding)
        layout.addLayout(replacing)
