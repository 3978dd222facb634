"""The other ways on the unlock screen: those the member has, each with its own fields and its own sentences."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.session import Session
from cloison.actions.ways import add_key_file, add_way, remove_way
from cloison.keystore.keystores import Keystores
from cloison.ui.clerk import Clerk
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.tasks import Where
from cloison.ui.unlock.screen import UnlockScreen
from cloison.ui.unlock.way import Way
from cloison.vault.unlocking import CardSecret, KeyringSecret, PassphraseSecret
from cloison_crypto.slots import LOWEST, CardSlot, KeyFileSlot, KeyringSlot, PassphraseSlot, RecoverySlot
from keystores import PIN, MemoryKeyring, SoftCard
from office import PASSPHRASE, Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]


class Bunch:
    """What one person may hold."""

    def __init__(self, folder: Path) -> None:
        self.keyring = MemoryKeyring()
        self.card = SoftCard()
        self.key_file = folder / "cle"
        self.passphrase = bytearray(PASSPHRASE.encode())

    def keystores(self) -> Keystores:
        return Keystores(keyring=lambda: self.keyring, card=lambda pin, _: self.card.with_pin(pin))

    def add_all(self, session: Session) -> None:
        by = PassphraseSecret(passphrase=self.passphrase)
        add_key_file(session, by=by, file=self.key_file)
        by_keyring = KeyringSecret(passphrase=self.passphrase, keyring=self.keyring)
        add_way(session, by=by, new=by_keyring, cost=LOWEST)
        add_way(session, by=by, new=CardSecret(passphrase=self.passphrase, card=self.card.with_pin(PIN)), cost=LOWEST)


@pytest.fixture
def bunch(tmp_path: Path) -> Bunch:
    return Bunch(tmp_path)


@pytest.fixture
def kit(kit: Kit, bunch: Bunch) -> Kit:
    return replace(kit, keystores=bunch.keystores)


@pytest.fixture
def furnished(clerk_of: Callable[[Path], Clerk], office: Office, bunch: Bunch, asked: Ask) -> Clerk:
    """The officer's vault with every way in, open."""
    clerk = clerk_of(office.officer)
    asked(clerk, bunch.add_all)
    return clerk


@pytest.fixture
def screen(furnished: Clerk, kit: Kit, office: Office, asked: Ask, qtbot: QtBot) -> Iterator[UnlockScreen]:
    """The unlock screen of that vault, once it knows the ways; what it opens is closed at the end."""
    asked(furnished, lambda session: session.vault.close())
    opened: list[Session] = []
    made = UnlockScreen(kit, office.officer)
    qtbot.addWidget(made)
    made.unlocked.connect(lambda session, by_recovery: opened.append(session))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: bool(made._members))
    yield made
    for session in opened:
        with qtbot.waitCallback() as closed:
            kit.runner.start(Where.RECORDS, partial(close, session), owner=kit.runner, then=closed)


def close(session: Session, task: Task) -> None:
    session.vault.close()


def test_the_window_names_every_kind_of_slot() -> None:
    kinds = (PassphraseSlot, KeyringSlot, CardSlot, KeyFileSlot, RecoverySlot)

    assert [way.value for way in Way] == [one.kind for one in kinds]


def test_one_field_comes_first_and_the_other_ways_are_a_click_away(screen: UnlockScreen) -> None:
    assert screen.fields.passphrase.isVisible()
    assert not screen.fields.pin.isVisible()
    assert not screen.fields.key_file.isVisible()
    assert [way for way in Way if screen.fields.button(way).isVisible()] == list(Way)[1:]


def test_the_keyring_opens_beside_the_passphrase(screen: UnlockScreen, qtbot: QtBot) -> None:
    screen.fields.button(Way.KEYRING).click()
    QTest.keyClicks(screen.fields.passphrase.line, PASSPHRASE)

    with qtbot.waitSignal(screen.unlocked) as unlocked:
        QTest.keyClick(screen.fields.passphrase.line, Qt.Key.Key_Return)

    assert unlocked.args[1] is False


