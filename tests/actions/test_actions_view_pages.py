"""Looking at the pages of a foreign file, through the real process and through others that were taken over."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from cloison.actions.take_picture import MOST_FILE
from cloison.actions.view_pages import PageViewer
from cloison.notes.errors import PageProblem, PageRefusedError
from cloison.notes.pages import MOST_HEIGHT, MOST_PAGES, MOST_WIDTH, Page, PageSize
from foreign import colours, file_of
from foreign_pdf import WORDS, locked_pdf, pdf_of


def head(count: int, width: int, height: int, channels: int) -> bytes:
    return b"\0" + b"".join(number.to_bytes(4, "big") for number in (count, width, height, channels))


HONEST = head(1, 2, 2, 1) + b"abcd"


def viewer_of(program: str, *, seconds: float = 30.0) -> PageViewer:
    """One whose process is this program, as one taken over by a file might be."""
    command = [sys.executable, "-I", "-c", f"import sys, os, time; out = sys.stdout.buffer\n{program}"]
    return PageViewer(b"x" * 200_000, command=command, seconds=seconds)


def problem_of(viewer: PageViewer, number: int = 0) -> PageProblem:
    with pytest.raises(PageRefusedError) as refused:
        viewer.page(number, width=9)
    viewer.close()
    return refused.value.problem


@pytest.mark.skipif(sys.platform != "linux", reason="pages are shown on Linux alone")
@pytest.mark.parametrize(
    ("content", "count"), [(pdf_of(WORDS, WORDS), 2), (file_of(colours(), "PNG"), 1)], ids=["a PDF", "a picture"]
)
def test_one_process_shows_page_after_page(content: bytes, count: int) -> None:
    viewer = PageViewer(content)

    sizes = [viewer.page(count - 1, width=width).size for width in (30, 45)]
    process = viewer._process
    viewer.close()

    assert [(one.count, one.width) for one in sizes] == [(count, 30), (count, 45)]
    assert process is not None
    assert process.wait(10) == -9


@pytest.mark.skipif(sys.platform != "linux", reason="pages are shown on Linux alone")
def test_what_cannot_be_shown_is_refused_for_its_reason() -> None:
    assert problem_of(PageViewer(locked_pdf())) is PageProblem.ENCRYPTED
    assert problem_of(PageViewer(b"a text")) is PageProblem.UNKNOWN_KIND
    with pytest.raises(PageRefusedError):
        PageViewer(bytes(MOST_FILE + 1))


@pytest.mark.parametrize(
    "answer",
    [
        head(1, 10, 1, 1) + bytes(10),
        head(1, 1, MOST_HEIGHT + 1, 1) + bytes(MOST_HEIGHT + 1),
        head(1, 2, 2, 4) + bytes(16),
        head(0, 2, 2, 1) + bytes(4),
        head(MOST_PAGES + 1, 2, 2, 1) + bytes(4),
        HONEST[:-1],
        HONEST[:9],
        b"\x07" + HONEST[1:],
        b"",
    ],
    ids=["too wide", "too high", "four channels", "no page", "pages without end", "cut", "half a head", "?", "nothing"],
)
def test_no_answer_but_a_whole_page_is_believed(answer: bytes) -> None:
    assert problem_of(viewer_of(f"out.write({answer!r})")) is PageProblem.DAMAGED


def test_a_page_that_ends_the_process_hides_no_other() -> None:
    viewer = viewer_of(f"out.write({HONEST!r}); out.flush(); sys.stdin.buffer.read(200016)")
    expected = Page(size=PageSize(count=1, width=2, height=2, channels=1), rows=b"abcd")

    pages = [viewer.page(0, width=9)]
    with pytest.raises(PageRefusedError):
        viewer.page(1, width=9)
    pages.append(viewer.page(2, width=9))
    viewer.close()

    assert pages == [expected, expected]


@pytest.mark.parametrize("program", ["time.sleep(60)", "os.kill(os.getpid(), 24)"], ids=["hangs", "out of time"])
def test_a_page_that_takes_too_long_is_given_up(program: str) -> None:
    began = time.monotonic()

    assert problem_of(viewer_of(program, seconds=1.5)) is PageProblem.TOO_SLOW
    assert time.monotonic() - began < 10


def test_whoever_waits_for_a_page_when_the_viewer_is_closed_is_refused_it() -> None:
    viewer = viewer_of("time.sleep(60)")
    closing = threading.Timer(0.3, viewer.close)
    closing.start()

    assert problem_of(viewer) is PageProblem.DAMAGED
    assert problem_of(viewer) is PageProblem.DAMAGED


def test_a_page_is_never_asked_for_wider_than_any_window() -> None:
    wide = head(1, MOST_WIDTH + 1, 1, 1) + bytes(MOST_WIDTH + 1)
    viewer = viewer_of(f"out.write({wide!r})")
    with pytest.raises(PageRefusedError):
        viewer.page(0, width=100_000)
    viewer.close()
