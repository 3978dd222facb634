"""What comes out of foreign pictures: pixels, upright and on white, or one refusal."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cloison.decoder.decoding import MOST_PIXELS, SIZE, answer
from cloison.decoder.refusal import Refusal
from foreign import KINDS, colours, file_of, png_bomb

MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"),
    "JPEG": ("L", "RGB", "CMYK", "YCbCr"),
    "GIF": ("P", "RGB", "RGBA"),
    "BMP": ("1", "L", "P", "RGB", "RGBA"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK"),
}
RED, BLUE = (200, 0, 0), (0, 0, 200)


def decoded(content: bytes, *, longest_side: int = 2000) -> Image.Image:
    answered = answer(content, longest_side=longest_side)
    assert answered[0] == 0, Refusal(answered[0])
    width, height, channels = SIZE.unpack_from(answered, 1)
    return Image.frombytes("L" if channels == 1 else "RGB", (width, height), answered[1 + SIZE.size :])


def refusal(content: bytes) -> Refusal:
    (number,) = answer(content, longest_side=2000)
    return Refusal(number)


def is_near(found: object, wanted: tuple[int, ...]) -> bool:
    return isinstance(found, tuple) and all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_its_pixels(kind: str) -> None:
    picture = decoded(file_of(colours(), kind))

    assert (picture.mode, picture.size) == ("RGB", (60, 40))
    assert is_near(picture.getpixel((5, 20)), RED)
    assert is_near(picture.getpixel((55, 20)), BLUE)


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_each_mode_is_brought_to_grey_or_rgb(kind: str, mode: str) -> None:
    picture = decoded(file_of(colours().convert(mode), kind))

    assert (picture.size, picture.mode) == ((60, 40), "L" if mode in ("1", "L") else "RGB")
    left, right = (picture.convert("L").getpixel((x, 20)) for x in (2, 57))
    assert left != right or mode == "1"


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_keep_their_upper_eight(kind: str) -> None:
    picture = Image.new("I;16", (256, 1))
    for level in range(256):
        picture.putpixel((level, 0), level * 257)

    assert decoded(file_of(picture, kind)).tobytes() == bytes(range(256))


def test_what_is_transparent_is_white_and_what_lay_below_is_gone() -> None:
    hidden = Image.new("RGBA", (4, 4), (1, 2, 3, 0))
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([1, 2, 3])

    found = [decoded(file_of(hidden, "PNG")), decoded(file_of(palette, "PNG", transparency=0))]

    assert [set(one.tobytes()) for one in found] == [{255}, {255}]


def test_a_grey_picture_with_a_transparent_level_is_on_white() -> None:
    picture = Image.new("L", (2, 1), 7)
    picture.putpixel((1, 0), 90)

    found = decoded(file_of(picture, "PNG", transparency=7))

    assert [found.getpixel((0, 0)), found.getpixel((1, 0))] == [(255, 255, 255), (90, 90, 90)]


@pytest.mark.parametrize(
    ("orientation", "size", "place"),
    [
        (1, (60, 40), (5, 5)),
        (3, (60, 40), (55, 5)),
        (6, (40, 60), (5, 5)),
        (8, (40, 60), (5, 55)),
        (9, (60, 40), (5, 5)),
    ],
)
def test_a_photo_stands_as_it_was_taken(orientation: int, size: tuple[int, int], place: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation

    picture = decoded(file_of(colours(), "JPEG", exif=exif))

    assert picture.size == size
    assert is_near(picture.getpixel(place), RED)


def test_notes_that_cannot_be_read_turn_nothing() -> None:
    content = file_of(colours(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff garbage")

    assert decoded(content).size == (60, 40)


def test_the_first_picture_of_several_is_the_one() -> None:
    others = [Image.new("RGB", (60, 40), "green")]

    for kind in ("GIF", "TIFF"):
        picture = decoded(file_of(colours(), kind, save_all=True, append_images=others))
        assert is_near(picture.getpixel((5, 20)), RED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_larger_picture_comes_out_at_the_side_that_is_wanted(kind: str) -> None:
    picture = decoded(file_of(colours(300, 200), kind), longest_side=150)

    assert picture.size == (150, 100)
    assert is_near(picture.getpixel((5, 50)), RED)


def test_a_line_of_pixels_stays_one() -> None:
    assert decoded(file_of(colours(3000, 1), "PNG"), longest_side=100).size == (100, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"%PDF-1.7\n",
        file_of(colours(), "WEBP"),
        file_of(colours(), "ICO"),
        file_of(colours(), "PPM"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["nothing", "text", "PDF", "WebP", "ICO", "PPM", "SVG"],
)
def test_another_kind_is_refused_as_such(content: bytes) -> None:
    assert refusal(content) is Refusal.UNKNOWN_KIND


def test_a_bomb_is_refused_by_what_it_announces() -> None:
    bomb = png_bomb()

    assert len(bomb) < 1500
    assert MOST_PIXELS < 60_000**2
    assert refusal(bomb) is Refusal.TOO_LARGE


def test_data_beyond_the_size_that_is_announced_are_left_alone() -> None:
    assert decoded(png_bomb(side=3)).size == (3, 3)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_file_cut_short_is_refused(kind: str, share: float) -> None:
    content = file_of(Image.effect_noise((80, 80), 60).convert("RGB"), kind)

    assert refusal(content[: int(len(content) * share)]) is Refusal.DAMAGED


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_file_that_is_something_else_as_well_is_refused(kind: str) -> None:
    trailing = io.BytesIO()
    with zipfile.ZipFile(trailing, "w") as archive:
        archive.writestr("hidden.txt", "not in the picture")

    assert refusal(file_of(colours(), kind) + trailing.getvalue()) is Refusal.DAMAGED


@given(
    st.binary(max_size=200),
    st.sampled_from((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"")),
)
def test_any_bytes_are_a_picture_or_refused(rest: bytes, start: bytes) -> None:
    answered = answer(start + rest, longest_side=50)

    assert len(answered) == 1 or answered[0] == 0


@settings(deadline=None)  # a size that is wrong by one byte may still take a while to be found out
@given(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(1, 255))
def test_any_byte_may_be_wrong(kind: str, place: int, change: int) -> None:
    content = bytearray(file_of(colours(20, 20), kind))
    content[place % len(content)] ^= change

    answered = answer(bytes(content), longest_side=50)

    assert len(answered) == 1 or answered[0] == 0
