"""The process that shows attachments: its pages, from honest files and from others, behind its real walls."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from cloison.decoder.refusal import Refusal
from foreign import colours, file_of, png_bomb
from foreign_pdf import (
    WORDS,
    laughing_pdf,
    locked_pdf,
    pdf_of,
    pdf_that_acts,
    picture_bomb_pdf,
    stream_bomb_pdf,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are the Linux kernel's")

ATTEMPTS = {
    "opens a file": "os.open('/etc/hostname', os.O_RDONLY)",
    "asks about a file": "os.stat('/etc/hostname')",
    "lists a folder": "os.listdir('/')",
    "makes a folder": "os.mkdir('/tmp/cloison-decoder')",
    "opens a connection": "_socket.socket()",
    "opens a local connection": "_socket.socketpair()",
    "starts a thread or process": "os.fork()",
    "becomes another program": "os.execv('/bin/true', ['true'])",
    "signals the session": "os.kill(os.getppid(), signal.SIGTERM)",
    "opens the session's memory": "os.open(f'/proc/{os.getppid()}/mem', os.O_RDONLY)",
    "makes memory a program": "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
    "raises its own limits": "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    count: int
    picture: Image.Image


def asked(content: bytes, *wanted: tuple[int, int]) -> bytes:
    pages = b"".join(struct.pack(">II", *one) for one in wanted)
    return struct.pack(">Q", len(content)) + content + pages


def run(kind: str, question: bytes, *before: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-I", *(before or ("-m", "cloison.decoder.viewing")), kind, str(os.getpid())],
        input=question,
        capture_output=True,
        check=False,
        timeout=60,
    )


def is_soon(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so within ten seconds."""
    until = time.monotonic() + 10
    while not is_so() and time.monotonic() < until:
        time.sleep(0.01)
    return is_so()


def shown(kind: str, content: bytes, *wanted: tuple[int, int]) -> list[Shown | Refusal]:
    rest = run(kind, asked(content, *wanted)).stdout
    found: list[Shown | Refusal] = []
    while rest:
        if rest[0]:
            found.append(Refusal(rest[0]))
            rest = rest[1:]
            continue
        count, width, height, channels = struct.unpack_from(">IIII", rest, 1)
        end = 17 + width * height * channels
        picture = Image.frombytes("L" if channels == 1 else "RGB", (width, height), rest[17:end])
        found.append(Shown(count=count, picture=picture))
        rest = rest[end:]
    return found


def test_pages_of_a_pdf_are_drawn_as_they_are_asked_for() -> None:
    content = pdf_of(b"1 0 0 rg 0 0 300 500 re f", b"0 0 1 rg 0 0 150 500 re f")

    first, last, small, beyond = shown("pdf", content, (0, 600), (1, 300), (1, 30), (2, 30))

    assert isinstance(first, Shown)
    assert isinstance(last, Shown)
    assert isinstance(small, Shown)
    assert (first.count, first.picture.size, small.picture.size) == (2, (600, 1000), (30, 50))
    assert first.picture.getpixel((300, 500)) == (255, 0, 0)
    assert [last.picture.getpixel((x, 250)) for x in (10, 290)] == [(0, 0, 255), (255, 255, 255)]
    assert beyond is Refusal.DAMAGED


def test_words_are_drawn_in_a_font_of_its_own_where_the_file_brings_none() -> None:
    (page,) = shown("pdf", pdf_of(WORDS), (0, 300))

    assert isinstance(page, Shown)
    drawn = page.picture.convert("L").point(lambda level: 255 if level < 128 else 0).getbbox()
    assert drawn is not None
    left, top, right, bottom = drawn
    assert 35 < left < 50
    assert 140 < right < 190
    assert 60 < top < bottom < 110


def test_the_sheets_of_a_scan_are_pages_and_an_animation_is_one() -> None:
    others = [Image.new("RGB", (90, 40), "green")]

    scan = shown("picture", file_of(colours(), "TIFF", save_all=True, append_images=others), (1, 900), (2, 900))
    film = shown("picture", file_of(colours(), "GIF", save_all=True, append_images=others), (0, 30))

    assert isinstance(scan[0], Shown)
    assert isinstance(film[0], Shown)
    assert (scan[0].count, scan[0].picture.size, scan[1]) == (2, (90, 40), Refusal.DAMAGED)
    assert (film[0].count, film[0].picture.size) == (1, (30, 20))


