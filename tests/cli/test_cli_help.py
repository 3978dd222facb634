"""Help pages and usage errors, in both languages, for every command there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cloison.cli.tree import tree
from cloison.wording.catalogue import LANGUAGES, Catalogue
from command_line import CommandLine

FRENCH = Catalogue.load("fr")


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


def name_of(value: Any) -> str:
    return " ".join(value) if isinstance(value, tuple) else ""


EVERY = list(commands(tree()))
LEAVES = [(path, command) for path, command in EVERY if not hasattr(command, "commands")]
PLANNED = """
age decrypt
age encrypt
age keygen
authority card
authority endorse
authority init
authority list-export
authority revoke
authority sign-policy
calendar downgrade
calendar list
calendar set
card export
card reissue
card show
compartment add
compartment list
compartment merge
compartment read-in
compartment read-out
contact add
contact confirm
contact list
contact recovery
contact revocations
copy list
demo
group add
group drop
group list
group remove
group show
identity renew
identity show
label check
label combine
label read
label show
member add
member confirm
member list
member remove
note attach
note attachments
note bin
note consent
note consents
note delete
note destroy
note detach
note evaluate
note export
note history
note import
note link
note links
note list
note mark
note mark-attachment
note move
note new
note raise
note receipts
note relabel
note restore
note save-attachment
note show
note unlink
note unraise
note withdraw-consent
open
policy check
policy import
policy list
policy show
print
quarantine accept
quarantine drop
quarantine list
receipt
register list
register verify
requirement answer
requirement close
requirement list
seal
search list
search remove
search save
settings check
settings show
slot add
slot list
slot remove
template add
template list
template remove
slot replace
trust FILE
trust list
trust remove
vault accept
vault backup
vault check
vault confirm-clock
vault info
vault init
vault restore
vault salvage
"""


def test_the_commands_are_those_of_this_version() -> None:
    assert {" ".join(path) for path, _ in LEAVES} == set(PLANNED.split("\n")) - {""}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "command"), EVERY, ids=name_of)
def test_every_page_says_what_the_command_does(
    line: CommandLine, path: tuple[str, ...], command: Any, language: str
) -> None:
    outcome = line.run(*path, "--help", "--lang", language)

    words = Catalogue.load(language)
    flat = " ".join(outcome.out.split())
    assert (outcome.code, outcome.err) == (0, "")
    assert " ".join(words.text(command.help).split()) in flat
    for parameter in command.params:
        assert " ".join(words.text(parameter.help).split()) in flat


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=name_of)
def test_every_help_text_is_said_in_french(path: tuple[str, ...], command: Any) -> None:
    texts = [command.help, *(parameter.help for parameter in command.params)]

    assert [text for text in texts if not text or FRENCH.text(text) == text] == []


def test_the_first_page_lists_the_options_of_every_command(line: CommandLine) -> None:
    out = line.run("--help").out

    assert all(option in out for option in ("--vault DIR", "--as MEMBER", "--passphrase-fd N", "--json", "--version"))


def test_required_options_stand_in_the_usage_line(line: CommandLine) -> None:
    out = line.run("note", "mark", "-h").out

    assert "cloison note mark [OPTIONS] --portion N… --label MARK UID" in out
    assert "(obligatoire)" in out


def test_a_group_that_is_a_command_shows_the_usage_of_its_own(line: CommandLine) -> None:
    assert "cloison trust [OPTIONS] --fingerprint F FILE" in line.run("trust", "FILE", "--help").out


def test_the_version_is_said(line: CommandLine) -> None:
    assert line.run("--version").out.startswith("cloison 0.")
    assert line.run("--version", "--json").given.keys() == {"version"}


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ([], "vault"),
        (["--"], "vault"),
        (["trust"], "list, remove"),
        (["note"], "import"),
        (["nothing"], "nothing"),
        (["note", "lst"], "list"),
        (["note", "list", "--lmit", "3"], "--limit"),
        (["note", "list", "-x"], "-x"),
        (["note", "--foo", "list"], "--foo"),
        (["note", "list", "extra"], "note list --help"),
        (["note", "show"], "UID"),
        (["note", "mark", "u", "--label", "S"], "--portion"),
        (["note", "list", "--limit"], "--limit"),
        (["note", "list", "--limit", "many"], "--limit"),
        (["note", "list", "--limit", "0"], "--limit"),
        (["note", "mark", "u", "--portion", "-1", "--label", "S"], "--portion"),
        (["label", "show", "a.xml", "--place", "margin"], "--place"),
        (["label", "combine"], "LABEL.xml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_is_not_understood_is_wrong_usage(
    line: CommandLine, words: list[str], facts: str, language: str
) -> None:
    outcome = line.run("--lang", language, *words)

    assert (outcome.code, outcome.out) == (2, "")
    assert facts in outcome.err


def test_wrong_usage_is_one_object_for_a_program(line: CommandLine) -> None:
    given = line.run("note", "lst", "--json").given

    assert given["error"] == "UsageError"
    assert "lst" in given["message"]


def test_a_file_in_the_place_of_a_command_is_told_how_to_open_it(line: CommandLine) -> None:
    Path("a.pli").touch()

    outcome = line.run("a.pli")

    assert outcome.code == 2
    assert "cloison open a.pli" in outcome.err
