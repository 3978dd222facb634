"""Answering a package and taking the answer in: the form, its preview, the file, the closed line, the requirements."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import named_compartment
from cloison.actions.dispatches import DispatchState, list_dispatches
from cloison.actions.make_receipt import Answer, Remark, arrived, make_receipt
from cloison.actions.open_package import accept, receiver
from cloison.actions.open_package import read as read_package
from cloison.actions.people import contacts
from cloison.actions.registers import lines
from cloison.actions.requirements import requirements
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.labels.marks import read_mark
from cloison.registers.facts import Arrival, ArrivalEvent, Kind
from cloison.ui.arrivals.page import ReceivePage
from cloison.ui.arrivals.reception import Stage
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.notice import Tone
from cloison.ui.receipts.page import ReceiptPage
from cloison.ui.registers.page import RegisterPage
from cloison.ui.requirements.page import RequirementsPage
from cloison.ui.window.values import Flow
from desks import Desks, open_first
from office import OFFICER, READER, RECEIVED, Office, opened
from service import START, Clock, words_for, write_marked

Ask = Callable[[Clerk, Callable[[Session], object]], object]
QUESTION = "Qui était présent ?"


@pytest.fixture
def package(office: Office, tmp_path: Path, clock: Clock) -> Path:
    """The officer's note, sealed to the reader, who is asked to answer."""
    officer = opened(office.officer, clock)
    reader = next(one.id for one in contacts(officer) if one.card.name == READER)
    options = SealOptions(is_reply_expected=True)
    (sealed,) = seal_note(officer, office.note, [reader], tmp_path, options=options, words_for=words_for)
    officer.vault.close()
    return sealed.path


@pytest.fixture
def kept(office: Office, package: Path, clock: Clock) -> str:
    """The uid of the package, accepted by the reader."""
    reader = opened(office.reader, clock)
    found = read_package(package, receiver(reader))
    accept(reader, found, named_compartment(reader, RECEIVED).id)
    reader.vault.close()
    return found.manifest.uid


@pytest.fixture
def receipt(office: Office, kept: str, tmp_path: Path, clock: Clock) -> Path:
    """The reader's receipt with a comment and two questions, the second higher than the package."""
    reader = opened(office.reader, clock)
    low = read_mark(reader.policy, "[DR]", created=START)
    answer = Answer(
        useful=4, comment=Remark(text="Recoupé.", label=low), questions=(Remark(text=QUESTION), Remark(text="Où ?"))
    )
    made = make_receipt(reader, arrived(reader, kept), answer, tmp_path / "receipt.pli")
    reader.vault.close()
    return made.path


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    made = tmp_path / "medium"
    made.mkdir()
    return made


@pytest.fixture
def page(clerk_of: Callable[[Path], Clerk], office: Office, kept: str, medium: Path, qtbot: QtBot) -> ReceiptPage:
    made = ReceiptPage(clerk_of(office.reader), kept, folder=medium)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: made.form is not None, timeout=10_000)
    return made


def test_everything_said_begins_with_the_mark_of_the_package(page: ReceiptPage) -> None:
    assert page.form is not None
    assert page.heading.text().startswith("Receipt for ")
    assert page.form.comment.mark.line.text() == "S"
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"
    assert page.preview.text.text().startswith(f"To {OFFICER}: note ")
    assert page.preview._banner.text() == "SECRET"


def test_the_preview_says_what_is_sent_under_the_marks_that_are_typed(page: ReceiptPage) -> None:
    form = page.form
    assert form is not None
    form.useful.setCurrentIndex(5)
    form.comment.line.setText("Recoupé.")
    form.comment.mark.line.setText("dr")
    form.add_question()
    form.questions[0].line.setText(QUESTION)
    form.questions[0].mark.line.setText("[NP]")

    assert page.preview.text.text().splitlines()[1:] == [
        "Usefulness: 4 – very useful",
        "Comment: [DR] Recoupé.",
        f"Question: [NP] {QUESTION}",
    ]
    assert page.preview._banner.text() == "DIFFUSION RESTREINTE"
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"


