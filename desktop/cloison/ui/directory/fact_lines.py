"""Names and what is so, line by line: a small table of labels on a sheet, under a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.plain import PlainLabel


class FactLines(QFrame):
    """The names stay; ``show_facts`` says what is so now."""

    def __init__(self, names: Sequence[str], *, parent: QWidget | None = None) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.title = PlainLabel(role="heading")
        self.texts = {name: PlainLabel() for name in names}
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes.SPACE_4)
        grid.setVerticalSpacing(sizes.SPACE_1)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate(self.texts.items()):
            grid.addWidget(PlainLabel(name, role="muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.title)
        layout.addLayout(grid)

    def show_facts(self, title: str, facts: Mapping[str, str]) -> None:
        """``facts`` by name."""
        self.title.setText(title)
        for name, text in facts.items():
            self.texts[name].setText(text)
