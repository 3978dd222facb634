"""Pixels that the decoder answered, measured, and a fresh PNG made of them; and what a refused file calls itself."""

from __future__ import annotations

import struct

from cloison.notes.errors import ImageProblem, ImageRefusedError
from cloison.notes.image import LONGEST_SIDE
from cloison.notes.png import Pixels

MOST_ANSWER = 13 + 3 * LONGEST_SIDE**2
"""Bytes of the longest answer that is read: its head, and the largest picture in RGB."""

_SIZE = struct.Struct(">BIII")
_REFUSALS = {
    1: ImageProblem.UNKNOWN_KIND,
    2: ImageProblem.DAMAGED,
    3: ImageProblem.TOO_LARGE,
    5: ImageProblem.NO_SANDBOX,
}
_SIGNS = (
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "PSD"),
    (0, b"\0\0\1\0", "ICO"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"),
    (40, b" EMF", "EMF"),
    (4, b"jP  ", "JPEG 2000"),
    (8, b"WEBP", "WebP"),
    (8, b"avif", "AVIF"),
    (4, b"ftyp", "HEIF"),
)


def pixels_from_answer(answer: bytes, *, longest_side: int) -> Pixels:
    """The checked door for what the decoder says; raises ``ImageRefusedError``, whatever it is but a whole picture."""
    if len(answer) == 1 and answer[0] in _REFUSALS:
        raise ImageRefusedError(_REFUSALS[answer[0]])
    if len(answer) < _SIZE.size:
        raise ImageRefusedError(ImageProblem.DAMAGED)
    status, width, height, channels = _SIZE.unpack_from(answer)
    is_bounded = 0 < width <= longest_side and 0 < height <= longest_side and channels in (1, 3)
    if status or not is_bounded or len(answer) != _SIZE.size + width * height * channels:
        raise ImageRefusedError(ImageProblem.DAMAGED)
    return Pixels(width=width, height=height, channels=channels, data=answer[_SIZE.size :])


def kind_name(content: bytes) -> str | None:
    """What a file that is no picture we read seems to be, from its first bytes; for the refusal alone."""
    if b"<svg" in content[:1024]:
        return "SVG"
    return next((name for at, sign, name in _SIGNS if content.startswith(sign, at)), None)