def test_the_strips_rise_with_what_is_typed(page: ReceiptPage) -> None:
    form = page.form
    assert form is not None
    form.comment.line.setText("x")
    form.comment.mark.line.setText("S-SF")

    assert page.shown_label is not None
    assert page.shown_label.categories
    form.comment.mark.line.setText("nonsense")
    assert not page.is_settled


def test_a_mark_that_is_none_stops_the_receipt_with_a_sentence(page: ReceiptPage, medium: Path) -> None:
    form = page.form
    assert form is not None
    form.comment.line.setText("x")
    form.comment.mark.line.setText("ZZ")
    page.seal.click()

    assert page.notice.tone is Tone.REFUSED
    assert page.notice.sentence == form.comment.mark.fault
    assert form.comment.mark.line.accessibleDescription() == form.comment.mark.fault
    assert list(medium.iterdir()) == []


def test_a_question_is_taken_out_again(page: ReceiptPage) -> None:
    form = page.form
    assert form is not None
    page.activateWindow()
    form.add.click()
    assert form.questions[0].line.hasFocus()
    QTest.keyClick(form.questions[0].line, Qt.Key.Key_Tab)
    assert form.questions[0].mark.line.hasFocus()
    form.questions[0].remove.click()
    form.add_question()
    form.add_question()
    form.questions[0].line.setText("first")
    form.questions[1].line.setText("second")
    form.questions[0].remove.click()

    assert [one.line.text() for one in form.questions] == ["second"]
    assert "first" not in page.preview.text.text()


def test_the_receipt_is_sealed_entered_and_named(page: ReceiptPage, asked: Ask, medium: Path, qtbot: QtBot) -> None:
    form = page.form
    assert form is not None
    form.add_question()
    form.questions[0].line.setText(QUESTION)
    page.seal.click()
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=10_000)

    (written,) = medium.iterdir()
    assert page.notice.tone is Tone.DONE
    assert page.notice.sentence.startswith(
        f"The receipt for {OFFICER} was sealed as “{written.name}” and entered under A-2026-00001 in the register of"
    )
    assert page.notice.sentence.endswith("Remove the medium before you hand it over.")
    found = asked(page.clerk, lambda session: [line.entry.facts for line in lines(session, Kind.ARRIVAL)])
    assert isinstance(found, list)
    assert [one.event for one in found if isinstance(one, Arrival)] == [
        ArrivalEvent.ACCEPTED,
        ArrivalEvent.RECEIPT_SENT,
    ]
    assert not page.seal.isEnabled()


def test_a_folder_that_is_gone_is_said_and_the_receipt_can_be_sealed_elsewhere(page: ReceiptPage, medium: Path) -> None:
    medium.rmdir()
    page.seal.click()

    assert page._folder._below.text().startswith("There is no folder “")
    assert page.seal.isEnabled()


def test_everything_on_the_form_has_a_name(page: ReceiptPage) -> None:
    assert page.form is not None
    page.form.add_question()

    controls = [one for kind in (QAbstractButton, QLineEdit, QComboBox) for one in page.findChildren(kind)]
    assert [type(one).__name__ for one in controls if one.isVisible() and not one.accessibleName()] == []


def test_a_receipt_comes_in_by_the_same_door_and_closes_the_line(
    clerk_of: Callable[[Path], Clerk], office: Office, receipt: Path, asked: Ask, qtbot: QtBot
) -> None:
    page = receiving(clerk_of(office.officer), receipt, qtbot)
    assert not page._accept.isVisible()
    assert page._view.receipt._verdict.text() == f"{READER} received note 2026-00001"
    assert [one.text() for one in page._view.receipt.texts] == ["4 – very useful", "Recoupé.", QUESTION, "Où ?"]
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"
    states = asked(page.clerk, lambda session: [one.state for one in list_dispatches(session)])
    assert states == [DispatchState.WAITING]

    with qtbot.waitSignal(page.answered):
        page._take.click()

    assert page.notice.sentence == (
        "Entered under D-2026-00001 in the register of dispatches: the line of that dispatch is closed. "
        "2 questions were kept as requirements."
    )
    states = asked(page.clerk, lambda session: [one.state for one in list_dispatches(session)])
    assert states == [DispatchState.RECEIPTED]
    with qtbot.waitSignal(page.requirements_asked):
        page._requirements.click()
    with qtbot.waitSignal(page.note_asked) as wanted:
        page._read.click()
    assert wanted.args == [office.note]


