"""The menu of the text, under the right button or the menu key."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from cloison.ui.editor.text import ParagraphEdit
from cloison.wording.catalogue import Catalogue


def text_menu(field: ParagraphEdit, words: Catalogue) -> QMenu:
    """A menu of ``field``, to be popped up; it goes by itself."""
    menu = QMenu(field)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    source: QMimeData | None = QGuiApplication.clipboard().mimeData()
    is_writable = not field.isReadOnly()
    has_selection = field.textCursor().hasSelection()
    document = field.document()
    standard = QKeySequence.StandardKey
    for text, chord, act, is_offered in (
        (words.text("Undo"), standard.Undo, field.undo, is_writable and document.isUndoAvailable()),
        (words.text("Redo"), standard.Redo, field.redo, is_writable and document.isRedoAvailable()),
        (words.text("Cut"), standard.Cut, field.cut, is_writable and has_selection),
        (words.text_in("menu", "Copy"), standard.Copy, field.copy, has_selection),
        (words.text("Paste"), standard.Paste, field.paste, source is not None and field.canInsertFromMimeData(source)),
        (words.text("Select all"), standard.SelectAll, field.selectAll, not document.isEmpty()),
        (words.text("Mark…"), None, lambda: field.mark_keys_asked.emit(), is_writable),
    ):
        action = menu.addAction(text)
        action.setEnabled(is_offered)
        action.triggered.connect(act)
        if chord is not None:
            action.setShortcut(chord)
    return menu
