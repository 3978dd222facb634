"""Asking for a file or folder: Qt's own dialog, which neither blocks the window nor leaves its list of recent places.

The system's dialog runs beside the application, where a chord that locks does not reach, and remembers what was opened.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cloison.wording.catalogue import Catalogue


def keep_no_history() -> None:
    """Let Qt's file dialog find no place to remember folders in; Windows' registry is out of our reach."""
    if sys.platform != "win32":
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, "/nonexistent")


def pick_folder(asker: QWidget, words: Catalogue, title: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder; ``then`` hears it when one was chosen."""
    dialog = _dialog(asker, words, title, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    dialog.open()
    return dialog


def pick_file(asker: QWidget, words: Catalogue, title: str, pattern: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file whose name fits ``pattern``, as ``Packages (*.pli)``; ``then`` hears it when one was chosen."""
    dialog = _dialog(asker, words, title, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(pattern)
    dialog.open()
    return dialog


def pick_files(
    asker: QWidget, words: Catalogue, title: str, pattern: str, then: Callable[[tuple[Path, ...]], None]
) -> QFileDialog:
    """As ``pick_file``, for one or several."""
    dialog = _dialog(asker, words, title, lambda chosen: None)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(pattern)
    dialog.filesSelected.connect(lambda chosen: then(tuple(Path(one) for one in chosen)))
    dialog.open()
    return dialog


def pick_new_file(asker: QWidget, words: Catalogue, title: str, name: str, then: Callable[[Path], None]) -> QFileDialog:
    """Ask where a new file is to be written; ``name`` is proposed. Nothing is written over: whoever writes refuses."""
    dialog = _dialog(asker, words, title, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _dialog(asker: QWidget, words: Catalogue, title: str, then: Callable[[Path], None]) -> QFileDialog:
    dialog = QFileDialog(asker, title, str(Path.home()))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # Qt has no French for these two.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, words.text("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, words.text("Files of type:"))
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    return dialog
