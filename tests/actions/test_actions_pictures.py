"""Taking a foreign picture into a note, through the decoder's real process."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from cloison.actions.take_picture import MOST_FILE, PictureTaker, decode, picture_image
from cloison.notes.errors import ImageProblem, ImageRefusedError
from cloison.notes.image import LONGEST_SIDE, MOST_PNG
from cloison.notes.image import Image as NoteImage
from cloison.notes.pictures import MOST_ANSWER
from foreign import KINDS, colours, file_of, png_bomb

HEAD = b"\0" + b"".join(number.to_bytes(4, "big") for number in (2, 2, 1))


def problem_of(content: bytes) -> ImageProblem:
    with pytest.raises(ImageRefusedError) as refused:
        picture_image(content, description="")
    return refused.value.problem


def answered(program: str, *, seconds: float = 30.0) -> ImageProblem | bytes:
    """What is made of a decoder that is this program, as one taken over by a file might be."""
    command = [sys.executable, "-I", "-c", f"import sys, os, time; out = sys.stdout.buffer\n{program}"]
    try:
        return decode(b"x" * 200_000, command, longest_side=9, seconds=seconds).data
    except ImageRefusedError as error:
        return error.problem


def shown(image: NoteImage) -> Image.Image:
    return Image.open(io.BytesIO(image.png)).convert("RGB")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_becomes_an_image_of_its_pixels_alone(kind: str) -> None:
    options = {"comment": b"hidden words"} if kind in ("JPEG", "GIF") else {}

    image = picture_image(file_of(colours(), kind, **options), description="Deux couleurs")

    assert (image.width, image.height, image.description) == (60, 40, "Deux couleurs")
    assert shown(image).size == (60, 40)
    assert b"hidden words" not in image.png


def test_a_large_photo_is_made_smaller_until_it_fits() -> None:
    noise = Image.frombytes("RGB", (LONGEST_SIDE + 500, 1500), os.urandom((LONGEST_SIDE + 500) * 1500 * 3))

    image = picture_image(file_of(noise, "BMP"), description="")

    assert image.width in (1400, 1000)
    assert len(image.png) <= MOST_PNG


def test_a_large_drawing_keeps_the_dots_that_paper_shows() -> None:
    assert picture_image(file_of(colours(5000, 2500), "PNG"), description="").width == LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ImageProblem.UNKNOWN_KIND),
        (file_of(colours(), "PNG")[:-20], ImageProblem.DAMAGED),
        (png_bomb(), ImageProblem.TOO_LARGE),
        (bytes(MOST_FILE + 1), ImageProblem.TOO_LARGE),
        (file_of(colours(), "JPEG") + b"PK\3\4", ImageProblem.DAMAGED),
    ],
    ids=["nothing", "cut short", "a bomb", "too many bytes", "two files in one"],
)
def test_what_cannot_be_taken_is_refused_in_two_seconds(content: bytes, problem: ImageProblem) -> None:
    began = time.monotonic()

    assert problem_of(content) is problem
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (file_of(colours(), "WEBP"), "WebP"),
        (file_of(colours(), "ICO"), "ICO"),
        (b"%PDF-1.7", "PDF"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (b"\1\0\0\0" + bytes(36) + b" EMF", "EMF"),
        (b"\0\0\0\x18ftypheic", "HEIF"),
        (b"\0\0\0\x18ftypavif", "AVIF"),
        (b"hello", None),
    ],
)
def test_another_kind_is_refused_by_its_name(content: bytes, name: str | None) -> None:
    with pytest.raises(ImageRefusedError) as refused:
        picture_image(content, description="")

    assert (refused.value.problem, refused.value.kind) == (ImageProblem.UNKNOWN_KIND, name)


@pytest.mark.parametrize(
    ("program", "made"),
    [
        (f"sys.stdin.buffer.read(); out.write({HEAD!r} + b'abcd')", b"abcd"),
        (f"out.write({HEAD!r} + b'abcd')", b"abcd"),
        (f"out.write({HEAD!r} + b'abc')", ImageProblem.DAMAGED),
        (f"out.write({HEAD!r} + b'abcde')", ImageProblem.DAMAGED),
        (f"out.write({HEAD!r} + b'abcd'); out.flush(); os._exit(3)", ImageProblem.DAMAGED),
        (f"out.write({HEAD.replace(bytes((2,)), bytes((10,)))!r} + bytes(100))", ImageProblem.DAMAGED),
        (f"out.write({HEAD[:-1]!r} + b'\\2' + bytes(8))", ImageProblem.DAMAGED),
        (f"out.write({HEAD[:-2]!r})", ImageProblem.DAMAGED),
        (f"out.write(b'\\2' + {HEAD[1:]!r} + b'abcd')", ImageProblem.DAMAGED),
        ("out.write(b'\\2')", ImageProblem.DAMAGED),
        ("out.write(b'\\7')", ImageProblem.DAMAGED),
        ("pass", ImageProblem.DAMAGED),
        ("os.kill(os.getpid(), 11)", ImageProblem.DAMAGED),
        ("os.kill(os.getpid(), 24)", ImageProblem.TOO_SLOW),
        (f"sys.stdin.buffer.read(); out.write(bytes({MOST_ANSWER} * 3))", ImageProblem.DAMAGED),
        ("sys.stdin.buffer.read()\nwhile True: out.write(bytes(1 << 20))", ImageProblem.DAMAGED),
    ],
    ids=[
        "as it should be",
        "without reading",
        "too short",
        "too long",
        "a picture and a failure",
        "too wide",
        "two channels",
        "half a head",
        "a refusal with a picture",
        "damaged",
        "an unknown number",
        "nothing",
        "a crash",
        "out of time",
        "more than any picture",
        "without end",
    ],
)
def test_no_answer_but_a_whole_picture_is_believed(program: str, made: ImageProblem | bytes) -> None:
    assert answered(program) == made


@pytest.mark.parametrize("program", ["time.sleep(60)", "sys.stdin.buffer.read(); out.close(); time.sleep(60)"])
def test_a_decoder_that_hangs_is_ended(program: str) -> None:
    began = time.monotonic()

    assert answered(program, seconds=0.5) is ImageProblem.TOO_SLOW
    assert time.monotonic() - began < 10


def test_pictures_of_one_file_are_decoded_once_and_those_that_cannot_be_are_counted() -> None:
    ticks = iter(range(9))
    taker = PictureTaker(ticks=lambda: next(ticks))  # read at the start and before each decoding
    content = file_of(colours(), "PNG")

    taken = [taker.take(content, "un"), taker.take(content, "deux"), taker.take(b"hello", ""), taker.take(b"", "")]

    assert [None if one is None else one.description for one in taken] == ["un", "deux", None, None]
    assert taker.left_out == 2
    assert next(ticks) == 3


def test_pictures_that_take_too_long_together_are_left_out() -> None:
    taker = PictureTaker(ticks=iter((0.0, 1.0, 3.0)).__next__, seconds=2.0)

    taken = [taker.take(file_of(colours(), kind), "") for kind in ("PNG", "GIF")]

    assert [one is None for one in taken] == [False, True]
    assert taker.left_out == 1


def test_nothing_of_a_picture_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)

    for kind in KINDS:
        picture_image(file_of(colours(), kind), description="")

    assert list(tmp_path.rglob("*")) == []
