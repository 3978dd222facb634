"""Images in a PDF, as they are: rows of a PNG are what FlateDecode with PNG prediction reads (ISO 32000-1, 7.4.4.4).

Nothing is decoded and nothing compressed again, so that the same note gives the same bytes whatever zlib is there. An
image that comes twice is stored once.
"""

# mypy: allow-untyped-calls
# (reportlab carries no types.)
from __future__ import annotations

import hashlib

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from cloison.notes.image import Image
from cloison.notes.png import parse_png
from cloison.rendering.ink import Picture
from cloison.rendering.margins import HEIGHT

_BEST_FILTER = 15  # "PNG optimum": each row says which of the PNG filters it has
_SPACES = {1: "DeviceGray", 3: "DeviceRGB"}


def draw_picture(canvas: Canvas, ink: Picture) -> None:
    """The image in its rectangle."""
    name = f"image-{hashlib.sha256(ink.image.png).hexdigest()[:32]}"
    if not canvas.hasForm(name):
        canvas._doc.addForm(name, _stream(ink.image))  # noqa: SLF001 - what takes an image takes files and other forms
    canvas.saveState()
    canvas.translate(ink.x, HEIGHT - ink.y - ink.height)
    canvas.scale(ink.width, ink.height)
    canvas.doForm(name)
    canvas.restoreState()


def _stream(image: Image) -> PDFStream:
    png = parse_png(image.png)
    prediction = {
        "Predictor": _BEST_FILTER,
        "Colors": png.channels,
        "BitsPerComponent": 8,
        "Columns": png.width,
    }
    return PDFStream(
        dictionary=PDFDictionary(
            {
                "Type": PDFName("XObject"),
                "Subtype": PDFName("Image"),
                "Width": png.width,
                "Height": png.height,
                "BitsPerComponent": 8,
                "ColorSpace": PDFName(_SPACES[png.channels]),
                "Filter": PDFName("FlateDecode"),
                "DecodeParms": PDFDictionary(prediction),
            }
        ),
        content=png.stream,
    )
