"""What is dropped is copied, whatever is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cloison.ui.taking_files import TakesFiles
from dropping import drop_files


class Taker(TakesFiles, QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.taken: list[Path] = []

    def take(self, paths: Sequence[Path]) -> None:
        self.taken += paths


def test_a_file_that_is_moved_here_is_copied(qtbot: QtBot, tmp_path: Path) -> None:
    widget = Taker()
    qtbot.addWidget(widget)

    done = drop_files(widget, [tmp_path / "note.txt"], Qt.DropAction.MoveAction)

    assert (widget.taken, done) == ([tmp_path / "note.txt"], Qt.DropAction.CopyAction)


def test_whoever_takes_files_says_what_becomes_of_them() -> None:
    with pytest.raises(NotImplementedError):
        TakesFiles().take([])
