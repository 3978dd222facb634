"""The pages of a PDF, drawn by PDFium on white. Nothing in it is run, followed or fetched."""

from __future__ import annotations

import math

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

from cloison.decoder.picture_pages import MOST_SIDE
from cloison.decoder.refusal import Refusal, RefusedError

MOST_PIXELS = 16_000_000
"""A page of A4 has as many at 400 dots to the inch."""

_LOCKED = (QPdfDocument.Error.IncorrectPassword, QPdfDocument.Error.UnsupportedSecurityScheme)


class PdfPages:
    """The pages of one document."""

    def __init__(self, content: bytes) -> None:
        """Open it; raises ``RefusedError``."""
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)
        self.count = self._document.pageCount()
        if self._document.error() in _LOCKED:
            raise RefusedError(Refusal.ENCRYPTED)
        if self._document.status() is not QPdfDocument.Status.Ready or self.count < 1:
            raise RefusedError(Refusal.DAMAGED)

    def draw(self, number: int, width: int) -> Image.Image:
        """Page ``number`` from 0, as wide as asked unless it were too high; raises ``RefusedError``."""
        size = self._document.pagePointSize(number)
        drawn = self._document.render(number, _size(size.width(), size.height(), width), _with_what_was_added())
        if drawn.isNull():
            raise RefusedError(Refusal.DAMAGED)
        # Not by Qt's own conversions, which start threads: here none can be started.
        page = Image.frombuffer(
            "RGBA", (drawn.width(), drawn.height()), bytes(drawn.constBits()), "raw", "BGRA", drawn.bytesPerLine(), 1
        )
        paper = Image.new("RGB", page.size, "white")
        paper.paste(page, mask=page.getchannel("A"))
        return paper


def _size(across: float, down: float, width: int) -> QSize:
    """Pixels for a page of ``across`` by ``down`` points."""
    if not (math.isfinite(across) and math.isfinite(down) and across > 0 and down > 0):
        raise RefusedError(Refusal.DAMAGED)
    scale = min(width / across, MOST_SIDE / down, math.sqrt(MOST_PIXELS / (across * down)))
    return QSize(max(1, round(across * scale)), max(1, round(down * scale)))


def _with_what_was_added() -> QPdfDocumentRenderOptions:
    """Stamps, remarks and filled-in forms are part of what a reader sees."""
    options = QPdfDocumentRenderOptions()
    options.setRenderFlags(QPdfDocumentRenderOptions.RenderFlag.Annotations)
    return options
