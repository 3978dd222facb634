"""The embedded type: Source Sans 3 in four styles, which all cover the same characters.

They hold Latin with the French signs (``œ``, ``№``, U+202F), Greek, Cyrillic and Vietnamese. Arabic, Hebrew and the
scripts of Asia are refused by name for now, and accents that have no composed form are drawn without fine placement:
both need shaping. Fonts are read whole and cut down to the characters in use when the document is written.
"""

# mypy: allow-untyped-calls
# (reportlab carries no types.)
from __future__ import annotations

from enum import Enum
from functools import cache
from importlib import resources
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

CAPITAL = 0.66  # of the size: the height of a capital


class Face(Enum):
    """One style; the value is the name of the file and of the font."""

    REGULAR = "SourceSans3-Regular"
    ITALIC = "SourceSans3-Italic"
    SEMIBOLD = "SourceSans3-SemiBold"
    BOLD = "SourceSans3-Bold"


def read(face: Face) -> bytes:
    """The file of that style, as it is shipped."""
    return resources.files("cloison_resources").joinpath("fonts", f"{face.value}.ttf").read_bytes()


@cache
def load(face: Face) -> TTFont:
    """The font, known to reportlab under the value of ``face``."""
    font = TTFont(face.value, BytesIO(read(face)), asciiReadable=True, shapable=False)
    pdfmetrics.registerFont(font)
    return font


def advances(text: str, face: Face, size: float) -> list[float]:
    """How far each character of ``text`` moves along the line, in points."""
    widths = _widths(face)
    scale = size / 1000
    return [widths[ord(character)] * scale for character in text]


def width(text: str, face: Face, size: float) -> float:
    """The length of ``text`` on the line, in points."""
    return sum(advances(text, face, size))


def first_missing(text: str) -> str | None:
    """The first character of ``text`` that some style lacks: on paper it would vanish without a word."""
    return next((character for character in text if not _covered(character)), None)


@cache
def _covered(character: str) -> bool:
    return all(load(face).face.charToGlyph.get(ord(character), 0) != 0 for face in Face)


@cache
def _widths(face: Face) -> dict[int, float]:
    return dict(load(face).face.charWidths)
