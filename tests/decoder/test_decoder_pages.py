"""The pages of foreign files as the decoder draws them, without its walls: those are tried in processes apart."""

from __future__ import annotations

import ctypes
import io
import os
import platform
import struct
import sys
from types import SimpleNamespace

import pytest
from PIL import Image

from cloison.decoder import __main__ as one_picture
from cloison.decoder import confinement, seccomp, viewing
from cloison.decoder.pdf_pages import PdfPages, _size
from cloison.decoder.picture_pages import PicturePages
from cloison.decoder.refusal import Refusal, RefusedError
from cloison.decoder.seccomp import NoSandboxError, forbid_all_but_computing
from foreign import colours, file_of
from foreign_pdf import WORDS, locked_pdf, pdf_of

ALLOW, REFUSE, KILL = 0x7FFF_0000, 0x0005_0001, 0x8000_0000
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="pages are shown on Linux alone")


def verdict(calls: seccomp._Calls, number: int, *, processor: int, third: int = 0) -> int:
    """What the kernel would make of a call: the filter, run as linux/filter.h says."""
    facts = struct.pack("<IIQQQQQQQ", number, processor, 0, 0, 0, third, 0, 0, 0)
    steps = list(seccomp._INSTRUCTION.iter_unpack(seccomp._instructions(calls)))
    at, held = 0, 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == seccomp._RETURN:
            return int(value)
        if code == seccomp._LOAD:
            (held,) = struct.unpack_from("<I", facts, value)
        else:
            holds = held == value if code == seccomp._IF_EQUAL else bool(held & value)
            at += yes if holds else no


@pytest.mark.parametrize(
    ("calls", "named", "forbidden"),
    [
        (
            seccomp._X86_64,
            {"read": 0, "futex": 202},
            {"open": 2, "openat": 257, "socket": 41, "execve": 59, "kill": 62},
        ),
        (seccomp._AARCH64, {"read": 63, "futex": 98}, {"openat": 56, "socket": 198, "execve": 221, "kill": 129}),
    ],
    ids=["x86_64", "aarch64"],
)
def test_the_filter_allows_its_list_and_nothing_else(
    calls: seccomp._Calls, named: dict[str, int], forbidden: dict[str, int]
) -> None:
    verdicts = {number: verdict(calls, number, processor=calls.processor) for number in range(600)}

    allowed = {number for number, found in verdicts.items() if found == ALLOW}
    assert allowed == {*calls.allowed, *calls.mapping}
    assert set(verdicts.values()) == {ALLOW, REFUSE}
    assert set(named.values()) <= allowed
    assert not allowed & set(forbidden.values())
    for number in calls.mapping:
        assert verdict(calls, number, processor=calls.processor, third=3) == ALLOW
        assert verdict(calls, number, processor=calls.processor, third=5) == REFUSE
    # The same numbers mean other calls to 32-bit programs; those of x32 have a bit of their own.
    assert verdict(calls, min(named.values()), processor=0x4000_0003) == KILL
    assert verdict(calls, 0x4000_0000, processor=calls.processor) == REFUSE


def test_a_processor_whose_calls_are_not_known_confines_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")

    with pytest.raises(NoSandboxError):
        forbid_all_but_computing()


@pytest.mark.parametrize(
    ("of_prctl", "of_syscall"), [(-1, 0), (0, -1)], ids=["privileges are not given up", "the filter is not taken"]
)
def test_a_kernel_that_takes_no_filter_confines_nothing(
    of_prctl: int, of_syscall: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(prctl=lambda *_: of_prctl, syscall=lambda *_: of_syscall)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: kernel)

    with pytest.raises(NoSandboxError):
        forbid_all_but_computing()


