"""The inspector: what the note is worth, because of what, what is missing, and what can be done."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cloison.ui.chip_view import ChipView
from cloison.ui.kit import Kit
from cloison.ui.window.inspector import Inspector
from cloison.ui.window.reasons import because_text
from cloison.ui.window.values import Reader
from cloison.wording.catalogue import Catalogue
from listed import POLICY, marking


@pytest.fixture
def inspector(kit: Kit, qtbot: QtBot) -> Inspector:
    made = Inspector(kit, POLICY)
    qtbot.addWidget(made)
    made.resize(250, 600)
    made.show()
    return made


def words_of(inspector: Inspector) -> list[str]:
    return [one.text().replace("\N{NO-BREAK SPACE}", " ") for one in inspector.findChildren(QLabel) if one.isVisible()]


def buttons_of(inspector: Inspector) -> dict[str, QPushButton]:
    return {one.accessibleName(): one for one in inspector.findChildren(QPushButton) if one.isVisible()}


def test_the_label_is_there_in_words_and_with_its_reasons(inspector: Inspector) -> None:
    inspector.show_marking(marking("DR", "S", "NP", "S-SF"))

    assert "SECRET – SPÉCIAL FRANCE" in words_of(inspector)
    assert "SECRET because of §§ 1, 3\nSPÉCIAL FRANCE because of § 3" in words_of(inspector)


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        pytest.param(["S", "DR"], "SECRET because of the title", id="the title alone"),
        pytest.param(["S", "S"], "SECRET because of the title and § 1", id="the title and one"),
        pytest.param(["NP", *["S"] * 12], "SECRET because of §§ 1–8, …", id="too many to name"),
    ],
)
def test_reasons_name_paragraphs(marks: list[str], sentence: str) -> None:
    rolled = marking(*marks).rolled

    assert rolled is not None
    assert because_text(rolled, Catalogue.load("en")).replace("\N{NO-BREAK SPACE}", " ") == sentence


def test_a_line_does_not_break_before_a_number() -> None:
    rolled = marking("DR", "S", "NP", "S").rolled

    assert rolled is not None
    assert because_text(rolled, Catalogue.load("en")).endswith("of §§\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}3")


def test_what_a_person_must_decide_is_said_and_leaves_the_label_open(inspector: Inspector) -> None:
    contradiction = marking("S", "S COMMUNICABLE À CAN", "S COMMUNICABLE À GBR")

    inspector.show_marking(contradiction)

    assert "On Communicable à its parts contradict each other, and nobody has decided yet." in words_of(inspector)
    assert inspector.findChildren(ChipView)[0].accessibleName() == "S?"


def test_unmarked_paragraphs_are_buttons_that_lead_there(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.show_marking(marking(None, "S", None))
    unmarked = buttons_of(inspector)["Go to § 2, not marked"]
    assert "Go to Title, not marked" in buttons_of(inspector)

    with qtbot.waitSignal(inspector.portion_chosen) as said:
        unmarked.click()

    assert said.args == [2]


def test_marked_paragraphs_leave_the_list_at_once(inspector: Inspector) -> None:
    inspector.show_marking(marking("S", None, None))

    inspector.show_marking(marking("S", "S", None))
    assert [name for name in buttons_of(inspector) if name.startswith("Go to")] == ["Go to § 2, not marked"]
    inspector.show_marking(marking("S", "S", "S"))

    assert not [name for name in buttons_of(inspector) if name.startswith("Go to")]
    assert "NOT MARKED YET" not in words_of(inspector)


def test_hundreds_of_unmarked_paragraphs_are_counted(inspector: Inspector) -> None:
    inspector.show_marking(marking("S", *[None] * 300))

    assert len([name for name in buttons_of(inspector) if name.startswith("Go to")]) == 9
    assert "and 291 others" in words_of(inspector)


def test_a_note_without_any_mark_says_so(inspector: Inspector) -> None:
    inspector.show_marking(marking(None))

    assert "Nothing is marked yet" in words_of(inspector)


def test_readers_are_named_with_their_share(inspector: Inspector) -> None:
    assert "RECIPIENTS" not in words_of(inspector)

    inspector.show_readers([Reader(name="Cabinet", readable=5, paragraphs=5)])
    inspector.show_readers([Reader(name="Partner", readable=2, paragraphs=5)])

    assert "Partner" in words_of(inspector)
    assert "2/5 §" in words_of(inspector)
    assert "Cabinet" not in words_of(inspector)


def test_both_acts_are_asked_for(inspector: Inspector, qtbot: QtBot) -> None:
    with qtbot.waitSignals([inspector.disseminate_asked, inspector.print_asked]):
        inspector.disseminate.click()
        inspector.print.click()
