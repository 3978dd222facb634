"""The kinds of picture that are read, told by their first bytes, and whether the file is that picture and no more.

What trails a picture (an archive, a page, a program that another reader would find there) never reaches a note, whose
PNG is made anew. It is refused all the same: such a file was not made by honest means, and somebody should know.
TIFF has no end that could be checked.
"""

from __future__ import annotations

import copy  # noqa: F401 - the library imports it on the way, when no file can be opened any more
import io
import struct
from collections.abc import Callable

from PIL import ImageColor, ImagePalette  # noqa: F401 - as above
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from cloison.decoder.refusal import Refusal, RefusedError

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_FIXED = 12  # bytes of a chunk beside its data


def open_picture(content: bytes) -> ImageFile:
    """The picture with its size known and nothing decoded yet; raises ``RefusedError``."""
    for signature, reader, is_whole in _KINDS:
        if content.startswith(signature):
            if not is_whole(content):
                raise RefusedError(Refusal.DAMAGED)
            return reader(io.BytesIO(content))
    raise RefusedError(Refusal.UNKNOWN_KIND)


def _is_whole_png(content: bytes) -> bool:
    """Whether chunk follows chunk up to IEND, and the file ends there."""
    at = len(_PNG_SIGNATURE)
    kind = b""
    while at + _PNG_FIXED <= len(content) and kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        at += _PNG_FIXED + length
    return kind == b"IEND" and at == len(content)


def _is_whole_jpeg(content: bytes) -> bool:
    return content.rstrip(b"\0").endswith(b"\xff\xd9")


def _is_whole_gif(content: bytes) -> bool:
    return content.rstrip(b"\0").endswith(b";")


def _is_whole_bmp(content: bytes) -> bool:
    """The header tells the size of the file; some programs leave it at zero."""
    stated = int.from_bytes(content[2:6], "little")
    return stated in (0, len(content))


def _is_any(content: bytes) -> bool:
    return bool(content)


_KINDS: tuple[tuple[bytes, Callable[[io.BytesIO], ImageFile], Callable[[bytes], bool]], ...] = (
    (_PNG_SIGNATURE, PngImageFile, _is_whole_png),
    (b"\xff\xd8\xff", JpegImageFile, _is_whole_jpeg),
    (b"GIF87a", GifImageFile, _is_whole_gif),
    (b"GIF89a", GifImageFile, _is_whole_gif),
    (b"BM", BmpImageFile, _is_whole_bmp),
    (b"II*\0", TiffImageFile, _is_any),
    (b"MM\0*", TiffImageFile, _is_any),
)
