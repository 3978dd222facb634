"""A picture as pages: each sheet of a scanned TIFF is one, any other picture is one alone."""

from __future__ import annotations

import warnings

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from cloison.decoder.decoding import FAULTS, upright
from cloison.decoder.kinds import open_picture
from cloison.decoder.refusal import Refusal, RefusedError

MOST_SIDE = 6_000
"""Pixels either way of a page that is shown."""


class PicturePages:
    """The pages of one file; what is wrong with it shows as each is drawn."""

    def __init__(self, content: bytes) -> None:
        """Count them; raises ``RefusedError``."""
        warnings.simplefilter("ignore")
        self._content = content
        try:
            self.count = _count(open_picture(content))
        except FAULTS as error:
            raise RefusedError(Refusal.DAMAGED) from error

    def draw(self, number: int, width: int) -> Image.Image:
        """Page ``number`` from 0, never larger than it is; raises ``RefusedError``."""
        try:
            opened = open_picture(self._content)
            opened.seek(number)
            picture = upright(opened, MOST_SIDE)
        except FAULTS as error:
            raise RefusedError(Refusal.DAMAGED) from error
        picture.thumbnail((width, MOST_SIDE), Image.Resampling.LANCZOS)
        return picture


def _count(opened: ImageFile) -> int:
    return opened.n_frames if isinstance(opened, TiffImageFile) else 1
