"""How the text of each kind of paragraph is drawn: sizes, weights and colours laid over it, never written into it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from cloison.notes.portion import Kind
from cloison.ui import sizes
from cloison.ui.editor.blocks import is_tagged, tag_of
from cloison.ui.palette import Palette


class Look(QSyntaxHighlighter):
    """Lays the look of each kind over its paragraphs."""

    def __init__(self, document: QTextDocument, palette: Palette) -> None:
        """Follow ``document``."""
        super().__init__(document)
        self._dress(palette)

    def set_palette(self, palette: Palette) -> None:
        """Draw everything in other colours."""
        self._dress(palette)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Qt asks for one paragraph."""
        block = self.currentBlock()
        kind = tag_of(block).kind if is_tagged(block) else Kind.PARAGRAPH
        self.setFormat(0, block.length(), self._title if block.blockNumber() == 0 else self._forms[kind])

    def _dress(self, palette: Palette) -> None:
        self._title = _form(sizes.TEXT_TITLE, QFont.Weight.DemiBold)
        self._forms = {
            Kind.PARAGRAPH: _form(sizes.TEXT_EDITOR),
            Kind.ITEM: _form(sizes.TEXT_EDITOR),
            Kind.HEADING: _form(sizes.TEXT_HEADING, QFont.Weight.DemiBold),
            Kind.QUOTE: _form(sizes.TEXT_EDITOR),
            Kind.TABLE: _form(sizes.TEXT_EDITOR),
            Kind.IMAGE: _form(sizes.TEXT_EDITOR),
        }
        self._forms[Kind.QUOTE].setForeground(QColor(palette.muted))


def _form(pixels: int, weight: QFont.Weight | None = None) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setProperty(QTextCharFormat.Property.FontPixelSize, pixels)
    if weight is not None:
        form.setFontWeight(weight)
    return form
