"""Members and compartments in the window: one more, read in and out, confirmed, removed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import list_compartments
from cloison.actions.members import add_member
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.members.new_member_page import NewMemberPage
from cloison.ui.members.page import MembersPage
from cloison.ui.window.values import Flow
from cloison.vault.opening import read_members
from cloison_crypto.identity import Identity, fingerprint_text
from cloison_crypto.slots import LOWEST
from office import COMPARTMENT, OFFICER, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]
DEPUTY = "Adjoint"
GOOD = "abeille barrage citron dormir effacer"


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


@pytest.fixture
def shared(clerk: Clerk, asked: Ask) -> Clerk:
    """The vault with a deputy in it."""
    asked(clerk, lambda session: add_member(session, DEPUTY, passphrase=bytearray(b"x"), cost=LOWEST))
    return clerk


@pytest.fixture
def page(shared: Clerk, qtbot: QtBot) -> MembersPage:
    return at_the_deputy(shared, qtbot)


def at_the_deputy(clerk: Clerk, qtbot: QtBot) -> MembersPage:
    made = MembersPage(clerk)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: made.list.count() > 1)
    made.list.setCurrentRow(1)
    return made


def readers(clerk: Clerk, asked: Ask) -> object:
    return asked(clerk, lambda session: [one.readers for one in list_compartments(session)])


def test_a_member_is_made_and_their_recovery_code_typed_back(clerk: Clerk, office: Office, qtbot: QtBot) -> None:
    page = NewMemberPage(clerk, cost=LOWEST)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    page.add.click()
    assert page._name.control is page.name

    page.name.setText(f"  {DEPUTY} ")
    page.passphrase._first.line.setText(GOOD)
    page.passphrase._again.line.setText(GOOD)
    page.add.click()
    qtbot.waitUntil(lambda: page._sheet is not None, timeout=10_000)
    page.leave()
    sheet = page._sheet
    assert sheet is not None
    assert page.notice.sentence == "Type the two groups of the new recovery code first."
    for number, line in zip(sheet.asked, sheet._lines, strict=True):
        line.setText(sheet._groups[number])
    with qtbot.waitSignal(page.added) as added:
        page.finish.click()

    assert added.args == [f"{DEPUTY} is a member of the vault, with keys of their own."]
    assert read_members(office.officer) == (OFFICER, DEPUTY)


def test_a_name_that_is_taken_is_refused(shared: Clerk, qtbot: QtBot) -> None:
    page = NewMemberPage(shared, cost=LOWEST)
    qtbot.addWidget(page)
    page.show()
    page.name.setText(DEPUTY)
    page.passphrase._first.line.setText(GOOD)
    page.passphrase._again.line.setText(GOOD)

    page.add.click()

    qtbot.waitUntil(lambda: bool(page.notice.sentence))
    assert page.notice.sentence.startswith("There is a member “Adjoint” already.")
    assert page._form.isEnabled()


def test_a_member_is_read_in_and_out_of_a_compartment(
    page: MembersPage, shared: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    assert page.readers.read_in.isVisible()

    page.readers.read_in.click()
    qtbot.waitUntil(lambda: page.readers.read_out.isVisible())
    assert page.notice.sentence == f"{DEPUTY} is read into “{COMPARTMENT}”."
    assert readers(shared, asked) == [(OFFICER, DEPUTY)]
    page.readers.read_out.ask.click()
    assert "made before still open as they did" in page.readers.read_out.explained.text()
    page.readers.read_out.do.click()
    qtbot.waitUntil(lambda: page.readers.read_in.isVisible())

    assert page.notice.sentence == f"{DEPUTY} is read out of “{COMPARTMENT}”."
    assert readers(shared, asked) == [(OFFICER,)]


def test_a_member_is_removed_and_the_session_goes_on(
    page: MembersPage, shared: Clerk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    page.readers.read_in.click()
    qtbot.waitUntil(lambda: page.readers.read_out.isVisible())

    page.remove.ask.click()
    page.remove.do.click()
    qtbot.waitUntil(lambda: page.list.count() == 1)

    assert page.notice.sentence == f"{DEPUTY} is a member of the vault no longer."
    assert read_members(office.officer) == (OFFICER,)
    assert readers(shared, asked) == [(OFFICER,)]
    assert asked(shared, lambda session: session.vault.check()) == ()


def test_somebody_with_other_keys_is_handed_nothing_until_they_are_compared(
    shared: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    swapped = Identity.generate(os.urandom).public.fingerprint

    def swap(session: Session) -> bytes:
        member = session.vault.members.named(DEPUTY)
        session.vault._shared.execute("UPDATE members SET fingerprint = ? WHERE id = ?", (swapped, member.id))
        assert member.fingerprint is not None
        return member.fingerprint

    own = asked(shared, swap)
    page = at_the_deputy(shared, qtbot)

    assert page.state.text() == "Not who was known here"
    assert not page.readers.isVisible()
    assert not page.fingerprint.isVisible()
    assert isinstance(own, bytes)
    page.compare.line.setText(fingerprint_text(own))
    page.compare.compare.click()
    qtbot.waitUntil(lambda: shared.kit.runner.is_idle)
    assert not page.readers.isVisible()


def test_the_rail_leads_to_the_members_and_on_to_one_more(desk: Desk, qtbot: QtBot) -> None:
    desk.frame.rail._flows[Flow.MEMBERS].click()
    page = desk.pages.page
    assert isinstance(page, MembersPage)
    qtbot.waitUntil(lambda: page.list.count() == 1)

    page.add.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, NewMemberPage))
    new = desk.pages.page
    assert new is not None
    QTest.keyClick(new, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: desk.pages.page is None)
