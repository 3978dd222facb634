"""An image inside a note: one portion under one mark.

Always a PNG made here out of plain pixels (see ``png``): a foreign file goes through the decoder first, and nothing of
it but its pixels gets into a note. The bounds:

- 2,000 pixels at most either way: 300 dots to the inch across the text of an A4 page. More would not be seen on paper,
  and four million pixels inflate to 12 MB, which every reader can afford.
- 4 MiB at most for one PNG. Stored as base64 inside canonical JSON that is 5.6 MB; deflated, nearly 4 again. A note
  (64 MiB) holds eleven of the largest. One that travels (20 MiB, and 40 MiB with the PDF made from it, which carries
  the same compressed pixels without the base64) holds three; a larger one is to be cut into parts, like any long note.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloison.notes.errors import ImageProblem, ImageRefusedError
from cloison.notes.png import PngError, read_png
from cloison_crypto.fields import Fields, Json, base64_text

MOST_PNG = 4 * 1024 * 1024
LONGEST_SIDE = 2_000  # pixels
MOST_DESCRIPTION = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A PNG of our own kind, its size in pixels, and what it shows, for those who do not see it (may be empty)."""

    png: bytes
    width: int
    height: int
    description: str

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "description": self.description,
            "height": self.height,
            "png": base64_text(self.png),
            "width": self.width,
        }


def image_of(png: bytes, *, description: str) -> Image:
    """The checked door for images; raises ``ImageRefusedError``."""
    if len(png) > MOST_PNG:
        raise ImageRefusedError(ImageProblem.TOO_LARGE)
    if len(description) > MOST_DESCRIPTION:
        raise ImageRefusedError(ImageProblem.DESCRIPTION_TOO_LONG)
    try:
        found = read_png(png, longest_side=LONGEST_SIDE)
    except PngError as error:
        raise ImageRefusedError(ImageProblem.DAMAGED) from error
    return Image(png=png, width=found.width, height=found.height, description=description)


def image_from_json(fields: Fields) -> Image:
    """The checked door for stored images; raises ``CanonicalError`` or ``ImageRefusedError``."""
    image = image_of(
        fields.base64("png", limit=(MOST_PNG + 2) // 3 * 4),
        description=fields.text("description", limit=MOST_DESCRIPTION),
    )
    stated = (fields.integer("width"), fields.integer("height"))
    fields.finish()
    if stated != (image.width, image.height):
        raise ImageRefusedError(ImageProblem.DAMAGED)
    return image
