"""My access: compartments opened, closed and made; another passphrase, and the new recovery code with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import list_compartments
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.ui.clerk import Clerk
from cloison.ui.kit import Kit
from cloison.ui.notice import Tone
from cloison.ui.person.access_page import AccessPage
from cloison.ui.person.passphrase_page import PassphrasePage
from cloison.ui.unlock.way import Way
from cloison.vault.errors import WrongPassphraseError
from cloison.vault.unlocking import PassphraseSecret, RecoverySecret, Secret
from cloison_crypto.slots import LOWEST
from office import COMPARTMENT, PASSPHRASE, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]
GOOD = "abeille barrage citron dormir effacer"


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


@pytest.fixture
def page(clerk: Clerk, qtbot: QtBot) -> AccessPage:
    made = AccessPage(clerk)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: made.list.count() == 1)
    return made


@pytest.fixture
def change(clerk: Clerk, qtbot: QtBot) -> PassphrasePage:
    return shown(clerk, qtbot, by_recovery=False)


def shown(clerk: Clerk, qtbot: QtBot, *, by_recovery: bool) -> PassphrasePage:
    made = PassphrasePage(clerk, by_recovery=by_recovery, cost=LOWEST)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.arrive()
    return made


def fill(page: PassphrasePage, old: str, new: str) -> None:
    page._old.present.line.setText(old)
    page._new._first.line.setText(new)
    page._new._again.line.setText(new)
    page._change.click()


def names(clerk: Clerk, asked: Ask) -> object:
    return asked(clerk, lambda session: {one.name: one.notes is not None for one in list_compartments(session)})


def test_a_compartment_is_closed_and_opened_again(page: AccessPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.compartments_changed):
        page.turn.click()
    assert names(clerk, asked) == {COMPARTMENT: False}
    assert page.notice.sentence == f"“{COMPARTMENT}” is closed: nothing of it can be read or searched."
    qtbot.waitUntil(lambda: page.turn.text() == "Open it")

    with qtbot.waitSignal(page.compartments_changed):
        page.turn.click()
    assert names(clerk, asked) == {COMPARTMENT: True}


def test_without_a_compartment_the_page_says_what_to_do_and_begins_with_the_form(
    clerk_of: Callable[[Path], Clerk], office: Office, qtbot: QtBot
) -> None:
    page = AccessPage(clerk_of(office.folder / "authority"))
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    page.arrive()
    qtbot.waitUntil(page.none.isVisible)

    assert not page.list.isVisible()
    assert not page.turn.isVisible()
    name = page.form.name
    assert name.visibleRegion().boundingRect() == name.rect()


def test_a_compartment_is_made_with_its_ceiling(page: AccessPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    page.form.name.setText("  Dossier   Bravo ")
    page.form.ceiling.setCurrentText("SECRET")
    page.form.need_to_know.setChecked(True)
    with qtbot.waitSignal(page.compartments_changed):
        QTest.keyClick(page.form.name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.list.count() == 2)
    assert names(clerk, asked) == {COMPARTMENT: True, "Dossier Bravo": True}
    about = page.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert about == "Dossier Bravo, open · up to SECRET · need to know"
    assert page.form.name.text() == ""


def test_the_identifier_of_a_compartment_that_needs_one_is_there_for_the_authority(
    page: AccessPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    assert not page.identifier.isVisible()
    page.form.name.setText("Dossier Beta")
    page.form.need_to_know.setChecked(True)
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.list.count() == 2)
    page.list.setCurrentRow(1)
    known = asked(clerk, lambda session: {one.name: one.id for one in list_compartments(session)})
    assert isinstance(known, dict)

    assert page.identifier.isVisible()
    assert page.identifier.text() == f"Identifier, for the authority that endorses: {known['Dossier Beta']}"


def test_a_compartment_without_a_name_is_not_made(page: AccessPage, clerk: Clerk, asked: Ask) -> None:
    QTest.keyClick(page.form.name, Qt.Key.Key_Return)

    assert page.form._name._below.text() == "Give the compartment a name."
    assert names(clerk, asked) == {COMPARTMENT: True}


def test_the_page_of_the_passphrase_is_led_to(page: AccessPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.passphrase_asked):
        page._passphrase.click()


def test_the_passphrase_is_changed_and_the_new_code_typed_back(
    change: PassphrasePage, clerk: Clerk, office: Office, kit: Kit, asked: Ask, qtbot: QtBot
) -> None:
    fill(change, PASSPHRASE, GOOD)
    qtbot.waitUntil(lambda: change._sheet is not None, timeout=10_000)
    sheet = change._sheet
    assert sheet is not None
    for number, line in zip(sheet.asked, sheet._lines, strict=True):
        line.setText(sheet._groups[number])
    with qtbot.waitSignals([change.changed, change.back_asked]):
        change.finish.click()

    code = "-".join(sheet._groups)
    asked(clerk, lambda session: session.vault.close())
    assert opens(office, kit, PassphraseSecret(passphrase=bytearray(GOOD.encode())))
    assert opens(office, kit, RecoverySecret(code=code))
    assert not opens(office, kit, PassphraseSecret(passphrase=bytearray(PASSPHRASE.encode())))
    assert not opens(office, kit, RecoverySecret(code=office.recovery_code))


def opens(office: Office, kit: Kit, secret: Secret) -> bool:
    try:
        session = unlock(
            office.officer,
            alias=None,
            secret=secret,
            settings=kit.settings,
            clock=kit.clock,
            randomness=kit.randomness,
        )
    except WrongPassphraseError:
        return False
    session.vault.close()
    return True


def test_the_page_is_not_left_before_the_code_is_typed_back(change: PassphrasePage, qtbot: QtBot) -> None:
    fill(change, PASSPHRASE, GOOD)
    qtbot.waitUntil(lambda: change._sheet is not None, timeout=10_000)

    with qtbot.assertNotEmitted(change.left):
        change.leave()
    with qtbot.assertNotEmitted(change.changed):
        change.finish.click()


def test_the_wrong_old_one_changes_nothing(
    change: PassphrasePage, office: Office, clerk: Clerk, kit: Kit, asked: Ask, qtbot: QtBot
) -> None:
    fill(change, "not this one", GOOD)
    qtbot.waitUntil(lambda: change.notice.isVisible(), timeout=10_000)

    assert change.notice.tone is Tone.REFUSED
    assert change._old.passphrase.text == ""
    assert change._form.isEnabled()
    asked(clerk, lambda session: session.vault.close())
    assert opens(office, kit, PassphraseSecret(passphrase=bytearray(PASSPHRASE.encode())))


def test_a_weak_new_one_is_not_taken(change: PassphrasePage) -> None:
    fill(change, PASSPHRASE, "azerty")

    assert change._new._fault.text() == "This passphrase is too easy to guess: make it longer."
    assert change._form.isEnabled()


def test_without_the_old_one_nothing_begins(change: PassphrasePage) -> None:
    fill(change, "", GOOD)
    assert change._form.isEnabled()


def test_the_recovery_code_serves_as_the_old_one(clerk: Clerk, office: Office, qtbot: QtBot) -> None:
    page = shown(clerk, qtbot, by_recovery=True)
    fill(page, office.recovery_code, GOOD)

    qtbot.waitUntil(lambda: page._sheet is not None, timeout=10_000)


def test_either_old_secret_can_be_chosen(change: PassphrasePage) -> None:
    change._old.button(Way.RECOVERY).click()
    assert change._old.recovery.isVisible()
    assert not change._old.passphrase.isVisible()

    change._old.button(Way.PASSPHRASE).click()
    assert change._old.passphrase.isVisible()
