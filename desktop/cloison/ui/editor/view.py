"""The field as it is seen: a page of at most 75 characters beside its gutter of marks, bullets and bars drawn in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from cloison.notes.portion import Kind
from cloison.ui import sizes
from cloison.ui.editor.blocks import is_tagged, tag_of
from cloison.ui.editor.clips import ClipShelf
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.gutter import GUTTER_WIDTH, Gutter
from cloison.ui.editor.look import Look
from cloison.ui.editor.object_drawing import ObjectDrawing
from cloison.ui.editor.text import ParagraphEdit
from cloison.ui.fonts import font
from cloison.ui.kit import Kit
from cloison.ui.palette import Palette

_BULLET: Final = 2.5
_BAR: Final = 3
_SAMPLE: Final = "Le navire a quitté le port à l’heure dite, avec onze hommes à bord."  # how wide a letter of prose is


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What stands, pale, where nothing was written yet."""

    title: str
    text: str


class ManuscriptView(ParagraphEdit):
    """The field with its gutter; ``Gutter`` is a child and keeps to the left of the page."""

    def __init__(
        self, kit: Kit, document: NoteDocument, shelf: ClipShelf, hints: Hints, *, parent: QWidget | None = None
    ) -> None:
        """Show ``document``."""
        super().__init__(document, shelf, clock=kit.clock, parent=parent)
        self._palette = kit.theme.palette
        self._hints = hints
        self._look = Look(document.text, self._palette)
        self._objects = ObjectDrawing(document, self._palette, kit.words)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameStyle(0)
        self.gutter = Gutter(kit, document, self)
        self.verticalScrollBar().valueChanged.connect(self.gutter.refresh)
        self.cursorPositionChanged.connect(self.gutter.refresh)
        document.edited.connect(self.gutter.refresh)
        document.marking_changed.connect(self.gutter.refresh)
        document.text.documentLayout().documentSizeChanged.connect(self.gutter.refresh)
        kit.theme.palette_changed.connect(self._dress)

    def blocks_in_view(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """The paragraphs of which something can be seen, each with its place in the viewport."""
        layout = self.document().documentLayout()
        height = self.viewport().height()
        offset = QPointF(0, -self.verticalScrollBar().value())
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(offset)
            if place.top() > height:
                return
            yield block, place
            block = block.next()

    def forget_objects(self) -> None:
        """Keep no picture of what was in the note."""
        self._objects.forget()

    def go_to(self, number: int) -> None:
        """Put the cursor at the start of that paragraph, and the focus into the field."""
        block = self.document().findBlockByNumber(number)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.ensureCursorVisible()
            self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Set the page before Qt lays the text out in it."""
        if event.type() is QEvent.Type.Resize:
            self._set_page()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The text, then what is drawn beside and in place of it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, place in self.blocks_in_view():
            self._draw_sign(painter, block, place)
            self._draw_hint(painter, block, place)

    def _set_page(self) -> None:
        """In the middle, and no wider than it reads well."""
        line = QFontMetricsF(font(sizes.TEXT_EDITOR)).horizontalAdvance(_SAMPLE)
        text_width = round(line / len(_SAMPLE) * sizes.MEASURE_CHARACTERS)
        free = max(0, self.width() - GUTTER_WIDTH - text_width - sizes.SPACE_5)
        left = free // 2
        self.setViewportMargins(left + GUTTER_WIDTH, 0, max(sizes.SPACE_5, free - left), 0)
        self.gutter.setGeometry(left, 0, GUTTER_WIDTH, self.height())

    def _draw_sign(self, painter: QPainter, block: QTextBlock, place: QRectF) -> None:
        kind = tag_of(block).kind if is_tagged(block) and block.blockNumber() else Kind.PARAGRAPH
        painter.setPen(Qt.PenStyle.NoPen)
        if kind is Kind.ITEM:
            painter.setBrush(QColor(self._palette.text))
            middle = place.top() + block.layout().lineAt(0).height() / 2
            painter.drawEllipse(QPointF(block.blockFormat().leftMargin() - sizes.SPACE_3, middle), _BULLET, _BULLET)
        elif kind is Kind.QUOTE:
            painter.setBrush(QColor(self._palette.border))
            painter.drawRect(QRectF(0, place.top(), _BAR, place.height()))

    def _draw_hint(self, painter: QPainter, block: QTextBlock, place: QRectF) -> None:
        is_title = block.blockNumber() == 0
        is_first = block.blockNumber() == 1 and self.document().blockCount() == 2
        if block.length() > 1 or not (is_title or is_first) or block.layout().preeditAreaText():
            return
        painter.setFont(font(sizes.TEXT_TITLE if is_title else sizes.TEXT_EDITOR))
        painter.setPen(QColor(self._palette.muted))
        line = block.layout().lineAt(0)
        box = QRectF(place.left(), place.top(), self.viewport().width() - place.left(), line.height())
        hint = self._hints.title if is_title else self._hints.text
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, hint)

    def _dress(self, palette: Palette) -> None:
        self._palette = palette
        self._look.set_palette(palette)
        self._objects.set_palette(palette)
        self.gutter.refresh()
