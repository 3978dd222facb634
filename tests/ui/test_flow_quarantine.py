"""Packages that wait: what is told when they come, the list of them, checked anew, accepted, dropped."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cloison.actions.cards import add_contact
from cloison.actions.compartments import named_compartment
from cloison.actions.open_package import look_at, receiver
from cloison.actions.quarantine import quarantined
from cloison.actions.registers import lines
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.dissemination.checks import Milestone
from cloison.registers.facts import Kind
from cloison.ui.arrivals.checks import Found, checklist_so_far
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.arrivals.reception import Stage
from cloison.ui.clerk import Clerk
from cloison.ui.notice import Tone
from cloison.ui.quarantine.page import QuarantinePage
from cloison.ui.two_lines import DETAIL_ROLE
from cloison.ui.window.values import Flow
from cloison.wording.catalogue import Catalogue
from cloison_crypto.identity import fingerprint_text
from desks import Desks
from office import PARTNER, READER, RECEIVED, Office, opened
from service import Clock, words_for, write_marked

Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def package(office: Office, tmp_path: Path, clock: Clock) -> Path:
    """A note of the partner's, sealed to the reader, whose directory does not know the partner."""
    partner = opened(office.partner, clock)
    added = add_contact(partner, office.card(READER).read_bytes())
    note = write_marked(partner, named_compartment(partner, RECEIVED), "[DR] Demande", ("[DR] Texte.",))
    (sealed,) = seal_note(partner, note.uid, [added.id], tmp_path, options=SealOptions(), words_for=words_for)
    partner.vault.close()
    return sealed.path


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.reader)


