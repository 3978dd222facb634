"""Keys, files of them and passphrases given to ``age``, right or wrong: it says what to do and gives nothing away."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine

OTHER = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"
PHRASE = "vélin grotte sapin"


@pytest.fixture
def key(line: CommandLine) -> str:
    """A key in key.txt; its public half."""
    Path("plain.txt").write_text("court")
    return str(line.run("age", "keygen", "-o", "key.txt", "--json").given["recipient"])


def private_half() -> str:
    return Path("key.txt").read_text().splitlines()[-1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [str.upper, str.lower], ids=["as it is written", "in small letters"])
def test_a_private_key_in_the_place_of_a_public_one_is_not_shown(
    line: CommandLine, key: str, form: object, language: str
) -> None:
    assert callable(form)
    outcome = line.run(
        "age", "encrypt", "-r", form(private_half()), "-o", "sealed.age", "plain.txt", "--lang", language
    )

    assert outcome.code == 2
    assert private_half()[20:40] not in outcome.err.upper()
    assert "-r" in outcome.err


def test_a_key_file_in_the_place_of_a_file_of_public_keys_is_told_by_its_line(line: CommandLine, key: str) -> None:
    outcome = line.run("age", "encrypt", "-R", "key.txt", "-o", "sealed.age", "plain.txt", "--lang", "en")

    assert (outcome.code, outcome.err[:37]) == (2, "Line 3 of “key.txt” is a private key.")
    assert private_half()[20:40] not in outcome.err


def test_a_file_of_public_keys_with_a_wrong_line_is_told_by_that_line(line: CommandLine, key: str) -> None:
    Path("team.txt").write_text(f"# Bureau\n{key}\n\nage1nokey\n")

    outcome = line.run("age", "encrypt", "-R", "team.txt", "-o", "sealed.age", "plain.txt", "--lang", "en")

    assert (outcome.code, "Line 4 of “team.txt”" in outcome.err) == (2, True)


def test_a_file_without_a_public_key_is_named(line: CommandLine, key: str) -> None:
    Path("team.txt").write_text("# Personne\n")

    outcome = line.run("age", "encrypt", "-R", "team.txt", "-o", "sealed.age", "plain.txt", "--lang", "en")

    assert (outcome.code, "no public key in “team.txt”" in outcome.err) == (2, True)


def test_each_of_several_keys_and_files_of_keys_opens(line: CommandLine, key: str) -> None:
    others = [str(line.run("age", "keygen", "-o", f"{n}.txt", "--json").given["recipient"]) for n in range(3)]
    Path("team.txt").write_text("\n".join(others[:2]))
    Path("guest.txt").write_text(f"  {others[2]}  \r\n")

    keys = ("-r", key, "-r", OTHER, "-R", "team.txt", "-R", "guest.txt")
    assert line.run("age", "encrypt", *keys, "-o", "sealed.age", "plain.txt").code == 0

    for name in ("key.txt", "0.txt", "1.txt", "2.txt"):
        assert line.run("age", "decrypt", "-i", name, "-o", "-", "sealed.age").output == b"court"


def test_a_passphrase_beside_a_key_is_refused_before_it_is_asked_for(line: CommandLine, key: str) -> None:
    line.typed = [PHRASE, PHRASE]

    assert line.run("age", "encrypt", "-p", "-r", key, "-o", "sealed.age", "plain.txt").code == 2
    assert line.asked == []


def test_a_file_sealed_to_a_key_asks_for_no_passphrase(line: CommandLine, key: str) -> None:
    line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt")
    line.typed = [PHRASE]

    outcome = line.run("age", "decrypt", "-o", "opened.txt", "sealed.age")

    assert (outcome.code, line.asked) == (5, [])


def test_a_wrong_passphrase_opens_nothing(line: CommandLine, key: str) -> None:
    line.typed = [PHRASE, PHRASE, "autre"]
    line.run("age", "encrypt", "-p", "-o", "sealed.age", "plain.txt")

    outcome = line.run("age", "decrypt", "-o", "opened.txt", "sealed.age")

    assert (outcome.code, len(line.asked)) == (5, 3)
    assert not list(Path().glob("opened*"))


def test_a_file_is_not_written_over_the_one_that_is_read(line: CommandLine, key: str) -> None:
    Path("alias").symlink_to("plain.txt")

    for out in ("plain.txt", "./plain.txt", "alias"):
        assert line.run("age", "encrypt", "-r", key, "-o", out, "plain.txt").code == 2
    assert Path("plain.txt").read_text() == "court"


def test_an_older_file_is_replaced_whole_for_its_owner_alone(line: CommandLine, key: str) -> None:
    Path("sealed.age").write_bytes(b"x" * 100_000)
    Path("sealed.age").chmod(0o644)
    Path("sealed.age.part").write_text("somebody's own")

    assert line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "plain.txt").code == 0

    assert stat.S_IMODE(Path("sealed.age").stat().st_mode) == 0o600
    assert line.run("age", "decrypt", "-i", "key.txt", "-o", "-", "sealed.age").output == b"court"
    assert Path("sealed.age.part").read_text() == "somebody's own"


def test_a_link_is_followed(line: CommandLine, key: str) -> None:
    Path("folder").mkdir()
    Path("link").symlink_to("folder/sealed.age")

    line.run("age", "encrypt", "-r", key, "-o", "link", "plain.txt")

    assert Path("link").is_symlink()
    assert line.run("age", "decrypt", "-i", "key.txt", "-o", "-", "folder/sealed.age").output == b"court"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that opens and cannot be read: /proc/self/mem")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_of_what_is_read_is_not_told_of_what_is_written(line: CommandLine, key: str, language: str) -> None:
    outcome = line.run("age", "encrypt", "-r", key, "-o", "sealed.age", "/proc/self/mem", "--lang", language)

    assert (outcome.code, "mem" in outcome.err, "sealed" in outcome.err) == (1, True, False)
    assert not list(Path().glob("sealed*"))
