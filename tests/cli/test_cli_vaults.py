"""``vault``, ``member``, ``slot``: real vaults, made, looked at, opened with each of their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine


def without_passphrase(line: CommandLine, vault: Path, *words: object) -> int:
    return line.run("--vault", vault, *words).code


def test_a_new_vault_gives_its_fingerprint_and_its_recovery_code(line: CommandLine) -> None:
    line.passphrase_file.write_text("vélin grotte sapin morse anneau")

    outcome = line.run(
        "vault", "init", "a.cloison", "--member", "Officier", "--passphrase-file", line.passphrase_file, "--json"
    )

    assert outcome.code == 0
    assert outcome.given.keys() == {"vault", "member", "fingerprint", "recovery_code"}
    assert len(outcome.given["recovery_code"].replace("-", "")) == 36
    assert outcome.given["recovery_code"] in outcome.err


@pytest.mark.parametrize(("language", "said"), [("fr", "Code de secours"), ("en", "Recovery code")])
def test_the_recovery_code_is_shown_with_what_to_do_with_it(line: CommandLine, language: str, said: str) -> None:
    line.typed = ["vélin grotte sapin morse anneau"] * 2

    outcome = line.run("vault", "init", "a.cloison", "--member", "Officier", "--lang", language)

    assert (outcome.code, outcome.err) == (0, "")
    assert said in outcome.out


def test_a_new_passphrase_is_typed_twice_and_the_vault_opens_with_it(line: CommandLine) -> None:
    line.typed = ["vélin grotte", "vélin grotte", "ve\u0301lin grotte"]

    made = line.run("vault", "init", "a.cloison", "--member", "Officier")
    opened = line.run("vault", "info", "--vault", "a.cloison")

    assert (made.code, opened.code) == (0, 0)
    assert len(line.asked) == 3


def test_two_different_passphrases_make_no_vault(line: CommandLine) -> None:
    line.typed = ["un", "deux"]

    outcome = line.run("vault", "init", "a.cloison", "--member", "Officier")

    assert outcome.code == 2
    assert "diffèrent" in outcome.err
    assert not Path("a.cloison").exists()


def test_a_weak_passphrase_is_taken_and_said_to_be_weak(line: CommandLine) -> None:
    line.passphrase_file.write_text("secret")

    outcome = line.run("vault", "init", "a.cloison", "--member", "O", "--passphrase-file", line.passphrase_file)

    assert outcome.code == 0
    assert "faible" in outcome.err


def test_a_folder_that_is_not_empty_is_left_as_it_is(line: CommandLine) -> None:
    line.passphrase_file.write_text("vélin grotte sapin morse anneau")
    before = sorted(line.folder.iterdir())

    outcome = line.run("vault", "init", line.folder, "--member", "O", "--passphrase-file", line.passphrase_file)

    assert outcome.code == 2
    assert sorted(line.folder.iterdir()) == before


def test_a_policy_that_is_not_at_hand_makes_no_vault(line: CommandLine) -> None:
    line.typed = ["x", "x"]

    outcome = line.run("vault", "init", "a.cloison", "--member", "O", "--policy", "ULTRA")

    assert (outcome.code, line.asked) == (3, [])
    assert "ULTRA" in outcome.err


def test_a_policy_may_be_named_by_its_identifier(line: CommandLine) -> None:
    line.typed = ["x", "x"]

    assert line.run("vault", "init", "a.cloison", "--member", "O", "--policy", "1.3.6.1.4.1.99999.1.1").code == 0


def test_a_new_vault_is_not_made_with_a_recovery_code(line: CommandLine) -> None:
    assert line.run("vault", "init", "a.cloison", "--member", "O", "--recovery-file", "r").code == 2


def test_info_says_who_has_the_vault_open(line: CommandLine, vault: Path) -> None:
    given = line.ask(vault, "vault", "info")
    assert given["generation"] == 1
    assert given["backed_up_at"] is None

    assert (given["member"], given["policy"], given["compartments"]) == ("Officier", "FR", 0)
    assert "Officier" in line.on(vault, "vault", "info").out


@pytest.mark.parametrize(("language", "said"), [("fr", "intact"), ("en", "sound")])
def test_a_sound_vault_is_said_to_be_sound(line: CommandLine, vault: Path, language: str, said: str) -> None:
    outcome = line.on(vault, "vault", "check", "--lang", language)

    assert outcome.code == 0
    assert said in outcome.out
    assert line.ask(vault, "vault", "check") == {"ok": True, "problems": []}


def test_a_vault_with_a_lost_compartment_is_not_sound(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "compartment", "add", "Dossier")
    for file in (vault / "compartments").iterdir():
        file.unlink()

    outcome = line.on(vault, "vault", "check", "--json")

    assert outcome.code == 3
    assert outcome.given["ok"] is False
    assert outcome.given["problems"]


def test_the_vault_may_be_named_by_the_environment(line: CommandLine, vault: Path) -> None:
    line.variables = {"CLOISON_VAULT": str(vault)}
    line.typed = ["vélin grotte sapin morse anneau"]

    assert line.run("vault", "info").code == 0


def test_without_a_vault_nothing_is_asked(line: CommandLine) -> None:
    outcome = line.run("vault", "info")

    assert (outcome.code, line.asked) == (2, [])
    assert "CLOISON_VAULT" in outcome.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_passphrase_is_one_sentence(line: CommandLine, vault: Path, language: str) -> None:
    line.typed = ["autre"]

    outcome = line.run("--vault", vault, "vault", "info", "--lang", language)

    assert (outcome.code, outcome.out) == (5, "")
    assert len(outcome.err.splitlines()) == 1
    assert "autre\n" not in outcome.err


def test_a_failure_as_an_object_has_its_class_and_its_sentence(line: CommandLine, vault: Path) -> None:
    line.typed = ["autre"]

    outcome = line.run("--vault", vault, "vault", "info", "--json")

    assert outcome.given == {"error": "WrongPassphraseError", "message": outcome.err.rstrip("\n")}


def test_a_folder_that_is_no_vault_is_wrong_usage(line: CommandLine) -> None:
    line.typed = ["x"]

    assert without_passphrase(line, line.folder, "vault", "info") == 2


def test_the_member_may_be_named(line: CommandLine, vault: Path) -> None:
    assert line.on(vault, "--as", "Officier", "vault", "info").code == 0
    assert line.on(vault, "--as", "Personne", "vault", "info").code == 2


def test_members_are_listed_with_their_fingerprint(line: CommandLine, vault: Path) -> None:
    (member,) = line.ask(vault, "member", "list")["members"]

    assert member["alias"] == "Officier"
    assert member["fingerprint"] == line.ask(vault, "identity", "show")["fingerprint"]
    assert member["fingerprint"] in line.on(vault, "member", "list").out


def test_slots_are_listed_by_what_opens_them(line: CommandLine, vault: Path) -> None:
    given = line.ask(vault, "slot", "list")["slots"]

    assert [one["kind"] for one in given] == ["passphrase", "recovery"]
    assert "code de secours" in line.on(vault, "slot", "list").out


def test_the_recovery_code_opens_the_vault(line: CommandLine) -> None:
    line.passphrase_file.write_text("vélin grotte sapin morse anneau")
    made = line.run("vault", "init", "a", "--member", "O", "--passphrase-file", line.passphrase_file, "--json").given
    Path("code").write_text(made["recovery_code"].lower() + "\n")

    assert line.run("--vault", "a", "--recovery-file", "code", "vault", "info").code == 0


@pytest.mark.parametrize("code", ["AAAA-BBBB", "", "AAAA-" * 8 + "AAAA"])
def test_a_wrong_recovery_code_opens_nothing(line: CommandLine, vault: Path, code: str) -> None:
    Path("code").write_text(code)

    assert line.run("--vault", vault, "--recovery-file", "code", "vault", "info").code == 5


def test_a_changed_passphrase_takes_the_place_of_the_old_one_and_of_the_old_code(line: CommandLine) -> None:
    line.passphrase_file.write_text("vélin grotte sapin morse anneau")
    made = line.run("vault", "init", "a", "--member", "O", "--passphrase-file", line.passphrase_file, "--json").given
    Path("old-code").write_text(made["recovery_code"])
    Path("new").write_text("cinq autres mots plus longs\n")

    changed = line.ask(Path("a"), "slot", "replace", "passphrase", "--new-passphrase-file", "new")

    Path("new-code").write_text(changed["recovery_code"])
    opens = {
        name: line.run("--vault", "a", option, name, "vault", "info").code
        for option, name in (
            ("--passphrase-file", "passphrase"),
            ("--passphrase-file", "new"),
            ("--recovery-file", "old-code"),
            ("--recovery-file", "new-code"),
        )
    }
    assert opens == {"passphrase": 5, "new": 0, "old-code": 5, "new-code": 0}
    assert [one["kind"] for one in changed["slots"]] == ["passphrase", "recovery"]


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(line: CommandLine) -> None:
    line.passphrase_file.write_text("vélin grotte sapin morse anneau")
    made = line.run("vault", "init", "a", "--member", "O", "--passphrase-file", line.passphrase_file, "--json").given
    Path("code").write_text(made["recovery_code"])
    Path("new").write_text("cinq autres mots plus longs")

    outcome = line.run(
        "slot", "replace", "passphrase", "--vault", "a", "--recovery-file", "code", "--new-passphrase-file", "new"
    )

    assert outcome.code == 0
    assert "Code de secours" in outcome.out
    assert line.run("--vault", "a", "--passphrase-file", "new", "vault", "info").code == 0


def test_only_the_passphrase_can_be_replaced(line: CommandLine, vault: Path) -> None:
    outcome = line.on(vault, "slot", "replace", "recovery", "--new-passphrase-file", line.passphrase_file)

    assert outcome.code == 2
    assert "recovery" in outcome.err
