"""What the pages of the first run have in common: a title, a sentence, a body; and they say when they will do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.plain import PlainLabel


class Page(QWidget):
    """One page. ``advanced`` is Return in a field that ends it."""

    advanced = Signal()

    def __init__(self, title: str, sentence: str, *, parent: QWidget | None = None) -> None:
        """A page with an empty ``body``."""
        super().__init__(parent)
        self.heading = PlainLabel(title, role="title")
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(sizes.SPACE_4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.heading)
        layout.addWidget(PlainLabel(sentence, role="muted"))
        layout.addSpacing(sizes.SPACE_3)
        layout.addLayout(self.body)
        layout.addStretch(1)

    def arrive(self) -> None:
        """Put the focus where a person begins."""
        self.setFocus()

    def will_do(self) -> bool:
        """Whether what is on the page is good to go on with; says what is wrong where it is not."""
        return True
