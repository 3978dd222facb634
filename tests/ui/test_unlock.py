"""The unlock screen against real vaults: one field, one sentence, a delay that grows, the recovery code beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.members import add_member
from cloison.actions.session import Session
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.notice import Tone
from cloison.ui.tasks import Where
from cloison.ui.unlock import passphrase_field
from cloison.ui.unlock.delays import LONGEST, seconds_after
from cloison.ui.unlock.keyboard import Keyboard, caps_lock_from
from cloison.ui.unlock.opening import MemberWays
from cloison.ui.unlock.screen import UnlockScreen
from cloison.ui.unlock.way import Way
from cloison_crypto.slots import LOWEST
from office import OFFICER, PASSPHRASE, Office
from office import opened as opened_now
from service import Clock


@pytest.fixture
def show(kit: Kit, qtbot: QtBot) -> Iterator[Callable[[Path], UnlockScreen]]:
    """Shows the unlock screen of a vault; what it opens is closed at the end."""
    opened: list[Session] = []

    def shown(vault: Path) -> UnlockScreen:
        made = UnlockScreen(kit, vault)
        qtbot.addWidget(made)
        made.unlocked.connect(keep)
        made.show()
        made.activateWindow()
        return made

    def keep(session: Session, by_recovery: bool) -> None:
        opened.append(session)

    yield shown
    for session in opened:
        with qtbot.waitCallback() as closed:
            kit.runner.start(Where.RECORDS, partial(close, session), owner=kit.runner, then=closed)


def close(session: Session, task: Task) -> None:
    session.vault.close()


@pytest.fixture
def screen(show: Callable[[Path], UnlockScreen], office: Office) -> UnlockScreen:
    return show(office.officer)


def test_the_focus_is_in_the_passphrase(screen: UnlockScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.fields.passphrase.line.hasFocus())
    assert screen.fields.passphrase.line.echoMode() is screen.fields.passphrase.line.EchoMode.Password


def test_the_passphrase_and_return_unlock(screen: UnlockScreen, office: Office, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.unlocked) as unlocked:
        QTest.keyClicks(screen.fields.passphrase.line, PASSPHRASE)
        QTest.keyClick(screen.fields.passphrase.line, Qt.Key.Key_Return)

    session, by_recovery = unlocked.args
    assert session.vault.member.alias == OFFICER
    assert not by_recovery
    assert screen.fields.passphrase.text == ""


def test_the_first_of_several_members_can_type_at_once(
    show: Callable[[Path], UnlockScreen], office: Office, clock: Clock, qtbot: QtBot
) -> None:
    session = opened_now(office.officer, clock)
    add_member(session, "Adjoint", passphrase=bytearray(b"x"), cost=LOWEST)
    session.vault.close()
    screen = show(office.officer)

    with qtbot.waitSignal(screen.unlocked) as unlocked:
        QTest.keyClicks(screen.fields.passphrase.line, PASSPHRASE)
        QTest.keyClick(screen.fields.passphrase.line, Qt.Key.Key_Return)

    assert unlocked.args[0].vault.member.alias == OFFICER


def test_a_wrong_one_is_one_sentence_and_a_wait(screen: UnlockScreen, qtbot: QtBot) -> None:
    screen.fields.passphrase.line.setText("not this one")
    screen._try()

    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence == "This passphrase does not open the vault."
    assert screen.notice.tone is Tone.REFUSED
    assert screen.fields.passphrase.text == ""
    assert not screen._open.isEnabled()
    assert screen._open.text() == "Unlock in 1 s"


def test_nothing_is_tried_while_waiting_and_then_it_is(screen: UnlockScreen, office: Office, qtbot: QtBot) -> None:
    screen.fields.passphrase.line.setText("not this one")
    screen._try()
    qtbot.waitUntil(lambda: screen.notice.isVisible())
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen._try()
    assert not screen._is_at_work

    qtbot.waitUntil(screen._open.isEnabled, timeout=3000)
    with qtbot.waitSignal(screen.unlocked):
        screen._try()


def test_delays_grow_up_to_half_a_minute() -> None:
    assert [seconds_after(failures) for failures in range(8)] == [0, 1, 2, 4, 8, 16, LONGEST, LONGEST]


def test_the_recovery_code_opens_too(screen: UnlockScreen, office: Office, qtbot: QtBot) -> None:
    screen.fields.button(Way.RECOVERY).click()
    screen.fields.recovery.line.setText(office.recovery_code.lower().replace("-", " "))

    with qtbot.waitSignal(screen.unlocked) as unlocked:
        QTest.keyClick(screen.fields.recovery.line, Qt.Key.Key_Return)

    assert unlocked.args[1]


@pytest.mark.parametrize("typed", ["AAAA-BBBB", "é"])
def test_a_recovery_code_that_is_none_is_refused_in_its_own_words(
    screen: UnlockScreen, qtbot: QtBot, typed: str
) -> None:
    screen.fields.choose(Way.RECOVERY)
    screen.fields.recovery.line.setText(typed)
    screen._try()

    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence == "This recovery code does not open the vault."


def test_a_folder_that_is_no_vault_is_said_without_a_delay(
    show: Callable[[Path], UnlockScreen], tmp_path: Path, qtbot: QtBot
) -> None:
    screen = show(tmp_path)
    screen.fields.passphrase.line.setText("anything")
    screen._try()

    qtbot.waitUntil(lambda: screen.notice.isVisible())

    assert screen.notice.sentence.startswith("This folder is not a vault.")
    assert screen._open.isEnabled()


def test_one_member_is_not_asked_who_they_are(screen: UnlockScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen._kit.runner.is_idle)
    qtbot.wait(20)
    assert not screen._who.isVisible()


def test_several_members_choose_their_name(
    show: Callable[[Path], UnlockScreen], office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cloison.ui.unlock.screen.members_of",
        lambda vault: tuple(MemberWays(alias=alias, ways=(Way.PASSPHRASE,)) for alias in ("Anne", OFFICER)),
    )
    screen = show(office.officer)
    qtbot.waitUntil(lambda: screen._who.isVisible())
    screen._alias.setCurrentText(OFFICER)
    screen.fields.passphrase.line.setText(PASSPHRASE)

    with qtbot.waitSignal(screen.unlocked):
        screen._try()


def test_who_opened_it_last_is_proposed(
    kit: Kit, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tuple(MemberWays(alias=alias, ways=ways) for alias, ways in (("Anne", (Way.CARD,)), (OFFICER, tuple(Way))))
    monkeypatch.setattr("cloison.ui.unlock.screen.members_of", lambda vault: both)
    screen = UnlockScreen(replace(kit, settings=replace(kit.settings, member=OFFICER)), office.officer)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen._who.isVisible())

    assert screen.chosen_member == OFFICER
    assert screen.fields.typed().way is Way.PASSPHRASE
    screen._alias.setCurrentText("Anne")
    assert screen.fields.typed().way is Way.CARD
    assert not screen.fields.button(Way.PASSPHRASE).isVisible()


def test_caps_lock_and_layout_are_shown(screen: UnlockScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_field, "keyboard", lambda: Keyboard(is_caps_lock_on=True, layout="FR"))

    screen.fields.passphrase.look_at_keyboard()

    assert screen.fields.passphrase._caps_lock.isVisible()
    assert screen.fields.passphrase._layout.text() == "Keyboard: FR"
    assert screen.fields.passphrase.line.accessibleDescription() == "Caps Lock is on. Keyboard: FR"


def test_caps_lock_is_worked_out_where_nobody_tells(screen: UnlockScreen, qtbot: QtBot) -> None:
    QTest.keyClick(screen.fields.passphrase.line, Qt.Key.Key_A)
    assert not screen.fields.passphrase._caps_lock.isVisible()

    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    screen.fields.passphrase.eventFilter(screen.fields.passphrase.line, press)

    assert screen.fields.passphrase._caps_lock.isVisible()


@pytest.mark.parametrize(
    ("text", "modifiers", "expected"),
    [
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("1", Qt.KeyboardModifier.NoModifier, None),
        ("", Qt.KeyboardModifier.NoModifier, None),
    ],
)
def test_a_letter_shows_caps_lock(text: str, modifiers: Qt.KeyboardModifier, expected: bool | None) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, text)
    assert caps_lock_from(event) is expected
