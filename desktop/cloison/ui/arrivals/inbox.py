"""Files handed to the running session: by the file manager, or by a second start of the program.

They are taken as soon as they are named, even while the vault is locked, so that whoever handed one over knows that a
session is there; they wait here until there is somebody to open them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from cloison import supervisor


class Inbox(QObject):
    """Watches one vault's ``inbox`` folder; ``handed_in`` says that ``take`` has something to give."""

    handed_in = Signal()

    def __init__(self, folder: Path, *, parent: QObject | None = None) -> None:
        """Watch ``folder``, where it exists."""
        super().__init__(parent)
        self.folder = folder
        self._waiting: list[Path] = []
        self._watcher = QFileSystemWatcher(self)
        if folder.is_dir():
            self._watcher.addPath(str(folder))
        self._watcher.directoryChanged.connect(self._look)
        QTimer.singleShot(0, self, self._look)

    def take(self) -> tuple[Path, ...]:
        """What was handed in so far, each given once."""
        waiting = tuple(self._waiting)
        self._waiting.clear()
        return waiting

    def _look(self) -> None:
        found = supervisor.take(self.folder)
        self._waiting += found
        if found:
            self.handed_in.emit()
