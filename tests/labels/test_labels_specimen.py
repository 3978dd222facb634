"""Examples of every level and category, for the pages about a policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cloison.labels.library import BUILT_IN, built_in
from cloison.labels.phrasing import Place
from cloison.labels.policy import Policy
from cloison.labels.specimen import CategorySpecimen, PolicySpecimen, Specimen, policy_specimen
from cloison.labels.validity import marking_faults

Build = Callable[..., Policy]
Part = Callable[..., str]


def category(shown: PolicySpecimen, name: str) -> CategorySpecimen:
    return next(one for tag in shown.tags for one in tag.categories if one.placed.category.name == name)


def specimen(shown: PolicySpecimen, name: str) -> Specimen:
    found = category(shown, name).specimen
    assert found is not None
    return found


def names(found: Specimen) -> tuple[str, list[str]]:
    return found.label.classification, [ref.name for ref in found.label.categories]


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_level_and_category_of_the_built_in_policies_has_an_example_the_policy_allows(name: str) -> None:
    policy = built_in(name)
    shown = policy_specimen(policy, "fr")
    found = [one.specimen for one in shown.levels]
    found += [one.specimen for tag in shown.tags for one in tag.categories]

    assert len(found) == len(policy.levels) + len(policy.categories)
    for one in found:
        assert one is not None
        assert marking_faults(policy, one.label.classification, one.label.categories) == ()


def test_a_level_reads_as_on_paper_at_every_place(fr: Policy) -> None:
    shown = policy_specimen(fr, "fr").levels[1]

    assert shown.level.name == "DIFFUSION RESTREINTE"
    assert shown.specimen is not None
    assert shown.specimen.readings == {
        Place.PAGE_TOP: "DIFFUSION RESTREINTE",
        Place.PAGE_BOTTOM: "",
        Place.DOCUMENT_START: "DIFFUSION RESTREINTE",
        Place.DOCUMENT_END: "DIFFUSION RESTREINTE",
        Place.PORTION: "[DR]",
        Place.WATERMARK: "DIFFUSION RESTREINTE",
        Place.SUBJECT: "[DR]",
    }
    assert [one.text for one in shown.specimen.top] == ["DIFFUSION RESTREINTE"]
    assert shown.specimen.bottom == ()


def test_a_category_stands_with_the_lowest_level_that_needs_a_clearance(fr: Policy) -> None:
    assert names(specimen(policy_specimen(fr, "fr"), "SPÉCIAL FRANCE")) == (
        "DIFFUSION RESTREINTE",
        ["SPÉCIAL FRANCE"],
    )


def test_a_category_only_for_an_open_level_is_shown_with_it(build: Build, tag_set: Part) -> None:
    policy = build(
        sets=tag_set(
            'tagType="restrictive"', '<tagCategory name="A" lacv="1"><excludedClass>HIGH</excludedClass></tagCategory>'
        ),
        layout='<classification name="LOW">'
        '<handling trust="imported" overdueList="ignore" openWithoutClearance="true"/></classification>',
    )

    assert names(specimen(policy_specimen(policy, "en"), "A")) == ("LOW", ["A"])


def test_a_category_comes_with_those_it_asks_for(build: Build, tag_set: Part) -> None:
    asks = {
        name: f'<requiredCategory operation="{operation}">'
        + "".join(f'<categoryGroup tagSetRef="SET" tagType="restrictive" lacv="{lacv}"/>' for lacv in lacvs)
        + "</requiredCategory>"
        for name, operation, lacvs in (("A", "all", "2"), ("B", "oneOrMore", "34"), ("D", "onlyOne", "31"))
    }
    policy = build(
        sets=tag_set(
            'tagType="restrictive"',
            "".join(
                f'<tagCategory name="{name}" lacv="{number}">{asks.get(name, "")}</tagCategory>'
                for number, name in enumerate("ABCD", start=1)
            ),
        )
    )
    shown = policy_specimen(policy, "en")

    assert names(specimen(shown, "A"))[1] == ["A", "B", "C"]
    assert names(specimen(shown, "B"))[1] == ["B", "C"]
    assert names(specimen(shown, "D"))[1] == ["C", "D"]


def test_what_is_asked_for_is_not_chosen_from_what_is_excluded(build: Build, tag_set: Part) -> None:
    whole = '<categoryGroup tagSetRef="SET" tagType="restrictive"/>'
    policy = build(
        sets=tag_set('tagType="restrictive"', '<tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="2"/>')
        + tag_set(
            'tagType="restrictive"',
            '<tagCategory name="C" lacv="1">'
            '<excludedCategory tagSetRef="SET" tagType="restrictive" lacv="1"/>'
            f'<requiredCategory operation="oneOrMore">{whole}</requiredCategory></tagCategory>',
            number=2,
            name="OTHER",
        )
    )

    assert names(specimen(policy_specimen(policy, "en"), "C"))[1] == ["B", "C"]


def test_a_level_comes_with_as_many_values_as_a_tag_must_have(build: Build, tag_set: Part) -> None:
    policy = build(
        sets=tag_set(
            'tagType="restrictive" minSelection="2"',
            "".join(f'<tagCategory name="{name}" lacv="{number}"/>' for number, name in enumerate("ABC")),
        )
    )
    shown = policy_specimen(policy, "en")

    level = shown.levels[0].specimen
    assert level is not None
    assert names(level) == ("LOW", ["A", "B"])
    assert names(specimen(shown, "C"))[1] == ["A", "C"]


def test_what_no_level_allows_has_no_example(build: Build, tag_set: Part) -> None:
    policy = build(
        sets=tag_set(
            'tagType="restrictive"',
            '<tagCategory name="A" lacv="1"><excludedClass>HIGH</excludedClass><excludedClass>LOW</excludedClass>'
            "</tagCategory>",
        )
    )

    assert category(policy_specimen(policy, "en"), "A").specimen is None


@pytest.mark.parametrize(
    ("asks", "reading"),
    [
        ('userInput="date" dateFormat="d MMM yyyy"', "TEST LOW A 31 DEC 2050"),
        ('userInput="integer"', "TEST LOW A 1"),
        ('userInput="string"', "TEST LOW A …"),
    ],
)
def test_a_category_that_asks_for_a_value_is_shown_with_one(
    build: Build, tag_set: Part, asks: str, reading: str
) -> None:
    policy = build(sets=tag_set('tagType="tagType7"', f'<tagCategory name="A" lacv="1" {asks}/>'))

    assert specimen(policy_specimen(policy, "en"), "A").readings[Place.PAGE_TOP] == reading
