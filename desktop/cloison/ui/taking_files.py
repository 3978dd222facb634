"""Files that are dropped: taken as copies, whatever the hand that drags them proposes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def dropped_files(mime: QMimeData) -> tuple[Path, ...]:
    """The files of this machine in what is dragged."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def accept_as_copy(event: QDropEvent) -> None:
    """Take what is dropped. As a move, a file manager would remove the files it handed over."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class TakesFiles:
    """Beside a widget's class, before it: files may be dropped anywhere on the widget, and go to ``take``."""

    def take(self, paths: Sequence[Path]) -> None:
        """Take these in."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if dropped_files(event.mimeData()):
            accept_as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take them all."""
        accept_as_copy(event)
        self.take(dropped_files(event.mimeData()))