@pytest.mark.parametrize(
    ("kind", "content", "refusal"),
    [
        ("pdf", locked_pdf(), Refusal.ENCRYPTED),
        ("pdf", pdf_of(WORDS)[:-300], Refusal.DAMAGED),
        ("pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20, Refusal.DAMAGED),
        ("picture", png_bomb(), Refusal.TOO_LARGE),
        ("picture", b"hello", Refusal.UNKNOWN_KIND),
        ("picture", file_of(colours(), "TIFF")[:-40], Refusal.DAMAGED),
    ],
    ids=["locked", "cut short", "no PDF", "a bomb", "another kind", "a picture cut short"],
)
def test_what_cannot_be_shown_is_refused(kind: str, content: bytes, refusal: Refusal) -> None:
    assert shown(kind, content, (0, 300), (0, 300)) == [refusal, refusal]


def test_a_page_with_a_bomb_in_it_is_a_page() -> None:
    (page,) = shown("pdf", picture_bomb_pdf(), (0, 300))

    assert isinstance(page, Shown)
    assert page.picture.size == (300, 500)


@pytest.mark.parametrize("content", [stream_bomb_pdf(600), laughing_pdf()], ids=["600 megabytes", "laughter"])
def test_a_page_made_to_take_all_memory_ends_the_process(content: bytes) -> None:
    program = (  # less memory than it has, so that it takes less time to be full
        "import resource; from cloison.decoder import viewing\n"
        "viewing.PAGE_LIMITS = (*viewing.PAGE_LIMITS, (resource.RLIMIT_DATA, 256 << 20)); viewing.main()"
    )

    done = run("pdf", asked(content, (0, 300)), "-c", program)

    assert done.returncode != 0
    assert done.stdout == b""


def test_what_a_pdf_would_run_or_fetch_changes_nothing(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(zlib.compress(bytes(64)))

    acting, plain = (shown("pdf", one, (0, 300)) for one in (pdf_that_acts(str(outside)), pdf_of(WORDS)))

    assert acting == plain


@pytest.mark.parametrize("limits", ["viewing.PAGE_LIMITS", "()"], ids=["limits and filter", "the filter alone"])
def test_once_it_reads_it_can_do_nothing_else(limits: str) -> None:
    program = (
        "import ctypes, mmap, os, signal, sys, _socket; from cloison.decoder import viewing\n"
        "def attempt(reader, source):\n"
        f"    for one in {list(ATTEMPTS.values())!r}:\n"
        "        try:\n"
        "            exec(one)\n"
        "        except (OSError, ValueError) as error:\n"
        "            print(type(error).__name__, flush=True)\n"
        "        else:\n"
        "            print(one, flush=True)\n"
        f"viewing.PAGE_LIMITS = {limits}; viewing._serve = attempt; viewing.main()\n"
    )

    found = run("pdf", b"", "-c", program).stdout.decode().split()

    assert set(found) <= {"PermissionError", "OSError", "ValueError"}
    assert len(found) == len(ATTEMPTS)


def test_it_dies_with_the_session_whatever_it_is_doing() -> None:
    # One taken over by a file: it reads nothing any more, so that the end of its input would not end it.
    taken_over = (
        "from cloison.decoder import viewing\n"
        "def compute(reader, source):\n"
        "    print(flush=True)\n"
        "    while True: pass\n"
        "viewing._serve = compute; viewing.main()\n"
    )
    program = (
        "import os, subprocess, sys, time\n"
        f"command = [sys.executable, '-I', '-c', {taken_over!r}, 'picture', str(os.getpid())]\n"
        "decoder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "decoder.stdout.readline(); print(decoder.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-I", "-c", program], stdout=subprocess.PIPE) as session:
        assert session.stdout is not None
        decoder = Path("/proc", session.stdout.readline().decode().strip())
        was_there = decoder.exists()
        session.kill()

    assert was_there
    assert is_soon(lambda: not decoder.exists() or ") Z " in (decoder / "stat").read_text())


def test_where_the_system_confines_nothing_nothing_is_shown() -> None:
    without = "import sys; from cloison.decoder import {0}; {1}; from cloison.decoder import viewing; viewing.main()"
    other_system = without.format("viewing", "sys.platform = 'darwin'")
    no_filter = without.format("seccomp", "seccomp._PROCESSORS.clear()")

    for program in (other_system, no_filter):
        assert run("pdf", asked(pdf_of(WORDS), (0, 9)), "-c", program).stdout == bytes((Refusal.NO_SANDBOX.value,))
