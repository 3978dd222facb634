"""The layout block: colours, stamps, positions, handling."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cloison.labels.colours import contrast, readable_on
from cloison.labels.errors import (
    BadValueError,
    DanglingReferenceError,
    DuplicateError,
    LowContrastError,
    MissingError,
    UnknownLayoutError,
)
from cloison.labels.layout import OverdueList, PageEdge, TrustNeeded
from cloison.labels.policy import Policy

Build = Callable[..., Policy]
Text = Callable[..., str]

SET_ID = "1.3.6.1.4.1.99999.9.1"
BLOCK = "extensions[1]/layout[1]"
LOW = '<classification name="LOW">{}</classification>'
HANDLING = "classification[1]/handling[1]"
SUITE = '<handling trust="imported" overdueList="warn" minimumSuite="{}"/>'

RECOVERY = '<handling trust="imported" overdueList="warn" recovery="{}"/>'


def test_a_policy_without_the_block_is_closed(build: Build) -> None:
    level = build().classification("LOW")
    assert not level.handling.open_without_clearance
    assert level.handling.trust is TrustNeeded.ENDORSED_AND_COMPARED
    assert level.handling.overdue_list is OverdueList.REFUSE
    assert level.handling.minimum_suite == 1
    assert not level.handling.needs_recovery
    assert level.positions is None


def test_a_level_the_block_does_not_name_is_closed(build: Build) -> None:
    policy = build(
        layout='<classification name="LOW"><handling trust="imported" overdueList="ignore"/></classification>'
    )
    assert policy.has_layout
    assert policy.classification("LOW").handling.trust is TrustNeeded.IMPORTED
    assert policy.classification("HIGH").handling.trust is TrustNeeded.ENDORSED_AND_COMPARED


def test_requirements_stand_without_handling(build: Build) -> None:
    policy = build(
        layout='<classification name="LOW"><requires copyNumber="true" blankPageText="NO TEXT"/></classification>'
    )
    handling = policy.classification("LOW").handling
    assert handling.requires.copy_number
    assert handling.requires.blank_page_text == "NO TEXT"
    assert handling.trust is TrustNeeded.ENDORSED_AND_COMPARED


@pytest.mark.parametrize("number", [1, 2])
def test_a_level_may_ask_for_a_suite(build: Build, number: int) -> None:
    policy = build(layout=LOW.format(SUITE.format(number)))
    assert policy.classification("LOW").handling.minimum_suite == number


def test_a_level_may_ask_for_recovery(build: Build) -> None:
    policy = build(layout=LOW.format(RECOVERY.format("required")))
    assert policy.classification("LOW").handling.needs_recovery


def test_a_suite_that_is_empty_is_missing(build: Build) -> None:
    with pytest.raises(MissingError):
        build(layout=LOW.format(SUITE.format("")))


def test_categories_take_position_and_stamp_from_their_tag_unless_they_have_their_own(
    build: Build, tag_set: Text
) -> None:
    policy = build(
        sets=tag_set('tagType="restrictive"', '<tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="2"/>'),
        layout=f'<tag tagSetId="{SET_ID}" name="SET" positions="pageTop"><stamp colour="#ff0000"/></tag>'
        f'<category tagSetId="{SET_ID}" name="b" positions=""><stamp colour="#0000ff" order="2"/></category>',
    )
    first, second = (one.category for one in policy.categories)
    assert first.positions == frozenset({PageEdge.TOP})
    assert first.stamp is not None
    assert (first.stamp.colour, first.stamp.boxed, first.stamp.order) == ("#FF0000", False, 0)
    assert second.positions == frozenset()
    assert second.stamp is not None
    assert second.stamp.order == 2


@pytest.mark.parametrize(
    ("layout", "path", "value"),
    [
        ('<classification name="MIDDLE"/>', "classification[1]", "middle"),
        ('<tag tagSetId="1.2" name="SET"/>', "tag[1]", "set"),
        (f'<category tagSetId="{SET_ID}" name="NONE"/>', "category[1]", "none"),
        ('<equivalence policy="NOBODY" source="x" date="2026-03-01"/>', "equivalence[1]", "nobody"),
    ],
)
def test_an_entry_for_what_is_not_there_is_an_error(build: Build, layout: str, path: str, value: str) -> None:
    with pytest.raises(DanglingReferenceError) as caught:
        build(layout=layout)
    assert (caught.value.path, caught.value.value) == (f"{BLOCK}/{path}", value)


def test_two_entries_for_one_level_are_an_error(build: Build) -> None:
    with pytest.raises(DuplicateError) as caught:
        build(layout='<classification name="LOW"/><classification name="low"/>')
    assert (caught.value.path, caught.value.value) == (f"{BLOCK}/classification[2]", "low")


REQUIREMENTS = {
    "copyNumber": "copy_number",
    "distribution": "distribution",
    "referenceOnEveryPage": "reference_on_every_page",
    "doubleNumber": "double_number",
    "authorisation": "authorisation",
    "declassificationDate": "declassification_date",
    "destructionMinutes": "destruction_minutes",
}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_each_requirement_is_asked_for_by_its_own_name(build: Build, name: str) -> None:
    policy = build(layout=f'<classification name="LOW"><requires {name}="true"/></classification>')
    requires = policy.classification("LOW").handling.requires
    assert [one for one, attribute in REQUIREMENTS.items() if getattr(requires, attribute)] == [name]


def test_borders_are_read_where_they_are_given(build: Build) -> None:
    colours = 'background="#000000" text="#FFFFFF"'
    policy = build(
        layout=f'<classification name="LOW"><screen {colours} border="#aabbcc"/></classification>'
        f'<classification name="HIGH"><screen {colours} darkBorder="#ddeeff"/></classification>'
    )
    low, high = (policy.classification(name).screen for name in ("LOW", "HIGH"))
    assert low is not None and (low.border, low.dark_border) == ("#AABBCC", None)
    assert high is not None and (high.border, high.dark_border) == (None, "#DDEEFF")


@pytest.mark.parametrize(
    ("layout", "path"),
    [
        ('<classification name="LOW" colour="red"/>', "classification[1]/@colour"),
        ('<classification name="LOW"><stmap/></classification>', "classification[1]/stmap"),
        ('<classification name="LOW"><x:stamp xmlns:x="urn:x"/></classification>', "classification[1]/{urn:x}stamp"),
        ("<colours/>", "colours"),
        (f'<tag tagSetId="{SET_ID}"><chip/></tag>', "tag[1]/chip"),
        (
            '<classification name="LOW"><stamp colour="#000000" shape="oval"/></classification>',
            "classification[1]/stamp[1]/@shape",
        ),
    ],
)
def test_what_would_be_silently_without_effect_is_an_error(build: Build, layout: str, path: str) -> None:
    with pytest.raises(UnknownLayoutError) as caught:
        build(layout=layout)
    assert (caught.value.path, caught.value.value) == (f"{BLOCK}/{path}", path.rpartition("/")[2].lstrip("@"))


@pytest.mark.parametrize(
    ("layout", "path", "value"),
    [
        ('<classification name="LOW" positions="pageMiddle"/>', "classification[1]/@positions", "pageMiddle"),
        (LOW.format('<stamp colour="red"/>'), "classification[1]/stamp[1]/@colour", "red"),
        (LOW.format('<handling trust="blind" overdueList="warn"/>'), f"{HANDLING}/@trust", "blind"),
        (LOW.format('<handling trust="imported" overdueList="maybe"/>'), f"{HANDLING}/@overdueList", "maybe"),
        *(
            (LOW.format(SUITE.format(bad)), f"{HANDLING}/@minimumSuite", bad)
            for bad in ("0", "3", "-1", "21", "two", "2.0")
        ),
        *((LOW.format(RECOVERY.format(bad)), f"{HANDLING}/@recovery", bad) for bad in ("true", "", "Required")),
        (LOW.format('<requires declassifyWithin="0"/>'), "classification[1]/requires[1]/@declassifyWithin", "0"),
        (f'<category tagSetId="{SET_ID}" name="A" heldBy="FR"/>', "category[1]/@heldBy", "FR"),
        (f'<category tagSetId="{SET_ID}" name="A" heldBy=""/>', "category[1]/@heldBy", ""),
    ],
)
def test_values_of_the_wrong_kind_are_errors(build: Build, layout: str, path: str, value: str) -> None:
    with pytest.raises(BadValueError) as caught:
        build(layout=layout)
    assert (caught.value.path, caught.value.value) == (f"{BLOCK}/{path}", value)


def test_a_screen_needs_both_colours(build: Build) -> None:
    with pytest.raises(MissingError):
        build(layout='<classification name="LOW"><screen background="#000000"/></classification>')


def test_screen_colours_that_cannot_be_read_are_refused(build: Build) -> None:
    with pytest.raises(LowContrastError) as caught:
        build(layout='<classification name="LOW"><screen background="#F2A900" text="#FFFFFF"/></classification>')
    assert caught.value.path == "extensions[1]/layout[1]/classification[1]/screen[1]"


def test_other_extensions_are_not_ours(build: Build) -> None:
    policy = build(markings='<extensions><x:y xmlns:x="urn:x"/></extensions>')
    assert not policy.has_layout


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert readable_on("#FFFF00") == "#000000"
    assert readable_on("#000080") == "#FFFFFF"
