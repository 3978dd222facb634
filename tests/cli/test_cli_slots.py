"""``slot``: every way into a vault added, used, kept and removed from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command_line import PASSPHRASE, CommandLine, Outcome
from keystores import PIN, SoftCard

NEW = "cinq autres mots plus longs"


@pytest.fixture(autouse=True)
def files(line: CommandLine) -> None:
    """Secrets as they lie in files."""
    Path("pin").write_text(f"{PIN}\n")
    Path("new").write_text(f"{NEW}\n")


def kinds(found: dict[str, Any]) -> list[str]:
    return [one["kind"] for one in found["slots"]]


def info(line: CommandLine, vault: Path, *options: object) -> Outcome:
    return line.run("--vault", vault, "vault", "info", *options)


def removing(line: CommandLine, vault: Path, kind: str, *options: object) -> Outcome:
    found = line.ask(vault, "slot", "list")["slots"]
    id = next(one["id"] for one in found if one["kind"] == kind)
    return line.on(vault, "slot", "remove", id, "--json", *options)


def with_everything(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "slot", "add", "keyfile", "--out", "key")
    line.ask(vault, "slot", "add", "keyring")
    line.ask(vault, "slot", "add", "card", "--pin-file", "pin")


def test_key_file_is_made_and_opens(line: CommandLine, vault: Path) -> None:
    added = line.ask(vault, "slot", "add", "keyfile", "--out", "key")

    assert kinds(added) == ["passphrase", "recovery", "keyfile"]
    assert added["slot"] == added["slots"][-1]["id"]
    assert Path("key").stat().st_mode & 0o077 == 0
    assert info(line, vault, "--key-file", "key").code == 0


def test_keyring_opens_with_the_passphrase_and_not_without(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "slot", "add", "keyring")
    Path("wrong").write_text("autre chose")

    assert info(line, vault, "--keyring", "--passphrase-file", line.passphrase_file).code == 0
    assert info(line, vault, "--keyring", "--passphrase-file", "wrong").code == 5
    line.keyring.entries.clear()
    lost = info(line, vault, "--keyring", "--passphrase-file", line.passphrase_file)
    assert lost.code == 5
    assert "trousseau" in lost.err
    line.keyring.is_locked = True
    assert info(line, vault, "--keyring", "--passphrase-file", line.passphrase_file).code == 1
    assert info(line, vault, "--passphrase-file", line.passphrase_file).code == 0


def test_card_opens_with_passphrase_and_pin(line: CommandLine, vault: Path) -> None:
    line.typed = [PIN]
    line.ask(vault, "slot", "add", "card")
    Path("wrong").write_text("1111")
    line.typed = [PASSPHRASE, PIN]

    assert info(line, vault, "--card").code == 0
    assert line.asked[-1] == "Code PIN de la carte\u00a0: "
    assert info(line, vault, "--card", "--passphrase-file", "passphrase", "--pin-file", "pin").code == 0
    refused = info(line, vault, "--card", "--passphrase-file", "passphrase", "--pin-file", "wrong")
    assert refused.code == 5
    assert "PIN" in refused.err
    line.card = SoftCard()
    assert info(line, vault, "--card", "--passphrase-file", "passphrase", "--pin-file", "pin").code == 1


def test_pin_without_a_terminal_is_wrong_usage(line: CommandLine, vault: Path) -> None:
    outcome = info(line, vault, "--card", "--passphrase-file", "passphrase")

    assert outcome.code == 2
    assert "--pin-file" in outcome.err


def test_second_factor_may_have_a_passphrase_of_its_own(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "slot", "add", "keyring", "--new-passphrase-file", "new")

    assert info(line, vault, "--keyring", "--passphrase-file", "new").code == 0
    assert info(line, vault, "--keyring", "--passphrase-file", line.passphrase_file).code == 5


def test_recovery_code_is_made_anew_once_it_is_gone(line: CommandLine, vault: Path) -> None:
    assert removing(line, vault, "recovery").given["recovery_code"] is None
    added = line.ask(vault, "slot", "add", "recovery")
    Path("code").write_text(added["recovery_code"])

    assert info(line, vault, "--recovery-file", "code").code == 0
    again = line.on(vault, "slot", "add", "recovery")
    assert again.code == 4
    assert "déjà" in again.err


def test_passphrase_is_removed_and_added_from_a_key_file(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "slot", "add", "keyfile", "--out", "key")
    assert removing(line, vault, "passphrase", "--also-key-file", "key").code == 0
    assert info(line, vault, "--passphrase-file", line.passphrase_file).code == 5

    untold = line.run("--vault", vault, "--key-file", "key", "slot", "add", "passphrase")
    assert untold.code == 2
    assert "--new-passphrase-file" in untold.err
    line.typed = [NEW, NEW]
    added = line.run("--vault", vault, "--key-file", "key", "slot", "add", "passphrase", "--json")

    assert kinds(added.given) == ["keyfile", "recovery", "passphrase"]
    assert info(line, vault, "--passphrase-file", "new").code == 0


def test_what_would_fall_is_refused_and_named(line: CommandLine, vault: Path) -> None:
    with_everything(line, vault)

    refused = removing(line, vault, "recovery")

    assert (refused.code, refused.given["error"]) == (4, "WaysWouldFallError")
    assert "fichier-clé" in refused.err
    assert "carte" in refused.err
    assert "trousseau" not in refused.err
    assert len(line.ask(vault, "slot", "list")["slots"]) == 5


def test_what_is_given_goes_on_and_what_may_fall_falls(line: CommandLine, vault: Path) -> None:
    with_everything(line, vault)

    kept = removing(line, vault, "recovery", "--also-key-file", "key", "--pin-file", "pin").given
    assert kinds(kept) == ["passphrase", "keyfile", "keyring", "card"]
    assert [one["kind"] for one in kept["gone"]] == ["recovery"]

    fallen = removing(line, vault, "keyring", "--let-fall").given
    assert kinds(fallen) == ["passphrase"]
    assert [one["kind"] for one in fallen["gone"]] == ["keyfile", "keyring", "card"]
    assert line.keyring.entries == {}


def test_recovery_code_that_is_given_stays(line: CommandLine, vault: Path) -> None:
    removing(line, vault, "recovery")
    Path("code").write_text(line.ask(vault, "slot", "add", "recovery")["recovery_code"])
    line.ask(vault, "slot", "add", "keyfile", "--out", "key")

    removed = removing(line, vault, "keyfile", "--also-recovery-file", "code")

    assert removed.given["recovery_code"] is None
    assert info(line, vault, "--recovery-file", "code").code == 0


def test_passphrase_that_does_not_open_it_now_is_given_beside(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "slot", "add", "keyfile", "--out", "key")
    (recovery,) = [one for one in line.ask(vault, "slot", "list")["slots"] if one["kind"] == "recovery"]
    words = ("--vault", vault, "--key-file", "key", "slot", "remove", recovery["id"])

    assert line.run(*words).code == 4
    assert line.run(*words, "--also-passphrase-file", line.passphrase_file).code == 0
    assert info(line, vault, "--passphrase-file", line.passphrase_file).code == 0


def test_new_passphrase_counts_for_every_second_factor(line: CommandLine, vault: Path) -> None:
    with_everything(line, vault)
    words = ("slot", "replace", "passphrase", "--new-passphrase-file", "new")

    assert line.on(vault, *words).code == 4
    changed = line.ask(vault, *words, "--also-key-file", "key", "--pin-file", "pin")

    assert sorted(kinds(changed)) == ["card", "keyfile", "keyring", "passphrase", "recovery"]
    for options in ((), ("--keyring",), ("--card", "--pin-file", "pin")):
        assert info(line, vault, "--passphrase-file", "new", *options).code == 0
    assert info(line, vault, "--key-file", "key").code == 0


def test_last_way_stays(line: CommandLine, vault: Path) -> None:
    removing(line, vault, "recovery")

    refused = removing(line, vault, "passphrase")

    assert (refused.code, refused.given["error"]) == (4, "LastWayError")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("slot", "add", "thumb"), id="no such kind"),
        pytest.param(("slot", "add", "keyfile"), id="a key file nowhere"),
        pytest.param(("slot", "add", "keyring", "--out", "key"), id="a file for the keyring"),
        pytest.param(("slot", "add", "recovery", "--new-passphrase-file", "new"), id="a passphrase for a code"),
        pytest.param(("slot", "remove", "thumb"), id="no identifier"),
    ],
)
def test_line_that_makes_no_sense_is_wrong_usage(line: CommandLine, vault: Path, words: tuple[str, ...]) -> None:
    assert line.on(vault, *words).code == 2
    assert not Path("key").exists()


def test_key_file_replaces_nothing(line: CommandLine, vault: Path) -> None:
    Path("key").write_text("autre chose")

    assert line.on(vault, "slot", "add", "keyfile", "--out", "key").code == 2
    assert Path("key").read_text() == "autre chose"


def test_key_file_of_a_way_that_was_not_made_is_taken_back(line: CommandLine, vault: Path) -> None:
    outcome = line.run("--vault", vault, "--recovery-file", "new", "slot", "add", "keyfile", "--out", "key")

    assert outcome.code == 5
    assert not Path("key").exists()


def test_other_key_file_and_damaged_one_end_differently(line: CommandLine, vault: Path) -> None:
    line.ask(vault, "slot", "add", "keyfile", "--out", "key")
    other = line.new_vault("Lecteur")
    line.ask(other, "slot", "add", "keyfile", "--out", "other")
    content = bytearray(Path("key").read_bytes())
    content[30] ^= 1
    Path("damaged").write_bytes(content)

    assert info(line, vault, "--key-file", "other").code == 5
    assert info(line, vault, "--key-file", "damaged").code == 3


def test_each_way_is_listed_with_its_protection(line: CommandLine, vault: Path) -> None:
    with_everything(line, vault)

    shown = line.on(vault, "slot", "list").out

    assert "sans la carte" in shown
    assert "loin de ce poste" in shown
    assert "La phrase de passe seule ouvre encore le coffre" in shown
