"""How tables and images look in the text: at most as wide as the page, and images never larger than they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from cloison.notes.image import Image
from cloison.notes.table import Table
from cloison.ui import sizes
from cloison.ui.editor.content import displayed
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.objects import TYPE, Content, object_number
from cloison.ui.fonts import font
from cloison.ui.palette import Palette
from cloison.wording.catalogue import Catalogue

_PAD: Final = sizes.SPACE_1
_LEAST_WIDTH: Final = 120.0
_TALLEST_IMAGE: Final = 480.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """An object at one width: heights of a table's rows, or the image and the height of the line below it."""

    size: QSizeF
    heights: tuple[float, ...]
    image: QImage | None = None


class ObjectDrawing(QPyTextObject):
    """Draws the objects of one document; each is laid out once while the page keeps its width."""

    def __init__(self, document: NoteDocument, palette: Palette, words: Catalogue) -> None:
        """Draw for ``document``."""
        super().__init__(document)
        self._note = document
        self._palette = palette
        self._words = words
        self._laid: dict[int, tuple[Content, _Laid]] = {}
        self._width = 0.0
        document.text.documentLayout().registerHandler(TYPE, self)

    def set_palette(self, palette: Palette) -> None:
        """Draw in other colours."""
        self._palette = palette

    def forget(self) -> None:
        """Another note is there: nothing of the last one is kept."""
        self._laid.clear()

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: N802, N803 - Qt's names
        """How much room the object takes."""
        found = self._find(format)
        return QSizeF() if found is None else found[1].size

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803 - Qt's name
        format: QTextFormat,
    ) -> None:
        """Draw it."""
        found = self._find(format)
        if found is None:
            return
        content, laid = found
        box = QRectF(rect)
        painter.save()
        # A selection is laid over it afterwards, half transparent: below it the ground is to be the page's.
        painter.fillRect(box, QColor(self._palette.panel))
        if isinstance(content, Table):
            self._draw_table(painter, box, content, laid)
        else:
            self._draw_image(painter, box, content, laid)
        painter.restore()

    def _find(self, form: QTextFormat) -> tuple[Content, _Laid] | None:
        number = object_number(form)
        if number is None:
            return None
        width = max(_LEAST_WIDTH, self._note.text.textWidth())
        if width != self._width:
            self._width = width
            self._laid.clear()
        content = self._note.objects[number]
        if number not in self._laid or self._laid[number][0] is not content:
            self._laid[number] = (content, _lay_out(content, width, self._below(content)))
        return self._laid[number]

    def _below(self, content: Content) -> str:
        """What is written below an image."""
        if isinstance(content, Table):
            return ""
        return displayed(content.description) or self._words.text("No description yet: press Enter to write one.")

    def _draw_table(self, painter: QPainter, rect: QRectF, table: Table, laid: _Laid) -> None:
        width = rect.width() / table.columns
        painter.setPen(QPen(QColor(self._palette.text)))
        top = rect.top()
        for number, (row, height) in enumerate(zip(table.rows, laid.heights, strict=True)):
            is_header = number == 0 and table.has_header
            if is_header:
                painter.fillRect(QRectF(rect.left(), top, rect.width(), height), QColor(self._palette.selection))
            painter.setFont(_cell_font(is_header=is_header))
            for column, cell in enumerate(row):
                box = QRectF(rect.left() + column * width, top, width, height)
                painter.drawText(box.adjusted(_PAD, _PAD, -_PAD, -_PAD), displayed(cell), _wrapping())
            top += height
        self._draw_grid(painter, rect, table, laid)

    def _draw_grid(self, painter: QPainter, rect: QRectF, table: Table, laid: _Laid) -> None:
        painter.setPen(QPen(QColor(self._palette.border), 1))
        top, bottom = rect.top() + 0.5, rect.top() + sum(laid.heights)
        edges = [top]
        for height in laid.heights:
            edges.append(edges[-1] + height)
        for edge in edges:
            painter.drawLine(QPointF(rect.left(), edge), QPointF(rect.right(), edge))
        for column in range(table.columns + 1):
            left = rect.left() + 0.5 + column * (rect.width() - 1) / table.columns
            painter.drawLine(QPointF(left, top), QPointF(left, bottom))

    def _draw_image(self, painter: QPainter, rect: QRectF, image: Image, laid: _Laid) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        height = laid.heights[0]
        if laid.image is not None:
            box = QRectF(rect.left(), rect.top(), height * laid.image.width() / laid.image.height(), height)
            painter.drawImage(box, laid.image)
        painter.setFont(font(sizes.TEXT_SMALL))
        painter.setPen(QColor(self._palette.text if image.description else self._palette.warn))
        below = QRectF(rect.left(), rect.top() + height + _PAD, rect.width(), laid.heights[1])
        painter.drawText(below, self._below(image), _wrapping())


def _lay_out(content: Content, width: float, below: str) -> _Laid:
    if isinstance(content, Table):
        inner = width / content.columns - 2 * _PAD
        heights = tuple(
            max(_height(cell, inner, _cell_font(is_header=number == 0 and content.has_header)) for cell in row)
            + 2 * _PAD
            for number, row in enumerate(content.rows)
        )
        return _Laid(size=QSizeF(width, sum(heights) + 1), heights=heights)
    drawn = QImage.fromData(content.png)
    scale = min(1.0, width / content.width, _TALLEST_IMAGE / content.height)
    heights = (content.height * scale, _height(below, width, font(sizes.TEXT_SMALL)))
    return _Laid(size=QSizeF(width, sum(heights) + _PAD), heights=heights, image=drawn)


def _height(text: str, width: float, face: QFont) -> float:
    metrics = QFontMetricsF(face)
    flags = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.TextFlag.TextWordWrap)
    box = metrics.boundingRect(QRectF(0, 0, max(1.0, width), 1e6), flags, displayed(text))
    return max(metrics.lineSpacing(), box.height())


def _cell_font(*, is_header: bool) -> QFont:
    face = font(sizes.TEXT_BASE)
    if is_header:
        face.setWeight(QFont.Weight.DemiBold)
    return face


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
