"""``receipt``, ``requirement``, and ``open`` of a receipt: what a reader says, and what the sender makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import Office


def exchanged(office: Office) -> tuple[str, str]:
    """A note the reader has accepted; its uid at the officer's, and the package's."""
    uid = office.marked_note("[S] Dauphin")
    to = office.contact_id(office.officer, "Lecteur")
    (package,) = office.line.ask(office.officer, "seal", uid, "--to", to, "--out", "out", "--reply-expected")[
        "packages"
    ]
    office.line.ask(office.reader, "compartment", "add", "Arrivées")
    office.line.ask(office.reader, "open", package["file"], "--compartment", "Arrivées")
    (entry,) = office.line.ask(office.reader, "register", "list")["entries"]
    return uid, str(entry["package"])


def dispatches(office: Office, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.line.ask(office.officer, "register", "list", "--kind", "dispatch", *words)[
        "entries"
    ]
    return found


def test_a_receipt_goes_back_and_its_questions_are_requirements(office: Office) -> None:
    line = office.line
    uid, package = exchanged(office)

    made = line.ask(
        office.reader, "receipt", package, "--out", "r.pli", "--useful", "4", "--comment", "Recoupé.",
        "--question", "Qui était présent ?", "--question", "Quand ?",
    )  # fmt: skip
    taken = line.ask(office.officer, "open", "r.pli")
    listed = line.ask(office.officer, "requirement", "list")["requirements"]

    assert (made["recipient"], made["label"], made["register"]) == ("Officier", "[S]", "A-2026-00001")
    assert (taken["status"], taken["sender"], taken["note"], taken["package"]) == ("receipt", "Lecteur", uid, package)
    assert (taken["verdict"], taken["useful"], taken["comment"]) == ("received", 4, "Recoupé.")
    assert [(one["id"], one["from"], one["text"], one["label"], one["answered_by"]) for one in listed] == [
        (taken["requirements"][0], "Lecteur", "Qui était présent ?", "[S]", []),
        (taken["requirements"][1], "Lecteur", "Quand ?", "[S]", []),
    ]


def test_the_register_says_which_dispatch_waits_for_an_answer(office: Office) -> None:
    _, package = exchanged(office)
    before = [(one["event"], one["state"]) for one in dispatches(office)]
    waiting = dispatches(office, "--waiting")

    office.line.ask(office.reader, "receipt", package, "--out", "r.pli", "--refused")
    office.line.ask(office.officer, "open", "r.pli")

    assert before == [("sealed", "reply expected")]
    assert [one["number"] for one in waiting] == ["D-2026-00001"]
    assert [(one["event"], one["state"]) for one in dispatches(office)] == [
        ("sealed", "refused"), ("refused", "refused"),
    ]  # fmt: skip
    assert dispatches(office, "--waiting") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_shown_with_its_marks(office: Office, language: str) -> None:
    line = office.line
    _, _ = exchanged(office)
    asked = ("--useful", "3", "--comment", "Recoupé.", "--question", "Qui ?", "--label", "[DR]", "--lang", language)

    made = line.on(office.reader, "receipt", "A-2026-00001", "--out", "r.pli", *asked)
    taken = line.on(office.officer, "open", "r.pli", "--lang", language)
    listed = line.on(office.officer, "requirement", "list", "--lang", language)
    register = line.on(office.officer, "register", "list", "--lang", language)

    assert (made.code, taken.code, listed.code) == (0, 0, 0)
    assert "A-2026-00001" in made.out
    assert "[DR] Recoupé." in taken.out
    assert "DIFFUSION RESTREINTE" in taken.out
    assert ("3 sur 5" if language == "fr" else "3 of 5") in taken.out
    assert "Qui ?" in listed.out
    assert "[DR]" in listed.out
    assert ("accusé de réception" if language == "fr" else "receipt") in register.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_readers_said_of_a_note_is_found_again(office: Office, language: str) -> None:
    line = office.line
    uid, package = exchanged(office)
    asked = ("--useful", "3", "--comment", "Recoupé.", "--question", "Qui ?", "--label", "[DR]")
    line.ask(office.reader, "receipt", package, "--out", "r.pli", *asked)
    nothing = line.on(office.officer, "note", "receipts", uid, "--lang", language)
    taken = line.on(office.officer, "open", "r.pli", "--lang", language)

    shown = line.on(office.officer, "note", "receipts", uid, "--lang", language)
    (said,) = line.ask(office.officer, "note", "receipts", uid)["receipts"]

    assert ("Aucun accusé" if language == "fr" else "No receipt") in nothing.out
    assert shown.out.splitlines()[:4] == taken.out.splitlines()[:4]
    assert "[DR] Qui ?" in shown.out
    assert (said["from"], said["package"], said["label"]) == ("Lecteur", package, "[DR]")
    assert (said["verdict"], said["useful"]) == ("received", 3)
    assert (said["comment"], said["questions"]) == ("Recoupé.", ["Qui ?"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_requirement_is_answered_or_closed(office: Office, language: str) -> None:
    line = office.line
    uid, package = exchanged(office)
    line.ask(office.reader, "receipt", package, "--out", "r.pli", "--question", "Un", "--question", "Deux")
    first, second = line.ask(office.officer, "open", "r.pli")["requirements"]

    answered = line.ask(office.officer, "requirement", "answer", first, "--note", uid)["requirement"]
    closed = line.ask(office.officer, "requirement", "close", second, "--reason", "hors sujet")["requirement"]
    about = line.on(office.officer, "requirement", "list", "--note", uid, "--lang", language)

    assert answered["answered_by"] == [uid]
    assert closed["closed"] == {"by": "Officier", "reason": "hors sujet"}
    assert ("répondu" if language == "fr" else "answered") in about.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("receipt", "0" * 32, "--out", "r.pli"), 2, id="a package that never came"),
        pytest.param(("receipt", "A-2026-00001", "--out", "r.pli", "--useful", "6"), 2, id="more useful than very"),
        pytest.param(("receipt", "A-2026-00001"), 2, id="nowhere to go"),
        pytest.param(
            ("receipt", "A-2026-00001", "--out", "r.pli", "--question", "Q", "--label", "[TS]"), 4, id="above"
        ),
        pytest.param(("requirement", "close", "0" * 32, "--reason", "r"), 2, id="no such requirement"),
        pytest.param(("requirement", "answer", "x", "--note", "0" * 32), 2, id="no identifier"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_said_is_refused_with_a_sentence(
    office: Office, words: tuple[str, ...], code: int, language: str
) -> None:
    exchanged(office)

    outcome = office.line.on(office.reader, *words, "--lang", language)

    assert outcome.code == code
    assert outcome.err.strip()
    assert not Path("r.pli").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_that_is_taken_again_or_is_damaged_is_refused(office: Office, language: str) -> None:
    line = office.line
    _, package = exchanged(office)
    line.ask(office.reader, "receipt", package, "--out", "r.pli")
    Path("damaged.pli").write_bytes(Path("r.pli").read_bytes()[:-1])

    first = line.on(office.officer, "open", "r.pli", "--lang", language)
    again = line.on(office.officer, "open", "r.pli", "--lang", language)
    damaged = line.on(office.officer, "open", "damaged.pli", "--json")

    assert (first.code, again.code, damaged.code) == (0, 4, 3)
    assert ("a déjà été pris" if language == "fr" else "was taken before") in again.err
    assert damaged.given["reason"] == "ForgedPackageError"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_so(office: Office, language: str) -> None:
    outcome = office.line.on(office.officer, "requirement", "list", "--lang", language)

    assert ("aucun besoin" if language == "fr" else "no requirement") in outcome.out
