"""How labels read: places, languages, effects; stamps and colours where a policy gives none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.label import Label
from cloison.labels.phrasing import Place
from cloison.labels.policy import Policy
from cloison.labels.rendering import DEFAULT_STAMP, render, render_clearance, screen_colours, stamps, strip

Build = Callable[..., Policy]
Make = Callable[..., Label]
Text = Callable[..., str]

RESTRICTIVE = 'tagType="restrictive"'
AB = '<tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="2"/>'


def phrase(text: str | None, *codes: str, language: str | None = None) -> str:
    """A `markingData`."""
    attributes = ("" if text is None else f' phrase="{text}"') + (f' xml:lang="{language}"' if language else "")
    return f"<markingData{attributes}>{''.join(f'<code>{code}</code>' for code in codes)}</markingData>"


def qualifiers(place: str | None = None, **texts: str) -> str:
    """A `markingQualifier`."""
    at = f' markingCode="{place}"' if place else ""
    inside = "".join(f'<qualifier qualifierCode="{kind}" markingQualifier="{text}"/>' for kind, text in texts.items())
    return f"<markingQualifier{at}>{inside}</markingQualifier>"


@pytest.mark.parametrize(
    ("names", "english", "french"),
    [
        (
            ("RESTRICTED", "PACT", "JPN", "CHE", "UKR"),
            "PACT RESTRICTED Releasable to Japan, Switzerland, Ukraine",
            "PACT DIFFUSION RESTREINTE Communicable à Japon, Switzerland, Ukraine",
        ),
        (
            ("CONFIDENTIAL", "KFOR", "IRL", "SWE", "Only:UKR"),
            "PACT/KFOR CONFIDENTIAL Ireland, Sweden, Ukraine ONLY",
            "PACT/KFOR CONFIDENTIEL Ireland, Sweden, Ukraine SEULEMENT",
        ),
        (("UNCLASSIFIED", "PACT", "STAFF"), "PACT UNCLASSIFIED - STAFF", "PACT SANS CLASSIFICATION - STAFF"),
        (("TOP SECRET",), "COSMIC TOP SECRET", "COSMIC TRES SECRET"),
        (("CONFIDENTIAL", "ATOMAL", "BOHEMIA"), "PACT CONFIDENTIAL BOHEMIA ATOMAL", "PACT CONFIDENTIEL BOHEMIA ATOMAL"),
    ],
)
def test_markings_read_as_in_the_tables_of_the_standard(
    alliance: Policy, label: Make, names: tuple[str, ...], english: str, french: str
) -> None:
    names = tuple("Releasable To:UKR" if name == "UKR" else name for name in names)
    marking = label(alliance, *names)
    assert render(alliance, marking, Place.PAGE_TOP, "en") == english
    assert render(alliance, marking, Place.PAGE_TOP, "fr") == french
    assert render(alliance, marking, Place.PAGE_TOP, "fr-CA") == french


def test_header_and_footer_are_equal_where_a_policy_gives_no_position(alliance: Policy, label: Make) -> None:
    for level in alliance.classifications:
        for placed in alliance.categories:
            marking = label(alliance, level.name, f"{placed.ref.tag_set}:{placed.ref.name}")
            for language in ("en", "fr"):
                top, bottom = (render(alliance, marking, one, language) for one in (Place.PAGE_TOP, Place.PAGE_BOTTOM))
                assert top == bottom


def test_portion_marks_have_the_brackets_of_the_policy(alliance: Policy, label: Make) -> None:
    assert render(alliance, label(alliance, "CONFIDENTIAL"), Place.PORTION, "en") == "(PC)"


def test_a_list_never_loses_what_gives_it_its_meaning(alliance: Policy, label: Make) -> None:
    text = render(alliance, label(alliance, "RESTRICTED", "JPN", "CHE"), Place.WATERMARK, "en")
    assert text == "PACT RESTRICTED Releasable to JPN, CHE"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place.PAGE_TOP, "pageTop"),
        (Place.PAGE_TOP, "pageTopBottom"),
        (Place.PAGE_TOP, "pageBottom"),
        (Place.PAGE_BOTTOM, "pageBottom"),
        (Place.PAGE_BOTTOM, "pageTopBottom"),
        (Place.PAGE_BOTTOM, "pageTop"),
        (Place.DOCUMENT_START, "documentStart"),
        (Place.DOCUMENT_START, "firstLineOfText"),
        (Place.DOCUMENT_END, "documentEnd"),
        (Place.DOCUMENT_END, "lastLineOfText"),
        (Place.PORTION, "portionMarking"),
        (Place.WATERMARK, "waterMark"),
        (Place.SUBJECT, "subject"),
        (Place.SUBJECT, "xHeader"),
    ],
)
def test_a_phrase_stands_at_its_place(build: Build, label: Make, place: Place, code: str) -> None:
    policy = build(low=phrase("HERE", code))
    assert render(policy, label(policy, "LOW"), place, "en") == "TEST HERE"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place.PORTION, "pageTopBottom"),
        (Place.WATERMARK, "subject"),
        (Place.DOCUMENT_START, "documentEnd"),
        (Place.SUBJECT, "inputTitle"),
    ],
)
def test_elsewhere_the_name_stands(build: Build, label: Make, place: Place, code: str) -> None:
    policy = build(low=phrase("HERE", code))
    assert render(policy, label(policy, "LOW"), place, "en") == "TEST LOW"


def test_a_phrase_without_place_stands_everywhere_and_gives_way_to_one_with(build: Build, label: Make) -> None:
    policy = build(
        low=phrase("ALL") + phrase("P", "portionMarking") + phrase("TOP", "pageTop") + phrase("B", "pageBottom")
    )
    texts = {place: render(policy, label(policy, "LOW"), place, "en") for place in Place}
    assert texts[Place.PORTION] == "TEST P"
    assert texts[Place.PAGE_TOP] == "TEST TOP"
    assert texts[Place.PAGE_BOTTOM] == "TEST B"
    assert {texts[one] for one in (Place.DOCUMENT_START, Place.SUBJECT, Place.WATERMARK)} == {"TEST ALL"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr-CA", "CANADIEN"), ("fr-CH", "FRANÇAIS"), ("fr", "FRANÇAIS"), ("FR", "FRANÇAIS"), ("en", "ANY"), ("", "ANY")],
)
def test_language_is_exact_then_primary_then_untagged(build: Build, label: Make, language: str, expected: str) -> None:
    words = phrase("ANY") + phrase("FRANÇAIS", language="fr") + phrase("CANADIEN", language="fr-CA")
    policy = build(low=words)
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, language) == f"TEST {expected}"


def test_without_a_phrase_in_the_language_the_name_stands(build: Build, label: Make) -> None:
    policy = build(low=phrase("BAS", language="fr"))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "TEST LOW"


def test_a_phrase_without_text_is_the_name(build: Build, label: Make) -> None:
    policy = build(low=phrase(None, "pageTop"))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "TEST LOW"


def test_the_policy_itself_replaces_its_name_before_level_and_category(
    build: Build, tag_set: Text, label: Make
) -> None:
    category = f'<tagCategory name="A" lacv="1">{phrase("BY CATEGORY", "replacePolicy")}</tagCategory>'
    parts = {"sets": tag_set(RESTRICTIVE, category), "low": phrase("BY LEVEL", "replacePolicy")}
    policy = build(**parts, markings=phrase("BY POLICY", "replacePolicy"))
    assert render(policy, label(policy, "LOW", "A"), Place.PAGE_TOP, "en") == "BY POLICY LOW A"
    policy = build(**parts)
    assert render(policy, label(policy, "LOW", "A"), Place.PAGE_TOP, "en") == "BY LEVEL LOW A"
    assert render(policy, label(policy, "HIGH", "A"), Place.PAGE_TOP, "en") == "BY CATEGORY HIGH A"
    assert render(policy, label(policy, "HIGH"), Place.PAGE_TOP, "en") == "TEST HIGH"


def test_an_empty_replacement_leaves_no_separator_behind(build: Build, label: Make) -> None:
    policy = build(markings=phrase("", "replacePolicy") + qualifiers(separator=" / "))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "LOW"


def test_a_replacement_without_text_changes_nothing(build: Build, label: Make) -> None:
    policy = build(low=phrase(None, "replacePolicy"))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "TEST LOW"


def test_the_identity_may_carry_the_replacement(build: Build, label: Make) -> None:
    identity = f'<securityPolicyId name="TEST" id="1.2.3">{phrase("OTHER", "replacePolicy")}</securityPolicyId>'
    policy = build(identity=identity)
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "OTHER LOW"


@pytest.mark.parametrize("code", ["noNameDisplay", "noMarkingDisplay"])
def test_hidden_names_leave_no_trace(build: Build, tag_set: Text, label: Make, code: str) -> None:
    hidden = f'<tagCategory name="A" lacv="1">{phrase(None, code)}</tagCategory>'
    policy = build(sets=tag_set(RESTRICTIVE, hidden), high=phrase(None, code), markings=phrase(None, code))
    assert render(policy, label(policy, "LOW", "A"), Place.PAGE_TOP, "en") == "LOW"
    assert render(policy, label(policy, "HIGH"), Place.PAGE_TOP, "en") == ""


def test_a_strip_names_the_level_even_where_all_is_hidden(build: Build, label: Make) -> None:
    policy = build(high=phrase(None, "noNameDisplay"), markings=phrase("", "replacePolicy"))
    assert strip(policy, label(policy, "HIGH"), "en") == "HIGH"


def test_a_category_may_take_the_place_of_the_level(build: Build, tag_set: Text, label: Make) -> None:
    words = phrase("LOW-SENSITIVE", "suppressClassName")
    policy = build(sets=tag_set(RESTRICTIVE, f'<tagCategory name="A" lacv="1">{words}</tagCategory>'))
    assert render(policy, label(policy, "LOW", "A"), Place.PAGE_TOP, "en") == "TEST LOW-SENSITIVE"
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "TEST LOW"


def test_values_come_in_the_order_of_the_policy_with_the_separator_of_their_tag(
    build: Build, tag_set: Text, label: Make
) -> None:
    sets = tag_set(RESTRICTIVE, AB) + tag_set(
        'tagType="tagType7"',
        AB.replace("A", "C").replace("B", "D"),
        number=2,
        name="INFO",
        qualifiers=qualifiers(prefix="[", suffix="]", separator="+"),
    )
    policy = build(sets=sets)
    assert render(policy, label(policy, "LOW", "D", "B", "C", "A"), Place.PAGE_TOP, "en") == "TEST LOW A/B [C+D]"


def test_prefix_and_suffix_of_the_policy_stand_around_the_whole(build: Build, label: Make) -> None:
    policy = build(markings=qualifiers(prefix="EX – ", suffix=" – EX", separator="::"))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "EX – TEST::LOW – EX"


def test_an_empty_separator_counts_as_none(build: Build, label: Make) -> None:
    policy = build(markings=qualifiers(separator=""))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "TEST LOW"


def test_a_qualifier_of_one_place_stays_there(build: Build, label: Make) -> None:
    policy = build(markings=qualifiers("portionMarking", prefix="(", suffix=")"))
    assert render(policy, label(policy, "LOW"), Place.PORTION, "en") == "(TEST LOW)"
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "en") == "TEST LOW"


def test_a_qualifier_place_in_the_wrong_attribute_is_understood(build: Build, label: Make) -> None:
    policy = build(markings=qualifiers(prefix="[").replace("<markingQualifier", '<markingQualifier code="pageBottom"'))
    assert render(policy, label(policy, "LOW"), Place.PAGE_BOTTOM, "en") == "[TEST LOW"


def test_qualifiers_have_languages_too(build: Build, label: Make) -> None:
    english = qualifiers(prefix="EX ")
    policy = build(markings=english + english.replace("EX ", "IC ").replace("<qualifier", '<qualifier xml:lang="fr"'))
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "fr") == "IC TEST LOW"
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "de") == "EX TEST LOW"


def test_categories_without_words_of_their_own_take_those_of_their_tag(
    build: Build, tag_set: Text, label: Make
) -> None:
    policy = build(sets=tag_set(RESTRICTIVE, AB, qualifiers=phrase("TAGGED", "pageTop")))
    assert render(policy, label(policy, "LOW", "A"), Place.PAGE_TOP, "en") == "TEST LOW TAGGED"
    assert render(policy, label(policy, "LOW", "A"), Place.PORTION, "en") == "TEST LOW A"


def test_a_policy_without_stamps_has_one_red_box(alliance: Policy, label: Make) -> None:
    [stamp] = stamps(alliance, label(alliance, "CONFIDENTIAL", "BOHEMIA"), Place.PAGE_BOTTOM, "en")
    assert stamp.text == "PACT CONFIDENTIAL BOHEMIA"
    assert (stamp.colour, stamp.boxed) == (DEFAULT_STAMP.colour, True)


def test_stamps_come_in_their_order(build: Build, tag_set: Text, label: Make) -> None:
    policy = build(
        sets=tag_set(RESTRICTIVE, AB)
        + tag_set(RESTRICTIVE, AB.replace("A", "C").replace("B", "D"), number=2, name="X"),
        layout='<classification name="LOW"><stamp colour="#111111" order="2"/></classification>'
        '<category tagSetId="1.3.6.1.4.1.99999.9.2" name="C"><stamp colour="#222222" boxed="1" order="1"/></category>',
    )
    made = stamps(policy, label(policy, "LOW", "A", "C"), Place.PAGE_TOP, "en")
    assert [(one.text, one.colour, one.boxed) for one in made] == [
        ("C", "#222222", True),
        ("TEST LOW A", "#111111", False),
    ]


@pytest.mark.parametrize(
    ("colour", "background", "text"),
    [
        ("#00ff00", "#00FF00", "#000000"),
        ("navy", "#000080", "#FFFFFF"),
        ("Orange", "#FFA500", "#000000"),
        ("no colour", "#5A6675", "#FFFFFF"),
        ("#12345", "#5A6675", "#FFFFFF"),
        ("#12345g", "#5A6675", "#FFFFFF"),
    ],
)
def test_without_a_layout_the_colour_of_the_policy_gets_readable_text(
    build: Build, label: Make, colour: str, background: str, text: str
) -> None:
    policy = build(levels=f'<securityClassification name="A" lacv="1" hierarchy="1" color="{colour}"/>')
    colours = screen_colours(policy, label(policy, "A"))
    assert (colours.background, colours.text, colours.border) == (background, text, None)


def test_without_any_colour_the_ground_is_neutral(build: Build, label: Make) -> None:
    assert screen_colours(build(), label(build(), "LOW")).background == "#5A6675"


def test_clearances_read_as_a_set(fr: Policy, alliance: Policy) -> None:
    clearance = Clearance.from_mark(alliance, "CONFIDENTIAL BOHEMIA JPN")
    assert (
        render_clearance(alliance, clearance, "en")
        == "{UNCLASSIFIED|RESTRICTED|CONFIDENTIAL} BOHEMIA Releasable to Japan"
    )
    assert render_clearance(fr, Clearance.from_mark(fr, "DR-SF"), "fr") == (
        "{NON PROTÉGÉ|DIFFUSION RESTREINTE} – SPÉCIAL FRANCE"
    )


PRIVACY_MARKS = f"""
<privacyMarks>
  <privacyMark name="CLEAR">{phrase("EN CLAIR", language="fr")}</privacyMark>
  <privacyMark name="HIDDEN">{phrase(None, "noMarkingDisplay")}</privacyMark>
