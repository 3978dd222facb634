"""Files dragged over a widget and dropped on it, as the window system tells of it."""

import warnings
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NOTHING_HELD = Qt.KeyboardModifier.NoModifier


def drop_files(widget: QWidget, files: Sequence[Path], proposed: Qt.DropAction = _COPY) -> Qt.DropAction:
    """Over its upper left corner, then let go; what was done in place of what the hand proposed."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    with warnings.catch_warnings():
        # Qt deprecates making it with whole pixels, and has no other way.
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(QPoint(5, 5), _COPY | proposed, mime, _LEFT, _NOTHING_HELD)
    QApplication.sendEvent(widget, enter)
    drop = QDropEvent(QPointF(5, 5), _COPY | proposed, mime, _LEFT, _NOTHING_HELD)
    drop.setDropAction(proposed)
    QApplication.sendEvent(widget, drop)
    return drop.dropAction()
