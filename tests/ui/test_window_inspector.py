"""The inspector: what the note is worth, because of what, what is missing, and what can be done."""

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cloison.notes.compilation import CompilationRaise
from cloison.notes.evaluation import new_evaluation
from cloison.ui.chip_view import ChipView
from cloison.ui.editor.live import note_marking
from cloison.ui.editor.standing import marked
from cloison.ui.kit import Kit
from cloison.ui.window.inspector import Inspector
from cloison.ui.window.values import Reader
from listed import NOW, POLICY, label, marking


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


def reasons_of(inspector: Inspector) -> list[str]:
    return [
        one.replace("\N{NO-BREAK SPACE}", " ")
        for label in inspector.findChildren(QLabel)
        if label.isVisible() and (one := label.accessibleName())
    ]


def test_the_label_is_there_in_words_and_with_its_reasons(inspector: Inspector) -> None:
    inspector.show_marking(marking("DR", "S", "NP", "S-SF"))

    assert "SECRET – SPÉCIAL FRANCE" in words_of(inspector)
    assert reasons_of(inspector) == [
        "SECRET: the highest level, borne by §§ 1, 3",
        "SPÉCIAL FRANCE: a restriction, and restrictions add up; borne by § 3",
    ]


def test_each_paragraph_of_a_reason_leads_there(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.show_marking(marking("S", "DR", "NP", "S"))
    assert [name for name in buttons_of(inspector) if name.startswith("Go to")] == ["Go to Title", "Go to § 3"]

    with qtbot.waitSignal(inspector.portion_chosen) as said:
        buttons_of(inspector)["Go to § 3"].click()

    assert said.args == [3]


def test_a_value_that_fell_away_names_the_paragraphs_and_the_rule(inspector: Inspector) -> None:
    inspector.show_marking(marking("DR", "S COMMUNICABLE À CAN GBR", "S COMMUNICABLE À CAN", "S-SF"))

    assert reasons_of(inspector)[2:] == [
        "CAN of §§ 1, 2: nothing more is said beside SPÉCIAL FRANCE, borne by § 3",
        "GBR of § 1: nothing more is said beside SPÉCIAL FRANCE, borne by § 3",
    ]


def test_a_recorded_raise_is_named_with_its_reason(inspector: Inspector) -> None:
    raised = CompilationRaise(label=label("TS"), reason="pris ensemble", by="Officier", at=NOW)
    standings = [marked(label("S")), marked(label("DR"))]

    inspector.show_marking(note_marking(POLICY, standings, evaluation=None, raised=raised, clock=lambda: NOW))

    assert reasons_of(inspector) == [
        "TRÈS SECRET: by a decision on the whole note",
        "The whole was raised to TRÈS SECRET by Officier on 22 November 2026: pris ensemble",
    ]


def test_an_evaluation_counts_under_its_own_name(inspector: Inspector) -> None:
    evaluation = new_evaluation(randomness=os.urandom, label=label("S"))
    standings = [marked(label("NP"))]

    inspector.show_marking(note_marking(POLICY, standings, evaluation=evaluation, raised=None, clock=lambda: NOW))
    assert reasons_of(inspector) == ["SECRET: the highest level, borne by evaluation"]
    inspector.show_marking(
        note_marking(POLICY, standings, evaluation=replace(evaluation, label=None), raised=None, clock=lambda: NOW)
    )

    assert "Go to Evaluation, not marked" in buttons_of(inspector)


def test_more_reasons_than_can_be_read_are_counted(inspector: Inspector) -> None:
    states = [one.ref.name for one in POLICY.categories if one.ref.tag_set == "Communicable à"][:20]
    marks = [f"S COMMUNICABLE À {' '.join(states[: number + 1])}" for number in range(20)]

    inspector.show_marking(marking("DR", "S-SF", *marks))

    assert len(reasons_of(inspector)) == 12
    assert "and 10 others" in words_of(inspector)


def test_reasons_that_are_gone_are_not_shown(inspector: Inspector) -> None:
    inspector.show_marking(marking("DR", "S-SF"))
    inspector.show_marking(marking("DR", "S"))

    assert reasons_of(inspector) == ["SECRET: the highest level, borne by § 1"]


def test_what_a_person_must_decide_is_said_and_leaves_the_label_open(inspector: Inspector) -> None:
    contradiction = marking("S", "S COMMUNICABLE À CAN", "S COMMUNICABLE À GBR")

    inspector.show_marking(contradiction)

    assert reasons_of(inspector)[0] == (
        "On Communicable à its parts contradict each other, and nobody has decided yet. "
        "A person must decide, by marking otherwise: §§ 1, 2"
    )
    assert inspector.findChildren(ChipView)[0].accessibleName() == "S?"


def test_paragraphs_keep_their_numbers_beside_unmarked_ones(inspector: Inspector) -> None:
    inspector.show_marking(marking(None, "S COMMUNICABLE À CAN", None, "S COMMUNICABLE À GBR", "NP"))

    assert reasons_of(inspector)[:2] == [
        "On Communicable à its parts contradict each other, and nobody has decided yet. "
        "A person must decide, by marking otherwise: §§ 1, 3",
        "SECRET: the highest level, borne by §§ 1, 3",
    ]


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
    assert [name for name in buttons_of(inspector) if name.endswith("not marked")] == ["Go to § 2, not marked"]
    inspector.show_marking(marking("S", "S", "S"))

    assert not [name for name in buttons_of(inspector) if name.endswith("not marked")]
    assert "NOT MARKED YET" not in words_of(inspector)


def test_hundreds_of_unmarked_paragraphs_are_counted(inspector: Inspector) -> None:
    inspector.show_marking(marking("S", *[None] * 300))

    assert len([name for name in buttons_of(inspector) if name.endswith("not marked")]) == 9
    assert "and 291 others" in words_of(inspector)


def test_a_note_without_any_mark_says_so(inspector: Inspector) -> None:
    inspector.show_marking(marking(None))

    assert "Nothing is marked yet" in words_of(inspector)


def test_readers_are_named_with_their_share(inspector: Inspector) -> None:
    assert "RECIPIENTS" not in words_of(inspector)

    inspector.show_readers([Reader(name="Cabinet", readable=5, paragraphs=5)])
    inspector.show_readers([Reader(name="Partner", readable=2, paragraphs=5, attached=1, attachments=2)])

    assert "Partner" in words_of(inspector)
    assert "2/5 §, 1/2 files" in words_of(inspector)
    assert "Cabinet" not in words_of(inspector)


def test_both_acts_are_asked_for(inspector: Inspector, qtbot: QtBot) -> None:
    with qtbot.waitSignals([inspector.disseminate_asked, inspector.print_asked]):
        inspector.disseminate.click()
        inspector.print.click()


def test_tab_goes_through_the_buttons_as_they_stand(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.activateWindow()
    qtbot.waitExposed(inspector)
    inspector.show_marking(marking("NP", "S-SF"))
    inspector.show_marking(marking("S", "S-SF", None, "S"))
    start = buttons_of(inspector)["Go to Title"]
    start.setFocus()

    reached = [start.accessibleName()]
    while (present := inspector.focusWidget()) is not None and len(reached) < 12:
        QTest.keyClick(present, Qt.Key.Key_Tab)
        reached.append(inspector.focusWidget().accessibleName())

    assert reached == [
        "Go to Title",
        "Go to § 1",
        "Go to § 3",
        "Go to § 1",
        "Raise the whole…",
        "Go to § 2, not marked",
        "Attachments…",
        "Dates…",
        "Evaluate…",
        "Links…",
        "Disseminate…",
        "Print…",
    ]


def test_nothing_is_squeezed_by_what_changed_while_a_page_stood_in_front(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.resize(250, 400)
    inspector.show_marking(marking("DR", "S", "NP", "S-SF"))
    qtbot.wait(1)
    inspector.hide()
    inspector.show_marking(marking("S", "S COMMUNICABLE À CAN GBR", "S COMMUNICABLE À CAN", "S-SF", "S", "S"))
    inspector.show()
    QApplication.processEvents()

    shown = [one for one in inspector.findChildren(QWidget) if one.isVisible() and one.layout() is None]
    parts = [one for one in shown if isinstance(one, QPushButton | QLabel)]
    assert {one.accessibleName() for one in parts if isinstance(one, QPushButton)} >= {"Go to § 3", "Go to § 5"}
    squeezed = [
        one.text()
        for one in parts
        if one.height() < one.minimumSizeHint().height()
        or (one.hasHeightForWidth() and one.height() < one.heightForWidth(one.width()))
        or (holder := one.parentWidget()) is None
        or not holder.rect().contains(one.geometry())
    ]
    assert squeezed == []
