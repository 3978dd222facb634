"""The flows of the window, played from the first run to the lock, with a picture at each stop."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from cloison.labels.library import PolicySet, built_in_file, built_in_policies
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison.settings.places import Places
from cloison.ui.desk.desk import Desk
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.kit import Kit
from cloison.ui.process import SessionProcess
from cloison.ui.window.values import Flow
from cloison_crypto.argon2 import LOWEST
from picture_attachments import attachments_flow
from picture_authority import authority_pictures
from picture_directory import directory_flows
from picture_editor import editor_flows
from picture_filing import filing_flow
from picture_health import health_flow, restore_flow
from picture_labels import label_flows
from picture_members import members_flow
from picture_receipts import answer_flow, consent_flow, requirements_flow
from picture_receiving import on_records, quarantine_flow, receiving_flow, stranger_package
from picture_sending import batch_flow, disseminate_flow
from picture_stage import HEIGHT, NARROW, WIDTH, Stage
from picture_ways import ways_flow

NOTE = "Détroit de Kessar"


@dataclass(frozen=True, kw_only=True)
class Vaults:
    """The vaults that are opened; the reader does not know the stranger."""

    officer: Path
    officer_passphrase: str
    reader: Path
    reader_passphrase: str
    reader_name: str
    authority: Path
    authority_passphrase: str
    stranger: Path
    stranger_passphrase: str


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What one round of pictures is taken of."""

    kit: Kit
    places: Places
    medium: Path
    vaults: Vaults


def start_flows(stage: Stage, scene: Scene) -> None:
    """The first run, up to its recovery code."""
    process = _start(stage, scene, None)
    door = process.door
    stage.shot(door, "first-run-1-language")
    stage.click(door, "Continue")
    stage.shot(door, "first-run-2-marks")
    stage.click(door, "Continue")
    stage.click(door, "An authority: it endorses the cards of others")
    stage.shot(door, "first-run-3-authority")
    stage.click(door, "My own notes, and what I exchange")
    stage.type(stage.find(door, QLineEdit, "Your name"), "Éléonore Marchand")
    stage.shot(door, "first-run-3-person")
    stage.click(door, "Continue")
    stage.type(stage.find(door, QLineEdit, "New passphrase"), "abeille barrage citron")
    stage.click(door, "Propose five words")
    stage.shot(door, "first-run-4-passphrase")
    stage.type(stage.find(door, QLineEdit, "New passphrase"), " dormir effacer")
    stage.type(stage.find(door, QLineEdit, "The same again"), "abeille barrage citron dormir effacer")
    stage.click(door, "Create the vault")
    stage.wait(lambda: _seen(door, "Finish"), "no recovery code")
    stage.shot(door, "first-run-5-recovery")
    door.hide()


def officer_flows(stage: Stage, scene: Scene) -> None:
    """The officer's day."""
    process = _start(stage, scene, scene.vaults.officer)
    stage.shot(process.door, "unlock")
    passphrase = stage.find(process.door, QLineEdit, "Passphrase")
    stage.type(passphrase, "not this one")
    stage.press(passphrase, Qt.Key.Key_Return)
    stage.settle()
    stage.shot(process.door, "unlock-wrong")
    stage.wait(lambda: _seen(process.door, "Unlock"), "the wait never ends")
    desk = _unlock(stage, process, scene.vaults.officer_passphrase)
    stage.shot(desk.frame, "desk")
    _write(stage, desk)
    attachments_flow(stage, desk, scene.medium)
    disseminate_flow(stage, desk, scene.medium)
    batch_flow(stage, desk)
    _print(stage, scene, desk)
    _date(stage, desk)
    _pages(stage, desk)
    health_flow(stage, desk, scene.medium / "sauvegardes")
    ways_flow(stage, desk, passphrase=scene.vaults.officer_passphrase, medium=scene.medium)
    members_flow(stage, desk)
    filing_flow(stage, desk, scene.medium)
    # Last: with this version in force the endorsements of the others would name levels it does not have.
    _relabel(stage, desk)
    _lock(stage, process, desk)
    process = _start(stage, scene, scene.vaults.officer)
    stage.shot_both(process.door, "locked")
    restore_flow(stage, process.door, scene.medium / "sauvegardes")
    process.door.hide()


