"""The French policy that ships: levels, positions, colours, handling, nationality (IGI 1300, chapter 7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cloison.labels.colours import contrast
from cloison.labels.label import Label
from cloison.labels.layout import OverdueList, TrustNeeded
from cloison.labels.phrasing import Place
from cloison.labels.policy import Policy
from cloison.labels.rendering import chips, portion_text, render, screen_colours, stamps, strip

Mark = Callable[[str], Label]

MARKS = [
    "NP", "DR", "DR-SF", "S", "S-SF", "TS", "TS-SF", "S-COMMUNICABLE À CAN, GBR",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "top", "bottom"),
    [
        ("NP", "", ""),
        ("DR", "DIFFUSION RESTREINTE", ""),
        ("DR-SF", "DIFFUSION RESTREINTE – SPÉCIAL FRANCE", ""),
        ("S", "SECRET", "SECRET"),
        ("S-SF", "SECRET – SPÉCIAL FRANCE", "SECRET"),
        ("TS", "TRÈS SECRET", "TRÈS SECRET"),
        ("TS-SF", "TRÈS SECRET – SPÉCIAL FRANCE", "TRÈS SECRET"),
        ("S COMMUNICABLE À GBR, CAN", "SECRET – COMMUNICABLE À CANADA, ROYAUME-UNI", "SECRET"),
    ],
)
def test_header_and_footer_follow_the_position_table(fr: Policy, mark: Mark, text: str, top: str, bottom: str) -> None:
    assert render(fr, mark(text), Place.PAGE_TOP, "fr") == top
    assert render(fr, mark(text), Place.PAGE_BOTTOM, "fr") == bottom


@pytest.mark.parametrize("text", MARKS)
def test_french_marks_are_not_translated(fr: Policy, mark: Mark, text: str) -> None:
    for place in Place:
        assert render(fr, mark(text), place, "en") == render(fr, mark(text), place, "fr")


@pytest.mark.parametrize("text", MARKS)
def test_portion_marks_are_in_brackets(fr: Policy, mark: Mark, text: str) -> None:
    assert render(fr, mark(text), Place.PORTION, "fr") == f"[{text}]"
    assert render(fr, mark(text), Place.SUBJECT, "fr") == f"[{text}]"


def test_strip_is_never_empty(fr: Policy, mark: Mark) -> None:
    assert strip(fr, mark("NP"), "fr") == "NON PROTÉGÉ"
    assert strip(fr, mark("S-SF"), "fr") == "SECRET – SPÉCIAL FRANCE"


def test_not_protected_has_no_watermark(fr: Policy, mark: Mark) -> None:
    assert render(fr, mark("NP"), Place.WATERMARK, "fr") == ""
    assert render(fr, mark("DR"), Place.WATERMARK, "fr") == "DIFFUSION RESTREINTE"


def test_special_france_is_a_blue_box_beside_the_red_one_at_the_top_only(fr: Policy, mark: Mark) -> None:
    level, special = stamps(fr, mark("S-SF"), Place.PAGE_TOP, "fr")
    assert (level.text, level.colour, level.boxed) == ("SECRET", "#C8102E", True)
    assert (special.text, special.colour, special.boxed) == ("SPÉCIAL FRANCE", "#0B3D91", True)
    assert [one.text for one in stamps(fr, mark("S-SF"), Place.PAGE_BOTTOM, "fr")] == ["SECRET"]


def test_communicable_is_red_at_the_top(fr: Policy, mark: Mark) -> None:
    _, communicable = stamps(fr, mark("S CAN"), Place.PAGE_TOP, "fr")
    assert (communicable.text, communicable.colour) == ("COMMUNICABLE À CANADA", "#C8102E")


def test_not_protected_has_no_stamp(fr: Policy, mark: Mark) -> None:
    assert stamps(fr, mark("NP"), Place.PAGE_TOP, "fr") == ()
    assert stamps(fr, mark("DR"), Place.PAGE_BOTTOM, "fr") == ()


@pytest.mark.parametrize(
    ("text", "background", "words"),
    [
        ("NP", "#2F6B3A", "#FFFFFF"),
        ("DR", "#0B5394", "#FFFFFF"),
        ("S", "#B00020", "#FFFFFF"),
        ("TS", "#F2A900", "#1A1200"),
    ],
)
def test_screen_colours_are_those_of_the_design(fr: Policy, mark: Mark, text: str, background: str, words: str) -> None:
    colours = screen_colours(fr, mark(text))
    assert (colours.background, colours.text) == (background, words)
    assert colours.dark_border is not None
    assert contrast(colours.text, colours.background) >= 4.5


def test_only_the_highest_level_has_a_border_on_light_ground(fr: Policy) -> None:
    bordered = [one.name for one in fr.levels if one.screen is not None and one.screen.border is not None]
    assert bordered == ["TRÈS SECRET"]


def test_special_france_has_a_chip(fr: Policy, mark: Mark) -> None:
    [(text, colours)] = chips(fr, mark("S-SF"))
    assert (text, colours.background) == ("SF", "#1B2A6B")
    assert chips(fr, mark("S CAN")) == ()


def test_levels_and_categories_have_their_portion_text(fr: Policy) -> None:
    assert [portion_text(one) for one in fr.levels] == ["NP", "DR", "S", "TS"]
    assert portion_text(fr.categories[0].category) == "SF"


@pytest.mark.parametrize(
    ("text", "trust", "overdue"),
    [
        ("NP", TrustNeeded.IMPORTED, OverdueList.IGNORE),
        ("DR", TrustNeeded.ENDORSED, OverdueList.WARN),
        ("S", TrustNeeded.ENDORSED, OverdueList.REFUSE),
        ("TS", TrustNeeded.ENDORSED_AND_COMPARED, OverdueList.REFUSE),
    ],
)
def test_each_level_says_whom_it_trusts(
    fr: Policy, mark: Mark, text: str, trust: TrustNeeded, overdue: OverdueList
) -> None:
    handling = fr.classification(mark(text).classification).handling
    assert (handling.trust, handling.overdue_list) == (trust, overdue)
    assert handling.open_without_clearance == (text == "NP")


def test_only_the_highest_level_numbers_its_copies(fr: Policy) -> None:
    requires = {one.name: one.handling.requires for one in fr.levels}
    top = requires.pop("TRÈS SECRET")
    assert top.copy_number
    assert top.distribution
    assert top.reference_on_every_page
    assert top.double_number
    assert top.authorisation
    assert top.blank_page_text == "PAS DE TEXTE"
    assert not any(one.copy_number or one.distribution or one.blank_page_text for one in requires.values())


def test_classified_levels_need_a_declassification_date_and_minutes(fr: Policy) -> None:
    needing = [one.name for one in fr.levels if one.handling.requires.declassification_date]
    recorded = [one.name for one in fr.levels if one.handling.requires.destruction_minutes]
    assert needing == recorded == ["SECRET", "TRÈS SECRET"]


def test_special_france_is_held_by_the_french_alone(fr: Policy) -> None:
    assert fr.categories[0].category.held_by == frozenset({"FRA"})
    assert all(one.category.held_by is None for one in fr.categories[1:])


def test_every_state_but_france_can_be_named(fr: Policy) -> None:
    names = {one.ref.name for one in fr.categories[1:]}
    assert {"CAN", "GBR", "USA", "DEU"} <= names
    assert "FRA" not in names
    assert all(len(name) == 3 and name.isupper() for name in names)
