"""Receiving: the checks as a list, acceptance, and refusals that are one sentence and write nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import CompartmentLine, add_compartment
from cloison.actions.find_notes import find_notes
from cloison.actions.people import contacts
from cloison.actions.propose_compartment import Proposal, ProposalReason, fitting
from cloison.actions.registers import lines
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    ForgedPackageError,
    NotForMeError,
    SerialConflictError,
    UnknownSenderError,
)
from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.registers.facts import Kind
from cloison.ui.arrivals.checks import Found, checklist
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.arrivals.reception import Stage
from cloison.ui.clerk import Clerk
from cloison.ui.notice import Tone
from cloison.ui.two_lines import DETAIL_ROLE
from cloison.vault.errors import DiskError, DiskProblem
from cloison.wording.catalogue import Catalogue
from office import OFFICER, READER, RECEIVED, TITLE, Office, opened
from service import START, Clock, words_for

Ask = Callable[[Clerk, Callable[[Session], object]], object]
POLICY = built_in("FR")


@pytest.fixture
def package(office: Office, tmp_path: Path, clock: Clock) -> Path:
    """The officer's note, sealed to the reader."""
    officer = opened(office.officer, clock)
    reader = next(one.id for one in contacts(officer) if one.card.name == READER)
    (sealed,) = seal_note(officer, office.note, [reader], tmp_path, options=SealOptions(), words_for=words_for)
    officer.vault.close()
    return sealed.path


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.reader)


@pytest.fixture
def page(clerk: Clerk, qtbot: QtBot) -> ReceivePage:
    return shown(clerk, qtbot)


def shown(clerk: Clerk, qtbot: QtBot) -> ReceivePage:
    made = ReceivePage(clerk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.arrive()
    return made


def read(page: ReceivePage, package: Path, qtbot: QtBot) -> None:
    page.read(package)
    qtbot.waitUntil(lambda: page._accept.isVisible() and page._view.compartments.count() > 0, timeout=10_000)


def refused(page: ReceivePage, package: Path, qtbot: QtBot) -> str:
    page.read(package)
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=10_000)
    assert page.notice.tone is Tone.REFUSED
    assert not page._accept.isVisible()
    return page.notice.sentence


def arrivals(clerk: Clerk, asked: Ask) -> object:
    return asked(clerk, lambda session: (len(lines(session, Kind.ARRIVAL)), len(find_notes(session, limit=9))))


def test_a_good_package_shows_its_checks_mark_sender_and_title(page: ReceivePage, package: Path, qtbot: QtBot) -> None:
    read(page, package, qtbot)

    assert [one.found for one in page._view.checks.checks] == [Found.HOLDS] * 7
    assert page._view.summary._title.text() == TITLE.removeprefix("[S] ")
    assert page._view.summary._banner.text() == "SECRET"
    assert [one.text() for one in page._view.summary._facts.values()][0::3] == [OFFICER, "3"]
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"
    assert page._view.compartments.currentText() == RECEIVED


def test_nothing_is_written_before_it_is_accepted(
    page: ReceivePage, clerk: Clerk, package: Path, asked: Ask, qtbot: QtBot
) -> None:
    read(page, package, qtbot)
    assert arrivals(clerk, asked) == (0, 0)


def test_accepting_keeps_the_note_and_names_the_number(
    page: ReceivePage, clerk: Clerk, package: Path, asked: Ask, qtbot: QtBot
) -> None:
    read(page, package, qtbot)
    with qtbot.waitSignal(page.received) as received:
        page._accept.click()

    assert page.notice.sentence == f"Kept in “{RECEIVED}” and entered as A-2026-00001 in the register of arrivals."
    assert page.notice.tone is Tone.DONE
    assert arrivals(clerk, asked) == (1, 1)
    with qtbot.waitSignal(page.note_asked) as wanted:
        page._read.click()
    assert wanted.args == [received.args[0].note.uid]


