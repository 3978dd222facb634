"""The `age` program opens what we write, and the reverse."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison_crypto import age
from cloison_crypto.armor import ArmorReader, ArmorWriter
from cloison_crypto.passphrase import PassphraseIdentity, PassphraseRecipient
from cloison_crypto.secrets import Randomness
from cloison_crypto.x25519 import X25519Identity

SIZES = [0, 1, 64 * 1024, 1024 * 1024, 1024 * 1024 + 1, 3_000_000]
PASSPHRASE = b"mirabelle quetsche"


@pytest.fixture
def owner(randomness: Randomness) -> X25519Identity:
    return X25519Identity.generate(randomness)


@pytest.fixture
def key_file(owner: X25519Identity, tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(owner.secret_text() + "\n")
    return path


def run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


@pytest.fixture
def run_typing(setsid_program: str) -> Callable[[list[str], bytes], None]:
    """Runs a program that asks for passphrases on its terminal, in a terminal of its own."""

    def run_in_terminal(command: list[str], typed: bytes) -> None:
        # Only POSIX has it; elsewhere there is no setsid either.
        import pty

        ours, theirs = pty.openpty()
        try:
            os.write(ours, typed)
            in_terminal = [setsid_program, "--ctty", "--wait", *command]
            subprocess.run(in_terminal, stdin=theirs, capture_output=True, check=True, timeout=60)
        finally:
            os.close(ours)
            os.close(theirs)

    return run_in_terminal


@pytest.mark.parametrize("size", SIZES)
def test_age_opens_what_we_seal(
    size: int, age_program: str, owner: X25519Identity, key_file: Path, randomness: Randomness
) -> None:
    content, target = os.urandom(size), io.BytesIO()
    age.encrypt(io.BytesIO(content), target, [owner.recipient()], randomness=randomness)

    assert run(age_program, "-d", "-i", str(key_file), given=target.getvalue()) == content


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_age_seals(size: int, age_program: str, owner: X25519Identity) -> None:
    content, target = os.urandom(size), io.BytesIO()
    sealed = run(age_program, "-e", "-r", str(owner.recipient()), given=content)
    age.decrypt(io.BytesIO(sealed), target, [owner])

    assert target.getvalue() == content


def test_age_opens_our_armor(age_program: str, owner: X25519Identity, key_file: Path, randomness: Randomness) -> None:
    target = io.BytesIO()
    armor = ArmorWriter(target)
    age.encrypt(io.BytesIO(b"plain" * 1000), armor, [owner.recipient()], randomness=randomness)
    armor.close()

    assert run(age_program, "-d", "-i", str(key_file), given=target.getvalue()) == b"plain" * 1000


def test_we_open_the_armor_of_age(age_program: str, owner: X25519Identity) -> None:
    sealed = run(age_program, "-e", "-a", "-r", str(owner.recipient()), given=b"plain" * 1000)

    assert age.Reader(ArmorReader(io.BytesIO(sealed)), [owner]).read() == b"plain" * 1000


def test_age_opens_what_we_seal_under_a_passphrase(
    age_program: str, run_typing: Callable[[list[str], bytes], None], tmp_path: Path, randomness: Randomness
) -> None:
    sealed, opened = tmp_path / "sealed.age", tmp_path / "opened"
    with sealed.open("wb") as target:
        recipient = PassphraseRecipient(PASSPHRASE, work_factor=10)
        age.encrypt(io.BytesIO(b"plain"), target, [recipient], randomness=randomness)

    run_typing([age_program, "-d", "-o", str(opened), str(sealed)], PASSPHRASE + b"\n")

    assert opened.read_bytes() == b"plain"


def test_we_open_what_age_seals_under_a_passphrase(
    age_program: str, run_typing: Callable[[list[str], bytes], None], tmp_path: Path
) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "sealed.age"
    plain.write_bytes(b"plain")

    run_typing([age_program, "-p", "-o", str(sealed), str(plain)], (PASSPHRASE + b"\n") * 2)

    with sealed.open("rb") as source:
        assert age.Reader(source, [PassphraseIdentity(PASSPHRASE)]).read() == b"plain"
