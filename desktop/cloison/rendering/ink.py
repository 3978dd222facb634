"""What is put on a page, in points from its top left corner, downwards: text, lines, boxes, images."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cloison.notes.image import Image
from cloison.rendering import fonts
from cloison.rendering.fonts import Face

BLACK = "#000000"
GREY = "#4A5560"  # for the words around the text; dark enough for a photocopy


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Text of one style."""

    text: str
    face: Face
    size: float
    colour: str = BLACK

    @property
    def width(self) -> float:
        """Its length on the line."""
        return fonts.width(self.text, self.face, self.size)

    def with_text(self, text: str) -> Span:
        """The same style for another text."""
        return replace(self, text=text)


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line, its baseline at ``y``."""

    x: float
    y: float
    line: Line

    def moved(self, dx: float, dy: float) -> Text:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight stroke from (``x``, ``y``) to (``x2``, ``y2``)."""

    x: float
    y: float
    x2: float
    y2: float
    weight: float
    colour: str = BLACK

    def moved(self, dx: float, dy: float) -> Rule:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy, x2=self.x2 + dx, y2=self.y2 + dy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An empty rectangle whose stroke, ``weight`` wide, lies centred on its edge; (``x``, ``y``) is its top left."""

    x: float
    y: float
    width: float
    height: float
    weight: float
    colour: str

    def moved(self, dx: float, dy: float) -> Box:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image scaled to a rectangle; (``x``, ``y``) is its top left."""

    x: float
    y: float
    width: float
    height: float
    image: Image

    def moved(self, dx: float, dy: float) -> Picture:
        """The same, elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


Ink = Text | Rule | Box | Picture


def advance(line: Line) -> float:
    """How far a line reaches, the space at its end included."""
    return sum(span.width for span in line)


def line_width(line: Line) -> float:
    """The length of a line, the spaces at its end left out."""
    blank = 0.0
    for span in reversed(line):
        words = span.with_text(span.text.rstrip(" "))
        blank += span.width - words.width
        if words.text:
            break
    return advance(line) - blank
