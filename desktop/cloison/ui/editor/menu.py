"""The menu of the text, under the right button or the menu key; and what else can be brought in or found, in both it
and the button over the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cloison.ui.editor.text import ParagraphEdit
from cloison.wording.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a menu."""

    text: str
    act: Callable[[], object]
    is_offered: bool
    chord: QKeySequence | None = None


def text_menu(field: ParagraphEdit, words: Catalogue, more: Sequence[Entry]) -> QMenu:
    """A menu of ``field``, ``more`` after what every text has; to be popped up; it goes by itself."""
    menu = menu_of(field, _standard(field, words))
    menu.addSeparator()
    _fill(menu, more)
    return menu


def menu_of(parent: QWidget, entries: Sequence[Entry]) -> QMenu:
    """A menu to be popped up; it goes by itself."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _fill(menu, entries)
    return menu


def _fill(menu: QMenu, entries: Sequence[Entry]) -> None:
    for entry in entries:
        action = menu.addAction(entry.text)
        action.setEnabled(entry.is_offered)
        action.triggered.connect(entry.act)
        if entry.chord is not None:
            action.setShortcut(entry.chord)


def _standard(field: ParagraphEdit, words: Catalogue) -> tuple[Entry, ...]:
    source: QMimeData | None = QGuiApplication.clipboard().mimeData()
    is_writable = not field.isReadOnly()
    has_selection = field.textCursor().hasSelection()
    document = field.document()
    standard = QKeySequence.StandardKey
    can_paste = source is not None and field.canInsertFromMimeData(source)
    return tuple(
        Entry(text=text, chord=None if chord is None else QKeySequence(chord), act=act, is_offered=is_offered)
        for text, chord, act, is_offered in (
            (words.text("Undo"), standard.Undo, field.undo, is_writable and document.isUndoAvailable()),
            (words.text("Redo"), standard.Redo, field.redo, is_writable and document.isRedoAvailable()),
            (words.text("Cut"), standard.Cut, field.cut, is_writable and has_selection),
            (words.text_in("menu", "Copy"), standard.Copy, field.copy, has_selection),
            (words.text("Paste"), standard.Paste, field.paste, can_paste),
            (words.text("Select all"), standard.SelectAll, field.selectAll, not document.isEmpty()),
            (words.text("Mark…"), None, lambda: field.mark_keys_asked.emit(), is_writable),
        )
    )
