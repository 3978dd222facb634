"""Several members in one vault: each opens it with their own passphrase, and sees what they are read into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command_line import PASSPHRASE, CommandLine, Outcome

SECOND = "brume carton fifre onze talus"


@pytest.fixture
def second(line: CommandLine) -> Path:
    """The file with the passphrase of the second member."""
    file = line.folder / "second"
    file.write_text(SECOND, encoding="utf-8")
    return file


@pytest.fixture
def shared(line: CommandLine, vault: Path, second: Path) -> Path:
    """A vault with a second member, "Adjoint"."""
    line.ask(vault, "member", "add", "Adjoint", "--new-passphrase-file", second)
    return vault


def as_member(line: CommandLine, vault: Path, alias: str, *words: object) -> Outcome:
    file = line.passphrase_file if alias == "Officier" else line.folder / "second"
    return line.run("--vault", vault, "--as", alias, "--passphrase-file", file, *words, "--lang", "en")


def given(line: CommandLine, vault: Path, alias: str, *words: object) -> dict[str, Any]:
    outcome = as_member(line, vault, alias, *words, "--json")
    assert outcome.code == 0, outcome.err
    return outcome.given


def written(line: CommandLine, vault: Path, alias: str) -> str:
    file = line.folder / "note.txt"
    file.write_text("[S] Titre\n\n[S] Texte Alouette.", encoding="utf-8")
    return str(given(line, vault, alias, "note", "import", file, "--compartment", "Sahel")["uid"])


def names(line: CommandLine, vault: Path, alias: str) -> list[str]:
    return [one["name"] for one in given(line, vault, alias, "compartment", "list")["compartments"]]


def test_a_second_member_opens_the_vault_and_reads_what_they_are_read_into(line: CommandLine, shared: Path) -> None:
    given(line, shared, "Officier", "compartment", "add", "Sahel")
    given(line, shared, "Officier", "compartment", "add", "Baltique")
    uid = written(line, shared, "Officier")
    before = names(line, shared, "Adjoint")

    made = given(line, shared, "Officier", "compartment", "read-in", "Sahel", "Adjoint")

    assert before == []
    assert made["compartments"][0]["readers"] == ["Officier", "Adjoint"]
    assert names(line, shared, "Adjoint") == ["Sahel"]
    assert "Alouette" in as_member(line, shared, "Adjoint", "note", "show", uid).out
    lines = given(line, shared, "Adjoint", "register", "list")["entries"]
    assert [(one["event"], one["by"]) for one in lines][-1] == ("read in", "Officier")
    assert as_member(line, shared, "Adjoint", "vault", "check").code == 0


def test_a_member_read_out_sees_nothing_of_it_and_is_told(line: CommandLine, shared: Path) -> None:
    given(line, shared, "Officier", "compartment", "add", "Sahel")
    given(line, shared, "Officier", "compartment", "read-in", "Sahel", "Adjoint")
    uid = written(line, shared, "Adjoint")

    outcome = as_member(line, shared, "Officier", "compartment", "read-out", "Sahel", "Adjoint")

    assert outcome.code == 0, outcome.err
    assert "made before still open as they did" in outcome.out
    assert names(line, shared, "Adjoint") == []
    assert "Sahel" in as_member(line, shared, "Adjoint", "vault", "check").out
    assert "Alouette" in as_member(line, shared, "Officier", "note", "show", uid).out
    assert as_member(line, shared, "Officier", "vault", "check").code == 0


def test_a_removed_member_opens_the_vault_no_longer(line: CommandLine, shared: Path) -> None:
    given(line, shared, "Officier", "compartment", "add", "Sahel")
    given(line, shared, "Officier", "compartment", "read-in", "Sahel", "Adjoint")

    left = given(line, shared, "Officier", "member", "remove", "Adjoint")

    assert [one["alias"] for one in left["members"]] == ["Officier"]
    assert left["pending"] == []
    assert as_member(line, shared, "Adjoint", "vault", "info").code != 0
    assert line.ask(shared, "compartment", "list")["compartments"][0]["readers"] == ["Officier"]
    assert as_member(line, shared, "Officier", "vault", "check").code == 0


def test_members_are_told_apart_by_how_far_they_are_known(line: CommandLine, shared: Path, second: Path) -> None:
    third = given(line, shared, "Officier", "member", "add", "Greffe", "--new-passphrase-file", second)["members"][0]
    known = {one["alias"]: one["known"] for one in given(line, shared, "Adjoint", "member", "list")["members"]}

    refused = as_member(line, shared, "Adjoint", "member", "confirm", "Greffe", "--fingerprint", "a" * 52)
    confirmed = given(line, shared, "Adjoint", "member", "confirm", "Greffe", "--fingerprint", third["fingerprint"])

    assert known == {"Officier": "known", "Adjoint": "myself", "Greffe": "unconfirmed"}
    assert refused.code != 0
    assert confirmed["members"][0]["known"] == "known"


def test_nothing_is_handed_to_a_member_who_is_not_confirmed(line: CommandLine, shared: Path, second: Path) -> None:
    given(line, shared, "Officier", "member", "add", "Greffe", "--new-passphrase-file", second)
    given(line, shared, "Adjoint", "compartment", "add", "Sahel")

    outcome = as_member(line, shared, "Adjoint", "compartment", "read-in", "Sahel", "Greffe")

    assert outcome.code != 0
    assert "Greffe" in outcome.err
    assert names(line, shared, "Greffe") == []


@pytest.mark.parametrize(
    "words",
    [
        ("member", "remove", "Officier"),
        ("member", "remove", "Personne"),
        ("member", "add", "Adjoint", "--new-passphrase-file", "second"),
        ("compartment", "read-out", "Sahel", "Officier"),
        ("compartment", "read-out", "Sahel", "Adjoint"),
    ],
    ids=["oneself", "nobody", "a name that is taken", "oneself, read out", "nobody, read out"],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    line: CommandLine, shared: Path, words: tuple[str, ...]
) -> None:
    given(line, shared, "Officier", "compartment", "add", "Sahel")
    before = given(line, shared, "Officier", "member", "list")

    outcome = as_member(line, shared, "Officier", *words)

    assert outcome.code != 0
    assert "Nothing was changed" in outcome.err
    assert given(line, shared, "Officier", "member", "list") == before


def test_a_member_can_type_their_passphrase(line: CommandLine, vault: Path) -> None:
    line.typed = [SECOND, SECOND]

    outcome = line.on(vault, "member", "add", "Adjoint")

    assert outcome.code == 0, outcome.err
    assert PASSPHRASE not in outcome.out
    assert SECOND not in outcome.out
