"""Asks once more before a package is dropped, on the page itself: dropping cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.plain import PlainLabel


class DropBar(QFrame):
    """Hidden until it is opened; ``confirmed`` and ``closed`` are its two ends."""

    confirmed = Signal()
    closed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        words = clerk.words
        sentence = words.text(
            "Drop this package? Nothing of it will be left here, and only its sender can seal it to you again."
        )
        self.setAccessibleName(sentence)
        self.drop = button(words.text("Drop it"), role="danger")
        self.keep = button(words.text("Keep it"))
        buttons = QHBoxLayout()
        buttons.setSpacing(sizes.SPACE_2)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.drop)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(sentence))
        layout.addLayout(buttons)
        self.drop.clicked.connect(self._confirm)
        self.keep.clicked.connect(self._close)
        self.hide()

    def open_bar(self) -> None:
        """Ask; the focus is on the way back."""
        self.show()
        self.keep.setFocus()

    def close_bar(self) -> None:
        """Ask no more."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
