"""``age``: plain files, as streams, with every kind of key; Debian's own program as the peer."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.cli import progress
from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine

TEXT = "Le cargo est à quai.\n".encode() * 10_000
Tool = Callable[[str, str], str]


@pytest.fixture
def key(line: CommandLine) -> str:
    """A key in key.txt; its public half."""
    Path("plain.txt").write_bytes(TEXT)
    return str(line.run("age", "keygen", "-o", "key.txt", "--json").given["recipient"])


def test_a_key_is_written_for_its_owner_alone(line: CommandLine, key: str) -> None:
    text = Path("key.txt").read_text()

    assert text.startswith("# created: 2026-11-22T09:00:00Z\n# public key: age1")
    assert "AGE-SECRET-KEY-1" in text
    assert Path("key.txt").stat().st_mode & 0o077 == 0


def test_a_key_replaces_no_other(line: CommandLine, key: str) -> None:
    before = Path("key.txt").read_bytes()

    assert line.run("age", "keygen", "-o", "key.txt").code == 2
    assert Path("key.txt").read_bytes() == before


@pytest.mark.parametrize(("language", "said"), [("fr", "Clé publique"), ("en", "Public key")])
def test_the_public_half_of_a_new_key_is_said(line: CommandLine, language: str, said: str) -> None:
    outcome = line.run("age", "keygen", "-o", "key.txt", "--lang", language)

    assert said in outcome.out
    assert "SECRET" not in outcome.out


def test_without_a_file_the_key_goes_to_standard_output(line: CommandLine) -> None:
    assert "AGE-SECRET-KEY-1" in line.run("age", "keygen").out
    assert line.run("age", "keygen", "--json").given.keys() == {"recipient", "identity"}


def test_a_key_against_quantum_computers_is_one_flag_away(line: CommandLine) -> None:
    Path("plain.txt").write_bytes(TEXT)
    recipient = line.run("age", "keygen", "--pq", "-o", "key.txt", "--json").given["recipient"]

    assert recipient.startswith("age1pq1")
    assert line.run("age", "encrypt", "-r", recipient, "-o", "sealed.age", "plain.txt").code == 0
    assert line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", "sealed.age").code == 0
    assert Path("opened.txt").read_bytes() == TEXT


@pytest.mark.parametrize("armor", [(), ("-a",)], ids=["binary", "armored"])
def test_what_is_encrypted_decrypts(line: CommandLine, key: str, armor: tuple[str, ...]) -> None:
    sealed = line.run("age", "encrypt", *armor, "-r", key, "-o", "sealed.age", "plain.txt", "--json")
    opened = line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", "sealed.age")

    assert sealed.given == {"file": "sealed.age"}
    assert (opened.code, Path("opened.txt").read_bytes()) == (0, TEXT)
    assert TEXT[:20] not in Path("sealed.age").read_bytes()
    assert sorted(one.name for one in Path().iterdir()) == ["key.txt", "opened.txt", "plain.txt", "sealed.age"]


def test_streams_stand_for_files(line: CommandLine, key: str) -> None:
    Path("recipients.txt").write_text(f"# Bureau\n\n{key}\n")
    line.piped = TEXT
    sealed = line.run("age", "encrypt", "-R", "recipients.txt", "-o", "-", "-")
    line.piped = sealed.output

    opened = line.run("age", "decrypt", "-i", "key.txt", "-o", "-", "-")

    assert (opened.output, opened.errors) == (TEXT, b"")


def test_a_file_and_an_object_do_not_share_standard_output(line: CommandLine, key: str) -> None:
    outcome = line.run("age", "encrypt", "-r", key, "-o", "-", "plain.txt", "--json")

    assert (outcome.code, outcome.given["error"]) == (2, "UsageError")


def test_a_passphrase_from_a_file_encrypts_and_decrypts(line: CommandLine) -> None:
    Path("plain.txt").write_bytes(TEXT)
    line.passphrase_file.write_text("vélin grotte sapin\n")

    sealed = line.run("age", "encrypt", "-p", "--passphrase-file", "passphrase", "-o", "sealed.age", "plain.txt")
    opened = line.run("age", "decrypt", "--passphrase-file", "passphrase", "-o", "opened.txt", "sealed.age")

    assert (sealed.code, opened.code) == (0, 0)
    assert Path("opened.txt").read_bytes() == TEXT


def test_a_passphrase_may_be_typed(line: CommandLine) -> None:
    Path("plain.txt").write_bytes(b"court")
    line.typed = ["vélin grotte sapin"] * 3

    line.run("age", "encrypt", "-p", "-o", "sealed.age", "plain.txt")
    opened = line.run("age", "decrypt", "-o", "-", "sealed.age")

    assert opened.output == b"court"
    assert len(line.asked) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("-r", "age1nokey"), 2, id="no key"),
        pytest.param(("-R", "plain.txt"), 2, id="no file of keys"),
        pytest.param(("-R", "absent"), 2, id="no file"),
        pytest.param((), 2, id="for nobody"),
        pytest.param(("-p",), 2, id="no terminal"),
    ],
)
def test_an_encryption_that_cannot_be_writes_nothing(
    line: CommandLine, key: str, words: tuple[str, ...], code: int
) -> None:
    outcome = line.run("age", "encrypt", *words, "-o", "sealed.age", "plain.txt")

    assert (outcome.code, outcome.out) == (code, "")
    assert not Path("sealed.age").exists()


def test_a_passphrase_stands_alone(line: CommandLine, key: str) -> None:
    line.typed = ["vélin", "vélin"]

    outcome = line.run("age", "encrypt", "-p", "-r", key, "-o", "sealed.age", "plain.txt")

    assert outcome.code == 2
    assert not list(Path().glob("sealed*"))


def flip(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[-1] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(flip, 3, id="a flipped byte"),
        pytest.param(lambda content: content[:-1], 3, id="cut short"),
        pytest.param(lambda content: content + b"x", 3, id="something after"),
        pytest.param(lambda content: b"", 3, id="empty"),
        pytest.param(lambda content: b"%PDF", 3, id="no age file"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_file_leaves_nothing(
    line: CommandLine, key: str, change: Callable[[bytes], bytes], code: int, language: str
) -> None:
    line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt")
    Path("sealed.age").write_bytes(change(Path("sealed.age").read_bytes()))
    before = sorted(Path().iterdir())

    outcome = line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", "sealed.age", "--lang", language)

    assert (outcome.code, outcome.out) == (code, "")
    assert len(outcome.err.splitlines()) == 1
    assert sorted(Path().iterdir()) == before


def test_an_older_file_stays_when_the_new_one_fails(line: CommandLine, key: str) -> None:
    Path("opened.txt").write_text("older")
    Path("sealed.age").write_bytes(b"damaged")

    line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", "sealed.age")

    assert Path("opened.txt").read_text() == "older"


def test_another_key_opens_nothing(line: CommandLine, key: str) -> None:
    line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt")
    line.run("age", "keygen", "-o", "other.txt")

    outcome = line.run("age", "decrypt", "-i", "other.txt", "-o", "opened.txt", "sealed.age")

    assert outcome.code == 5
    assert not Path("opened.txt").exists()


@pytest.mark.parametrize("content", [b"", b"# only a comment", b"AGE-SECRET-KEY-1X", b"\xff"])
def test_a_key_file_that_is_none_opens_nothing(line: CommandLine, key: str, content: bytes) -> None:
    Path("other.txt").write_bytes(content)
    line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt")

    outcome = line.run("age", "decrypt", "-i", "other.txt", "-o", "opened.txt", "sealed.age")

    assert outcome.code == 5
    assert "other.txt" in outcome.err


@pytest.mark.parametrize("source", ["absent.age", "."], ids=["absent", "a folder"])
def test_a_source_that_cannot_be_read_leaves_nothing(line: CommandLine, key: str, source: str) -> None:
    outcome = line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", source)

    assert outcome.code in (1, 2)
    assert not list(Path().glob("opened*"))


def test_an_output_in_a_folder_there_is_not_is_wrong_usage(line: CommandLine, key: str) -> None:
    assert line.run("age", "encrypt", "-r", key, "-o", "absent/sealed.age", "plain.txt").code == 2


def test_a_device_is_written_to_as_it_is(line: CommandLine, key: str) -> None:
    assert line.run("age", "encrypt", "-r", key, "-o", "/dev/null", "plain.txt").code == 0


def test_progress_is_shown_on_a_terminal_and_cleared(
    line: CommandLine, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    line.shows_progress = True

    sealed = line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt")
    opened = line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", "sealed.age")

    assert b"MiB" in sealed.errors
    assert opened.errors.endswith(b"\r\x1b[K")
    assert Path("opened.txt").read_bytes() == TEXT


def test_debians_age_opens_what_is_encrypted_here(line: CommandLine, key: str, tool: Tool) -> None:
    program = tool("age", "apt install age")
    line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt")

    opened = subprocess.run([program, "-d", "-i", "key.txt", "sealed.age"], check=True, capture_output=True)

    assert opened.stdout == TEXT


@pytest.mark.parametrize("armor", [[], ["-a"]], ids=["binary", "armored"])
def test_what_debians_age_encrypts_opens_here(line: CommandLine, key: str, tool: Tool, armor: list[str]) -> None:
    program = tool("age", "apt install age")
    subprocess.run([program, *armor, "-r", key, "-o", "sealed.age", "plain.txt"], check=True)

    assert line.run("age", "decrypt", "-i", "key.txt", "-o", "opened.txt", "sealed.age").code == 0
    assert Path("opened.txt").read_bytes() == TEXT


def test_a_key_of_debians_age_serves_here(line: CommandLine, tool: Tool) -> None:
    program = tool("age-keygen", "apt install age")
    subprocess.run([program, "-o", "debian.txt"], check=True, capture_output=True)
    recipient = next(word for word in Path("debian.txt").read_text().split() if word.startswith("age1"))
    Path("plain.txt").write_bytes(TEXT)

    line.run("age", "encrypt", "-r", recipient, "-o", "sealed.age", "plain.txt")

    assert line.run("age", "decrypt", "-i", "debian.txt", "-o", "opened.txt", "sealed.age").code == 0


def test_several_keys_and_files_of_keys_reach_debians_age_and_come_from_it(line: CommandLine, tool: Tool) -> None:
    program = tool("age", "apt install age")
    Path("plain.txt").write_bytes(TEXT)
    keys = [str(line.run("age", "keygen", "-o", f"{n}.txt", "--json").given["recipient"]) for n in range(4)]
    Path("team.txt").write_text("# Bureau\n" + "\n".join(keys[:2]))
    Path("guest.txt").write_text(keys[2])
    to_all = ["-R", "team.txt", "-R", "guest.txt", "-r", keys[3]]

    line.run("age", "encrypt", *to_all, "-o", "ours.age", "plain.txt")
    subprocess.run([program, *to_all, "-o", "theirs.age", "plain.txt"], check=True)

    for name in ("0.txt", "1.txt", "2.txt", "3.txt"):
        opened = subprocess.run([program, "-d", "-i", name, "ours.age"], check=True, capture_output=True)
        assert opened.stdout == TEXT
        assert line.run("age", "decrypt", "-i", name, "-o", "-", "theirs.age").output == TEXT
