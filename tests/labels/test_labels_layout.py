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


def test_a_policy_without_the_block_is_closed(build: Build) -> None:
    level = build().classification("LOW")
    assert not level.handling.open_without_clearance
    assert level.handling.trust is TrustNeeded.ENDORSED_AND_COMPARED
    assert level.handling.overdue_list is OverdueList.REFUSE
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
    "layout",
    [
        '<classification name="MIDDLE"/>',
        '<tag tagSetId="1.2" name="SET"/>',
        f'<category tagSetId="{SET_ID}" name="NONE"/>',
    ],
)
def test_an_entry_for_what_is_not_there_is_an_error(build: Build, layout: str) -> None:
    with pytest.raises(DanglingReferenceError):
        build(layout=layout)


def test_two_entries_for_one_level_are_an_error(build: Build) -> None:
    with pytest.raises(DuplicateError):
        build(layout='<classification name="LOW"/><classification name="low"/>')


@pytest.mark.parametrize(
    "layout",
    [
        '<classification name="LOW" colour="red"/>',
        '<classification name="LOW"><stmap/></classification>',
        '<classification name="LOW"><x:stamp xmlns:x="urn:x" colour="#000000"/></classification>',
        "<colours/>",
        f'<tag tagSetId="{SET_ID}"><chip/></tag>',
        '<classification name="LOW"><stamp colour="#000000" shape="oval"/></classification>',
    ],
)
def test_what_would_be_silently_without_effect_is_an_error(build: Build, layout: str) -> None:
    with pytest.raises(UnknownLayoutError):
        build(layout=layout)


@pytest.mark.parametrize(
    "layout",
    [
        '<classification name="LOW" positions="pageMiddle"/>',
        '<classification name="LOW"><stamp colour="red"/></classification>',
        '<classification name="LOW"><handling trust="blind" overdueList="warn"/></classification>',
        '<classification name="LOW"><handling trust="imported" overdueList="maybe"/></classification>',
        f'<category tagSetId="{SET_ID}" name="A" heldBy="FR"/>',
        f'<category tagSetId="{SET_ID}" name="A" heldBy=""/>',
    ],
)
def test_values_of_the_wrong_kind_are_errors(build: Build, layout: str) -> None:
    with pytest.raises(BadValueError):
        build(layout=layout)


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
