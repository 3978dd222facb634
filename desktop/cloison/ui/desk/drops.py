"""Files dropped anywhere on the notes: a package is received, a card goes to the directory, and what can be read into a
note goes into the one that is open, where it is dropped on its text; anything else is to be attached to that note.

The editor would take the path of a dropped file for text. Pages take what is dropped on them themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from cloison.actions.insert_file import PICTURES, TEXTS
from cloison.dissemination.sealing import EXTENSION
from cloison.ui.directory.cards import CARD_EXTENSION, LIST_EXTENSION
from cloison.ui.flow_page import FlowPage
from cloison.ui.taking_files import accept_as_copy, dropped_files

_DRAGS: Final = frozenset((QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop))


class Drops(QObject):
    """``package_dropped``, ``card_dropped`` and ``content_dropped`` carry a path, ``files_dropped`` those to attach.

    ``notes_dropped`` carries files that were dropped on the list: each is to become a note.
    """

    package_dropped = Signal(object)
    card_dropped = Signal(object)
    content_dropped = Signal(object)
    files_dropped = Signal(tuple)
    notes_dropped = Signal(tuple)

    def __init__(self, application: QApplication, window: QWidget, text: QTextEdit, notes: QWidget) -> None:
        """Watch ``window`` and all that is in it; ``text`` is where a note is written, ``notes`` lists them all."""
        super().__init__(window)
        self._window = window
        self._text = text
        self._notes = notes
        window.setAcceptDrops(True)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take files before a widget does."""
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent) or not isinstance(watched, QWidget):
            return False
        files = dropped_files(event.mimeData())
        if not files or not self._is_ours(watched):
            return False
        accept_as_copy(event)
        is_on_text = watched is self._text.viewport() and not self._text.isReadOnly()
        if is_on_text:
            # The cursor shows where it will go.
            self._text.setTextCursor(self._text.cursorForPosition(event.position().toPoint()))
        if event.type() == QEvent.Type.Drop:
            others = tuple(path for path in files if not self._tell(path, is_on_text=is_on_text))
            if others and self._is_on_list(watched, event):
                self.notes_dropped.emit(others)
            elif others:
                self.files_dropped.emit(others)
        return True

    def _tell(self, path: Path, *, is_on_text: bool) -> bool:
        """Say what was dropped; whether there is a place for it."""
        kind = path.suffix.lower()
        if kind == EXTENSION:
            self.package_dropped.emit(path)
        elif kind in (CARD_EXTENSION, LIST_EXTENSION):
            self.card_dropped.emit(path)
        elif kind in (*TEXTS, *PICTURES) and is_on_text:
            self.content_dropped.emit(path)
        else:
            return False
        return True

    def _is_on_list(self, watched: QWidget, event: QDropEvent) -> bool:
        """Whether it is over the list, which takes no drops itself: the window around it is told."""
        at = watched.mapToGlobal(event.position().toPoint())
        return self._notes.isVisible() and self._notes.rect().contains(self._notes.mapFromGlobal(at))

    def _is_ours(self, widget: QWidget) -> bool:
        found: QWidget | None = widget
        while found is not None and not isinstance(found, FlowPage):
            if found is self._window:
                return True
            found = found.parentWidget()
        return False
