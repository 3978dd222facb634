"""Several notes at once: picked in the list, shown as notes × readers, sealed note by note."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.people import contacts
from cloison.actions.registers import lines
from cloison.actions.seal_note import write
from cloison.actions.session import Session
from cloison.registers.facts import Dispatch, DispatchEvent, Kind
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.dissemination import sealing as sealing_module
from cloison.ui.dissemination.batch_page import BatchPage
from cloison.ui.marked_cells import LABEL_ROLE, TICK_ROLE
from cloison.ui.notice import Tone
from cloison.ui.window.on_screen import Shown
from cloison.vault.errors import DiskError, DiskProblem
from office import PARTNER, READER, Office
from service import write_marked

Ask = Callable[[Clerk, Callable[[Session], object]], object]
SECOND, THIRD = "Point de situation", "Sans mention"


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


@pytest.fixture
def uids(clerk: Clerk, office: Office, asked: Ask) -> tuple[str, ...]:
    """The office's note, a second that only goes to people cleared for SECRET, a third with no mark."""

    def write_two(session: Session) -> tuple[str, ...]:
        compartment = session.vault.compartment(office.compartment)
        second = write_marked(session, compartment, f"[DR] {SECOND}", ("[S] Trois navires sont attendus.",))
        third = write_marked(session, compartment, THIRD, ("Rien n’est marqué.",))
        return office.note, second.uid, third.uid

    found = asked(clerk, write_two)
    assert isinstance(found, tuple)
    return found


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    made = tmp_path / "medium"
    made.mkdir()
    return made


@pytest.fixture
def page(clerk: Clerk, uids: tuple[str, ...], medium: Path, qtbot: QtBot) -> BatchPage:
    made = BatchPage(clerk, uids, folder=medium)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: made._recipients._list.count() == 2 and len(made._table.notes) == 3)
    return made


def tick(page: BatchPage, clerk: Clerk, asked: Ask, qtbot: QtBot, *names: str) -> None:
    known = asked(clerk, contacts)
    assert isinstance(known, tuple)
    for one in known:
        if one.card.name in names:
            page._recipients.tick(one.id)
    qtbot.waitUntil(lambda: page._table.model().columnCount() == len(names) + 1)


