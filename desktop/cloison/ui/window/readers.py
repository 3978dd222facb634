"""Who would receive the note, and how much of it: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.ui.window.few_lines import FewLines
from cloison.ui.window.values import Reader
from cloison.wording.catalogue import Catalogue

_MOST: Final = 8


class ReadersView(FewLines):
    """Hidden while nobody is named."""

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Nobody."""
        super().__init__(words, words.text("RECIPIENTS"), most=_MOST, parent=parent)
        self.hide()

    def show_readers(self, readers: Sequence[Reader]) -> None:
        """Show these instead of those before."""
        self.show_first(readers, lambda one: [(OneLineLabel(one.name), self._share(one))])
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
