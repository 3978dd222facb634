"""Printing to PDF: a holder each, the very bytes looked at, numbers that always end on the register."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cloison.actions.print_copy import NumberedCopy, confirm, reserve
from cloison.actions.registers import lines
from cloison.actions.session import Session
from cloison.notes.note import Note
from cloison.notes.portion import plain_portion
from cloison.registers.facts import Copy, CopyEvent, Kind
from cloison.ui.clerk import Clerk
from cloison.ui.notice import Tone
from cloison.ui.printing import run as run_module
from cloison.ui.printing.page import PrintPage
from office import Office

Ask = Callable[[Clerk, Callable[[Session], object]], object]


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office) -> Clerk:
    return clerk_of(office.officer)


@pytest.fixture
def note(clerk: Clerk, office: Office, asked: Ask) -> Note:
    found = asked(clerk, lambda session: session.find_note(office.note)[1].note)
    assert isinstance(found, Note)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "copies"
    made.mkdir()
    return made


@pytest.fixture
def page(clerk: Clerk, note: Note, folder: Path, qtbot: QtBot) -> PrintPage:
    return shown(clerk, note, folder, qtbot)


def shown(clerk: Clerk, note: Note, folder: Path, qtbot: QtBot) -> PrintPage:
    made = PrintPage(clerk, note, folder=folder)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.arrive()
    return made


def number(page: PrintPage, holders: str, qtbot: QtBot) -> None:
    page._holders.setPlainText(holders)
    page._number.click()
    qtbot.waitUntil(lambda: page._write.isVisible(), timeout=20_000)


def events(clerk: Clerk, asked: Ask) -> list[tuple[str, str, CopyEvent]]:
    def read(session: Session) -> list[tuple[str, str, CopyEvent]]:
        found = []
        for line in lines(session, Kind.COPY):
            assert isinstance(line.entry.facts, Copy)
            found.append((line.entry.number, line.entry.facts.holder, line.entry.facts.event))
        return found

    found = asked(clerk, read)
    assert isinstance(found, list)
    return found


def test_each_holder_has_a_numbered_copy_that_is_looked_at_first(
    page: PrintPage, clerk: Clerk, folder: Path, asked: Ask, qtbot: QtBot
) -> None:
    number(page, "Colonel Mercier\n\n  Capitaine   Aubry \n", qtbot)

    assert [page._which.itemText(row) for row in range(page._which.count())] == [
        "C-2026-00001  Colonel Mercier",
        "C-2026-00002  Capitaine Aubry",
    ]
    assert page._pdf.content == page._copies[0].pdf
    page._which.setCurrentIndex(1)
    assert page._pdf.content == page._copies[1].pdf
    assert list(folder.iterdir()) == []
    assert events(clerk, asked) == []


def test_what_is_written_is_what_was_shown(
    page: PrintPage, clerk: Clerk, folder: Path, asked: Ask, qtbot: QtBot
) -> None:
    number(page, "Colonel Mercier\nCapitaine Aubry", qtbot)
    shown_bytes = [one.pdf for one in page._copies]
    assert page._write.text() == "Write 2 copies"
    with qtbot.waitSignal(page.printed, timeout=20_000):
        page._write.click()

    assert [one.read_bytes() for one in sorted(folder.glob("*.pdf"))] == shown_bytes
    assert events(clerk, asked) == [
        ("C-2026-00001", "Colonel Mercier", CopyEvent.RESERVED),
        ("C-2026-00001", "Colonel Mercier", CopyEvent.PRINTED),
        ("C-2026-00002", "Capitaine Aubry", CopyEvent.RESERVED),
        ("C-2026-00002", "Capitaine Aubry", CopyEvent.PRINTED),
    ]
    assert page.notice.sentence == (
        f"2 copies were written to “{folder}” and entered in the register of copies: "
        "C-2026-00001 for Colonel Mercier; C-2026-00002 for Capitaine Aubry."
    )
    assert page.notice.tone is Tone.DONE


def test_numbers_are_reserved_before_the_first_file_is_there(
    page: PrintPage, clerk: Clerk, folder: Path, asked: Ask, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[Path]] = []

    def look_and_reserve(session: Session, copies: Sequence[NumberedCopy]) -> None:
        seen.append(list(folder.iterdir()))
        reserve(session, copies)

    monkeypatch.setattr(run_module, "reserve", look_and_reserve)
    number(page, "Colonel Mercier", qtbot)
    with qtbot.waitSignal(page.printed, timeout=20_000):
        page._write.click()

    assert seen == [[]]


def test_numbers_given_up_are_entered_as_void(page: PrintPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    number(page, "Colonel Mercier\nCapitaine Aubry", qtbot)
    with qtbot.waitSignal(page.printed):
        page._give_up.click()

    assert [event for _, _, event in events(clerk, asked)] == [CopyEvent.VOID] * 2
    assert page.notice.sentence == (
        "Given up. These numbers are entered as void: "
        "C-2026-00001 for Colonel Mercier; C-2026-00002 for Capitaine Aubry."
    )
    assert page._number.isVisible()


def test_leaving_gives_up_what_was_numbered(page: PrintPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    number(page, "Colonel Mercier", qtbot)
    with qtbot.waitSignal(page.left):
        page.leave()

    assert [event for _, _, event in events(clerk, asked)] == [CopyEvent.VOID]


def test_leaving_before_anything_was_numbered_is_nothing(page: PrintPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.left):
        page.leave()


def test_a_file_that_cannot_be_written_spoils_its_number_and_voids_the_rest(
    page: PrintPage, clerk: Clerk, folder: Path, asked: Ask, qtbot: QtBot
) -> None:
    number(page, "A\nB\nC", qtbot)
    (folder / page._copies[1].copy.file_name).touch()
    with qtbot.waitSignal(page.printed, timeout=20_000):
        page._write.click()

    last = {number: event for number, _, event in events(clerk, asked)}
    assert last == {
        "C-2026-00001": CopyEvent.PRINTED,
        "C-2026-00002": CopyEvent.SPOILT,
        "C-2026-00003": CopyEvent.VOID,
    }
    assert page.notice.tone is Tone.REFUSED
    assert "C-2026-00001 for A." in page.notice.sentence
    assert "There is a file “C-2026-00002" in page.notice.sentence


def test_cancelling_while_writing_voids_what_is_not_written_yet(
    page: PrintPage, clerk: Clerk, asked: Ask, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def confirm_and_cancel(session: Session, copy: NumberedCopy, pdf: bytes) -> None:
        confirm(session, copy, pdf)
        page._stop()

    monkeypatch.setattr(run_module, "confirm", confirm_and_cancel)
    number(page, "A\nB\nC", qtbot)
    with qtbot.waitSignal(page.printed, timeout=20_000):
        page._write.click()

    last = {number: event for number, _, event in events(clerk, asked)}
    assert list(last.values()) == [CopyEvent.PRINTED, CopyEvent.VOID, CopyEvent.VOID]


def test_a_copy_without_a_holder_is_not_made(page: PrintPage, clerk: Clerk, asked: Ask) -> None:
    page._holders.setPlainText(" \n ")
    page._number.click()

    assert page._holders_field._below.text() == "Name the holder of each copy, one on a line."
    assert events(clerk, asked) == []


def test_what_no_font_can_print_is_said_and_its_number_is_void(
    page: PrintPage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    page._holders.setPlainText("王 Mercier")
    page._number.click()
    qtbot.waitUntil(lambda: page.notice.isVisible(), timeout=20_000)

    assert page.notice.tone is Tone.REFUSED
    assert "U+738B" in page.notice.sentence
    assert [event for _, _, event in events(clerk, asked)] == [CopyEvent.VOID]


def test_unmarked_paragraphs_stop_it_and_are_named(clerk: Clerk, note: Note, folder: Path, qtbot: QtBot) -> None:
    added = plain_portion("Sans mention.", randomness=clerk.session.randomness)
    page = shown(clerk, replace(note, portions=(*note.portions, added)), folder, qtbot)

    assert not page._number.isEnabled()
    with qtbot.waitSignal(page.portion_asked) as wanted:
        page._unmarked.ways[0].click()
    assert wanted.args == [5]


def test_a_second_run_goes_on_counting(page: PrintPage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    number(page, "A", qtbot)
    with qtbot.waitSignal(page.printed, timeout=20_000):
        page._write.click()
    number(page, "B", qtbot)
    with qtbot.waitSignal(page.printed, timeout=20_000):
        page._write.click()

    assert [(number, event) for number, _, event in events(clerk, asked)][1::2] == [
        ("C-2026-00001", CopyEvent.PRINTED),
        ("C-2026-00002", CopyEvent.PRINTED),
    ]
