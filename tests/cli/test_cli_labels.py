"""``label`` and ``policy``: files alone, no vault."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.wording.catalogue import LANGUAGES
from cloison_resources import __path__ as resources
from command_line import CommandLine

FR_POLICY = Path(resources[0]) / "policies" / "fr.spif.xml"
POLICY = built_in("FR")
MADE = datetime(2026, 11, 1, tzinfo=UTC)


def label_file(mark: str, name: str = "label.xml") -> Path:
    Path(name).write_bytes(read_mark(POLICY, mark, created=MADE).to_xml())
    return Path(name)


def clearance_file(mark: str) -> Path:
    Path("clearance.xml").write_bytes(Clearance.from_mark(POLICY, mark).to_xml())
    return Path("clearance.xml")


def altered(mark: str, old: str, new: str) -> Path:
    file = label_file(mark)
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("mark", "place", "marking"),
    [
        ("[S-SF]", None, "SECRET – SPÉCIAL FRANCE"),
        ("[S-SF]", "page-top", "SECRET – SPÉCIAL FRANCE"),
        ("[S-SF]", "page-bottom", "SECRET"),
        ("[S-SF]", "portion", "[S-SF]"),
        ("[DR]", "page-bottom", ""),
        ("[NP]", None, "NON PROTÉGÉ"),
        ("[NP]", "page-top", ""),
    ],
)
def test_a_label_shows_as_its_policy_words_it(line: CommandLine, mark: str, place: str | None, marking: str) -> None:
    where = () if place is None else ("--place", place)

    outcome = line.run("label", "show", label_file(mark), "--policy", FR_POLICY, *where)
    given = line.run("label", "show", label_file(mark), "--policy", FR_POLICY, *where, "--json").given

    assert outcome.out.rstrip("\n") == marking
    assert given == {"marking": marking, "policy": "FR"}


def test_the_built_in_policies_are_at_hand_without_a_file(line: CommandLine) -> None:
    assert line.run("label", "show", label_file("[S]")).out == "SECRET\n"


def test_a_label_without_its_time_is_shown_with_a_warning(line: CommandLine) -> None:
    file = label_file("[S]")
    text = file.read_text(encoding="utf-8")
    start, end = text.index("<slab:CreationDateTime"), text.index("</slab:CreationDateTime>")
    file.write_text(text[:start] + text[end + len("</slab:CreationDateTime>") :], encoding="utf-8")

    outcome = line.run("label", "check", file)

    assert outcome.code == 0
    assert "heure présente" in outcome.err


@pytest.mark.parametrize(
    ("mark", "reader", "code", "decision", "rule"),
    [
        pytest.param("[S]", ("[S]", "FRA"), 0, "permit", None, id="permitted"),
        pytest.param("[S]", ("[DR]", "FRA"), 4, "deny", "classification", id="level"),
        pytest.param("[S-SF]", ("[S]", "FRA"), 4, "deny", "restrictive category", id="category"),
        pytest.param("[S-SF]", ("[S-SF]", "DEU"), 4, "deny", "nationality", id="nationality"),
        pytest.param("[S-SF]", ("[S-SF]", None), 4, "deny", "nationality", id="no nationality"),
        pytest.param("[S]", (None, "FRA"), 4, "deny", "no clearance", id="no clearance"),
        pytest.param("[NP]", (None, "DEU"), 0, "permit", None, id="open to all"),
        pytest.param("[S]", (None, None), 0, None, None, id="nobody asked"),
    ],
)
def test_a_check_decides_for_the_reader_described(
    line: CommandLine,
    mark: str,
    reader: tuple[str | None, str | None],
    code: int,
    decision: str | None,
    rule: str | None,
) -> None:
    clearance, nationality = reader
    described: list[object] = [] if clearance is None else ["--clearance", clearance_file(clearance)]
    described += [] if nationality is None else ["--nationality", nationality]

    outcome = line.run("label", "check", label_file(mark), "--policy", FR_POLICY, *described, "--json")

    assert outcome.code == code
    assert (outcome.given["valid"], outcome.given["decision"], outcome.given["rule"]) == (True, decision, rule)
    assert outcome.given["reasons"] == []


def test_a_check_gives_exactly_these_keys(line: CommandLine) -> None:
    given = line.run("label", "check", label_file("[S]"), "--clearance", clearance_file("[DR]"), "--json").given

    assert given.keys() == {"valid", "reasons", "marking", "clearance_marking", "decision", "rule"}
    assert given["marking"] == "SECRET"
    assert given["clearance_marking"] == "{NON PROTÉGÉ|DIFFUSION RESTREINTE}"


@pytest.mark.parametrize(("language", "said"), [("fr", "non habilité"), ("en", "not cleared")])
def test_a_denial_is_said_with_its_reason(line: CommandLine, language: str, said: str) -> None:
    outcome = line.run(
        "label", "check", label_file("[S]"), "--clearance", clearance_file("[DR]"), "--nationality", "FRA",
        "--lang", language,
    )  # fmt: skip

    assert outcome.code == 4
    assert said in outcome.out


def test_a_permission_is_said(line: CommandLine) -> None:
    outcome = line.run("label", "check", label_file("[S]"), "--clearance", clearance_file("[S]"))

    assert "peut lire" in outcome.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_the_policy_forbids_is_not_valid_and_open_to_nobody(line: CommandLine, language: str) -> None:
    file = altered("[S-SF]", "SECRET", "NON PROTÉGÉ")

    outcome = line.run("label", "check", file, "--nationality", "FRA", "--lang", language, "--json")

    assert outcome.code == 3
    assert (outcome.given["valid"], outcome.given["decision"], outcome.given["rule"]) == (
        False,
        "deny",
        "invalid label",
    )
    assert outcome.given["reasons"][0]["rule"] == "excluded class"
    assert outcome.given["reasons"][0]["element"] == "SPÉCIAL FRANCE"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [("SECRET", "ULTRA", "unknown classification"), ("SPÉCIAL FRANCE", "SPÉCIAL LUNE", "unknown category")],
)
@pytest.mark.parametrize("decision", [None, "deny"])
def test_what_the_policy_does_not_know_is_not_valid(
    line: CommandLine, old: str, new: str, rule: str, decision: str | None
) -> None:
    asked = () if decision is None else ("--nationality", "FRA")

    outcome = line.run("label", "check", altered("[S-SF]", old, new), *asked, "--json")

    assert outcome.code == 3
    assert (outcome.given["valid"], outcome.given["marking"], outcome.given["decision"]) == (False, None, decision)
    assert [reason["rule"] for reason in outcome.given["reasons"]] == [rule]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "EmptyDocumentError"),
        (b"<a", "MalformedXmlError"),
        (b"<a/>", "NotALabelError"),
        (b"<!DOCTYPE a><a/>", "DoctypeError"),
    ],
)
@pytest.mark.parametrize("command", ["show", "check", "combine"])
def test_what_is_no_label_is_invalid(line: CommandLine, command: str, content: bytes, error: str) -> None:
    Path("x.xml").write_bytes(content)

    outcome = line.run("label", command, "x.xml", "--json")

    assert (outcome.code, outcome.given["error"]) == (3, error)


@pytest.mark.parametrize(
    ("content", "rule", "said"),
    [
        (b"", "empty document", "vide"),
        (b"<!DOCTYPE a><a/>", "doctype", "type de document"),
        (b"<a/>", "not a label", "STANAG 4774"),
    ],
)
def test_a_check_of_what_is_no_label_says_so_and_denies_it_to_everybody(
    line: CommandLine, content: bytes, rule: str, said: str
) -> None:
    Path("x.xml").write_bytes(content)

    outcome = line.run("label", "check", "x.xml", "--nationality", "FRA", "--json")

    given = outcome.given
    assert (outcome.code, given["valid"], given["marking"], given["decision"]) == (3, False, None, "deny")
    [reason] = given["reasons"]
    assert reason["rule"] == rule
    assert said in reason["text"]
    assert said in outcome.err


@pytest.mark.parametrize(
    ("old", "new", "rule", "path"),
    [
        (
            "</slab:Classification>",
            "</slab:Classification><slab:Classification>SECRET</slab:Classification>",
            "two classifications",
            "ConfidentialityInformation[1]/Classification[2]",
        ),
        (">FR<", ">GR<", "policy mismatch", "ConfidentialityInformation/PolicyIdentifier"),
    ],
)
def test_a_fault_of_a_label_is_named_with_its_place(
    line: CommandLine, old: str, new: str, rule: str, path: str
) -> None:
    outcome = line.run("label", "check", altered("[S]", old, new), "--json")

    assert (outcome.code, outcome.given["decision"]) == (3, None)
    assert [(one["rule"], one["path"]) for one in outcome.given["reasons"]] == [(rule, path)]


def test_labels_combine_to_what_they_are_worth_together(line: CommandLine) -> None:
    files = [label_file(mark, f"{number}.xml") for number, mark in enumerate(("[NP]", "[DR-SF]", "[S]"))]

    given = line.run("label", "combine", *files, "--policy", FR_POLICY, "--json").given

    assert (given["marking"], given["decision_required"]) == ("SECRET – SPÉCIAL FRANCE", False)
    Path("whole.xml").write_text(given["label_xml"], encoding="utf-8")
    assert line.run("label", "show", "whole.xml").out == "SECRET – SPÉCIAL FRANCE\n"


def test_labels_that_contradict_each_other_wait_for_a_person(line: CommandLine) -> None:
    files = [
        label_file(mark, f"{number}.xml")
        for number, mark in enumerate(("[DR COMMUNICABLE À DEU]", "[DR COMMUNICABLE À ITA]"))
    ]

    outcome = line.run("label", "combine", *files, "--json")

    assert outcome.given["decision_required"] is True
    assert "trancher" in outcome.err


@pytest.mark.parametrize("typed", ["[S-SF]", "S-SF", "s sf", "secret – spécial france"])
def test_a_typed_mark_is_a_label(line: CommandLine, typed: str) -> None:
    given = line.run("label", "read", typed, "--policy", FR_POLICY, "--json").given

    assert given.keys() == {"label_xml", "marking"}
    assert given["marking"] == "SECRET – SPÉCIAL FRANCE"
    assert "<slab:Classification>SECRET<" in given["label_xml"]


@pytest.mark.parametrize("typed", ["[NP-SF]", "[XX]", "", "[S-XX]"])
def test_a_mark_that_is_none_is_invalid(line: CommandLine, typed: str) -> None:
    outcome = line.run("label", "read", typed, "--json")

    assert (outcome.code, outcome.given["error"]) == (3, "MarkError")


def test_a_mark_that_two_policies_know_is_not_guessed_at(line: CommandLine) -> None:
    other = FR_POLICY.read_text(encoding="utf-8").replace(
        'name="FR" id="1.3.6.1.4.1.99999.1.1"', 'name="FR2" id="1.3.6.1.4.1.99999.1.9"'
    )
    Path("other.xml").write_text(other, encoding="utf-8")

    outcome = line.run("label", "read", "[S]", "--policy", FR_POLICY, "--policy", "other.xml")

    assert outcome.code == 3
    assert "FR, FR2" in outcome.err


def test_a_policy_named_by_nobody_is_invalid(line: CommandLine) -> None:
    file = altered("[S]", "FR", "XX")

    assert line.run("label", "show", file, "--policy", FR_POLICY).code == 3


def test_a_nationality_is_three_capitals(line: CommandLine) -> None:
    outcome = line.run("label", "check", label_file("[S]"), "--nationality", "fr")

    assert outcome.code == 2
    assert "fr" in outcome.err


def test_policies_are_listed(line: CommandLine) -> None:
    (fr,) = [one for one in line.run("policy", "list", "--json").given["policies"] if one["name"] == "FR"]

    assert fr["id"] == "1.3.6.1.4.1.99999.1.1"
    assert "TRÈS SECRET" in line.run("policy", "list").out


@pytest.mark.parametrize("name", ["FR", "fr", "1.3.6.1.4.1.99999.1.1"])
def test_a_policy_shows_its_levels_and_categories(line: CommandLine, name: str) -> None:
    given = line.run("policy", "show", name, "--json").given

    assert given["levels"] == ["NON PROTÉGÉ", "DIFFUSION RESTREINTE", "SECRET", "TRÈS SECRET"]
    assert "SPÉCIAL FRANCE" in given["categories"]
    assert "SPÉCIAL FRANCE" in line.run("policy", "show", name).out


def test_a_policy_nobody_has_is_invalid(line: CommandLine) -> None:
    assert line.run("policy", "show", "ULTRA").code == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_policy_passes(line: CommandLine, language: str) -> None:
    outcome = line.run("policy", "check", FR_POLICY, "--lang", language)

    assert outcome.code == 0
    assert "FR" in outcome.out
    assert line.run("policy", "check", FR_POLICY, "--json").given == {"ok": True, "errors": [], "warnings": []}


def test_a_broken_policy_names_every_fault(line: CommandLine) -> None:
    broken = FR_POLICY.read_text(encoding="utf-8").replace('lacv="2" hierarchy="2"', 'lacv="1" hierarchy="1"')
    Path("broken.xml").write_text(broken, encoding="utf-8")

    outcome = line.run("policy", "check", "broken.xml", "--json")

    assert (outcome.code, outcome.given["ok"]) == (3, False)
    assert len(outcome.given["errors"]) >= 2
    assert "hierarchy" in outcome.err


def test_a_policy_without_layout_passes_with_a_warning(line: CommandLine) -> None:
    text = FR_POLICY.read_text(encoding="utf-8")
    start, end = text.index("<spif:extensions>"), text.index("</spif:extensions>") + len("</spif:extensions>")
    Path("bare.xml").write_text(text[:start] + text[end:], encoding="utf-8")

    outcome = line.run("policy", "check", "bare.xml", "--json")

    assert outcome.code == 0
    assert len(outcome.given["warnings"]) == 1


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"<a", "well-formed"), (b"<!DOCTYPE a><a/>", "type")])
def test_a_policy_check_of_what_is_no_xml_is_an_error_like_others(line: CommandLine, content: bytes, said: str) -> None:
    Path("p.xml").write_bytes(content)

    outcome = line.run("policy", "check", "p.xml", "--json", "--lang", "en")

    assert (outcome.code, outcome.given["ok"], outcome.given["warnings"]) == (3, False, [])
    assert said in outcome.given["errors"][0]


@pytest.mark.parametrize(("kind", "warned"), [("restrictive", True), ("permissive", True), ("tagType7", False)])
def test_a_policy_that_opens_to_nobody_is_warned_of(line: CommandLine, kind: str, warned: bool) -> None:
    category = '<tagCategory name="WORD" lacv="1" userInput="string"/>'
    Path("p.xml").write_text(
        '<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1"><securityPolicyId name="T" id="1.2.3"/>'
        '<securityClassifications><securityClassification name="LOW" lacv="1" hierarchy="1"/></securityClassifications>'
        '<securityCategoryTagSets><securityCategoryTagSet name="W" id="1.2.3.4">'
        f'<securityCategoryTag name="W" tagType="{kind}">{category}</securityCategoryTag>'
        "</securityCategoryTagSet></securityCategoryTagSets></SPIF>",
        encoding="utf-8",
    )

    outcome = line.run("policy", "check", "p.xml", "--json", "--lang", "en")

    assert outcome.code == 0
    assert any("opens to nobody" in warning for warning in outcome.given["warnings"]) is warned


def test_the_page_of_a_policy_says_what_is_to_be_filled_in(line: CommandLine) -> None:
    category = '<tagCategory name="until" lacv="1" userInput="date" dateFormat="dd.MM.yyyy"/>'
    Path("p.xml").write_text(
        '<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1"><securityPolicyId name="T" id="1.2.3"/>'
        '<securityClassifications><securityClassification name="LOW" lacv="1" hierarchy="1"/></securityClassifications>'
        '<securityCategoryTagSets><securityCategoryTagSet name="W" id="1.2.3.4">'
        f'<securityCategoryTag name="W" tagType="tagType7">{category}</securityCategoryTag>'
        "</securityCategoryTagSet></securityCategoryTagSets></SPIF>",
        encoding="utf-8",
    )

    outcome = line.run("policy", "show", "p.xml", "--json", "--lang", "en")

    assert "a date dd.MM.yyyy" in outcome.err
    assert "until 31.12.2050" in outcome.err