def receiving(clerk: Clerk, receipt: Path, qtbot: QtBot) -> ReceivePage:
    page = ReceivePage(clerk)
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    page.read(receipt)
    qtbot.waitUntil(lambda: page._take.isVisible(), timeout=10_000)
    return page


def test_the_same_receipt_a_second_time_is_refused(
    clerk_of: Callable[[Path], Clerk], office: Office, receipt: Path, asked: Ask, qtbot: QtBot
) -> None:
    page = receiving(clerk_of(office.officer), receipt, qtbot)
    with qtbot.waitSignal(page.answered):
        page._take.click()
    page.read(receipt)
    qtbot.waitUntil(lambda: page.notice.tone is Tone.REFUSED, timeout=10_000)

    assert [one.stage for one in page._reception.packages] == [Stage.REFUSED]
    assert len(asked(page.clerk, requirements)) == 2  # type: ignore[arg-type]


def test_the_register_shows_what_waits_and_then_what_was_answered(
    clerk_of: Callable[[Path], Clerk], office: Office, receipt: Path, qtbot: QtBot
) -> None:
    clerk = clerk_of(office.officer)
    register = RegisterPage(clerk, Kind.DISPATCH)
    qtbot.addWidget(register)
    register.show()
    register.arrive()
    qtbot.waitUntil(lambda: register.waiting.isVisible(), timeout=10_000)
    assert register.waiting.text() == "1 dispatch waits for an answer: D-2026-00001."
    assert entry(register, 0).startswith("waiting for an answer – note ")

    page = receiving(clerk, receipt, qtbot)
    with qtbot.waitSignal(page.answered):
        page._take.click()
    register.refresh()
    qtbot.waitUntil(lambda: register.table.model().rowCount() == 2, timeout=10_000)

    assert not register.waiting.isVisible()
    assert {entry(register, 0), entry(register, 1)} == {
        "receipt for note 2026-00001 from Cabinet du préfet",
        "receipt received – note 2026-00001 sealed to Cabinet du préfet",
    }


def entry(page: RegisterPage, row: int) -> str:
    return str(page.table.model().index(row, 2).data())


@pytest.fixture
def asked_of(clerk_of: Callable[[Path], Clerk], office: Office, receipt: Path, qtbot: QtBot) -> RequirementsPage:
    """The officer's requirements: two questions about the note."""
    clerk = clerk_of(office.officer)
    page = receiving(clerk, receipt, qtbot)
    with qtbot.waitSignal(page.answered):
        page._take.click()
    made = RequirementsPage(clerk)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made.table.model().rowCount() == 2, timeout=10_000)
    return made


def states(page: RequirementsPage) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, 5).data()) for row in range(model.rowCount())]


def test_requirements_say_who_asked_what_about_which_note(asked_of: RequirementsPage) -> None:
    page = asked_of
    cells = [str(page.table.model().index(0, column).data()) for column in range(6)]

    assert cells[1] == READER
    assert cells[3:] == [QUESTION, "2026-00001", "open"]
    assert page.details.text.text() == QUESTION
    assert page.details.about.text() == "About note 2026-00001."
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"


def test_a_requirement_is_answered_with_a_note_that_is_searched(
    asked_of: RequirementsPage, office: Office, qtbot: QtBot
) -> None:
    page = asked_of
    page.answer.click()
    qtbot.waitUntil(lambda: page.bar.picker.list.count() == 1)
    assert page.bar.picker.field.hasFocus()

    with qtbot.waitSignal(page.changed):
        page.bar.answer.click()
    qtbot.waitUntil(lambda: sorted(states(page)) == ["answered", "open"])

    assert page.notice.sentence == f"The requirement of {READER} is answered."
    assert not page.bar.isVisible()
    assert page.details.about.text() == "About note 2026-00001. Answered by 2026-00001."


