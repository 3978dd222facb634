"""Pictures as other programs write them, and files that only look like some."""

import io
import struct
import zlib

from PIL import Image

KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")


def colours(width: int = 60, height: int = 40) -> Image.Image:
    """Left red, right blue, so that what is turned or mirrored shows."""
    picture = Image.new("RGB", (width, height), (200, 0, 0))
    picture.paste((0, 0, 200), (width // 2, 0, width, height))
    return picture


def file_of(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The file another program would write."""
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG, with its sum."""
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side: int = 60_000) -> bytes:
    """About a kilobyte that announces a picture of ``side`` by ``side`` pixels."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    data = png_chunk(b"IDAT", zlib.compress(bytes(500_000)))
    return b"\x89PNG\r\n\x1a\n" + header + data + png_chunk(b"IEND", b"")
