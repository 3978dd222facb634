"""The rail: compartments, flows, and what is read out of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import CompartmentLine
from cloison.ui.kit import Kit
from cloison.ui.window.rail import Rail
from cloison.ui.window.rail_button import RailButton
from cloison.ui.window.values import Flow


def line(name: str, *, notes: int | None) -> CompartmentLine:
    return CompartmentLine(id=name.lower(), name=name, notes=notes, ceiling=None, need_to_know=False, readers=())


@pytest.fixture
def rail(kit: Kit, qtbot: QtBot) -> Rail:
    made = Rail(kit)
    qtbot.addWidget(made)
    made.resize(200, 600)
    made.show_compartments([line("ALPHA", notes=3), line("BRAVO", notes=None)])
    made.show()
    return made


def entry(rail: Rail, name: str) -> RailButton:
    (found,) = [one for one in rail.findChildren(RailButton) if one.name == name and one.isVisibleTo(rail)]
    return found


def test_entries_are_read_out_with_what_stands_beside_them(rail: Rail) -> None:
    rail.show_counts({Flow.ARRIVALS: 2})

    assert entry(rail, "All notes").accessibleName() == "All notes, 3 notes"
    assert entry(rail, "ALPHA").accessibleName() == "ALPHA, 3 notes"
    assert entry(rail, "BRAVO").accessibleName() == "BRAVO, locked"
    assert entry(rail, "Arrivals").accessibleName() == "Arrivals, 2 waiting"
    assert entry(rail, "Copies").accessibleName() == "Copies"
    assert entry(rail, "Lock").accessibleName() == "Lock, Ctrl+L"


def test_an_open_compartment_is_where_one_is_once_chosen(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.compartment_chosen) as said:
        entry(rail, "ALPHA").click()

    assert said.args == ["alpha"]
    assert entry(rail, "ALPHA").isChecked()
    assert not entry(rail, "All notes").isChecked()


def test_a_locked_compartment_is_asked_for_and_not_entered(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.compartment_chosen) as said:
        entry(rail, "BRAVO").click()

    assert said.args == ["bravo"]
    assert entry(rail, "All notes").isChecked()
    assert not entry(rail, "BRAVO").isChecked()


def test_a_flow_is_where_one_is_only_when_it_is_shown(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.flow_chosen) as said:
        entry(rail, "Directory").click()
    assert said.args == [Flow.DIRECTORY]
    assert entry(rail, "All notes").isChecked()

    rail.show_flow(Flow.DIRECTORY)
    assert entry(rail, "Directory").isChecked()
    rail.show_flow(None)

    assert entry(rail, "All notes").isChecked()


def test_the_place_stays_when_the_compartments_are_listed_again(rail: Rail) -> None:
    rail.show_notes_of("alpha")

    rail.show_compartments([line("ALPHA", notes=4), line("BRAVO", notes=1)])

    assert entry(rail, "ALPHA").isChecked()
    assert entry(rail, "BRAVO").accessibleName() == "BRAVO, 1 note"


def test_a_long_name_is_cut_on_the_button_and_whole_in_its_tooltip(rail: Rail) -> None:
    name = "Opérations conjointes de la Baltique & du Nord"

    rail.show_compartments([line(name, notes=12)])
    rail.grab()

    assert entry(rail, name).text().endswith("…")
    assert "Baltique &amp; du Nord" in entry(rail, name).toolTip()


def test_on_a_low_window_no_way_is_cut_against_another_and_the_one_reached_is_in_sight(rail: Rail) -> None:
    rail.resize(200, 400)
    rail.grab()
    settings = entry(rail, "Settings")
    assert settings.visibleRegion().isEmpty()
    assert not entry(rail, "Lock").visibleRegion().isEmpty()

    rail.show_flow(Flow.SETTINGS)
    assert settings.visibleRegion().boundingRect() == settings.rect()
    rail.resize(200, 900)
    rail.resize(200, 400)
    assert settings.visibleRegion().boundingRect() == settings.rect()
    rail.show_notes_of(None)
    assert settings.visibleRegion().isEmpty()

    rail.activateWindow()
    entry(rail, "My access").setFocus()
    QTest.keyClick(entry(rail, "My access"), Qt.Key.Key_Tab)
    assert settings.hasFocus()
    assert settings.visibleRegion().boundingRect() == settings.rect()


def test_lock_asks_to_lock(rail: Rail, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rail.lock_asked):
        entry(rail, "Lock").click()
