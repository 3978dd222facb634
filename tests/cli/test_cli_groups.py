"""``group``: people put together by name, and addressed together."""

from __future__ import annotations

import pytest

from command_line import Office


def ids(office: Office) -> tuple[str, str]:
    return (office.contact_id(office.officer, "Lecteur"), office.contact_id(office.officer, "Partenaire"))


def names(office: Office, *words: object) -> list[str]:
    (group,) = office.line.ask(office.officer, "group", *words)["groups"]
    return [one["name"] for one in group["members"]]


def test_a_group_is_made_filled_shown_and_emptied(office: Office) -> None:
    reader, partner = ids(office)

    assert names(office, "add", "Cellule", reader) == ["Lecteur"]
    assert names(office, "add", "cellule", partner, reader) == ["Lecteur", "Partenaire"]
    assert names(office, "show", "CELLULE") == ["Lecteur", "Partenaire"]
    assert names(office, "remove", "Cellule", reader.upper()) == ["Partenaire"]
    assert office.line.ask(office.officer, "group", "drop", "Cellule") == {"groups": []}


def test_a_note_goes_to_everybody_in_a_group(office: Office) -> None:
    reader, partner = ids(office)
    office.line.ask(office.officer, "group", "add", "Cellule", reader, partner)
    note = office.marked_note("[DR] un", title="[DR] Titre")

    sealed = office.line.ask(office.officer, "seal", note, "--group", "Cellule", "--out", "out")["packages"]

    assert [one["recipient"] for one in sealed] == ["Lecteur", "Partenaire"]


@pytest.mark.parametrize(("language", "said"), [("fr", "2 personnes"), ("en", "2 people")])
def test_a_group_is_told_in_each_language(office: Office, language: str, said: str) -> None:
    office.line.ask(office.officer, "group", "add", "Cellule", *ids(office))

    shown = office.line.on(office.officer, "group", "show", "Cellule", "--lang", language).out
    listed = office.line.on(office.officer, "group", "list", "--lang", language).out

    assert said in shown
    assert "Lecteur, Partenaire" in listed


@pytest.mark.parametrize(
    "words",
    [
        ("show", "Absent"),
        ("drop", "Absent"),
        ("remove", "Absent", "0" * 32),
        ("add", "Cellule", "x"),
        ("add", "Cellule", "0" * 32),
        ("add", "", "0" * 32),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_group_or_somebody_there_is_not_is_wrong_usage(office: Office, words: tuple[str, ...]) -> None:
    assert office.line.on(office.officer, "group", *words).code == 2
    assert office.line.ask(office.officer, "group", "list") == {"groups": []}


def test_somebody_who_is_not_in_a_group_is_not_taken_out(office: Office) -> None:
    reader, partner = ids(office)
    office.line.ask(office.officer, "group", "add", "Cellule", reader)

    assert office.line.on(office.officer, "group", "remove", "Cellule", partner).code == 2
    assert names(office, "show", "Cellule") == ["Lecteur"]
