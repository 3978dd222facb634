"""The process that shows an attachment: the file in, then one page after another as they are asked for."""

from __future__ import annotations

import signal
import struct
import sys
from typing import BinaryIO, Protocol

from PIL import Image

from cloison.decoder.confinement import PAGE_LIMITS, SECONDS, confine
from cloison.decoder.decoding import rows_of
from cloison.decoder.refusal import Refusal, RefusedError
from cloison.decoder.seccomp import NoSandboxError
from cloison.decoder.specimen import BLANK_PDF

_LENGTH = struct.Struct(">Q")
_WANTED = struct.Struct(">II")
_COUNT = struct.Struct(">I")


class _Pages(Protocol):
    count: int

    def draw(self, number: int, width: int) -> Image.Image: ...


class _Reader(Protocol):
    def __call__(self, content: bytes) -> _Pages: ...


def main() -> None:
    """Answer for the pages of what stands on standard input; the arguments are its kind and the parent's number."""
    kind, parent = sys.argv[1], int(sys.argv[2])
    if sys.platform != "linux":
        _write(_refused(Refusal.NO_SANDBOX))
        return
    reader = _pdf_reader() if kind == "pdf" else _picture_reader()
    try:
        confine(parent, PAGE_LIMITS)
    except NoSandboxError:
        _write(_refused(Refusal.NO_SANDBOX))
        return
    _serve(reader, sys.stdin.buffer)


def _serve(reader: _Reader, source: BinaryIO) -> None:
    (length,) = _LENGTH.unpack(source.read(_LENGTH.size))
    content = source.read(length)
    pages: _Pages | None = None
    while len(wanted := source.read(_WANTED.size)) == _WANTED.size:
        signal.alarm(SECONDS)
        try:
            pages = pages or reader(content)
            answer = _drawn(pages, *_WANTED.unpack(wanted))
        except RefusedError as error:
            answer = _refused(error.refusal)
        except MemoryError:
            answer = _refused(Refusal.TOO_LARGE)
        _write(answer)
        signal.alarm(0)  # nobody's time passes while a person reads


def _drawn(pages: _Pages, number: int, width: int) -> bytes:
    return b"\0" + _COUNT.pack(pages.count) + rows_of(pages.draw(number, width))


def _refused(refusal: Refusal) -> bytes:
    return bytes((refusal.value,))


def _write(answer: bytes) -> None:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _picture_reader() -> _Reader:
    from cloison.decoder.picture_pages import PicturePages

    return PicturePages


def _pdf_reader() -> _Reader:
    """Loaded and used once: what is loaded on first use could not be loaded any more."""
    from cloison.decoder.pdf_pages import PdfPages

    rows_of(PdfPages(BLANK_PDF).draw(0, 8))
    return PdfPages


if __name__ == "__main__":
    main()
