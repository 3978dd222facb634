"""``note consent``: a foreign paragraph goes further by its originator's consent, recorded on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import Office


def received(office: Office) -> str:
    """A note of the officer's as the reader keeps it, who knows the partner as well."""
    line = office.line
    uid = office.marked_note("[DR] Corneille", title="[DR] Titre")
    to = office.contact_id(office.officer, "Lecteur")
    (package,) = line.ask(office.officer, "seal", uid, "--to", to, "--out", "out")["packages"]
    line.ask(office.reader, "compartment", "add", "Arrivées")
    line.ask(office.reader, "contact", "add", office.partner.with_suffix(".carte"))
    return str(line.ask(office.reader, "open", package["file"], "--compartment", "Arrivées")["note"])


CONSENT = ("--portion", "0", "--portion", "1", "--reference", "X/12", "--from", "Bureau X")


@pytest.mark.parametrize("to", ["Partenaire", "DEU"], ids=["a contact by name", "a nationality"])
def test_a_paragraph_goes_on_once_its_originator_agreed(office: Office, to: str) -> None:
    line, note = office.line, received(office)
    partner = ("--to", office.contact_id(office.reader, "Partenaire"))

    before = line.on(office.reader, "seal", note, *partner, "--out", "sent")
    made = line.ask(office.reader, "note", "consent", note, *CONSENT, "--to", to)["consent"]
    (sent,) = line.ask(office.reader, "seal", note, *partner, "--out", "sent")["packages"]
    line.ask(office.reader, "note", "withdraw-consent", made["id"], "--reason", "révisé")
    after = line.on(office.reader, "seal", note, *partner, "--out", "sent")

    assert (before.code, after.code) == (4, 4)
    assert (sent["portions"], sent["label"]) == (1, "[DR]")
    assert (made["from"], made["reference"], made["portions"], made["in_force"]) == ("Bureau X", "X/12", 2, True)
    assert made["names_originator"] is False
    assert made["day"] == "2026-11-22"


@pytest.mark.parametrize("language", LANGUAGES)
def test_consents_are_listed_and_stand_on_the_register(office: Office, language: str) -> None:
    line, note = office.line, received(office)
    none = line.on(office.reader, "note", "consents", note, "--lang", language)
    given = ("--to", "Partenaire", "--to", "ITA", "--on", "2026-11-20", "--names-originator", "--lang", language)

    made = line.on(office.reader, "note", "consent", note, *CONSENT, *given)
    listed = line.ask(office.reader, "note", "consents", note)["consents"]
    shown = line.on(office.reader, "note", "consents", note, "--lang", language)
    register = line.on(office.reader, "register", "list", "--kind", "consent", "--lang", language)

    assert (none.code, made.code, shown.code) == (0, 0, 0)
    assert ("Aucun consentement" if language == "fr" else "No consent") in none.out
    assert "O-2026-00001" in made.out
    assert [(one["readers"], one["nationalities"], one["day"], one["names_originator"]) for one in listed] == [
        (["Partenaire"], ["ITA"], "2026-11-20", True)
    ]
    assert "Partenaire, ITA" in shown.out
    assert "X/12" in register.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--portion", "1", "--reference", "R", "--from", "X", "--to", "Personne"), 2, id="nobody known"),
        pytest.param(("--portion", "9", "--reference", "R", "--from", "X", "--to", "DEU"), 2, id="no such paragraph"),
        pytest.param(("--portion", "1", "--reference", " ", "--from", "X", "--to", "DEU"), 4, id="no reference"),
        pytest.param(("--portion", "1", "--reference", "R", "--from", "X"), 2, id="for nobody"),
        pytest.param(("--portion", "1", "--reference", "R", "--from", "X", "--to", "DEU", "--on", "hier"), 2, id="day"),
    ],
)
def test_a_consent_that_is_not_understood_is_not_recorded(office: Office, words: tuple[str, ...], code: int) -> None:
    note = received(office)

    outcome = office.line.on(office.reader, "note", "consent", note, *words)

    assert outcome.code == code
    assert office.line.ask(office.reader, "note", "consents", note)["consents"] == []


def test_ones_own_paragraphs_take_no_consent(office: Office) -> None:
    note = office.marked_note("[DR] Corneille")

    outcome = office.line.on(office.officer, "note", "consent", note, *CONSENT, "--to", "DEU")

    assert outcome.code == 4
    assert not Path("sent").exists()


def test_a_consent_that_is_not_there_cannot_be_withdrawn(office: Office) -> None:
    assert office.line.on(office.reader, "note", "withdraw-consent", "0" * 32, "--reason", "r").code == 2
