"""One thing that is said in a receipt – the comment or a question – and its mark."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.actions.make_receipt import Remark
from cloison.dissemination.receipt import MOST_TEXT
from cloison.labels.label import Label
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.icons import icon
from cloison.ui.mark_field import MarkField


class StatementRow(QWidget):
    """``changed`` at each key; ``removed``: somebody takes it out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, clerk: Clerk, name: str, label: Label, *, parent: QWidget | None = None) -> None:
        """Empty, under ``label``; ``name`` is what it is called."""
        super().__init__(parent)
        words = clerk.words
        self._theme = clerk.kit.theme
        self.line = QLineEdit()
        self.line.setMaxLength(MOST_TEXT)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(name)
        self.mark = MarkField(clerk, words.text("Mark of: {name}", name=name), label)
        self.remove = button("")
        self.remove.setProperty("role", "tool")
        self.remove.setAccessibleName(words.text("Take out: {name}", name=name))
        self.remove.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
        self.remove.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.mark)
        layout.addWidget(self.remove)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.changed)
        self.mark.changed.connect(self.changed)
        self.remove.clicked.connect(self.removed)
        self._theme.palette_changed.connect(self._draw_icon)
        self._draw_icon()

    @property
    def remark(self) -> Remark | None:
        """What is said; None while nothing is."""
        text = self.line.text().strip()
        return Remark(text=text, label=self.mark.label) if text else None

    @property
    def fault(self) -> str:
        """Why it cannot be said so; empty where it can, or where nothing is said."""
        return self.mark.fault if self.line.text().strip() else ""

    def _draw_icon(self) -> None:
        self.remove.setIcon(icon("x", self._theme.palette.muted))
