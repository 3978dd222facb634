"""Who would receive the note, and how much of it: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.ui.window.section import section
from cloison.ui.window.values import Reader
from cloison.wording.catalogue import Catalogue

_MOST: Final = 8


class ReadersView(QWidget):
    """Hidden while nobody is named."""

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Nobody."""
        super().__init__(parent)
        self._words = words
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(sizes.SPACE_2)
        self._lines.setVerticalSpacing(sizes.SPACE_1)
        self._lines.setColumnStretch(0, 1)
        self._others = PlainLabel(role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(words.text("RECIPIENTS")))
        layout.addLayout(self._lines)
        layout.addWidget(self._others)
        self.hide()

    def show_readers(self, readers: Sequence[Reader]) -> None:
        """Show these instead of those before."""
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for row, one in enumerate(readers[:_MOST]):
            for column, part in enumerate((OneLineLabel(one.name), self._share(one))):
                self._lines.addWidget(part, row, column)
                part.show()
        others = len(readers) - _MOST
        self._others.setText(self._words.plural("and {count} other", "and {count} others", max(0, others)))
        self._others.setVisible(others > 0)
        self.setVisible(bool(readers))

    def _share(self, reader: Reader) -> PlainLabel:
        counts = {"readable": reader.readable, "paragraphs": reader.paragraphs}
        share = self._words.text("{readable}/{paragraphs} §", **counts)
        files = {"attached": reader.attached, "attachments": reader.attachments}
        if reader.attachments:
            share = self._words.text("{share}, {attached}/{attachments} files", share=share, **files)
        made = PlainLabel(share, role="muted")
        made.setWordWrap(False)
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        told = self._words.text("{reader} may read {readable} of {paragraphs} paragraphs", reader=reader.name, **counts)
        if reader.attachments:
            told = self._words.text("{told}, {attached} of {attachments} attachments", told=told, **files)
        made.setAccessibleName(told)
        return made