def test_titles_that_are_offered_as_answers_are_on_the_strips(
    asked_of: RequirementsPage, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    page = asked_of
    asked(
        page.clerk,
        lambda session: write_marked(
            session, session.vault.compartment(office.compartment), "[TS-SF] Source", ("[TS] Texte.",)
        ),
    )
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"

    page.answer.click()
    qtbot.waitUntil(lambda: page.bar.picker.list.count() == 2)
    assert page.shown_label.classification == "TRÈS SECRET"
    QTest.keyClick(page.bar.picker.field, Qt.Key.Key_Escape)
    assert page.shown_label.classification == "SECRET"


def test_a_requirement_is_closed_only_with_a_reason(asked_of: RequirementsPage, qtbot: QtBot) -> None:
    page = asked_of
    page.close_it.click()
    page.bar.close_it.click()
    assert page.bar.isVisible()
    assert page.bar.reason.accessibleDescription() == "Say why: the reason is kept with it."

    QTest.keyClicks(page.bar.reason, "Sans objet")
    with qtbot.waitSignal(page.changed):
        QTest.keyClick(page.bar.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sorted(states(page)) == ["closed", "open"])

    assert "Closed by" in page.details.about.text()
    assert page.details.about.text().endswith(": Sans objet")
    assert not page.close_it.isEnabled()


def test_escape_leaves_a_requirement_as_it_is(asked_of: RequirementsPage, qtbot: QtBot) -> None:
    page = asked_of
    page.close_it.click()
    with qtbot.assertNotEmitted(page.back_asked):
        QTest.keyClick(page.bar.reason, Qt.Key.Key_Escape)

    assert not page.bar.isVisible()
    assert states(page) == ["open", "open"]


def test_the_note_shows_what_was_asked_of_it_and_the_rail_counts(
    desks: Desks, office: Office, receipt: Path, qtbot: QtBot
) -> None:
    desk = desks.open(office.officer)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    desk.receive(receipt)
    page = current(desk, ReceivePage)
    qtbot.waitUntil(lambda: page._take.isVisible(), timeout=10_000)
    page._take.click()
    rail = desk.frame.rail._flows[Flow.REQUIREMENTS]
    qtbot.waitUntil(lambda: rail.accessibleName() == "Requirements, 2 waiting", timeout=10_000)

    page._read.click()
    qtbot.waitUntil(lambda: desk.writing.uid == office.note, timeout=10_000)
    view = desk.frame.inspector._requirements
    qtbot.waitUntil(lambda: view.isVisible(), timeout=10_000)
    assert not desk.frame.inspector.receipt.isVisible()
    view.show_all.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, RequirementsPage))


def current(desk: Desk, kind: type[ReceivePage]) -> ReceivePage:
    page = desk.pages.page
    assert isinstance(page, kind)
    return page


def test_a_note_that_came_in_is_answered_from_its_own_page_or_from_the_register(
    desks: Desks, office: Office, kept: str, qtbot: QtBot
) -> None:
    desk = desks.open(office.reader)
    qtbot.waitUntil(lambda: desk.frame.list.rows.rowCount() == 1)
    open_first(desk, qtbot)
    qtbot.waitUntil(lambda: desk.frame.inspector.receipt.isVisible())
    desk.frame.inspector.receipt.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, ReceiptPage))
    page = desk.pages.page
    assert isinstance(page, ReceiptPage)
    qtbot.waitUntil(lambda: page.form is not None)

    desk.flows.show(Flow.ARRIVALS)
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, RegisterPage))
    register = desk.pages.page
    assert isinstance(register, RegisterPage)
    answer = next(one for one in register.findChildren(QAbstractButton) if one.accessibleName() == "Receipt…")
    qtbot.waitUntil(answer.isEnabled)
    answer.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, ReceiptPage))
