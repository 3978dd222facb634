"""From a foreign file to rows of grey or RGB: the first picture in it, upright, on white, no larger than asked."""

from __future__ import annotations

import struct
import warnings

from PIL import Image
from PIL.ImageFile import ImageFile

from cloison.decoder.kinds import open_picture
from cloison.decoder.refusal import Refusal, RefusedError

MOST_PIXELS = 64_000_000
"""A page scanned at 600 dots to the inch has 35 million; in memory this is 256 MB at four bytes each."""

SIZE = struct.Struct(">III")
_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4: how the camera was held
_UPRIGHT: dict[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_GREY = frozenset({"1", "L", "I;16", "I;16B", "I;16L", "I", "F"})
# What the library raises for files that are not what they say; anything else ends the process, which says as much.
FAULTS = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, struct.error)


def answer(content: bytes, *, longest_side: int) -> bytes:
    """What the process writes for the file ``content``: see the package."""
    try:
        return b"\0" + _decoded(content, longest_side)
    except RefusedError as error:
        return bytes((error.refusal.value,))
    except MemoryError:
        return bytes((Refusal.TOO_LARGE.value,))


def _decoded(content: bytes, longest_side: int) -> bytes:
    warnings.simplefilter("ignore")
    try:
        return rows_of(upright(open_picture(content), longest_side))
    except FAULTS as error:
        raise RefusedError(Refusal.DAMAGED) from error


def upright(opened: ImageFile, longest_side: int) -> Image.Image:
    """The picture in grey or RGB, as it is to be seen; raises ``RefusedError`` and ``FAULTS``."""
    if opened.width * opened.height > MOST_PIXELS:
        raise RefusedError(Refusal.TOO_LARGE)
    orientation = _orientation(opened)
    opened.draft(None, (longest_side, longest_side))  # a JPEG is read at the size that is wanted
    picture = _on_white(opened)
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return picture.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else picture


def rows_of(picture: Image.Image) -> bytes:
    """Its size and its pixels, as they are answered."""
    return SIZE.pack(picture.width, picture.height, len(picture.getbands())) + picture.tobytes()


def _orientation(opened: ImageFile) -> object:
    """How the picture is to be turned; a note that cannot be read says nothing."""
    try:
        return opened.getexif().get(_ORIENTATION)
    except FAULTS:
        return None


def _on_white(opened: ImageFile) -> Image.Image:
    """Grey or RGB: what is transparent is paper, and what lies hidden below it is gone."""
    if opened.mode in _GREY and not opened.has_transparency_data:
        return _in_eight_bits(opened)
    if not opened.has_transparency_data:
        return opened.convert("RGB")
    picture = opened.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _in_eight_bits(opened: ImageFile) -> Image.Image:
    """Sixteen bits of grey keep their upper eight: the library would cut all above 255 to white."""
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda level: level / 256).convert("L")
    return opened.convert("L")