def test_a_second_time_it_is_refused(page: ReceivePage, clerk: Clerk, package: Path, asked: Ask, qtbot: QtBot) -> None:
    read(page, package, qtbot)
    with qtbot.waitSignal(page.received):
        page._accept.click()

    assert refused(page, package, qtbot).startswith("This package was accepted before.")
    assert arrivals(clerk, asked) == (1, 1)
    assert page._view.checks.checks[3].found is Found.FAILS


def test_one_flipped_byte_is_one_sentence_and_nothing_written(
    page: ReceivePage, clerk: Clerk, package: Path, asked: Ask, qtbot: QtBot
) -> None:
    content = bytearray(package.read_bytes())
    content[-100] ^= 1
    package.write_bytes(content)

    sentence = refused(page, package, qtbot)

    assert sentence.startswith("This package is not as its sender made it")
    assert [one.found for one in page._view.checks.checks] == [Found.NOT_LOOKED_AT] * 6 + [Found.FAILS]
    assert page.shown_label is None
    assert arrivals(clerk, asked) == (0, 0)


def test_somebody_else_cannot_open_it(
    clerk_of: Callable[[Path], Clerk], office: Office, package: Path, qtbot: QtBot
) -> None:
    page = shown(clerk_of(office.partner), qtbot)

    assert refused(page, package, qtbot).startswith("This package does not open with your keys")
    assert page._view.checks.checks[0].found is Found.FAILS


def test_a_file_that_is_gone_is_said(page: ReceivePage, tmp_path: Path, qtbot: QtBot) -> None:
    assert refused(page, tmp_path / "gone.pli", qtbot).startswith("The file “gone.pli” is not there.")
    assert {one.found for one in page._view.checks.checks} == {Found.NOT_LOOKED_AT}


def test_another_package_can_follow_a_refusal(page: ReceivePage, package: Path, tmp_path: Path, qtbot: QtBot) -> None:
    refused(page, tmp_path / "gone.pli", qtbot)
    read(page, package, qtbot)

    assert not page.notice.isVisible()


def test_a_package_is_taken_where_it_is_dropped(page: ReceivePage, package: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(package))])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(5, 5), action, mime, left, Qt.KeyboardModifier.NoModifier))

    qtbot.waitUntil(lambda: page._accept.isVisible(), timeout=10_000)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, "+++++++"),
        (NotForMeError(), "x??????"),
        (UnknownSenderError(bytes(32)), "+x?????"),
        (AlreadyReceivedError(), "+++x???"),
        (SerialConflictError("X"), "+++x???"),
        (ForgedPackageError(), "??????x"),
        (DiskError(DiskProblem.FAILED, file="x"), "???????"),
    ],
    ids=["good", "not for me", "unknown sender", "again", "serial", "forged", "disk"],
)
def test_the_list_claims_only_what_was_shown(error: Exception | None, expected: str) -> None:
    letters = {Found.HOLDS: "+", Found.FAILS: "x", Found.NOT_LOOKED_AT: "?"}

    shown_checks = checklist(error, Catalogue.load("en"))

    assert "".join(letters[one.found] for one in shown_checks) == expected


def test_a_compartment_with_a_ceiling_that_fits_is_proposed_before_one_without() -> None:
    offered = (line("a", None), line("b", mark("DR")), line("c", mark("S-SF")), line("d", mark("TS")))

    assert proposal("S", offered) == ("c", ProposalReason.CEILING_ALLOWS)
    assert proposal("TS-SF", offered) == ("a", ProposalReason.NO_CEILING)
    assert proposal("TS-SF", offered[1:]) == (None, None)


def proposal(text: str, offered: tuple[CompartmentLine, ...]) -> tuple[str | None, ProposalReason | None]:
    found: Proposal = fitting(POLICY, mark(text), offered)
    assert found.compartments == offered
    return found.compartment_id, found.reason


