"""A sheet below the text of a note: a title, what is asked, and what can be done with it. The text stays in reach."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button, rule
from cloison.ui.icons import NORMAL, icon
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.ui.plain import OneLineLabel, tooltip

LEAST_HEIGHT: Final = 240


class Sheet(QFrame):
    """``closed`` is a wish to be rid of it. Hidden until it is opened."""

    closed = Signal()

    def __init__(self, kit: Kit, title: str, *, parent: QWidget | None = None) -> None:
        """An empty sheet: fill ``head`` (beside the title), ``body`` and ``acts``."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(title)
        self.kit = kit
        self.words = kit.words
        self.title = OneLineLabel(title, role="heading")
        self.head = QHBoxLayout()
        self.head.setSpacing(sizes.SPACE_2)
        self.body = QVBoxLayout()
        self.body.setSpacing(sizes.SPACE_2)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(sizes.SPACE_2)
        self._notice = Notice(kit.theme)
        self._close = button("", role="tool")
        self._close.setAccessibleName(kit.words.text("Close (Esc)"))
        self._close.setToolTip(tooltip(self._close.accessibleName()))
        self._close.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
        self._close.setIconSize(QSize(NORMAL, NORMAL))
        self._close.clicked.connect(self.closed)
        self._place()
        self._draw_icon()
        kit.theme.palette_changed.connect(self._draw_icon)
        self.hide()

    def show_title(self, title: str) -> None:
        """What the sheet is about now."""
        self.title.setText(title)
        self.setAccessibleName(title)

    def refuse(self, sentence: str) -> None:
        """What could not be done, and why."""
        self._notice.say(sentence, Tone.REFUSED)

    def forget_refusal(self) -> None:
        """It does not matter any more."""
        self._notice.clear()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for its rows."""
        return QSize(sizes.LIST_WIDTH, max(LEAST_HEIGHT, super().minimumSizeHint().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _draw_icon(self) -> None:
        self._close.setIcon(icon("x", self.kit.theme.palette.muted))

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(sizes.SPACE_2)
        head.addWidget(self.title, 1)
        head.addLayout(self.head, 1)
        head.addWidget(self._close)
        inner = QVBoxLayout()
        inner.setContentsMargins(sizes.SPACE_4, sizes.SPACE_2, sizes.SPACE_4, sizes.SPACE_3)
        inner.setSpacing(sizes.SPACE_2)
        inner.addLayout(head)
        inner.addLayout(self.body, 1)
        inner.addWidget(self._notice)
        inner.addLayout(self.acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule())
        layout.addLayout(inner, 1)
