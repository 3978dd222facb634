"""The label picker: what it lists, why it refuses, how it is worked by keyboard alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.picker import Refusal
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison.ui.kit import Kit
from cloison.ui.picker.choice_model import ROW_ROLE
from cloison.ui.picker.panel import LabelPicker
from cloison.ui.picker.picking import Picking
from cloison.ui.picker.rows import PickRow, RowKind, matching, rows
from cloison.vault.label_shelf import AtHand, marking_of
from cloison.wording.catalogue import Catalogue

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
FR = built_in("FR")
ENGLISH = Catalogue.load("en")
ASKING = """<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" version="1">
<securityPolicyId name="TEST" id="1.3.6.1.4.1.99999.9"/>
<securityClassifications>
  <securityClassification name="LOW" lacv="1" hierarchy="1"/>
  <securityClassification name="HIGH" lacv="2" hierarchy="2">
    <requiredCategory operation="oneOrMore"><categoryGroup tagSetRef="SET" tagType="restrictive"/></requiredCategory>
  </securityClassification>
</securityClassifications>
<securityCategoryTagSets>
  <securityCategoryTagSet name="SET" id="1.3.6.1.4.1.99999.9.1">
    <securityCategoryTag name="FIRST" tagType="restrictive"><tagCategory name="PLAIN" lacv="1"/></securityCategoryTag>
    <securityCategoryTag name="SECOND" tagType="tagType7">
      <tagCategory name="UNTIL" lacv="2" userInput="date"/><tagCategory name="OLD" lacv="3" obsolete="true"/>
    </securityCategoryTag>
  </securityCategoryTagSet>
