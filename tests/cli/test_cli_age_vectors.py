"""Every age vector through ``age decrypt``: the kind of failure, and what is released, to a file and to a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from age_vectors import FAILURES, SUCCESS, Vector, cases, digest, read_vector
from cloison.wording.catalogue import LANGUAGES, Catalogue
from cloison.wording.errors import sentence_for
from command_line import CommandLine, Outcome

CODES = {"armor failure": 3, "header failure": 3, "HMAC failure": 3, "payload failure": 3, "no match": 5, SUCCESS: 0}
# Nothing tells the command that this one ought to have been armored; it is a good file.
OPENS_AS_IT_IS = "armor_not_armored"


def through_the_command() -> list[object]:
    return [case for case in cases() if OPENS_AS_IT_IS not in str(case)]


def decrypt(line: CommandLine, vector: Vector, out: str, *options: str) -> Outcome:
    """Decrypt the vector with all its keys and its passphrase, as somebody would who was sent it."""
    Path("sealed.age").write_bytes(vector.content)
    words = ["age", "decrypt", "-o", out, "sealed.age", *options]
    if vector.identities:
        Path("keys.txt").write_text("\n".join(vector.identities))
        words += ["-i", "keys.txt"]
    if vector.passphrases:
        Path("passphrase").write_text(vector.passphrases[0])
        words += ["--passphrase-file", "passphrase"]
    return line.run(*words)


@pytest.mark.parametrize("path", through_the_command())
def test_a_file_is_there_only_where_all_of_it_is_true(line: CommandLine, path: Path) -> None:
    vector = read_vector(path)

    outcome = decrypt(line, vector, "opened", "--json")

    names = {SUCCESS: None} | {expected: error.__name__ for expected, error in FAILURES.items()}
    assert (outcome.code, outcome.given.get("error")) == (CODES[vector.expect], names[vector.expect])
    left = {one.name: digest(one.read_bytes()) for one in Path().glob("opened*")}
    assert left == ({"opened": vector.payload} if vector.expect == SUCCESS else {})


@pytest.mark.parametrize("path", through_the_command())
def test_a_pipe_gets_what_was_authenticated_before_the_fault(line: CommandLine, path: Path) -> None:
    vector = read_vector(path)

    outcome = decrypt(line, vector, "-", "--lang", "en")

    assert (outcome.code, digest(outcome.output)) == (CODES[vector.expect], vector.payload)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "expect"),
    [
        ("armor_wide", "armor failure"),
        ("header_tab", "header failure"),
        ("mac_flipped", "HMAC failure"),
        ("payload_cut_in_tag", "payload failure"),
        ("stranger_x25519", "no match"),
    ],
)
def test_each_kind_of_failure_has_a_sentence_of_its_own(
    line: CommandLine, name: str, expect: str, language: str
) -> None:
    path = next(case.values[0] for case in cases(expect) if case.id == f"own-{name}")  # type: ignore[attr-defined]

    outcome = decrypt(line, read_vector(path), "opened", "--lang", language)

    assert outcome.err.strip() == sentence_for(FAILURES[expect]("a reason"), Catalogue.load(language))
    assert outcome.out == ""
