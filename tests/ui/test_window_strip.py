"""The strips: the highest mark of everything on screen, in words and in colour, never empty."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from cloison.labels.rendering import screen_colours
from cloison.ui.chips import NEUTRAL
from cloison.ui.kit import Kit
from cloison.ui.strip import Strip
from cloison.ui.window.on_screen import Shown, shown_of_note, together
from listed import NOW, POLICY, label, marking


@pytest.fixture
def strip(kit: Kit, qtbot: QtBot) -> Strip:
    made = Strip(kit.theme, kit.words, POLICY)
    qtbot.addWidget(made)
    made.resize(800, made.height())
    return made


def settled(mark: str) -> Shown:
    return Shown(label=label(mark), is_settled=True)


def test_an_empty_screen_is_not_protected(strip: Strip) -> None:
    assert strip.text == "NON PROTÉGÉ"
    assert strip.is_settled


def test_words_and_colours_follow(strip: Strip) -> None:
    strip.show_highest(settled("S-SF"))

    assert strip.text == "SECRET – SPÉCIAL FRANCE"
    assert strip.colours == screen_colours(POLICY, label("S-SF"))
    assert strip.accessibleName() == "On screen: SECRET – SPÉCIAL FRANCE"


def test_something_unmarked_is_said_beside_the_level_that_is_known(strip: Strip) -> None:
    strip.show_highest(Shown(label=label("DR"), is_settled=False))

    assert strip.text == "DIFFUSION RESTREINTE"
    assert strip.accessibleName().endswith("and something that is not marked")


def test_only_unmarked_text_is_never_called_unprotected(strip: Strip) -> None:
    strip.show_highest(Shown(label=None, is_settled=False))

    assert strip.text == "UNMARKED"
    assert strip.colours == NEUTRAL


def test_the_question_mark_is_drawn(strip: Strip) -> None:
    strip.show_highest(settled("S"))
    without = strip.grab().toImage()
    strip.show_highest(Shown(label=label("S"), is_settled=False))

    assert strip.grab().toImage() != without


@pytest.mark.parametrize(
    ("marks", "highest"),
    [
        pytest.param(["NP", "DR"], "DR", id="the higher level"),
        pytest.param(["S-SF", "TS"], "TS-SF", id="a category and a level of two different notes"),
        pytest.param(["NP"], "NP", id="one alone"),
    ],
)
def test_what_is_on_screen_is_rolled_up(marks: list[str], highest: str) -> None:
    rolled = together(POLICY, map(settled, marks), created=NOW)

    assert rolled is not None
    assert rolled.label is not None
    assert (rolled.label.classification, rolled.label.categories) == (
        label(highest).classification,
        label(highest).categories,
    )
    assert rolled.is_settled


def test_an_empty_screen_has_no_mark() -> None:
    assert together(POLICY, [], created=NOW) is None


def test_one_unmarked_thing_leaves_the_whole_unsettled() -> None:
    rolled = together(POLICY, [settled("S"), Shown(label=None, is_settled=False)], created=NOW)

    assert rolled is not None
    assert rolled.label is not None
    assert rolled.label.classification == "SECRET"
    assert not rolled.is_settled


def test_a_label_of_another_policy_leaves_the_whole_unsettled() -> None:
    foreign = Shown(label=replace(label("S"), policy_id="1.2.3"), is_settled=True)

    assert together(POLICY, [foreign], created=NOW) == Shown(label=None, is_settled=False)
    beside = together(POLICY, [foreign, settled("DR")], created=NOW)
    assert beside is not None
    assert beside.label is not None
    assert (beside.label.classification, beside.is_settled) == ("DIFFUSION RESTREINTE", False)


def test_a_note_with_an_unmarked_paragraph_counts_at_what_is_known() -> None:
    (shown,) = shown_of_note(marking("NP", "S", None))

    assert shown.label is not None
    assert (shown.label.classification, shown.is_settled) == ("SECRET", False)


def test_a_note_without_paragraphs_is_nothing_on_screen() -> None:
    assert shown_of_note(marking()) == ()


def test_a_note_over_which_a_person_must_decide_is_not_settled() -> None:
    shown = shown_of_note(marking("S COMMUNICABLE À CAN", "S COMMUNICABLE À GBR"))

    whole = together(POLICY, shown, created=NOW)

    assert whole is not None
    assert not whole.is_settled