</securityCategoryTagSets>
<privacyMarks><privacyMark name="CLEAR"/></privacyMarks>
</SPIF>"""


def label(text: str) -> Label:
    return read_mark(FR, f"[{text}]", created=NOW)


def picking(text: str | None, *, floor: str | None = None) -> Picking:
    return Picking(
        policy=FR,
        now=NOW,
        label=None if text is None else label(text),
        floor=None if floor is None else label(floor),
    )


@pytest.fixture
def asking() -> Policy:
    return policy_from_spif(ASKING.encode(), source="test")


@pytest.fixture
def picker(kit: Kit, qtbot: QtBot) -> LabelPicker:
    made = LabelPicker(kit)
    qtbot.addWidget(made.filter)
    qtbot.addWidget(made)
    made.resize(560, 420)
    made.show()
    return made


def named(found: tuple[PickRow, ...], kind: RowKind) -> dict[str, PickRow]:
    return {one.text: one for one in found if one.kind is kind}


def shown(picker: LabelPicker) -> list[PickRow]:
    model = picker.list.rows
    return [model.data(model.index(number), ROW_ROLE) for number in range(model.rowCount())]


def present(picker: LabelPicker, text: str) -> None:
    number = next(number for number, one in enumerate(shown(picker)) if one.text.startswith(text))
    picker.list.setCurrentIndex(picker.list.rows.index(number))


def press(picker: LabelPicker, text: str) -> None:
    present(picker, text)
    QTest.keyClick(picker.list, Qt.Key.Key_Space)


def whole(picker: LabelPicker) -> bool:
    return picker.label is not None


def mark_of(picker: LabelPicker) -> str | None:
    return None if picker.label is None else portion_mark(FR, picker.label)


def test_every_choice_stands_under_the_heading_of_its_kind() -> None:
    at_hand = (
        AtHand(label=marking_of(label("S-SF")), is_favourite=True),
        AtHand(label=marking_of(label("DR")), is_favourite=False),
    )

    found = rows(picking("S"), at_hand, ENGLISH)

    assert [one.text for one in found if one.kind is RowKind.HEADING] == [
        "FAVOURITES",
        "USED LATELY",
        "LEVEL",
        "Mentions nationales",
        "Communicable à",
    ]
    assert list(named(found, RowKind.LEVEL)) == ["NON PROTÉGÉ", "DIFFUSION RESTREINTE", "SECRET", "TRÈS SECRET"]
    assert named(found, RowKind.LEVEL)["SECRET"].is_picked


def test_what_is_not_legal_is_listed_with_its_reason() -> None:
    found = rows(picking("S-SF"), (), ENGLISH)

    assert named(found, RowKind.LEVEL)["NON PROTÉGÉ"].refused == (
        "SPÉCIAL FRANCE cannot go with the level NON PROTÉGÉ."
    )
    canada = next(one for one in found if one.text.startswith("CAN"))
    assert canada.refused == "SPÉCIAL FRANCE cannot go with CAN."
    assert canada.read_out == f"{canada.text}. SPÉCIAL FRANCE cannot go with CAN."


def test_nothing_goes_before_a_level() -> None:
    found = rows(picking(None), (), ENGLISH)

    assert {one.refused for one in found if one.kind is RowKind.CATEGORY} == {"Pick a level first."}
    assert {one.refused for one in found if one.kind is RowKind.LEVEL} == {""}
    special = FR.categories[0].ref
    assert picking(None).toggle(special) == picking(None).give(special, "x") == Refusal()
    assert picking(None).toggle_privacy_mark("CLEAR") == Refusal()


def test_nothing_below_the_floor_is_offered_and_the_floor_itself_is_not_enough() -> None:
    floored = picking("S", floor="S")
    found = rows(floored, (AtHand(label=marking_of(label("DR")), is_favourite=False),), ENGLISH)

    assert named(found, RowKind.LEVEL)["DIFFUSION RESTREINTE"].refused == (
        "It would be less than the paragraphs are worth."
    )
    assert next(iter(named(found, RowKind.AT_HAND).values())).refused
    assert not floored.is_whole
    raised = floored.pick_level("TRÈS SECRET")
    assert isinstance(raised, Picking)
    assert raised.is_whole
    assert floored.pick_level("DIFFUSION RESTREINTE") == Refusal(is_below=True)


def test_a_label_at_hand_that_the_policy_does_not_know_is_not_offered() -> None:
    unknown = replace(marking_of(label("S")), classification="CONFIDENTIEL DÉFENSE")
    other = replace(marking_of(label("S")), policy_id="1.2.3")

    found = rows(picking("S"), tuple(AtHand(label=one, is_favourite=True) for one in (unknown, other)), ENGLISH)

    assert named(found, RowKind.AT_HAND) == {}
    assert picking("S").take(unknown) == Refusal()


@pytest.mark.parametrize(
    ("query", "first"),
    [("special", "SPÉCIAL FRANCE"), ("SF", "SPÉCIAL FRANCE"), ("tres", "TRÈS SECRET"), ("communicable can", "CAN")],
)
def test_the_filter_finds_names_marks_and_tag_sets_without_accents(query: str, first: str) -> None:
    found = matching(rows(picking("S"), (), ENGLISH), query)

    assert found[0].kind is RowKind.HEADING
    assert found[1].text.startswith(first)
    assert matching(rows(picking("S"), (), ENGLISH), "zzz") == ()


def test_a_label_is_picked_by_keyboard_alone(picker: LabelPicker, qtbot: QtBot) -> None:
    picker.start(picking(None))
    picker.activateWindow()
    qtbot.waitExposed(picker)
    QTest.keyClicks(picker.filter, "secret")
    QTest.keyClick(picker.filter, Qt.Key.Key_Down)
    assert shown(picker)[picker.list.currentIndex().row()].text == "SECRET"
    assert picker.list.selectionModel().selectedIndexes() == [picker.list.currentIndex()]

    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    assert mark_of(picker) == "[S]"
    picker.filter.clear()
    press(picker, "SPÉCIAL FRANCE")

    assert mark_of(picker) == "[S-SF]"


def test_the_present_row_stays_when_something_is_picked(picker: LabelPicker) -> None:
    picker.start(picking("S"))

    press(picker, "SPÉCIAL FRANCE")

    assert shown(picker)[picker.list.currentIndex().row()].text == "SPÉCIAL FRANCE"


def test_up_from_the_first_row_goes_back_to_the_filter(picker: LabelPicker, qtbot: QtBot) -> None:
    picker.start(picking("S"))
    picker.activateWindow()
    qtbot.waitExposed(picker)
    picker.list.setFocus()

    with qtbot.waitSignal(picker.list.went_up):
        QTest.keyClick(picker.list, Qt.Key.Key_Up)


def test_a_refused_row_is_in_reach_says_why_and_changes_nothing(picker: LabelPicker, qtbot: QtBot) -> None:
    picker.start(picking("S-SF"))

    with qtbot.waitSignal(picker.refused) as said:
        press(picker, "CAN")

    assert said.args == ["SPÉCIAL FRANCE cannot go with CAN."]
    assert mark_of(picker) == "[S-SF]"
    index = picker.list.currentIndex()
    model = picker.list.rows
    assert model.flags(index) & Qt.ItemFlag.ItemIsEnabled
    assert "cannot go with CAN" in str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))
    assert "cannot go with CAN" in str(model.data(index, Qt.ItemDataRole.ToolTipRole))


def test_a_label_at_hand_is_taken_whole(picker: LabelPicker) -> None:
    picker.show_at_hand([AtHand(label=marking_of(label("TS-SF")), is_favourite=True)])
    picker.start(picking("NP"))

    press(picker, "TRÈS SECRET – SPÉCIAL FRANCE")

    assert mark_of(picker) == "[TS-SF]"
    assert picker.label is not None
    assert (picker.label.policy_digest, picker.label.created) == (FR.digest, NOW)


def test_a_level_that_asks_for_more_is_whole_once_it_is_there(picker: LabelPicker, asking: Policy) -> None:
    picker.start(Picking(policy=asking, now=NOW))
    press(picker, "HIGH")
    assert not whole(picker)
    assert picker.picking is not None
    assert picker.picking.outstanding

    press(picker, "PLAIN")

    assert whole(picker)
    assert "OLD" not in {one.text for one in shown(picker)}


def test_a_value_is_typed_where_a_category_asks_for_one(picker: LabelPicker, asking: Policy) -> None:
    picker.start(Picking(policy=asking, now=NOW))
    for text in ("LOW", "UNTIL"):
        press(picker, text)
    field = picker.inputs.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert not whole(picker)

    QTest.keyClicks(field, "2027-13-01")
    assert not whole(picker)
    field.setText("2027-12-01")

    assert picker.label is not None
    assert [one.value for one in picker.label.inputs] == ["2027-12-01"]
    press(picker, "UNTIL")
    assert whole(picker)
    assert not picker.inputs.isVisible()


def test_a_privacy_mark_is_picked_and_taken_away(picker: LabelPicker, asking: Policy) -> None:
    picker.start(Picking(policy=asking, now=NOW))
    for text in ("LOW", "CLEAR"):
        press(picker, text)
    assert picker.label is not None
    assert picker.label.privacy_mark == "CLEAR"

    press(picker, "CLEAR")

    assert picker.label is not None
    assert picker.label.privacy_mark is None


def test_a_click_on_a_heading_does_nothing(picker: LabelPicker) -> None:
    picker.start(picking("S"))

    picker.list.clicked.emit(picker.list.rows.index(0))

    assert mark_of(picker) == "[S]"


def test_tags_of_one_set_are_told_apart(asking: Policy) -> None:
    found = rows(Picking(policy=asking, now=NOW), (), ENGLISH)

    headings = [one.text for one in found if one.kind is RowKind.HEADING]
    assert headings == ["LEVEL", "SET – FIRST", "SET – SECOND", "PRIVACY MARK"]


def test_a_policy_of_hundreds_of_categories_is_listed_at_once(picker: LabelPicker) -> None:
    nato = built_in("NATO")

    picker.start(Picking(policy=nato, now=NOW, label=read_mark(nato, "(NS)", created=NOW)))
    picker.grab()

    assert picker.list.rows.rowCount() > 300
