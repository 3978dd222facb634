"""The one kind of PNG a note holds (ISO/IEC 15948): 8 bits of grey or RGB, not interlaced, IHDR, IDAT and IEND alone.

No other chunk is written or taken, so that no text, profile, time or trailing file can travel with a picture, and
whatever shows it later (Qt, a PDF viewer) meets nothing but pixels. Reading inflates to exactly the size the header
announces, and one byte more is a refusal.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_DATA = 1 << 20  # bytes in one IDAT chunk as it is written
SAMPLE = 1 << 20
_HEADER = struct.Struct(">IIBBBBB")
_CHUNK = struct.Struct(">I4s")
_FIXED = 12  # bytes of a chunk beside its data
_COLOURS = {1: 0, 3: 2}  # channels: colour type
_SUB, _UP = 1, 2
_LAST_FILTER = 4


class PngError(Exception):
    """Not a PNG of the kind a note holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """Rows from the top, ``channels`` bytes for each pixel: 1 is grey, 3 is RGB."""

    width: int
    height: int
    channels: int
    data: bytes

    @property
    def stride(self) -> int:
        """Bytes in one row."""
        return self.width * self.channels


@dataclass(frozen=True, slots=True, kw_only=True)
class Png:
    """What a PNG says of itself, and its image data: one zlib stream of filtered rows."""

    width: int
    height: int
    channels: int
    stream: bytes


def write_png(pixels: Pixels) -> bytes:
    """The smaller of two: the pixels as they are (drawings, screens), or as differences from a neighbour (photos)."""
    plain = b"".join(b"\0" + row for row in _rows(pixels))
    stream = zlib.compress(min((plain, _filtered(pixels)), key=_weight))
    header = _HEADER.pack(pixels.width, pixels.height, 8, _COLOURS[pixels.channels], 0, 0, 0)
    parts = [stream[start : start + MOST_DATA] for start in range(0, len(stream), MOST_DATA)]
    return b"".join(
        (SIGNATURE, _chunk(b"IHDR", header), *(_chunk(b"IDAT", part) for part in parts), _chunk(b"IEND", b""))
    )


def read_png(content: bytes, *, longest_side: int) -> Png:
    """The checked door: a whole PNG of this kind, at most ``longest_side`` pixels wide and high, or ``PngError``."""
    png = parse_png(content)
    if not (0 < png.width <= longest_side and 0 < png.height <= longest_side):
        raise PngError("size")
    _check_rows(png)
    return png


def parse_png(content: bytes) -> Png:
    """The parts of a PNG, its rows left as they are: for one that has been through ``read_png``."""
    chunks = list(_chunks(content))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND" or set(kinds[1:-1]) != {b"IDAT"} or chunks[-1][1]:
        raise PngError("other chunks")
    try:
        width, height, depth, colour, *rest = _HEADER.unpack(chunks[0][1])
    except struct.error as error:
        raise PngError("header") from error
    if depth != 8 or any(rest) or colour not in _COLOURS.values():
        raise PngError("another kind")
    channels = next(channels for channels, number in _COLOURS.items() if number == colour)
    return Png(width=width, height=height, channels=channels, stream=b"".join(data for _, data in chunks[1:-1]))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not content.startswith(SIGNATURE):
        raise PngError("signature")
    at = len(SIGNATURE)
    while at < len(content):
        if at + _FIXED > len(content):
            raise PngError("cut short")
        length, kind = _CHUNK.unpack_from(content, at)
        data = content[at + 8 : at + 8 + length]
        if content[at : at + _FIXED + length] != _chunk(kind, data):
            raise PngError("chunk")
        yield kind, data
        at += _FIXED + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return _CHUNK.pack(len(data), kind) + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def _check_rows(png: Png) -> None:
    """Inflate to the announced size and no further."""
    step = 1 + png.width * png.channels
    inflating = zlib.decompressobj()
    try:
        rows = inflating.decompress(png.stream, step * png.height + 1)
    except zlib.error as error:
        raise PngError("image data") from error
    if len(rows) != step * png.height or not inflating.eof or inflating.unused_data:
        raise PngError("image data")
    if max(rows[::step]) > _LAST_FILTER:
        raise PngError("filter")


def _weight(rows: bytes) -> int:
    """What rows shrink to, told from the middle of them: shrinking all of them twice takes too long."""
    start = max(0, (len(rows) - SAMPLE) // 2)
    return len(zlib.compress(rows[start : start + SAMPLE], 1))


def _filtered(pixels: Pixels) -> bytes:
    """The first row less its left neighbours (Sub), every other one less the row above (Up)."""
    rows = list(_rows(pixels))
    left = bytes(pixels.channels) + rows[0][: -pixels.channels]
    first = bytes((_SUB,)) + _less(rows[0], left)
    return first + b"".join(bytes((_UP,)) + _less(row, above) for above, row in pairwise(rows))


def _less(row: bytes, other: bytes) -> bytes:
    """Byte by byte ``row - other`` modulo 256, a whole row at a time: top bits apart, so that none borrows."""
    size = len(row)
    high = int.from_bytes(b"\x80" * size, "big")
    a, b = int.from_bytes(row, "big"), int.from_bytes(other, "big")
    return (((a | high) - (b & ~high)) ^ ((a ^ ~b) & high)).to_bytes(size, "big")


def _rows(pixels: Pixels) -> Iterator[bytes]:
    for start in range(0, pixels.stride * pixels.height, pixels.stride):
        yield pixels.data[start : start + pixels.stride]
