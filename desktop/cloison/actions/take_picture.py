"""Taking a foreign picture into a note: decoded in a process of its own, checked, and made anew from its pixels.

The file goes to the decoder through a pipe and the pixels come back through another; nothing of either touches the
disk. The decoder is believed in nothing: what it answers is read to a bound, for a bounded time, and measured.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from cloison.notes.errors import ImageProblem, ImageRefusedError
from cloison.notes.image import LONGEST_SIDE, MOST_PNG, Image, image_of
from cloison.notes.pictures import MOST_ANSWER, kind_name, pixels_from_answer
from cloison.notes.png import Pixels, write_png

MOST_FILE = 64 * 1024 * 1024
SECONDS = 25.0
"""Longer than the decoder gives itself, so that it is the one that ends."""

MOST_SECONDS = 120.0
"""For all the pictures of one file: one made to be slow to decode, many times over, is not waited for."""

OUT_OF_TIME = frozenset({-9, -14, -24})
"""How a decoder ends that used up its time: SIGKILL, SIGALRM and SIGXCPU, as Linux and macOS number them."""
SMALLER_SIDES = (LONGEST_SIDE, 1_400, 1_000)
"""What is tried until the PNG is within its bound; at the last, even pixels that do not shrink at all are."""


def picture_image(content: bytes, *, description: str) -> Image:
    """The picture in the file ``content`` as an image of a note; raises ``ImageRefusedError``."""
    if len(content) > MOST_FILE:
        raise ImageRefusedError(ImageProblem.TOO_LARGE)
    for side in SMALLER_SIDES:
        content = write_png(decode(content, decoder_command(side), longest_side=side))
        if len(content) <= MOST_PNG:
            break  # else what was made of it is made smaller: the file itself may take seconds to decode
    return image_of(content, description=description)


class PictureTaker:
    """Takes the pictures of one file, in two minutes at most, and counts those that had to be left out."""

    def __init__(self, *, ticks: Callable[[], float] = time.monotonic, seconds: float = MOST_SECONDS) -> None:
        """Nothing was left out yet."""
        self.left_out = 0
        self._taken: dict[bytes, Image | None] = {}
        self._ticks = ticks
        self._until = ticks() + seconds

    def take(self, content: bytes, description: str) -> Image | None:
        """The image, or None for a picture that is refused; the same bytes are decoded once."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._taken:
            self._taken[digest] = self._image(content)
        image = self._taken[digest]
        if image is None:
            self.left_out += 1
            return None
        return replace(image, description=description)

    def _image(self, content: bytes) -> Image | None:
        if not content or self._ticks() > self._until:
            return None
        try:
            return picture_image(content, description="")
        except ImageRefusedError:
            return None


def decoder_command(longest_side: int) -> list[str]:
    """The command line of the decoder: without the paths and settings that the environment names."""
    return [sys.executable, "-I", "-m", "cloison.decoder", str(longest_side), str(os.getpid())]


def decode(content: bytes, command: Sequence[str], *, longest_side: int, seconds: float = SECONDS) -> Pixels:
    """What ``command`` makes of ``content``; raises ``ImageRefusedError``."""
    with _decoder(command, seconds) as (process, is_late):
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipe to the decoder")
        with suppress(BrokenPipeError):
            process.stdin.write(content)
        with suppress(BrokenPipeError):
            process.stdin.close()
        answer = process.stdout.read(MOST_ANSWER + 1)
        code = process.wait() if len(answer) <= MOST_ANSWER else None
    if is_late.is_set() or code in OUT_OF_TIME:
        raise ImageRefusedError(ImageProblem.TOO_SLOW)
    if code != 0:
        raise ImageRefusedError(ImageProblem.DAMAGED)
    try:
        return pixels_from_answer(answer, longest_side=longest_side)
    except ImageRefusedError as error:
        if error.problem is ImageProblem.UNKNOWN_KIND:
            raise ImageRefusedError(error.problem, kind=kind_name(content)) from error
        raise


@contextmanager
def _decoder(command: Sequence[str], seconds: float) -> Iterator[tuple[subprocess.Popen[bytes], threading.Event]]:
    """The running process, which is ended at the latest after so many seconds: then the event is set."""
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        process.kill()

    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        watch = threading.Timer(seconds, end)
        watch.start()
        try:
            yield process, is_late
        finally:
            watch.cancel()
            process.kill()
