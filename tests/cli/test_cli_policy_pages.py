"""``policy show``: a policy whole, as text, as an object, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cloison.labels.library import BUILT_IN, built_in
from cloison.wording.catalogue import LANGUAGES
from cloison_resources import __path__ as resources
from command_line import CommandLine

POLICIES = Path(resources[0]) / "policies"


def shown(line: CommandLine, *words: object) -> dict[str, Any]:
    outcome = line.run("policy", "show", *words, "--json")
    assert outcome.code == 0, outcome.err
    return outcome.given


def page(given: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    (found,) = [one for one in given[f"{kind}_pages"] if one["name"] == name]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUILT_IN)
def test_every_level_and_category_of_a_built_in_policy_is_drawn_and_told(
    line: CommandLine, name: str, language: str
) -> None:
    out = Path(f"{name}.pdf")
    policy = built_in(name)

    given = shown(line, name, "--lang", language, "--out", out)
    told = line.run("policy", "show", name, "--lang", language, "--all").out

    assert out.read_bytes().startswith(b"%PDF")
    assert given["file"] == str(out)
    assert [one["name"] for one in given["level_pages"]] == [one.name for one in policy.levels]
    assert len(given["category_pages"]) == len(policy.categories)
    assert all(one["example"] for one in (*given["level_pages"], *given["category_pages"]))
    for placed in policy.categories:
        assert placed.category.name in told


def test_a_level_is_told_with_what_stands_at_each_place_and_how_it_is_handled(line: CommandLine) -> None:
    level = page(shown(line, "FR", "--lang", "fr"), "level", "DIFFUSION RESTREINTE")

    assert level["places"]["page-top"] == "DIFFUSION RESTREINTE"
    assert level["places"]["page-bottom"] == ""
    assert level["stamps"] == {
        "page-top": [{"text": "DIFFUSION RESTREINTE", "colour": "#C8102E", "boxed": True}],
        "page-bottom": [],
    }
    assert (level["trust"], level["overdue_list"], level["open_without_clearance"]) == ("endorsed", "warn", False)


@pytest.mark.parametrize(("name", "suite"), [("SECRET", 1), ("TRÈS SECRET", 2)])
def test_a_level_is_told_with_the_suite_it_needs(line: CommandLine, name: str, suite: int) -> None:
    assert page(shown(line, "FR"), "level", name)["minimum_suite"] == suite


def test_the_suite_of_the_highest_level_is_told_once(line: CommandLine) -> None:
    told = line.run("policy", "show", "FR", "--lang", "fr", "--all").out

    assert told.count("Scellement en suite 2 ou supérieure") == 1
    assert told.count("Scellement en toute suite") == 3


def test_what_is_empty_is_said_to_be_nothing(line: CommandLine) -> None:
    told = line.run("policy", "show", "FR", "--lang", "fr").out
    level = told[told.index("DIFFUSION RESTREINTE\n") :]

    assert "Bas de page" in level
    assert level[level.index("Bas de page") :].splitlines()[0].split()[-1] == "rien"


def test_very_secret_tells_what_it_demands(line: CommandLine) -> None:
    level = page(shown(line, "FR"), "level", "TRÈS SECRET")

    assert "copy_number" in level["requires"] and "double_number" in level["requires"]
    assert level["blank_page_text"] == "PAS DE TEXTE"
    assert "PAS DE TEXTE" in line.run("policy", "show", "FR").out


def test_handled_as_and_equivalent_to_are_two_things_with_source_and_day(line: CommandLine) -> None:
    level = page(shown(line, "NATO"), "level", "CONFIDENTIAL")

    assert (level["handled_as"]["level"], level["handled_as"]["policy"]) == ("SECRET", "FR")
    assert level["handled_as"]["date"] == "2021-08-09"
    (equivalent,) = level["equivalents"]
    assert (equivalent["policy"], equivalent["level"]) == ("EU", "CONFIDENTIEL UE/EU CONFIDENTIAL")
    assert equivalent["date"] == "2003-03-14"
    assert "9 August 2021" in line.run("policy", "show", "NATO", "--lang", "en").out


def test_a_category_tells_who_may_hold_it_and_what_it_never_goes_with(line: CommandLine) -> None:
    category = page(shown(line, "FR"), "category", "SPÉCIAL FRANCE")

    assert category["held_by"] == ["FRA"]
    assert category["never_with_levels"] == ["NON PROTÉGÉ"]
    assert "CAN" in category["never_with"]
    assert category["type"] == "RESTRICTIVE"


def test_a_category_tells_what_it_goes_with_and_is_shown_with_it(line: CommandLine) -> None:
    category = page(shown(line, "UK"), "category", "USA")

    assert category["goes_with"] == [{"operation": "all", "categories": ["GBR"]}]
    assert sorted(category["example"]["categories"]) == ["GBR", "USA"]


def test_a_discarded_category_is_worth_nothing_elsewhere(line: CommandLine) -> None:
    (context,) = [
        one for one in shown(line, "NATO")["category_pages"] if (one["tag_set"], one["name"]) == ("Context", "NATO")
    ]

    assert {one["category"] for one in context["equivalents"]} == {None}


def test_long_lists_are_cut_on_a_terminal_and_said_to_be(line: CommandLine) -> None:
    short = line.run("policy", "show", "FR", "--lang", "en").out

    assert "--all" in short and "ZWE" not in short
    assert "ZWE" in line.run("policy", "show", "FR", "--lang", "en", "--all").out


@pytest.mark.parametrize("words", [("{}",), ("--policy", "{}"), ("NATO", "--policy", "{}")])
def test_a_policy_file_is_shown_as_those_that_ship_are(line: CommandLine, words: tuple[str, ...]) -> None:
    given = shown(line, *(word.format(POLICIES / "nato.spif.xml") for word in words))

    assert given["name"] == "NATO"
    assert len(given["category_pages"]) == len(built_in("NATO").categories)


def foreign(*, sets: str = "", low: str = "", rest: str = "") -> Path:
    file = Path("foreign.xml")
    file.write_text(
        '<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" version="7">'
        '<securityPolicyId name="ACME" id="1.3.6.1.4.1.99999.77"/><securityClassifications>'
        f'<securityClassification name="LOW" lacv="1" hierarchy="1">{low}</securityClassification>'
        f"</securityClassifications><securityCategoryTagSets>{sets}</securityCategoryTagSets>{rest}</SPIF>",
        encoding="utf-8",
    )
    return file


def tags(categories: str, attributes: str = 'tagType="restrictive"') -> str:
    return (
        '<securityCategoryTagSet name="SET" id="1.3.6.1.4.1.99999.77.1">'
        f'<securityCategoryTag name="Inner" {attributes}>{categories}</securityCategoryTag></securityCategoryTagSet>'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_foreign_policy_tells_everything_it_says(line: CommandLine, language: str) -> None:
    file = foreign(
        low='<equivalentClassification policyRef="ELSE" lacv="9" applied="encrypt">'
        '<requiredCategory operation="oneOrMore"><categoryGroup tagSetRef="SET" tagType="restrictive" lacv="1"/>'
        '</requiredCategory></equivalentClassification><requiredCategory operation="oneOrMore">'
        '<categoryGroup tagSetRef="SET" tagType="restrictive"/></requiredCategory>',
        sets=tags(
            '<tagCategory name="A" lacv="1" obsolete="true" requiredClass="LOW">'
            '<equivalentSecCategoryTag policyRef="ELSE" tagSetId="1.2.3" tagType="restrictive" lacv="4" '
            'applied="decrypt"/></tagCategory>'
            '<tagCategory name="B" lacv="2" notBefore="20200101000000Z" notAfter="20300101000000Z"/>',
            'tagType="restrictive" singleSelection="true" minSelection="1" maxSelection="1"',
        ),
        rest='<equivalentPolicies><equivalentPolicy name="ELSE" id="1.2.3"/></equivalentPolicies>'
        '<privacyMarks><privacyMark name="PERSONAL"/><privacyMark name="OLD" obsolete="true"/></privacyMarks>',
    )
    given = shown(line, file, "--lang", language)
    told = line.run("policy", "show", file, "--lang", language)

    level, first = given["level_pages"][0], page(given, "category", "A")
    assert level["equivalents"][0] == {
        "policy": "ELSE",
        "level": "9",
        "applied": "encrypt",
        "goes_with": [{"operation": "oneOrMore", "categories": ["A"]}],
        "source": None,
        "date": None,
    }
    assert (first["obsolete"], first["only_with_level"]) == (True, "LOW")
    assert first["equivalents"][0]["category"] == "4"
    assert page(given, "category", "B")["not_after"] == "2030-01-01T00:00:00Z"
    assert given["privacy_marks"] == [{"name": "PERSONAL", "obsolete": False}, {"name": "OLD", "obsolete": True}]
    assert "SET – INNER" in told.out
    assert "PERSONAL, OLD" in told.out


def test_a_category_no_level_allows_is_said_to_have_no_marking(line: CommandLine) -> None:
    file = foreign(sets=tags('<tagCategory name="A" lacv="1"><excludedClass>LOW</excludedClass></tagCategory>'))

    assert page(shown(line, file), "category", "A")["places"] is None
    assert line.run("policy", "show", file, "--out", "a.pdf").code == 0
    assert Path("a.pdf").exists()


@pytest.mark.parametrize("words", [(), ("--policy", "{0}", "--policy", "{1}")])
def test_a_policy_has_to_be_named_where_several_are_at_hand(line: CommandLine, words: tuple[str, ...]) -> None:
    files = (POLICIES / "fr.spif.xml", POLICIES / "eu.spif.xml")

    assert line.run("policy", "show", *(word.format(*files) for word in words)).code == 2


def test_a_file_that_is_there_is_not_overwritten(line: CommandLine) -> None:
    Path("a.pdf").write_bytes(b"mine")

    assert line.run("policy", "show", "TLP", "--out", "a.pdf").code == 2
    assert Path("a.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_of_the_object_are_named_in_the_help(line: CommandLine, language: str) -> None:
    told = line.run("policy", "show", "--help", "--lang", language).out.replace("\n", " ")
    given = shown(line, "FR")
    keys = {*given, *given["level_pages"][0], *given["category_pages"][0]}

    assert {key for key in keys if key not in told} == set()