def reader_flows(stage: Stage, scene: Scene) -> None:
    """The reader receives what the officer sealed and answers it; the officer takes the answer in."""
    process = _start(stage, scene, scene.vaults.reader)
    desk = _unlock(stage, process, scene.vaults.reader_passphrase)
    stranger, card = stranger_package(
        stage,
        scene.kit,
        desk,
        vault=scene.vaults.stranger,
        passphrase=scene.vaults.stranger_passphrase,
        medium=scene.medium,
    )
    receiving_flow(stage, desk, _packages_for(stage, scene, desk), stranger)
    receipt = answer_flow(stage, desk, scene.medium)
    quarantine_flow(stage, desk, card)
    consent_flow(stage, desk)
    _lock(stage, process, desk)
    process = _start(stage, scene, scene.vaults.officer)
    desk = _unlock(stage, process, scene.vaults.officer_passphrase)
    requirements_flow(stage, desk, receipt)
    _lock(stage, process, desk)


def authority_flows(stage: Stage, scene: Scene) -> None:
    """The authority's own window."""
    process = _start(stage, scene, scene.vaults.authority)
    desk = _unlock(stage, process, scene.vaults.authority_passphrase)
    stage.wait(lambda: desk.pages.page is not None, "no page of the authority")
    authority_pictures(stage, desk, scene.medium)
    _lock(stage, process, desk)


