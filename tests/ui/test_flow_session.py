"""The session process: from door to desk and to the end, on real vaults, the exit taken by the test."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from cloison import supervisor
from cloison.actions.backup import make_backup
from cloison.settings.errors import UnknownSettingError
from cloison.settings.files import load
from cloison.settings.places import Places
from cloison.supervisor import LOCKED
from cloison.ui.application import speak_qt
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.desk.desk import Desk
from cloison.ui.ending import LEFT
from cloison.ui.first_run.wizard import FirstRun
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice
from cloison.ui.person.passphrase_page import PassphrasePage
from cloison.ui.pick import pick_file, pick_folder
from cloison.ui.process import SessionProcess
from cloison.ui.restore.screen import RestoreScreen
from cloison.ui.unlock.opening import MemberWays
from cloison.ui.unlock.screen import UnlockScreen
from cloison.ui.unlock.way import Way
from cloison.wording.catalogue import Catalogue
from cloison_crypto.slots import LOWEST
from office import OFFICER, PASSPHRASE, Office, opened
from service import Clock

Start = Callable[[Path | None], SessionProcess]


@pytest.fixture
def where(tmp_path: Path) -> Places:
    return Places(person=tmp_path / "settings.toml", machine=tmp_path / "machine.toml", vaults=tmp_path)


@pytest.fixture
def start(kit: Kit, where: Places, ended: list[int], qtbot: QtBot) -> Iterator[Start]:
    made: list[SessionProcess] = []

    def started(vault: Path | None) -> SessionProcess:
        process = SessionProcess(kit, where, vault=vault, cost=LOWEST, end=ended.append)
        qtbot.addWidget(process.door)
        made.append(process)
        process.show()
        process.door.activateWindow()
        return process

    yield started
    for process in made:
        if process.desk is not None:
            qtbot.addWidget(process.desk.frame)
            if not process.ending.is_ending:
                process.ending.leave()
            qtbot.waitUntil(lambda: bool(ended))
        QApplication.instance().removeEventFilter(process.watch)  # type: ignore[union-attr]
        process.deleteLater()


def unlocked(start: Start, office: Office, qtbot: QtBot) -> tuple[SessionProcess, Desk]:
    process = start(office.officer)
    screen = process.door.currentWidget()
    assert isinstance(screen, UnlockScreen)
    QTest.keyClicks(screen.fields.passphrase.line, PASSPHRASE)
    QTest.keyClick(screen.fields.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: process.desk is not None)
    desk = process.desk
    assert desk is not None
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    return process, desk


def test_a_vault_is_unlocked_and_its_notes_are_there(start: Start, office: Office, qtbot: QtBot) -> None:
    process, desk = unlocked(start, office, qtbot)

    assert desk.frame.isVisible()
    assert not process.door.isVisible()


def test_without_a_vault_the_first_run_begins(start: Start) -> None:
    assert isinstance(start(None).door.currentWidget(), FirstRun)


def test_ctrl_l_keeps_the_draft_closes_the_vault_and_ends(
    start: Start, office: Office, ended: list[int], clock: Clock, qtbot: QtBot
) -> None:
    _, desk = unlocked(start, office, qtbot)
    desk.frame.list.view.setCurrentIndex(desk.frame.list.rows.index(0))
    qtbot.waitUntil(lambda: desk.writing.uid is not None)
    desk.editor.go_to(1)
    QTest.keyClicks(desk.editor.view, "Juste avant. ")
    QTest.keyClick(desk.editor.view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not desk.frame.isVisible()
    qtbot.waitUntil(lambda: ended == [LOCKED])
    session = opened(office.officer, clock)
    draft = session.find_note(office.note)[0].drafts.get(office.note)
    session.vault.close()
    assert draft is not None
    assert draft.portions[0].text.startswith("Juste avant. ")


def test_the_button_in_the_rail_locks_too(start: Start, office: Office, ended: list[int], qtbot: QtBot) -> None:
    _, desk = unlocked(start, office, qtbot)
    desk.frame.rail._lock.click()

    qtbot.waitUntil(lambda: ended == [LOCKED])


def test_nobody_there_for_long_enough_locks(start: Start, office: Office, ended: list[int], qtbot: QtBot) -> None:
    process, _ = unlocked(start, office, qtbot)
    process.watch.idled.emit()

    qtbot.waitUntil(lambda: ended == [LOCKED])


def test_an_idle_unlock_screen_is_left_alone(start: Start, office: Office, ended: list[int], qtbot: QtBot) -> None:
    process = start(office.officer)
    process.watch.idled.emit()
    qtbot.wait(20)

    assert ended == []


def test_the_panic_chord_ends_at_once(start: Start, office: Office, ended: list[int], qtbot: QtBot) -> None:
    _, desk = unlocked(start, office, qtbot)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.editor.view, Qt.Key.Key_L, modifiers)

    assert ended == [LOCKED]


def test_closing_the_window_leaves_for_good(start: Start, office: Office, ended: list[int], qtbot: QtBot) -> None:
    _, desk = unlocked(start, office, qtbot)
    desk.frame.close()

    qtbot.waitUntil(lambda: ended == [LEFT])


def test_closing_the_door_leaves_for_good(start: Start, office: Office, ended: list[int]) -> None:
    start(office.officer).door.close()
    assert ended == [LEFT]


def test_the_end_of_the_desktop_session_locks(start: Start, office: Office, ended: list[int], qtbot: QtBot) -> None:
    process, _ = unlocked(start, office, qtbot)
    process.lock_at_logout()

    qtbot.waitUntil(lambda: ended == [LOCKED])


def test_a_file_handed_in_while_locked_waits_for_the_desk(
    start: Start, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "handed.pli"
    file.write_bytes(b"no package")
    note = supervisor.hand_over(office.officer / "inbox", file)
    _, desk = unlocked(start, office, qtbot)

    assert not note.exists()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, ReceivePage))


def test_a_file_handed_in_while_open_is_received(start: Start, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    _, desk = unlocked(start, office, qtbot)
    file = tmp_path / "handed.pli"
    file.write_bytes(b"no package")
    supervisor.hand_over(office.officer / "inbox", file)

    qtbot.waitUntil(lambda: isinstance(desk.pages.page, ReceivePage))
    page = desk.pages.page
    assert isinstance(page, ReceivePage)
    qtbot.waitUntil(lambda: page.notice.isVisible())


def test_the_recovery_code_leads_to_a_new_passphrase(start: Start, office: Office, qtbot: QtBot) -> None:
    process = start(office.officer)
    screen = process.door.currentWidget()
    assert isinstance(screen, UnlockScreen)
    screen.fields.choose(Way.RECOVERY)
    screen.fields.recovery.line.setText(office.recovery_code)
    screen._try()
    qtbot.waitUntil(lambda: process.desk is not None)

    assert process.desk is not None
    assert isinstance(process.desk.pages.page, PassphrasePage)


def test_a_restore_ends_with_which_vault_this_is_now_below_the_note_left_behind(
    start: Start, office: Office, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    session = opened(office.officer, clock)
    compartment, found = session.find_note(office.note)
    compartment.drafts.save(found.note)
    make_backup(session, tmp_path / "medium", step=lambda done, total: None)
    session.vault.close()
    process = start(None)
    process.door.currentWidget().restore_asked.emit()  # type: ignore[union-attr]
    screen = process.door.currentWidget()
    assert isinstance(screen, RestoreScreen)
    screen.source.set_folder(tmp_path / "medium")
    qtbot.waitUntil(screen.go.isEnabled, timeout=20_000)
    name = Path(screen.target.text()).stem
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen.go.click()
    qtbot.waitUntil(lambda: process.desk is not None and process.desk.writing.uid == office.note, timeout=20_000)

    desk = process.desk
    assert desk is not None
    qtbot.waitUntil(lambda: bool(desk.frame.page.notice.sentence))
    assert f"the vault “{name}” now" in desk.frame.page.notice.sentence
    assert "begins a new life: its packages are numbered anew" in desk.frame.page.notice.sentence
    assert desk.frame.page.is_note_shown


def test_the_first_run_ends_at_a_desk_with_a_note_begun_and_is_remembered(
    start: Start, where: Places, tmp_path: Path, qtbot: QtBot
) -> None:
    process = start(None)
    wizard = process.door.currentWidget()
    assert isinstance(wizard, FirstRun)
    wizard._advance()
    wizard._advance()
    QTest.keyClicks(wizard._person._name, "Jeanne Martin")
    wizard._advance()
    for field in (wizard._passphrase._new._first, wizard._passphrase._new._again):
        field.line.setText("abeille barrage citron dormir effacer")
    wizard._advance()
    qtbot.waitUntil(lambda: wizard._made is not None, timeout=10_000)
    sheet = wizard._pages.currentWidget()._sheet  # type: ignore[union-attr]
    for number, line in zip(sheet.asked, sheet._lines, strict=True):
        line.setText(sheet._groups[number])
    wizard._advance()
    qtbot.waitUntil(lambda: process.desk is not None and process.desk.writing.compartment_id is not None)

    assert process.desk is not None
    assert process.desk.frame.page.is_note_shown
    assert load(where.person, where.machine).vault == tmp_path / "jeanne-martin.cloison"


def test_the_language_chosen_is_spoken_at_once_and_remembered(start: Start, where: Places, qtbot: QtBot) -> None:
    process = start(None)
    french = next(one for one in process.door.findChildren(QRadioButton) if one.text() == "Français")
    french.click()

    wizard = process.door.currentWidget()
    assert isinstance(wizard, FirstRun)
    assert wizard._next.text() == "Continuer"
    assert load(where.person, where.machine).language == "fr"


def test_another_vault_is_picked_in_a_dialog_that_blocks_nothing(
    start: Start, office: Office, where: Places, qtbot: QtBot
) -> None:
    process = start(office.reader)
    screen = process.door.currentWidget()
    assert isinstance(screen, UnlockScreen)
    screen.other_vault_asked.emit()
    dialog = process.door.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(office.officer))
    other = process.door.currentWidget()
    assert isinstance(other, UnlockScreen)
    other.fields.passphrase.line.setText(PASSPHRASE)
    other._try()
    qtbot.waitUntil(lambda: process.desk is not None)

    assert load(where.person, where.machine).vault == office.officer


def test_who_of_several_opened_it_is_remembered(
    start: Start, office: Office, where: Places, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tuple(MemberWays(alias=alias, ways=(Way.PASSPHRASE,)) for alias in ("Anne", OFFICER))
    monkeypatch.setattr("cloison.ui.unlock.screen.members_of", lambda vault: both)
    process = start(office.officer)
    screen = process.door.currentWidget()
    assert isinstance(screen, UnlockScreen)
    qtbot.waitUntil(lambda: screen._who.isVisible())
    screen._alias.setCurrentText(OFFICER)
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen._try()
    qtbot.waitUntil(lambda: process.desk is not None)

    assert load(where.person, where.machine).member == OFFICER


def test_a_vault_given_as_an_argument_is_not_remembered(
    start: Start, office: Office, where: Places, qtbot: QtBot
) -> None:
    unlocked(start, office, qtbot)
    assert not where.person.exists()


def test_a_setting_that_is_locked_is_left_alone(
    kit: Kit, where: Places, ended: list[int], qtbot: QtBot, tmp_path: Path
) -> None:
    where.machine.write_text("[locked]\nlanguage = 'en'\n", encoding="utf-8")
    locked = replace(kit, settings=load(where.person, where.machine))
    process = SessionProcess(locked, where, vault=None, cost=LOWEST, end=ended.append)
    qtbot.addWidget(process.door)
    process.show()
    process.door.language_chosen.emit("fr")

    assert not where.person.exists()
    QApplication.instance().removeEventFilter(process.watch)  # type: ignore[union-attr]


def test_a_wrong_settings_file_is_said_and_nothing_is_opened(
    kit: Kit, where: Places, ended: list[int], qtbot: QtBot
) -> None:
    fault = UnknownSettingError(where.person, "langage")
    process = SessionProcess(kit, where, vault=None, fault=fault, end=ended.append)
    qtbot.addWidget(process.door)
    process.show()

    notice = process.door.findChild(Notice)
    assert notice is not None
    assert "langage" in notice.sentence
    QApplication.instance().removeEventFilter(process.watch)  # type: ignore[union-attr]


def test_a_vault_another_session_has_open_is_said(start: Start, office: Office, clock: Clock, qtbot: QtBot) -> None:
    held = opened(office.officer, clock)
    process = start(office.officer)
    screen = process.door.currentWidget()
    assert isinstance(screen, UnlockScreen)
    screen.fields.passphrase.line.setText(PASSPHRASE)
    screen._try()
    qtbot.waitUntil(lambda: screen.notice.isVisible())
    held.vault.close()

    assert screen.notice.sentence.startswith("The vault is open in another window or command.")
    assert screen._open.isEnabled()


@pytest.mark.parametrize("pick", ["folder", "file"])
def test_dialogs_are_our_own_and_not_modal_to_the_application(qtbot: QtBot, tmp_path: Path, pick: str) -> None:
    asker = QWidget()
    qtbot.addWidget(asker)
    chosen: list[Path] = []
    words = Catalogue.load("fr")
    dialog = (
        pick_folder(asker, words, "Where", chosen.append)
        if pick == "folder"
        else pick_file(asker, words, "Which", "Packages (*.pli)", chosen.append)
    )

    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.windowModality() is not Qt.WindowModality.ApplicationModal
    dialog.fileSelected.emit(str(tmp_path))
    assert chosen == [tmp_path]
    assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "Chercher dans\u00a0:"
    dialog.close()


def test_qt_speaks_french(qapp: QApplication) -> None:
    speak_qt(qapp, "fr")

    assert qapp.translate("QPlatformTheme", "Cancel") == "Annuler"
    for translator in qapp.children():
        if type(translator).__name__ == "QTranslator":
            qapp.removeTranslator(translator)  # type: ignore[arg-type]