def test_a_keyring_that_is_locked_says_so_and_another_way_opens(
    screen: UnlockScreen, bunch: Bunch, qtbot: QtBot
) -> None:
    bunch.keyring.is_locked = True
    screen.fields.button(Way.KEYRING).click()
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen._try()
    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence.startswith("The keyring of this machine is locked.")
    screen.fields.button(Way.PASSPHRASE).click()
    assert not screen.notice.isVisible()
    with qtbot.waitSignal(screen.unlocked):
        screen._try()


def test_the_card_asks_for_its_pin_after_the_passphrase(screen: UnlockScreen, qtbot: QtBot) -> None:
    screen.fields.button(Way.CARD).click()
    QTest.keyClicks(screen.fields.passphrase.line, PASSPHRASE)
    QTest.keyClick(screen.fields.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.fields.pin.line.hasFocus())
    assert screen.fields.pin.line.echoMode() is screen.fields.pin.line.EchoMode.Password

    with qtbot.waitSignal(screen.unlocked):
        QTest.keyClicks(screen.fields.pin.line, PIN)
        QTest.keyClick(screen.fields.pin.line, Qt.Key.Key_Return)


def test_a_refused_pin_is_not_sent_again(screen: UnlockScreen, bunch: Bunch, qtbot: QtBot) -> None:
    screen.fields.button(Way.CARD).click()
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen.fields.pin.line.setText("1111")
    screen._try()
    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence.startswith("The card refused the PIN.")
    assert screen.fields.pin.text == ""
    screen._try()
    assert not screen._is_at_work
    assert bunch.card.tries_left == 2


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (Way.KEYRING, "This passphrase does not open the vault with the keyring of this machine."),
        (Way.CARD, "This passphrase does not open the vault with this card."),
    ],
)
def test_a_wrong_passphrase_beside_a_second_factor_waits_as_any_other(
    screen: UnlockScreen, qtbot: QtBot, way: Way, sentence: str
) -> None:
    screen.fields.choose(way)
    screen.fields.passphrase.line.setText("not this one")
    screen.fields.pin.line.setText(PIN)
    screen._try()
    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence == sentence
    assert screen._open.text() == "Unlock in 1 s"


def test_the_key_file_opens(screen: UnlockScreen, bunch: Bunch, qtbot: QtBot) -> None:
    screen.fields.button(Way.KEY_FILE).click()
    screen.fields.key_file.line.setText(str(bunch.key_file))

    with qtbot.waitSignal(screen.unlocked):
        QTest.keyClick(screen.fields.key_file.line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (None, "The file “absent” is not there."),
        (b"a picture", "This is not a key file of Cloison, or it is damaged."),
        (bytes(5000), "This is not a key file of Cloison, or it is damaged."),
    ],
    ids=["not there", "something else", "too large"],
)
def test_what_is_no_key_file_is_said(
    screen: UnlockScreen, tmp_path: Path, qtbot: QtBot, content: bytes | None, beginning: str
) -> None:
    file = tmp_path / "absent"
    if content is not None:
        file.write_bytes(content)
    screen.fields.choose(Way.KEY_FILE)
    screen.fields.key_file.line.setText(str(file))
    screen._try()
    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence.startswith(beginning)
    assert screen._open.isEnabled()


def test_who_has_no_passphrase_alone_begins_with_what_they_have(
    furnished: Clerk, kit: Kit, office: Office, bunch: Bunch, asked: Ask, qtbot: QtBot
) -> None:
    def leave_the_keyring(session: Session) -> None:
        given = (
            KeyringSecret(passphrase=bunch.passphrase, keyring=bunch.keyring),
            CardSecret(passphrase=bunch.passphrase, card=bunch.card.with_pin(PIN)),
        )
        slots = {one.kind: one.id for one in session.vault.ways.slots()}
        remove_way(session, slots["passphrase"], given=given, may_fall=(slots["keyfile"], slots["recovery"]))
        session.vault.close()

    asked(furnished, leave_the_keyring)
    screen = UnlockScreen(kit, office.officer)
    qtbot.addWidget(screen)
    screen.show()
    screen.fields.passphrase.line.setText("typed before the ways are known")
    qtbot.waitUntil(lambda: bool(screen._members))

    assert screen.fields.way is Way.KEYRING
    assert screen.fields._beside.isVisible()
    assert screen.fields.passphrase.text == "typed before the ways are known"
    assert [way for way in Way if screen.fields.button(way).isVisible()] == [Way.CARD]
