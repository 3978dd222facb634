"""Searches behind the star and everything behind Ctrl+K, at a desk on a real vault."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cloison.actions.saved_searches import saved_searches
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.window.on_screen import Shown
from cloison.ui.window.values import Flow

Ask = Callable[[Clerk, Callable[[Session], object]], object]


def save(desk: Desk, typed: str, name: str, qtbot: QtBot) -> None:
    desk.frame.list.line.field.setText(typed)
    desk.searches.ask_name()
    desk.frame.list.saving.name.setText(name)
    QTest.keyClick(desk.frame.list.saving.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: name in [one.name for one in desk.searches.saved])


def press_ctrl_k(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitActive(desk.frame)
    QTest.keyClick(desk.frame, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)


def entries(desk: Desk) -> dict[str, bool]:
    menu = desk.searches.menu()
    found = {one.text(): one.isEnabled() for one in menu.actions()}
    menu.close()
    return found


def test_what_is_typed_is_saved_under_a_name_and_asked_again(desk: Desk, qtbot: QtBot) -> None:
    line = desk.frame.list.line
    assert entries(desk) == {"Save this search…": False}

    save(desk, "brest", "Livraison & site", qtbot)

    assert not desk.frame.list.saving.isVisible()
    assert desk.frame.page.notice.sentence == "The search “Livraison & site” was saved."
    assert line.star.accessibleName() == "Saved searches; this one is saved"
    line.field.clear()
    assert line.star.accessibleName() == "Saved searches"
    assert entries(desk) == {"Livraison && site": True, "Save this search…": False}
    desk.searches.ask(desk.searches.saved[0])
    assert line.query == "brest"
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    assert list(entries(desk))[-1] == "Remove “Livraison && site”"


def test_a_search_that_cannot_be_asked_is_refused_where_it_is_named(desk: Desk, qtbot: QtBot) -> None:
    desk.frame.list.line.field.setText("level:rouge")
    desk.searches.ask_name()
    desk.frame.list.saving.name.setText("Rouge")
    desk.frame.list.saving.save.click()

    qtbot.waitUntil(lambda: "names no level" in desk.frame.list.saving.name.accessibleDescription())

    assert desk.frame.list.saving.isVisible()
    QTest.keyClick(desk.frame.list.saving.name, Qt.Key.Key_Escape)
    assert not desk.frame.list.saving.isVisible()
    assert desk.frame.list.line.field.hasFocus()


def test_a_closed_compartment_takes_its_searches_out_of_sight(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    save(desk, "brest", "Livraison", qtbot)
    (compartment_id,) = desk.listing.open_ids

    asked(desk.clerk, lambda session: session.vault.close_compartment(compartment_id))
    desk.listing.refresh()

    qtbot.waitUntil(lambda: desk.searches.saved == ())
    assert "Livraison" not in [one.name for one in desk.commands.now()]


def test_a_saved_search_is_removed_and_the_notes_stay(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    save(desk, "brest", "Livraison", qtbot)

    desk.searches.menu().actions()[-1].trigger()

    qtbot.waitUntil(lambda: desk.searches.saved == ())
    assert asked(desk.clerk, lambda session: saved_searches(session)) == ()


def test_a_command_is_found_by_its_words_and_done_with_enter(desk: Desk, qtbot: QtBot) -> None:
    press_ctrl_k(desk, qtbot)
    bar = desk.frame.commands
    assert bar.isVisible()
    assert bar.field.hasFocus()

    QTest.keyClicks(bar.field, "quaran")
    assert [bar.list.item(row).text() for row in range(bar.list.count())] == ["Quarantine"]
    with qtbot.waitSignal(desk.frame.flow_chosen) as chosen:
        QTest.keyClick(bar.field, Qt.Key.Key_Return)

    assert chosen.args == [Flow.QUARANTINE]
    assert not bar.isVisible()
    assert bar.list.count() == 0


def test_the_bar_gives_the_focus_back_and_says_when_nothing_fits(desk: Desk, qtbot: QtBot) -> None:
    desk.frame.list.view.setFocus()
    press_ctrl_k(desk, qtbot)
    bar = desk.frame.commands

    QTest.keyClicks(bar.field, "xyz")
    assert bar._nothing.isVisible()
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.isVisible()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)

    assert QApplication.focusWidget() is desk.frame.list.view


def test_the_arrows_move_in_the_list_and_a_press_beside_leaves(desk: Desk, qtbot: QtBot) -> None:
    press_ctrl_k(desk, qtbot)
    bar = desk.frame.commands
    first = bar.list.present_id

    QTest.keyClick(bar.field, Qt.Key.Key_Down)

    assert bar.list.present_id != first
    assert bar.field.hasFocus()
    QTest.mouseClick(desk.frame, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_where_nothing_fits_notes_are_spoken_of_too_unless_only_an_answer_was_looked_for(desk: Desk) -> None:
    bar = desk.frame.commands
    desk.commands.show()
    bar.field.setText("introuvable")
    assert bar._nothing.isVisible()
    assert bar._nothing.text() == "No command and no note fits."

    bar.show_commands((), question="Which one?")
    assert bar._nothing.text() == "Nothing fits."


def test_notes_are_found_among_the_commands_with_their_marks(desk: Desk, qtbot: QtBot) -> None:
    press_ctrl_k(desk, qtbot)
    bar = desk.frame.commands
    seen: list[tuple[Shown, ...]] = []
    bar.seen_changed.connect(seen.append)

    QTest.keyClicks(bar.field, "entretien du")
    qtbot.waitUntil(lambda: bar.list.count() == 1)
    (shown,) = seen[-1]
    assert shown.label is not None
    assert shown.label.classification == "SECRET"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.writing.uid == desk.frame.list.rows.uid(0))
    assert seen[-1] == ()


def test_whoever_goes_on_elsewhere_leaves_the_bar(desk: Desk, qtbot: QtBot) -> None:
    press_ctrl_k(desk, qtbot)

    desk.frame.list.line.field.setFocus()

    assert not desk.frame.commands.isVisible()
    assert desk.frame.list.line.field.hasFocus()
