"""Putting sheets on a reportlab canvas: the only place that knows how a PDF page is written."""

# mypy: allow-untyped-calls
# (reportlab carries no types.)
from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import atan2, degrees, hypot

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from cloison.rendering import fonts
from cloison.rendering.fonts import Face, width
from cloison.rendering.ink import Box, Ink, Picture, Rule, Text
from cloison.rendering.margins import HEIGHT, WIDTH
from cloison.rendering.outlines import outline
from cloison.rendering.picture_streams import draw_picture
from cloison.rendering.sheets import Sheet

_WATERMARK = "watermark"
_WATERMARK_COLOUR = "#E9ECF0"


def draw_sheets(drawn: Sequence[Sheet], *, watermark: str | None, language: str) -> bytes:
    """A PDF whose metadata is still reportlab's own: see ``finishing``."""
    for face in Face:
        fonts.load(face)
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        pageCompression=0,  # compressed once, by the last pass
        initialFontName=Face.REGULAR.value,  # else Helvetica is named on every page without being embedded
        lang=language,
    )
    if watermark:
        _define_watermark(canvas, watermark)
    for sheet in drawn:
        if watermark:
            canvas.doForm(_WATERMARK)
        for ink in sheet:
            _draw(canvas, ink)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, ink: Ink) -> None:
    if isinstance(ink, Text):
        _draw_text(canvas, ink)
        return
    if isinstance(ink, Picture):
        draw_picture(canvas, ink)
        return
    canvas.setStrokeColor(HexColor(ink.colour))
    canvas.setLineWidth(ink.weight)
    if isinstance(ink, Rule):
        canvas.line(ink.x, HEIGHT - ink.y, ink.x2, HEIGHT - ink.y2)
    else:
        _draw_box(canvas, ink)


def _draw_box(canvas: Canvas, box: Box) -> None:
    canvas.rect(box.x, HEIGHT - box.y - box.height, box.width, box.height, stroke=1, fill=0)


def _draw_text(canvas: Canvas, text: Text) -> None:
    pen = canvas.beginText(text.x, HEIGHT - text.y)
    for span in text.line:
        pen.setFillColor(HexColor(span.colour))
        pen.setFont(span.face.value, span.size)
        pen.textOut(span.text)
    canvas.drawText(pen)


def _define_watermark(canvas: Canvas, words: str) -> None:
    """The recipient's name from corner to corner, as shapes: as text it would be read in the middle of the note's."""
    length = width(words, Face.BOLD, 1.0)
    size = min(60.0, 0.72 * hypot(WIDTH, HEIGHT) / length)
    canvas.beginForm(_WATERMARK)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(degrees(atan2(HEIGHT, WIDTH)))
    canvas.translate(-length * size / 2, -size / 3)
    canvas.setFillColor(HexColor(_WATERMARK_COLOUR))
    canvas.drawPath(outline(words, canvas.beginPath(), Face.BOLD, size), stroke=0, fill=1, fillMode=FILL_NON_ZERO)
    canvas.endForm()
