"""The PNG of a note: pixels alone, exactly as many as it says."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cloison.notes.png import SIGNATURE, Pixels, Png, PngError, read_png, write_png

SMALL = Pixels(width=2, height=3, channels=3, data=bytes(range(18)))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int = 2, height: int = 3, depth: int = 8, colour: int = 2, rest: bytes = bytes(3)) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBB", width, height, depth, colour) + rest)


ROWS = b"".join(b"\0" + bytes(6) for _ in range(3))
DATA = chunk(b"IDAT", zlib.compress(ROWS))
END = chunk(b"IEND", b"")


def read(content: bytes) -> Png:
    return read_png(content, longest_side=100)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from((1, 3)), st.binary(min_size=1, max_size=200))
def test_every_pixel_comes_back_through_another_reader(width: int, height: int, channels: int, seed: bytes) -> None:
    size = width * height * channels
    data = (seed * size)[:size]

    png = write_png(Pixels(width=width, height=height, channels=channels, data=data))

    with Image.open(io.BytesIO(png)) as opened:
        assert (opened.format, opened.mode, opened.size) == ("PNG", "L" if channels == 1 else "RGB", (width, height))
        assert opened.tobytes() == data
    found = read(png)
    assert (found.width, found.height, found.channels) == (width, height, channels)


def test_a_photo_is_written_as_differences_and_a_drawing_as_it_is() -> None:
    drawing = Pixels(width=200, height=200, channels=3, data=bytes(120_000))
    slope = bytes((x + y + x * y % 7 % 3) % 256 for y in range(200) for x in range(600))
    photo = Pixels(width=200, height=200, channels=3, data=slope)

    filters = [
        set(zlib.decompress(read_png(write_png(one), longest_side=200).stream)[::601]) for one in (drawing, photo)
    ]

    assert filters == [{0}, {1, 2}]


def test_image_data_in_several_chunks_is_one_stream() -> None:
    stream = zlib.compress(ROWS)

    png = read(SIGNATURE + header() + chunk(b"IDAT", stream[:5]) + chunk(b"IDAT", stream[5:]) + END)

    assert png.stream == stream


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GIF89a" + bytes(40), id="another format"),
        pytest.param(SIGNATURE, id="a signature alone"),
        pytest.param(SIGNATURE + header() + END, id="no image data"),
        pytest.param(SIGNATURE + header() + DATA, id="no end"),
        pytest.param(SIGNATURE + DATA + header() + END, id="another order"),
        pytest.param(SIGNATURE + header() + DATA + END + b"PK\3\4 a whole zip file", id="a file behind it"),
        pytest.param(SIGNATURE + header() + DATA + END + END, id="two ends"),
        pytest.param(SIGNATURE + header() + DATA + chunk(b"IEND", b"x"), id="something in the end"),
        pytest.param(SIGNATURE + header() + chunk(b"tEXt", b"Author\0x") + DATA + END, id="a text"),
        pytest.param(SIGNATURE + header() + chunk(b"acTL", bytes(8)) + DATA + END, id="an animation"),
        pytest.param(SIGNATURE + header() + DATA[:-1] + b"\0" + END, id="a wrong sum"),
        pytest.param((SIGNATURE + header() + DATA + END)[:-3], id="cut short"),
        pytest.param(SIGNATURE + chunk(b"IHDR", b"x") + DATA + END, id="a short header"),
        pytest.param(SIGNATURE + header(depth=16) + DATA + END, id="16 bits"),
        pytest.param(SIGNATURE + header(colour=3) + DATA + END, id="a palette"),
        pytest.param(SIGNATURE + header(rest=b"\0\0\1") + DATA + END, id="interlaced"),
        pytest.param(SIGNATURE + header(width=0) + DATA + END, id="no width"),
        pytest.param(SIGNATURE + header(width=101) + DATA + END, id="too wide"),
        pytest.param(SIGNATURE + header(height=101) + DATA + END, id="too high"),
        pytest.param(SIGNATURE + header(height=4) + DATA + END, id="a row too few"),
        pytest.param(SIGNATURE + header(height=2) + DATA + END, id="a row too many"),
        pytest.param(SIGNATURE + header() + chunk(b"IDAT", zlib.compress(bytes(10**8))) + END, id="a bomb"),
        pytest.param(SIGNATURE + header() + chunk(b"IDAT", b"x") + END, id="no zlib"),
        pytest.param(SIGNATURE + header() + chunk(b"IDAT", zlib.compress(ROWS)[:-4]) + END, id="zlib cut short"),
        pytest.param(SIGNATURE + header() + chunk(b"IDAT", zlib.compress(ROWS) + b"x") + END, id="more behind zlib"),
        pytest.param(
            SIGNATURE + header() + chunk(b"IDAT", zlib.compress(b"\5" + ROWS[1:])) + END, id="an unknown filter"
        ),
    ],
)
def test_what_is_not_exactly_such_a_png_is_refused(content: bytes) -> None:
    with pytest.raises(PngError):
        read(content)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_byte_can_be_changed(place: int, change: int) -> None:
    png = bytearray(write_png(SMALL))
    png[place % len(png)] ^= change

    with pytest.raises(PngError):
        read(bytes(png))