@pytest.fixture
def receiving(clerk: Clerk, qtbot: QtBot) -> ReceivePage:
    made = ReceivePage(clerk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.arrive()
    return made


@pytest.fixture
def held(receiving: ReceivePage, package: Path, qtbot: QtBot) -> ReceivePage:
    with qtbot.waitSignal(receiving.held, timeout=10_000):
        receiving.read(package)
    return receiving


def shown(clerk: Clerk, qtbot: QtBot, *, count: int) -> QuarantinePage:
    made = QuarantinePage(clerk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: len(made._held) == count and clerk.kit.runner.is_idle, timeout=10_000)
    return made


def test_a_package_of_a_stranger_waits_and_the_reader_is_told_what_to_do(
    held: ReceivePage, clerk: Clerk, asked: Ask
) -> None:
    assert held.notice.tone is Tone.BEWARE
    assert held.notice.sentence.startswith("Nobody in the directory has the key that signed this package: ")
    assert "It waits in quarantine" in held.notice.sentence
    assert [one.found for one in held._view.checks.checks][:2] == [Found.HOLDS, Found.FAILS]
    assert held._quarantine.isVisible()
    assert not held._accept.isVisible()
    assert str(held._files.item(0).data(DETAIL_ROLE)) == "in quarantine"
    assert held.shown_label is None
    assert len(asked(clerk, quarantined)) == 1  # type: ignore[arg-type]


def test_the_list_says_why_which_key_when_and_how_large(
    held: ReceivePage, clerk: Clerk, office: Office, package: Path, qtbot: QtBot
) -> None:
    page = shown(clerk, qtbot, count=1)

    why, sender, key, arrived, size = (one.text() for one in page.details.lines.values())
    assert (why, sender) == ("sender not known here", "not known here")
    assert fingerprint_text(next(iter(page._held.values())).key_id) == key
    assert key.count(" ") == 12
    assert arrived.startswith("2026-")
    assert size == f"{-(-package.stat().st_size // 1024)} KiB"
    assert page.details.advice.text().endswith("Add the sender’s card, then accept it from there.")
    assert page.list.item(0).text().startswith("Arrived 2026-")
    assert not page.notice.isVisible()


def test_once_the_card_is_there_it_is_marked_checked_anew_and_accepted(
    held: ReceivePage, clerk: Clerk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    asked(clerk, lambda session: add_contact(session, office.card(PARTNER).read_bytes()))
    page = shown(clerk, qtbot, count=1)
    qtbot.waitUntil(lambda: page.notice.isVisible())
    assert page.notice.sentence.startswith("1 package in quarantine would open now.")
    assert str(page.list.item(0).data(DETAIL_ROLE)) == "would open now"
    assert page.focusWidget() is page.list
    assert page.list.item(0).text() == PARTNER
    assert page.details.advice.text().startswith("What it waited for has come")

    with qtbot.waitSignal(page.check_asked) as wanted:
        page.check.click()
    held.take_held(wanted.args[0])
    qtbot.waitUntil(lambda: held._accept.isEnabled(), timeout=10_000)
    assert held._present is not None
    assert (held._present.name, held._present.stage) == (f"Quarantine: {PARTNER}", Stage.CHECKED)
    with qtbot.waitSignal(held.received):
        held._accept.click()

    assert asked(clerk, quarantined) == ()
    assert asked(clerk, lambda session: len(lines(session, Kind.ARRIVAL))) == 1


def test_checked_too_early_it_goes_on_waiting(held: ReceivePage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    found = asked(clerk, quarantined)
    with qtbot.waitSignal(held.held, timeout=10_000):
        held.take_held(found)  # type: ignore[arg-type]

    assert [one.stage for one in held._reception.packages] == [Stage.HELD, Stage.HELD]
    assert asked(clerk, quarantined) == found


def test_a_package_is_dropped_only_after_a_second_word(
    held: ReceivePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    page = shown(clerk, qtbot, count=1)
    page.activateWindow()
    page.drop.click()
    assert page.bar.isVisible()
    assert len(asked(clerk, quarantined)) == 1  # type: ignore[arg-type]
    QTest.keyClick(page.bar.keep, Qt.Key.Key_Escape)
    assert not page.bar.isVisible()

    page.drop.click()
    with qtbot.waitSignal(page.changed):
        page.bar.drop.click()
    qtbot.waitUntil(lambda: page._empty.isVisible())

    assert asked(clerk, quarantined) == ()
    assert page.notice.sentence == "The package was dropped. Nothing of it is left here."
    assert not page.check.isVisible()


def test_everything_has_a_name(held: ReceivePage, clerk: Clerk, qtbot: QtBot) -> None:
    page = shown(clerk, qtbot, count=1)

    buttons = page.findChildren(QAbstractButton)
    assert [one.text() for one in buttons if not one.accessibleName()] == []


def test_the_rail_counts_what_waits_and_leads_there(desks: Desks, office: Office, package: Path, qtbot: QtBot) -> None:
    desk = desks.open(office.reader)
    desk.receive(package)
    rail = desk.frame.rail._flows[Flow.QUARANTINE]
    qtbot.waitUntil(lambda: rail.accessibleName() == "Quarantine, 1 waiting", timeout=10_000)
    page = desk.pages.page
    assert isinstance(page, ReceivePage)

    page._quarantine.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, QuarantinePage))
    waiting = desk.pages.page
    assert isinstance(waiting, QuarantinePage)
    qtbot.waitUntil(lambda: len(waiting._held) == 1)
    waiting.check.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, ReceivePage))
    again = desk.pages.page
    assert isinstance(again, ReceivePage)
    qtbot.waitUntil(lambda: again._present is not None and again._present.stage is Stage.HELD, timeout=10_000)


@pytest.mark.parametrize(
    ("milestone", "expected"),
    [
        (None, "???????"),
        (Milestone.OPENED, "+??????"),
        (Milestone.SENDER_KNOWN, "++?????"),
        (Milestone.IS_NEW, "++?+???"),
        (Milestone.ADMITTED, "++++++?"),
    ],
    ids=["nothing", "opened", "sender", "new", "admitted"],
)
def test_the_list_fills_as_checks_pass(milestone: Milestone | None, expected: str) -> None:
    letters = {Found.HOLDS: "+", Found.FAILS: "x", Found.NOT_LOOKED_AT: "?"}

    so_far = checklist_so_far(milestone, Catalogue.load("en"))

    assert "".join(letters[one.found] for one in so_far) == expected


def test_milestones_are_passed_in_order(
    receiving: ReceivePage, package: Path, clerk: Clerk, office: Office, asked: Ask
) -> None:
    def watched(session: Session) -> list[Milestone]:
        add_contact(session, office.card(PARTNER).read_bytes())
        passed: list[Milestone] = []
        look_at(package, replace(receiver(session), passed=passed.append))
        return passed

    assert asked(clerk, watched) == list(Milestone)