def column(page: BatchPage, number: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    model = page._table.model()
    return [model.index(row, number).data(role) for row in range(model.rowCount())]


def events(clerk: Clerk, asked: Ask) -> list[DispatchEvent]:
    facts = asked(clerk, lambda session: [line.entry.facts for line in lines(session, Kind.DISPATCH)])
    assert isinstance(facts, list)
    return [one.event for one in facts if isinstance(one, Dispatch)]


def sealed(page: BatchPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.dispatched, timeout=30_000):
        page._order.seal.click()


def test_the_table_says_what_each_reader_gets_of_each_note(
    page: BatchPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    assert column(page, 0)[1:] == [SECOND, THIRD]
    tick(page, clerk, asked, qtbot, READER, PARTNER)

    assert column(page, 1) == ["3 of 4 §", "1 of 1 §", "cannot be sealed"]
    assert column(page, 2) == ["2 of 4 §", "nothing to read", "cannot be sealed"]
    assert column(page, 2, TICK_ROLE) == [None, False, False]
    labels = column(page, 1, LABEL_ROLE)
    assert [getattr(one, "classification", None) for one in labels] == ["SECRET", "SECRET", None]


def test_a_title_without_a_mark_has_the_chip_that_says_so(page: BatchPage) -> None:
    assert [one.is_settled for one in column(page, 0, LABEL_ROLE) if isinstance(one, Shown)] == [True, True, False]
    spoken = column(page, 0, Qt.ItemDataRole.AccessibleTextRole)
    assert [str(one).split()[0] for one in spoken] == ["[S]", "[DR]", "[?]"]


def test_the_reason_of_a_refusal_is_read_out_and_stands_below(
    page: BatchPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, PARTNER)
    model = page._table.model()

    page._table.setCurrentIndex(model.index(1, 1))
    assert page._why.text().endswith("– nothing of it is theirs to read")
    assert page._why.text().startswith(f"{PARTNER}, ")
    page._table.setCurrentIndex(model.index(2, 1))
    assert "Mark them" in page._why.text() or "mark" in page._why.text()
    assert page._why.text() == page._table.sentence(model.index(2, 1))


def test_the_strips_show_the_highest_title_and_an_unmarked_one_unsettles_them(page: BatchPage) -> None:
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"
    assert not page.is_settled


def test_what_can_go_goes_and_what_is_left_out_is_said_before(
    page: BatchPage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    qtbot.waitUntil(lambda: page.notice.sentence.startswith("In 3 cells nothing can be sealed"))
    assert page._order.seal.text() == "Seal 3 packages"

    sealed(page, qtbot)

    assert len(list(medium.glob("*.pli"))) == 3
    assert events(clerk, asked) == [DispatchEvent.SEALED] * 3
    assert [len(one.sealed) for one in page._outcome.model.lines] == [2, 1]
    assert page.notice.tone is Tone.DONE
    assert page.notice.sentence.startswith(f"3 packages were written to “{medium}”")
    assert page.notice.sentence.endswith("Remove the medium before you hand it over.")
    assert "D-2026-00001  " in page._outcome.said.text()


def test_a_note_that_fails_keeps_nothing_and_the_next_one_is_not_begun_on_a_bad_disk(
    page: BatchPage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []

    def second_fails(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise DiskError(DiskProblem.FULL, file="x.pli")
        return write(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing_module, "write", second_fails)
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    qtbot.waitUntil(page._order.seal.isEnabled)
    sealed(page, qtbot)

    assert list(medium.iterdir()) == []
    assert events(clerk, asked) == [DispatchEvent.VOID] * 2
    assert page.notice.tone is Tone.BEWARE
    assert page.notice.sentence == "2 notes were not sealed: their lines say why."
    first, second = page._outcome.model.lines
    assert first.sentence.startswith("The disk is full")
    assert second.sentence == "Given up before it was begun: nothing was drawn or written."


def test_giving_up_keeps_the_notes_that_were_sealed(
    page: BatchPage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []

    def give_up_at_the_second_note(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            page._give_up()
        return write(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing_module, "write", give_up_at_the_second_note)
    tick(page, clerk, asked, qtbot, READER)
    qtbot.waitUntil(page._order.seal.isEnabled)
    sealed(page, qtbot)

    assert len(list(medium.glob("*.pli"))) == 1
    assert events(clerk, asked) == [DispatchEvent.SEALED, DispatchEvent.VOID]
    assert [one.sentence for one in page._outcome.model.lines] == [
        "",
        "Given up: nothing of it was kept, and its numbers are void.",
    ]


def test_the_page_is_not_left_while_packages_are_written(
    page: BatchPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER)
    qtbot.waitUntil(page._order.seal.isEnabled)
    page._order.seal.click()
    with qtbot.assertNotEmitted(page.left):
        page.leave()
    assert page.notice.sentence == "Packages are being written: cancel first, or wait."
    with qtbot.waitSignal(page.dispatched, timeout=30_000):
        pass
    with qtbot.waitSignal(page.left):
        page.leave()


def test_several_notes_are_picked_with_the_keyboard_and_disseminated(
    desk: Desk, office: Office, asked: Ask, qtbot: QtBot
) -> None:
    asked(
        desk.clerk,
        lambda session: write_marked(
            session, session.vault.compartment(office.compartment), f"[DR] {SECOND}", ("[S] Texte.",)
        ),
    )
    desk.listing.refresh()
    notes = desk.frame.list
    qtbot.waitUntil(lambda: notes.rows.rowCount() == 2)
    notes.view.setCurrentIndex(notes.rows.index(0))
    qtbot.waitUntil(lambda: desk.writing.uid is not None)
    first = desk.writing.uid
    notes.view.setFocus()
    QTest.keyClick(notes.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert notes.several.isVisible()
    assert notes.several.accessibleName() == "2 notes picked"
    assert desk.writing.uid == first
    desk.listing.refresh()
    qtbot.waitUntil(lambda: desk.clerk.kit.runner.is_idle)
    assert notes.several.isVisible()

    notes.several.disseminate.click()
    qtbot.waitUntil(lambda: isinstance(desk.pages.page, BatchPage))
    page = desk.pages.page
    assert isinstance(page, BatchPage)
    qtbot.waitUntil(lambda: len(page._table.notes) == 2)
    assert desk.frame.strips.top.text == "SECRET"


def test_escape_and_a_plain_click_go_back_to_one_note(desk: Desk, office: Office, asked: Ask, qtbot: QtBot) -> None:
    asked(
        desk.clerk,
        lambda session: write_marked(session, session.vault.compartment(office.compartment), "[DR] X", ("[S] Y.",)),
    )
    desk.listing.refresh()
    notes = desk.frame.list
    qtbot.waitUntil(lambda: notes.rows.rowCount() == 2)
    notes.view.setCurrentIndex(notes.rows.index(0))
    qtbot.waitUntil(lambda: desk.writing.uid is not None)
    second = notes.view.visualRect(notes.rows.index(1)).center()
    QTest.mouseClick(
        notes.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(second)
    )
    assert notes.several.isVisible()

    QTest.keyClick(notes.view, Qt.Key.Key_Escape)
    assert not notes.several.isVisible()
    assert notes.view.currentIndex().row() == 0

    QTest.mouseClick(notes.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(second))
    qtbot.waitUntil(lambda: desk.writing.uid == notes.rows.note(1).uid)