def test_the_reason_of_a_proposal_stands_below_it(page: ReceivePage, package: Path, qtbot: QtBot) -> None:
    read(page, package, qtbot)

    assert page._view.compartments.accessibleDescription() == (
        "Proposed because it has no ceiling, and none with a ceiling allows this mark."
    )


def test_a_later_rendition_is_proposed_where_the_earlier_one_lies(
    page: ReceivePage, clerk: Clerk, office: Office, package: Path, asked: Ask, clock: Clock, qtbot: QtBot
) -> None:
    asked(clerk, lambda session: add_compartment(session, "Zoulou", ceiling=None, need_to_know=False))
    read(page, package, qtbot)
    page._view.compartments.setCurrentText("Zoulou")
    with qtbot.waitSignal(page.received):
        page._accept.click()
    later = sealed_again(office, package.parent, clock)

    read(page, later, qtbot)

    assert page._view.compartments.currentText() == "Zoulou"
    assert "an earlier rendition" in page._view.compartments.accessibleDescription()


def test_where_no_compartment_may_take_it_none_is_proposed_and_nothing_can_be_accepted(
    page: ReceivePage, clerk: Clerk, package: Path, asked: Ask, qtbot: QtBot
) -> None:
    def only_low(session: Session) -> None:
        for one in session.vault.compartments():
            session.vault.close_compartment(one.id)
        low = read_mark(session.policy, "DR", created=START)
        add_compartment(session, "Bas", ceiling=low, need_to_know=False)

    asked(clerk, only_low)
    page.read(package)
    qtbot.waitUntil(lambda: page._view.compartments.count() == 1, timeout=10_000)

    assert page._view.compartments.currentIndex() == -1
    assert page._view.compartments.accessibleDescription().startswith("No open compartment may hold this mark.")
    assert not page._accept.isEnabled()
    page._view.compartments.setCurrentIndex(0)
    page._accept.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())
    assert page.notice.tone is Tone.REFUSED
    assert page._accept.isVisible()


def sealed_again(office: Office, folder: Path, clock: Clock) -> Path:
    """The officer's note, sealed to the reader once more."""
    officer = opened(office.officer, clock)
    reader = next(one.id for one in contacts(officer) if one.card.name == READER)
    (sealed,) = seal_note(officer, office.note, [reader], folder, options=SealOptions(), words_for=words_for)
    officer.vault.close()
    return sealed.path


def test_several_files_have_a_row_and_a_result_each(
    page: ReceivePage, clerk: Clerk, office: Office, package: Path, asked: Ask, clock: Clock, qtbot: QtBot
) -> None:
    second = sealed_again(office, package.parent, clock)
    mime = QMimeData()
    gone = package.with_name("gone.pli")
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in (package, gone, second)])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(5, 5), action, mime, left, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: [one.stage for one in page._reception.packages][1:] == [Stage.REFUSED, Stage.CHECKED])
    qtbot.waitUntil(lambda: page._accept.isEnabled())

    assert rows(page) == ["checked: to be accepted", "refused", "checked: to be accepted"]
    with qtbot.waitSignal(page.received):
        page._accept.click()
    assert rows(page)[0] == "accepted: A-2026-00001"
    assert page._next.isVisible()
    page._next.click()
    qtbot.waitUntil(lambda: page._accept.isEnabled())
    with qtbot.waitSignal(page.received):
        page._accept.click()
    assert rows(page)[2] == "accepted: A-2026-00002"
    assert arrivals(clerk, asked) == (2, 1)
    page._files.setCurrentRow(1)
    assert page.notice.sentence.startswith("The file “gone.pli” is not there.")
    assert page.shown_label is None


def rows(page: ReceivePage) -> list[str]:
    return [str(page._files.item(row).data(DETAIL_ROLE)) for row in range(page._files.count())]


def mark(text: str) -> Label:
    return read_mark(POLICY, text, created=START)


def line(name: str, ceiling: Label | None) -> CompartmentLine:
    return CompartmentLine(id=name, name=name, notes=0, ceiling=ceiling, need_to_know=False, readers=())
