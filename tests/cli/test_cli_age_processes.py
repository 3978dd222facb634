"""``cloison age`` as processes of their own: real pipes, a full disk, a reader who leaves, an end from outside."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from age_vectors import OWN, digest, read_vector
from cloison_crypto.x25519 import X25519Identity

KEY = X25519Identity(bytes(range(32)))
TEXT = b"Le cargo est \xc3\xa0 quai.\n" * 50_000
COMMAND = [sys.executable, "-m", "cloison", "age"]
FULL = Path("/dev/full")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes as POSIX has them")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a key and a text in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "key.txt").write_text(KEY.secret_text())
    (tmp_path / "plain.txt").write_bytes(TEXT)
    return tmp_path


def encrypt(*words: str) -> list[str]:
    return [*COMMAND, "encrypt", "-r", str(KEY.recipient()), *words]


def decrypt(*words: str) -> list[str]:
    return [*COMMAND, "decrypt", "-i", "key.txt", *words]


@contextmanager
def while_it_reads(command: list[str], given: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """The process, once it has read ``given`` and waits for more."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        # A pipe holds 64 KiB: what is more has been read when this returns.
        process.stdin.write(given)
        process.stdin.flush()
        yield process


@pytest.mark.parametrize("armor", [[], ["-a"]], ids=["binary", "armored"])
def test_two_commands_in_a_pipe_give_back_what_went_in(folder: Path, armor: list[str]) -> None:
    sealing = subprocess.Popen(encrypt(*armor, "-o", "-", "plain.txt"), stdout=subprocess.PIPE)
    opened = subprocess.run(decrypt("-o", "-", "-"), stdin=sealing.stdout, capture_output=True, check=True)
    assert sealing.stdout is not None
    sealing.stdout.close()

    assert (sealing.wait(), opened.stdout, opened.stderr) == (0, TEXT, b"")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x25519", 0),
        ("payload_four_chunks_and_one_byte", 0),
        ("payload_second_full_chunk_changed", 3),
        ("armor_text_after", 3),
        ("header_tab", 3),
        ("mac_flipped", 3),
        ("stranger_x25519", 5),
    ],
)
def test_a_vector_ends_the_same_way_in_a_process(folder: Path, name: str, code: int) -> None:
    vector = read_vector(OWN / name)
    Path("keys.txt").write_text("\n".join(vector.identities))
    command = [*COMMAND, "decrypt", "-i", "keys.txt", "-o"]

    piped = subprocess.run([*command, "-", "-"], input=vector.content, capture_output=True, check=False)
    filed = subprocess.run([*command, "opened", "-"], input=vector.content, capture_output=True, check=False)

    assert (piped.returncode, digest(piped.stdout), filed.returncode) == (code, vector.payload, code)
    assert Path("opened").exists() == (code == 0)
    assert sorted(one.name for one in folder.glob("opened*")) == ["opened"] * (code == 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_ends_it_finds_nothing_left(folder: Path, number: signal.Signals) -> None:
    sealed = subprocess.run(encrypt("-o", "-", "plain.txt"), capture_output=True, check=True).stdout
    Path("opened.txt").write_text("older")
    before = sorted(folder.iterdir())

    with while_it_reads(decrypt("-o", "opened.txt", "-"), sealed[:-100]) as process:
        process.send_signal(number)
        process.wait(60)  # before its input is closed, whose end would race with the signal
        _, told = process.communicate()

    assert (process.returncode, len(told.splitlines())) == (130, 1)
    assert sorted(folder.iterdir()) == before
    assert Path("opened.txt").read_text() == "older"


def test_a_hang_up_that_is_ignored_stays_ignored(folder: Path) -> None:
    command = ["nohup", *encrypt("-o", "sealed.age", "-")]

    with while_it_reads(command, TEXT) as process:
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)

    assert (process.returncode, Path("sealed.age").exists()) == (0, True)


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full: /dev/full")
@pytest.mark.parametrize("interpreter", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_a_full_disk_behind_standard_output_is_told_in_one_sentence(
    folder: Path, interpreter: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    for name, value in interpreter.items():
        monkeypatch.setenv(name, value)

    with FULL.open("wb") as full:
        done = subprocess.run(encrypt("-o", "-", "plain.txt"), stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)


def test_a_reader_who_leaves_ends_it_without_a_word(folder: Path) -> None:
    Path("plain.txt").write_bytes(TEXT * 4)

    with subprocess.Popen(encrypt("-o", "-", "plain.txt"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read()

    assert (process.returncode, told) == (1, b"")


def test_chunks_leave_before_the_last_one_has_come(folder: Path) -> None:
    sealed = subprocess.run(encrypt("-o", "-", "plain.txt"), capture_output=True, check=True).stdout

    with subprocess.Popen(decrypt("-o", "-", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        feeding = threading.Thread(target=process.stdin.write, args=(sealed[: 300 * 1024],))
        feeding.start()
        first = process.stdout.read(256 * 1024)
        feeding.join()
        process.communicate(timeout=60)

    assert (first, process.returncode) == (TEXT[: 256 * 1024], 3)
