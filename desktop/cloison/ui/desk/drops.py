"""Files dropped anywhere on the notes: a package is received, a card goes to the directory, and nothing else happens.

The editor would take the path of a dropped file for text. Pages take what is dropped on them themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from cloison.dissemination.sealing import EXTENSION
from cloison.ui.directory.cards import CARD_EXTENSION, dropped_files
from cloison.ui.flow_page import FlowPage

_DRAGS: Final = frozenset((QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop))


class Drops(QObject):
    """``package_dropped`` and ``card_dropped`` carry a path."""

    package_dropped = Signal(object)
    card_dropped = Signal(object)

    def __init__(self, application: QApplication, window: QWidget) -> None:
        """Watch ``window`` and all that is in it."""
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take files before a widget does."""
        if event.type() not in _DRAGS or not isinstance(event, QDropEvent) or not isinstance(watched, QWidget):
            return False
        files = dropped_files(event.mimeData())
        if not files or not self._is_ours(watched):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._tell(files)
        return True

    def _tell(self, files: tuple[Path, ...]) -> None:
        for path in files:
            if path.suffix.lower() == EXTENSION:
                self.package_dropped.emit(path)
            elif path.suffix.lower() == CARD_EXTENSION:
                self.card_dropped.emit(path)

    def _is_ours(self, widget: QWidget) -> bool:
        found: QWidget | None = widget
        while found is not None and not isinstance(found, FlowPage):
            if found is self._window:
                return True
            found = found.parentWidget()
        return False
