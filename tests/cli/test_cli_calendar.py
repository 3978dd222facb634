"""``calendar``, and the dates of ``note mark``."""

from __future__ import annotations

import pytest

from cloison.wording.catalogue import LANGUAGES
from command_line import CommandLine, Office, found_office

DECISION = ("--authority", "SGDSN", "--reference", "2026/12")


@pytest.fixture
def office(line: CommandLine) -> Office:
    return found_office(line)


def test_a_date_is_set_listed_and_taken_away(office: Office) -> None:
    uid = office.marked_note("[S] Paragraphe.", "[NP] Autre.", title="[DR] Titre")

    given = office.line.ask(office.officer, "calendar", "set", uid, "--declassify-on", "2040-01-01", *DECISION)
    line, other = office.line.ask(office.officer, "calendar", "list")["due"]
    none = office.line.ask(office.officer, "calendar", "list", "--until", "2039-12-31")["due"]
    office.line.ask(office.officer, "calendar", "set", uid, "--never", *DECISION)

    assert given["revision"] == 2
    assert [one["declassify_on"] for one in given["portions"]] == ["2040-01-01T00:00:00Z"] * 2 + [None]
    assert (line["at"], line["kind"], line["portions"]) == ("2040-01-01T00:00:00Z", "declassification", [0])
    assert (other["portions"], other["label"]) == ([1], "[S]")
    assert (line["becomes"], line["is_due"]) == ("[NP]", False)
    assert none == []
    assert office.line.ask(office.officer, "calendar", "list") == {"due": [], "clock_before": None}


def test_a_note_shows_its_fallen_mark_and_keeps_its_history(office: Office) -> None:
    uid = office.marked_note("[S] Paragraphe.", title="[NP] Titre")
    office.line.ask(
        office.officer, "calendar", "set", uid, "--portion", 1, "--declassify-on", "2027-01-01", "--to", "DR", *DECISION
    )
    office.line.clock.advance(days=100)

    shown = office.line.ask(office.officer, "note", "show", uid)
    (_, revision) = office.line.ask(office.officer, "note", "history", uid)["revisions"]

    assert (shown["banner"], shown["portions"][0]["label"]) == ("DIFFUSION RESTREINTE", "[DR]")
    assert revision["changes"][0]["before"] == revision["changes"][0]["after"] == "[S]"
    assert revision["changes"][0]["decision"] == {
        "authority": "SGDSN",
        "reference": "2026/12",
        "day": "2026-11-22",
    }
    assert office.line.ask(office.officer, "calendar", "list")["due"][0]["is_due"] is True


def test_a_review_is_listed_as_such(office: Office) -> None:
    uid = office.marked_note("[S] Paragraphe.", title="[NP] Titre")

    office.line.ask(
        office.officer, "calendar", "set", uid, "--review-on", "2030-01-01", *DECISION, "--day", "2026-10-01"
    )

    kinds = {one["kind"] for one in office.line.ask(office.officer, "calendar", "list")["due"]}
    assert kinds == {"review"}


def test_a_note_is_lowered_by_a_decision(office: Office) -> None:
    uid = office.marked_note("[S] Paragraphe.", title="[NP] Titre")

    given = office.line.ask(office.officer, "calendar", "downgrade", uid, "--label", "DR", *DECISION)

    assert [one["label"] for one in given["portions"]] == ["[NP]", "[DR]"]


def test_a_mark_is_set_with_its_date(office: Office) -> None:
    uid = office.marked_note("[NP] Paragraphe.", title="[NP] Titre")

    office.line.ask(
        office.officer, "note", "mark", uid, "--portion", 1, "--label", "S", "--declassify-on", "2040-01-01"
    )
    refused = office.line.on(
        office.officer, "note", "mark", uid, "--portion", 1, "--label", "S", "--declassify-on", "2099-01-01"
    )

    (line,) = office.line.ask(office.officer, "calendar", "list")["due"]
    assert line["portions"] == [1]
    assert refused.code == 4 and "50" in refused.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--never", "--review-on", "2030-01-01"),
        ("--declassify-on", "2030-01-01", "--review-on", "2030-01-01"),
        ("--declassify-on", "soon"),
        ("--review-on", "2030-01-01", "--to", "DR"),
        ("--declassify-on", "2030-01-01", "--day", "yesterday"),
    ],
    ids=" ".join,
)
def test_dates_that_make_no_sense_are_wrong_usage(office: Office, words: tuple[str, ...]) -> None:
    uid = office.marked_note("[S] Paragraphe.")

    assert office.line.on(office.officer, "calendar", "set", uid, *words, *DECISION).code == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_said(office: Office, language: str) -> None:
    empty = office.line.on(office.officer, "calendar", "list", "--lang", language).out
    uid = office.marked_note("[S] Paragraphe.", title="[NP] Titre")
    office.line.ask(office.officer, "calendar", "set", uid, "--declassify-on", "2027-01-01", *DECISION)
    coming = office.line.on(office.officer, "calendar", "list", "--lang", language).out
    office.line.clock.advance(days=100)
    office.line.ask(office.officer, "note", "mark", uid, "--portion", 0, "--label", "DR")
    fallen = office.line.on(office.officer, "calendar", "list", "--lang", language)
    office.line.clock.advance(days=-70)
    behind = office.line.on(office.officer, "calendar", "list", "--lang", language)

    assert len(empty.splitlines()) == 1
    assert "[S]" in coming and "[NP]" in coming
    assert fallen.out.splitlines()[-1] != coming.splitlines()[-1]
    assert (fallen.err, behind.err != "") == ("", True)
