"""``open`` and ``quarantine``: what cannot be checked yet waits, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import CommandLine, Office


@pytest.fixture
def newcomer(office: Office) -> Path:
    """Somebody cleared for SECRET whom the officer knows, and who knows the authority alone."""
    line = office.line
    vault = line.new_vault("Nouveau")
    authority = line.folder / "authority.carte"
    fingerprint = line.run("card", "show", authority, "--json").given["fingerprint"]
    line.ask(vault, "trust", authority, "--fingerprint", fingerprint)
    line.ask(vault, "card", "export", "nouveau.bare")
    words = ("--clearance", "[S]", "--nationality", "FRA", "--out", "nouveau.carte")
    line.ask(office.authority, "authority", "endorse", "nouveau.bare", *words)
    line.ask(vault, "contact", "add", "nouveau.carte")
    line.ask(office.officer, "contact", "add", "nouveau.carte")
    line.ask(vault, "compartment", "add", "Arrivées")
    return vault


def seal(office: Office, name: str) -> str:
    uid = office.marked_note("[NP] un", "[S] deux")
    words = ("--to", office.contact_id(office.officer, name), "--out", "out")
    (package,) = office.line.ask(office.officer, "seal", uid, *words)["packages"]
    return str(package["file"])


def waiting(line: CommandLine, vault: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = line.ask(vault, "quarantine", "list")["quarantined"]
    return found


def test_a_package_of_a_stranger_waits_and_is_accepted_once_the_card_is_there(office: Office, newcomer: Path) -> None:
    line, package = office.line, seal(office, "Nouveau")

    opened = line.on(newcomer, "open", package, "--compartment", "Arrivées", "--json", "--lang", "en")
    (held,) = waiting(line, newcomer)
    added = line.on(newcomer, "contact", "add", office.officer.with_suffix(".carte"), "--lang", "en")
    Path(package).unlink()
    accepted = line.ask(newcomer, "quarantine", "accept", held["uid"], "--compartment", "Arrivées")

    assert (opened.code, opened.given["status"], opened.given["reason"]) == (4, "quarantined", "UNKNOWN_SENDER")
    assert opened.given["note"] is opened.given["sender"] is None
    assert "waits in quarantine" in opened.err
    assert held.keys() == {"uid", "reason", "arrived", "key", "sender", "size"}
    assert (held["reason"], held["arrived"]) == ("UNKNOWN_SENDER", "2026-11-22T09:00:00Z")
    assert "1 package in quarantine would open now" in added.out
    assert str(held["uid"]) in added.out
    assert (accepted["status"], accepted["sender"], accepted["label"]) == ("accepted", "Officier", "[S]")
    assert waiting(line, newcomer) == []


def test_one_that_still_waits_is_not_accepted(office: Office, newcomer: Path) -> None:
    line = office.line
    line.on(newcomer, "open", seal(office, "Nouveau"))
    (held,) = waiting(line, newcomer)

    outcome = line.on(newcomer, "quarantine", "accept", held["uid"], "--compartment", "Arrivées", "--json")

    assert (outcome.code, outcome.given["status"]) == (4, "quarantined")
    assert waiting(line, newcomer) == [held]


def test_one_that_is_dropped_is_gone(office: Office, newcomer: Path) -> None:
    line = office.line
    line.on(newcomer, "open", seal(office, "Nouveau"))
    (held,) = waiting(line, newcomer)

    assert line.ask(newcomer, "quarantine", "drop", held["uid"]) == {"quarantined": []}
    again = line.on(newcomer, "quarantine", "accept", held["uid"], "--compartment", "Arrivées")

    assert again.code == 2


@pytest.mark.parametrize(("language", "said"), [("fr", "expéditeur inconnu ici"), ("en", "sender not known here")])
def test_the_list_says_why_since_when_and_by_which_key(
    office: Office, newcomer: Path, language: str, said: str
) -> None:
    line = office.line
    empty = line.on(newcomer, "quarantine", "list", "--lang", language)
    line.on(newcomer, "open", seal(office, "Nouveau"))

    shown = line.on(newcomer, "quarantine", "list", "--lang", language)

    assert len(empty.out.splitlines()) == 1
    assert said in shown.out
    assert len(shown.out.splitlines()) == 2


def test_a_refused_package_does_not_wait(office: Office, newcomer: Path) -> None:
    package = seal(office, "Lecteur")

    assert office.line.on(newcomer, "open", package, "--json").given["status"] == "refused"
    assert waiting(office.line, newcomer) == []


def test_what_is_missing_of_a_sender_is_said_and_no_more_once_it_came(office: Office) -> None:
    line, reader = office.line, office.reader
    line.ask(reader, "compartment", "add", "Arrivées")
    first, second, third = (seal(office, "Lecteur") for _ in range(3))
    into = ("--compartment", "Arrivées", "--json", "--lang", "en")

    told = [line.on(reader, "open", package, *into) for package in (first, third, second)]

    assert [one.given["missing"] for one in told] == [0, 1, 0]
    assert [one.code for one in told] == [0, 0, 0]
    assert "1 package of this sender has not arrived" in told[1].err
    assert "Later packages of this sender were accepted before this one." in told[2].err