@LINUX
@pytest.mark.parametrize("limits", [confinement.LIMITS, confinement.PAGE_LIMITS], ids=["a picture", "pages"])
def test_the_filter_comes_last_and_no_limit_is_above_its_bound(
    limits: confinement._Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource
    import signal

    done: list[object] = []
    monkeypatch.setattr(signal, "alarm", done.append)
    monkeypatch.setattr(resource, "setrlimit", lambda limit, bound: done.append((limit, bound)))
    monkeypatch.setattr(confinement, "_die_with", lambda parent: done.append(parent))
    monkeypatch.setattr(confinement, "forbid_all_but_computing", lambda: done.append("filter"))

    confinement.confine(7, limits)

    assert done[:2] == [confinement.SECONDS, 7]
    assert done[-1] == "filter"
    bounds = {one[0]: one[1] for one in done if isinstance(one, tuple)}
    assert bounds[resource.RLIMIT_NOFILE] == (0, 0)
    assert bounds[resource.RLIMIT_DATA] <= (confinement.MEMORY, confinement.MEMORY)


def test_a_pdf_is_drawn_at_the_width_that_is_asked_for() -> None:
    pages = PdfPages(pdf_of(b"1 0 0 rg 0 0 300 500 re f", WORDS))

    assert (pages.count, pages.draw(0, 30).size, pages.draw(1, 60).size) == (2, (30, 50), (60, 100))
    assert pages.draw(0, 30).getpixel((15, 25)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("across", "down", "size"),
    [(1e6, 500, (4000, 2)), (1, 14_400, (1, 6000)), (14_400, 14_400, (4000, 4000)), (300, 500, (3098, 5164))],
    ids=["a mile wide", "a thread", "a square", "a sheet"],
)
def test_a_page_of_any_size_stays_within_its_bounds(across: float, down: float, size: tuple[int, int]) -> None:
    assert _size(across, down, 4000).toTuple() == size


def test_a_page_without_a_size_is_refused() -> None:
    for across, down in ((0.0, 500.0), (300.0, float("nan")), (float("inf"), 500.0)):
        with pytest.raises(RefusedError):
            _size(across, down, 300)


@pytest.mark.parametrize(
    ("content", "number", "refusal"),
    [
        (locked_pdf(), 0, Refusal.ENCRYPTED),
        (b"%PDF-1.7\n", 0, Refusal.DAMAGED),
        (pdf_of(WORDS), 1, Refusal.DAMAGED),
    ],
    ids=["locked", "nothing in it", "beyond the last page"],
)
def test_a_pdf_that_cannot_be_drawn_is_refused(content: bytes, number: int, refusal: Refusal) -> None:
    with pytest.raises(RefusedError) as refused:
        PdfPages(content).draw(number, 30)
    assert refused.value.refusal is refusal


def test_a_picture_is_made_smaller_and_never_larger() -> None:
    pages = PicturePages(file_of(colours(), "PNG"))

    assert [pages.draw(0, width).size for width in (30, 900)] == [(30, 20), (60, 40)]


@pytest.mark.parametrize("content", [file_of(colours(), "TIFF")[:20], file_of(colours(), "PNG")[:-20]])
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError):
        PicturePages(content).draw(0, 30)


def answered(monkeypatch: pytest.MonkeyPatch, module: object, arguments: tuple[str, ...], question: bytes) -> bytes:
    """What ``module`` writes, without walls and without its clock."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "argv", ["decoder", *arguments, str(os.getpid())])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(question)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=written))
    getattr(module, "main")()  # noqa: B009 - a module is no type of ours
    return written.getvalue()


@LINUX
def test_page_after_page_is_answered_in_the_form_that_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewing, "confine", lambda parent, limits: None)
    wanted = struct.pack(">IIII", 0, 6, 1, 6)
    pdf, picture = pdf_of(b"", b""), file_of(Image.new("L", (6, 2), 9), "PNG")

    of_pdf = answered(monkeypatch, viewing, ("pdf",), struct.pack(">Q", len(pdf)) + pdf + wanted)
    of_picture = answered(monkeypatch, viewing, ("picture",), struct.pack(">Q", len(picture)) + picture + wanted[:8])
    of_nothing = answered(monkeypatch, viewing, ("picture",), struct.pack(">Q", 1) + b"x" + wanted)

    one = b"\0" + struct.pack(">IIII", 2, 6, 10, 3) + b"\xff" * 180
    assert of_pdf == one + one
    assert of_picture == b"\0" + struct.pack(">IIII", 1, 6, 2, 1) + b"\x09" * 12
    assert of_nothing == b"\1\1"


@LINUX
def test_a_page_for_which_there_is_no_memory_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw_too_much(self: PicturePages, number: int, width: int) -> Image.Image:
        raise MemoryError

    monkeypatch.setattr(viewing, "confine", lambda parent, limits: None)
    monkeypatch.setattr(PicturePages, "draw", draw_too_much)
    picture = file_of(colours(), "PNG")
    question = struct.pack(">Q", len(picture)) + picture + struct.pack(">II", 0, 6)

    assert answered(monkeypatch, viewing, ("picture",), question) == bytes((Refusal.TOO_LARGE.value,))


@LINUX
def test_without_walls_neither_process_reads_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_none(parent: int, limits: object = ()) -> None:
        raise NoSandboxError

    for module, argument in ((viewing, "pdf"), (one_picture, "30")):
        monkeypatch.setattr(module, "confine", find_none)
        assert answered(monkeypatch, module, (argument,), b"never read") == bytes((Refusal.NO_SANDBOX.value,))


def test_one_picture_is_answered_in_the_form_that_is_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_picture, "confine", lambda parent: None)

    found = answered(monkeypatch, one_picture, ("9",), file_of(Image.new("L", (2, 1), 7), "PNG"))

    assert found == b"\0" + struct.pack(">III", 2, 1, 1) + b"\7\7"


@LINUX
def test_a_page_that_is_drawn_for_ever_is_ended_by_the_clock() -> None:
    # In a process of its own, whose clock runs faster; nothing of it is measured.
    from subprocess import run

    program = (
        "from cloison.decoder import viewing; from cloison.decoder.picture_pages import PicturePages\n"
        "def draw(self, number, width):\n"
        "    while True: pass\n"
        "viewing.SECONDS = 1; PicturePages.draw = draw; viewing.main()"
    )
    picture = file_of(colours(), "PNG")
    question = struct.pack(">Q", len(picture)) + picture + struct.pack(">II", 0, 6)

    done = run(
        [sys.executable, "-I", "-c", program, "picture", str(os.getpid())],
        input=question,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (-14, b"")
