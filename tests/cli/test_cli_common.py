"""The options every command has: wherever they stand, and what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cloison.cli.common import CommonOptions, asked_language, asks_for_json, split_line
from cloison.cli.errors import UsageError
from command_line import PASSPHRASE, CommandLine


@pytest.mark.parametrize(
    ("words", "options", "rest"),
    [
        pytest.param(["note", "list"], CommonOptions(), ["note", "list"], id="none"),
        pytest.param(["--vault", "v", "note", "list"], CommonOptions(vault="v"), ["note", "list"], id="before"),
        pytest.param(["note", "--vault=v", "list"], CommonOptions(vault="v"), ["note", "list"], id="between"),
        pytest.param(
            ["note", "list", "--json", "--lang", "en"],
            CommonOptions(language="en", as_json=True),
            ["note", "list"],
            id="after",
        ),
        pytest.param(["--vault", "a", "--vault", "b"], CommonOptions(vault="b"), [], id="the last counts"),
        pytest.param(["x", "--", "--json", "--"], CommonOptions(), ["x", "--", "--json", "--"], id="behind --"),
        pytest.param(["--as", "O", "--passphrase-fd=3"], CommonOptions(member="O", passphrase_fd="3"), [], id="who"),
        pytest.param(["--recovery-file", "r"], CommonOptions(recovery_file="r"), [], id="recovery"),
        pytest.param(["--key-file=k", "x"], CommonOptions(key_file="k"), ["x"], id="key file"),
        pytest.param(["--keyring", "x"], CommonOptions(with_keyring=True), ["x"], id="keyring"),
        pytest.param(["--card", "--pin-file", "p"], CommonOptions(with_card=True, pin_file="p"), [], id="card"),
        pytest.param(["--vault="], CommonOptions(vault=""), [], id="empty"),
        pytest.param(["--vaults", "v"], CommonOptions(), ["--vaults", "v"], id="another option"),
    ],
)
def test_common_options_are_taken_out_of_the_line(words: list[str], options: CommonOptions, rest: list[str]) -> None:
    assert split_line(words) == (options, rest)


@pytest.mark.parametrize(
    "words",
    [
        ["--vault"],
        ["note", "--lang"],
        ["--lang", "de"],
        ["--lang="],
        ["--key-file"],
        ["--pin-file"],
        ["--keyring", "--card"],
        ["--keyring", "--key-file", "k"],
        ["--card", "--recovery-file", "r"],
        ["--passphrase-file", "a", "--key-file", "k"],
        ["--passphrase-file", "a", "--recovery-file", "b"],
        ["--passphrase-file", "a", "--passphrase-fd", "3"],
    ],
    ids=" ".join,
)
def test_a_common_option_that_cannot_be_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(UsageError):
        split_line(words)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["note"], None),
        (["--lang", "en"], "en"),
        (["--lang=en", "--vault"], "en"),
        (["--lang", "de"], None),
        (["--lang"], None),
        (["--title", "fr"], None),
        (["--", "--lang", "en"], None),
        (["--lang", "fr", "--lang", "en"], "en"),
    ],
)
def test_the_language_is_known_whatever_else_is_wrong(words: list[str], language: str | None) -> None:
    assert asked_language(words) == language


def test_json_behind_the_end_of_options_is_a_word() -> None:
    assert asks_for_json(["a", "--json"])
    assert not asks_for_json(["a", "--", "--json"])


@pytest.mark.parametrize("written", [PASSPHRASE, PASSPHRASE + "\n", PASSPHRASE + "\r\n"], ids=["bare", "lf", "crlf"])
def test_one_line_end_is_not_part_of_the_passphrase(line: CommandLine, vault: Path, written: str) -> None:
    line.passphrase_file.write_bytes(written.encode())

    assert line.on(vault, "vault", "info").code == 0


@pytest.mark.parametrize("written", [PASSPHRASE + "\n\n", " " + PASSPHRASE, PASSPHRASE + " "])
def test_anything_else_is_part_of_the_passphrase(line: CommandLine, vault: Path, written: str) -> None:
    line.passphrase_file.write_bytes(written.encode())

    assert line.on(vault, "vault", "info").code == 5


def test_a_passphrase_comes_through_a_file_descriptor(line: CommandLine, vault: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\n".encode())
    os.close(writing)

    assert line.run("--vault", vault, "--passphrase-fd", reading, "vault", "info").code == 0


@pytest.mark.parametrize(
    ("number", "code"), [("three", 2), ("-1", 2), ("", 2), ("9" * 12, 2), ("250", 2), ("³", 2)], ids=str
)
def test_a_descriptor_that_is_none_is_wrong_usage(line: CommandLine, vault: Path, number: str, code: int) -> None:
    outcome = line.run("--vault", vault, f"--passphrase-fd={number}", "vault", "info")

    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 5), (b"\n", 5), (b"\xff\xfe", 5), (b"x" * 100_000, 5)],
    ids=["empty", "a line end", "not text", "too large"],
)
def test_a_passphrase_file_without_a_passphrase_opens_nothing(
    line: CommandLine, vault: Path, content: bytes, code: int
) -> None:
    line.passphrase_file.write_bytes(content)

    outcome = line.on(vault, "vault", "info")

    assert (outcome.code, outcome.out) == (code, "")
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["absent", "."], ids=["absent", "a folder"])
def test_a_passphrase_file_that_cannot_be_read_is_wrong_usage(line: CommandLine, vault: Path, name: str) -> None:
    outcome = line.run("--vault", vault, "--passphrase-file", name, "vault", "info")

    assert outcome.code == 2
    assert name in outcome.err


def test_without_a_terminal_the_passphrase_is_not_waited_for(line: CommandLine, vault: Path) -> None:
    outcome = line.run("--vault", vault, "vault", "info")

    assert outcome.code == 2
    assert "--passphrase-file" in outcome.err


def test_a_typed_passphrase_that_is_no_text_opens_nothing(line: CommandLine, vault: Path) -> None:
    line.typed = ["\udcff"]

    assert line.run("--vault", vault, "vault", "info").code == 5


def test_the_prompt_names_the_vault(line: CommandLine, vault: Path) -> None:
    line.typed = [PASSPHRASE]

    line.run("--vault", vault, "vault", "info")

    assert line.asked == ["Phrase de passe du coffre «\u00a0Officier.cloison\u00a0»\u00a0: "]


def test_the_language_is_that_of_the_settings(line: CommandLine) -> None:
    line.person_settings.write_text('language = "en"\n')

    assert "No vault" in line.run("vault", "info").err
    assert "Aucun coffre" in line.run("vault", "info", "--lang", "fr").err


def test_a_broken_settings_file_is_said_in_the_language_asked_for(line: CommandLine) -> None:
    line.person_settings.write_text("langage = 'en'\n")

    outcome = line.run("vault", "info", "--lang", "en", "--json")

    assert outcome.code == 3
    assert outcome.given["error"] == "UnknownSettingError"
    assert "langage" in outcome.err