</privacyMarks>
"""


@pytest.mark.parametrize(
    ("marks", "privacy_mark", "language", "text"),
    [
        (PRIVACY_MARKS, "clear", "fr", "TEST LOW A EN CLAIR"),
        (PRIVACY_MARKS, "CLEAR", "en", "TEST LOW A CLEAR"),
        (PRIVACY_MARKS, "HIDDEN", "fr", "TEST LOW A"),
        ("", "For the director", "fr", "TEST LOW A For the director"),
    ],
)
def test_a_privacy_mark_stands_last_as_the_policy_words_it(
    build: Build, tag_set: Text, label: Make, marks: str, privacy_mark: str, language: str, text: str
) -> None:
    policy = build(sets=tag_set(RESTRICTIVE, AB), markings=marks)
    marked = replace(label(policy, "LOW", "A"), privacy_mark=privacy_mark)
    assert render(policy, marked, Place.PAGE_TOP, language) == text


def test_a_privacy_mark_is_no_part_of_a_portion_mark(build: Build, label: Make) -> None:
    policy = build()
    assert render(policy, replace(label(policy, "LOW"), privacy_mark="CLEAR"), Place.PORTION, "") == "TEST LOW"


def test_a_privacy_mark_stands_at_the_edges_where_the_level_does(fr: Policy, label: Make) -> None:
    marked = replace(label(fr, "DIFFUSION RESTREINTE"), privacy_mark="PERSONNEL")
    assert render(fr, marked, Place.PAGE_TOP, "fr") == "DIFFUSION RESTREINTE – PERSONNEL"
    assert render(fr, marked, Place.PAGE_BOTTOM, "fr") == ""


@pytest.mark.parametrize(
    ("place", "text"),
    [(Place.PAGE_TOP, "TEST *LOW* (A)/B"), (Place.PAGE_BOTTOM, "TEST *LOW* (A)/B"), (Place.PORTION, "TEST LOW (A)/B")],
)
def test_a_level_and_a_category_may_have_a_prefix_and_a_suffix_of_their_own(
    build: Build, tag_set: Text, label: Make, place: Place, text: str
) -> None:
    wrapped = AB.replace('lacv="1"/>', f'lacv="1">{qualifiers(prefix="(", suffix=")")}</tagCategory>')
    policy = build(low=qualifiers("pageTop", prefix="*", suffix="*"), sets=tag_set(RESTRICTIVE, wrapped))
    assert render(policy, label(policy, "LOW", "A", "B"), place, "fr") == text


def test_what_stands_around_all_levels_counts_where_one_has_nothing_of_its_own(build: Build, label: Make) -> None:
    around = qualifiers(prefix="[", suffix="]")
    own = (
        f'<securityClassification name="HIGH" lacv="2" hierarchy="2">{qualifiers(prefix="!")}</securityClassification>'
    )
    policy = build(levels=f'<securityClassification name="LOW" lacv="1" hierarchy="1"/>{own}{around}')
    assert render(policy, label(policy, "LOW"), Place.PAGE_TOP, "fr") == "TEST [LOW]"
    assert render(policy, label(policy, "HIGH"), Place.PAGE_TOP, "fr") == "TEST !HIGH"


def test_nothing_stands_around_a_name_that_is_hidden(build: Build, tag_set: Text, label: Make) -> None:
    inside = phrase(None, "noMarkingDisplay") + qualifiers(prefix="(", suffix=")")
    hidden = AB.replace('lacv="1"/>', f'lacv="1">{inside}</tagCategory>')
    policy = build(sets=tag_set(RESTRICTIVE, hidden))
    assert render(policy, label(policy, "LOW", "A", "B"), Place.PAGE_TOP, "fr") == "TEST LOW B"


def test_a_privacy_mark_may_have_a_prefix_and_a_suffix(build: Build, label: Make) -> None:
    mark = f'<privacyMark name="CLEAR">{qualifiers(prefix="<", suffix=">")}</privacyMark>'.replace('"<"', '"&lt;"')
    policy = build(markings=f"<privacyMarks>{mark}</privacyMarks>")
    marked = replace(label(policy, "LOW"), privacy_mark="CLEAR")
    assert render(policy, marked, Place.PAGE_TOP, "fr") == "TEST LOW <CLEAR>"
