"""Words as shapes, for what is to be seen on the page but is no part of its text."""

# mypy: allow-untyped-calls
# (reportlab and fontTools carry no types.)
from __future__ import annotations

from io import BytesIO
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from reportlab.pdfgen.pathobject import PDFPathObject

from cloison.rendering.fonts import Face, read

_Point = tuple[float, float]


def outline(words: str, path: PDFPathObject, face: Face, size: float) -> PDFPathObject:
    """``path`` with the shapes of ``words`` added, from the origin to the right along the base line."""
    font: Any
    with TTFont(BytesIO(read(face))) as font:
        glyphs, names, advances = font.getGlyphSet(), font.getBestCmap(), font["hmtx"].metrics
        scale = size / font["head"].unitsPerEm
        x = 0.0
        for character in words:
            name = names[ord(character)]
            glyphs[name].draw(TransformPen(_PathPen(glyphs, path), (scale, 0, 0, scale, x, 0)))
            x += advances[name][0] * scale
    return path


class _PathPen(BasePen):
    """Writes the curves of a glyph into a path of reportlab."""

    def __init__(self, glyphs: Any, path: PDFPathObject) -> None:
        super().__init__(glyphs)
        self._path = path

    def _moveTo(self, to: _Point) -> None:  # noqa: N802  # the name is fontTools'
        self._path.moveTo(*to)

    def _lineTo(self, to: _Point) -> None:  # noqa: N802  # the name is fontTools'
        self._path.lineTo(*to)

    def _curveToOne(self, first: _Point, second: _Point, to: _Point) -> None:  # noqa: N802  # the name is fontTools'
        self._path.curveTo(*first, *second, *to)

    def _closePath(self) -> None:  # noqa: N802  # the name is fontTools'
        self._path.close()