def _write(stage: Stage, desk: Desk) -> None:
    rows = desk.frame.list.rows
    number = next(row for row in range(rows.rowCount()) if rows.note(row).title.startswith(NOTE))
    desk.frame.list.view.setCurrentIndex(rows.index(number))
    stage.wait(lambda: desk.writing.uid is not None, "no note")
    desk.editor.go_to(3)
    stage.shot(desk.frame, "writing")
    desk.frame.resize(*NARROW)
    stage.shot(desk.frame, "writing-narrow")
    desk.frame.resize(WIDTH, HEIGHT)
    stage.press(desk.editor.view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    stage.shot(desk.frame, "marking")
    stage.press(desk.editor.view, Qt.Key.Key_Escape)
    desk.editor.go_to(5)
    desk.editor.view.mark(LevelChoice(classification="DIFFUSION RESTREINTE"))
    stage.shot(desk.frame, "lowering")
    stage.click(desk.frame, "Keep the mark")
    desk.frame.list.line.field.setText("navire")
    stage.settle(0.3)
    stage.shot(desk.frame, "search")
    desk.frame.list.line.field.clear()
    label_flows(stage, desk)
    _write_new(stage, desk, number)


def _write_new(stage: Stage, desk: Desk, back_to: int) -> None:
    before = desk.writing.uid
    desk.frame.new_note_asked.emit()
    stage.wait(lambda: desk.writing.uid not in (None, before), "no new note")
    stage.type(desk.editor.view, "Point de situation")
    stage.press(desk.editor.view, Qt.Key.Key_Return)
    stage.type(desk.editor.view, "Trois navires sont attendus cette nuit.")
    stage.shot(desk.frame, "unmarked")
    editor_flows(stage, desk)
    desk.frame.inspector.disseminate.click()
    stage.wait(lambda: desk.pages.page is not None, "no sheet")
    stage.shot(desk.frame, "unmarked-refused")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")
    desk.writing.open(_uid(desk, NOTE))
    stage.settle()


def _print(stage: Stage, scene: Scene, desk: Desk) -> None:
    desk.frame.inspector.print.click()
    stage.wait(lambda: desk.pages.page is not None, "no sheet")
    frame = desk.frame
    holders = stage.find(frame, QPlainTextEdit, "Holders, one on a line")
    holders.setPlainText("Colonel Mercier\nCapitaine Aubry")
    stage.shot(frame, "print-1-holders")
    stage.click(frame, "Number the copies and look at them")
    stage.wait(lambda: _seen(frame, "Give the numbers up"), "not numbered")
    stage.type(stage.find(frame, QLineEdit, "Write the copies to"), str(scene.medium))
    stage.settle(1.2)
    stage.shot(frame, "print-2-preview")
    stage.click_primary(frame)
    stage.wait(lambda: _seen(frame, "Number the copies and look at them"), "not written")
    stage.shot(frame, "print-3-written")
    stage.click(frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _date(stage: Stage, desk: Desk) -> None:
    """A date is set and changed by a decision."""
    for number, day in enumerate(("2040-01-01", "2046-06-01"), start=1):
        desk.frame.dates_asked.emit()
        stage.wait(lambda: desk.pages.page is not None, "no page")
        frame, revision = desk.frame, desk.writing.revision
        stage.type(stage.find(frame, QLineEdit, "On this day"), day)
        stage.type(stage.find(frame, QLineEdit, "Authority"), "Haute autorité")
        stage.type(stage.find(frame, QLineEdit, "Reference of its decision"), f"2026/{number}")
        stage.type(stage.find(frame, QLineEdit, "Its date"), "2026-11-02")
        stage.settle(0.3)
        stage.shot(frame, f"dates-{number}")
        stage.click(frame, "Keep the date")
        _wait_for_revision(stage, desk, after=revision)
        stage.settle(0.3)
    stage.shot(desk.frame, "dates-3-inspector")


def _wait_for_revision(stage: Stage, desk: Desk, *, after: int | None) -> None:
    stage.wait(lambda: desk.writing.revision not in (None, after), "no revision was kept")


def _relabel(stage: Stage, desk: Desk) -> None:
    """A newer version of the policy names a level otherwise."""
    desk.writing.open(_uid(desk, NOTE))
    stage.wait(lambda: desk.writing.uid is not None, "no note")
    newer = newer_version(desk.clerk.policy)
    desk.clerk.session = replace(desk.clerk.session, policies=newer, policy=newer[desk.clerk.policy.id])
    desk.frame.compare_asked.emit()
    stage.wait(lambda: desk.pages.page is not None, "no page")
    stage.settle(0.4)
    stage.shot(desk.frame, "relabel")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def newer_version(policy: Policy) -> PolicySet:
    """The policies with a later version of this one, in which a level has another name."""
    source = built_in_file(policy.id)
    if source is None:
        raise AssertionError
    text = source.decode().replace(' version="1"', ' version="2"', 1)
    for part in ('securityClassification name="SECRET"', 'classification name="SECRET"'):
        text = text.replace(part, part.replace("SECRET", "SECRET FRANCE"))
    return PolicySet((*built_in_policies().values(), policy_from_spif(text.encode(), source="newer")))


def _pages(stage: Stage, desk: Desk) -> None:
    for flow, name in (
        (Flow.ARRIVALS, "register-arrivals"),
        (Flow.DISPATCHES, "register-dispatches"),
        (Flow.COPIES, "register-copies"),
        (Flow.CALENDAR, "calendar"),
        (Flow.SETTINGS, "settings"),
    ):
        desk.flows.show(flow)
        stage.shot(desk.frame, name)
    directory_flows(stage, desk)
    desk.flows.show(Flow.PERSON)
    stage.shot(desk.frame, "access-1-compartments")
    stage.click(desk.frame, "Change the passphrase…")
    stage.shot(desk.frame, "access-2-passphrase")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _start(stage: Stage, scene: Scene, vault: Path | None) -> SessionProcess:
    process = SessionProcess(scene.kit, scene.places, vault=vault, cost=LOWEST, end=lambda code: None)
    process.door.resize(WIDTH, HEIGHT)
    process.show()
    process.door.activateWindow()
    stage.settle()
    return process


def _unlock(stage: Stage, process: SessionProcess, passphrase: str) -> Desk:
    field = stage.find(process.door, QLineEdit, "Passphrase")
    stage.type(field, passphrase)
    stage.press(field, Qt.Key.Key_Return)
    stage.wait(lambda: process.desk is not None, "not unlocked")
    desk = process.desk
    if desk is None:
        raise AssertionError
    desk.frame.resize(WIDTH, HEIGHT)
    desk.frame.activateWindow()
    stage.settle(0.3)
    return desk


def _lock(stage: Stage, process: SessionProcess, desk: Desk) -> None:
    process.ending.lock()
    stage.settle(0.3)
    process.deleteLater()


def _packages_for(stage: Stage, scene: Scene, desk: Desk) -> list[Path]:
    """The packages that open for this reader: file names tell nobody whose they are."""
    from cloison.actions.open_package import read, receiver
    from cloison.dissemination.errors import DisseminationError

    found: list[Path] = []

    def look() -> None:
        checks = receiver(desk.clerk.session)
        for path in sorted(scene.medium.glob("*.pli")):
            try:
                read(path, checks)
            except DisseminationError:
                continue
            found.append(path)

    on_records(stage, desk, lambda session: look())
    if not found:
        raise AssertionError
    return found


def _uid(desk: Desk, title: str) -> str:
    rows = desk.frame.list.rows
    return next(rows.note(row).uid for row in range(rows.rowCount()) if rows.note(row).title.startswith(title))


def _seen(within: QWidget, message: str) -> bool:
    from PySide6.QtWidgets import QAbstractButton

    from cloison.wording.catalogue import Catalogue

    names = {Catalogue.load(language).text(message) for language in ("fr", "en")}
    return any(
        one.isVisible() and one.isEnabled() and one.accessibleName() in names
        for one in within.findChildren(QAbstractButton)
    )
