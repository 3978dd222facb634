"""The disseminate sheet on a real vault: the table, the preview, sealing, giving up, what is said in the end."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from cloison.actions.groups import make_group, set_members
from cloison.actions.people import contacts
from cloison.actions.registers import lines
from cloison.actions.seal_note import write
from cloison.actions.session import Session
from cloison.actions.write_note import save_note
from cloison.notes.note import Note
from cloison.notes.portion import plain_portion
from cloison.registers.facts import Dispatch, DispatchEvent, Kind
from cloison.rendering.errors import NoRoomError
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination import sealing as sealing_module
from cloison.ui.dissemination.page import DisseminatePage
from cloison.ui.marked_cells import LABEL_ROLE, TICK_ROLE
from cloison.ui.notice import Tone
from cloison.ui.two_lines import CHIPS_ROLE
from cloison.vault.errors import DiskError, DiskProblem
from office import PARTNER, READER, Office

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
def medium(tmp_path: Path) -> Path:
    made = tmp_path / "medium"
    made.mkdir()
    return made


@pytest.fixture
def page(clerk: Clerk, note: Note, medium: Path, qtbot: QtBot) -> DisseminatePage:
    return shown(clerk, note, medium, qtbot)


def shown(clerk: Clerk, note: Note, medium: Path, qtbot: QtBot) -> DisseminatePage:
    made = DisseminatePage(clerk, note, folder=medium)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: made._recipients._list.count() == 2)
    return made


def tick(page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot, *names: str) -> None:
    known = asked(clerk, contacts)
    assert isinstance(known, tuple)
    for one in known:
        if one.card.name in names:
            page._recipients.tick(one.id)
    qtbot.waitUntil(lambda: page._table.plan is not None and len(page._table.plan.rows) == len(names))


def cells(page: DisseminatePage, column: int) -> list[str]:
    model = page._table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def dispatches(clerk: Clerk, asked: Ask) -> list[Dispatch]:
    found = asked(clerk, lambda session: [line.entry.facts for line in lines(session, Kind.DISPATCH)])
    assert isinstance(found, list)
    return found


def test_the_table_says_who_receives_what_and_why_not(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)

    cabinet, partner = cells(page, 1), cells(page, 2)
    assert cabinet == ["goes out"] * 4 + ["does not hold SPÉCIAL FRANCE", "3 of 4 §"]
    assert partner[:3] == ["not cleared for SECRET", "goes out", "goes out"]
    assert partner[-1] == "2 of 4 §"


def test_ticks_and_chips_are_there_for_the_eye(page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot) -> None:
    tick(page, clerk, asked, qtbot, PARTNER)
    model = page._table.model()

    assert [model.index(row, 1).data(TICK_ROLE) for row in range(6)] == [False, True, True, False, False, None]
    assert model.index(3, 0).data(LABEL_ROLE).classification == "SECRET"
    assert model.index(5, 1).data(LABEL_ROLE).classification == "DIFFUSION RESTREINTE"


def test_reasons_are_read_out_and_in_tooltips_as_plain_text(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, PARTNER)
    cell = page._table.model().index(0, 1)

    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "not cleared for SECRET"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "<span>not cleared for SECRET</span>"


def test_nobody_is_chosen_at_first_and_nothing_can_be_sealed(page: DisseminatePage) -> None:
    assert not page._seal.isEnabled()
    assert page._empty.isVisible()


def test_the_strips_show_the_mark_of_the_note(page: DisseminatePage) -> None:
    assert page.shown_label is not None
    assert page.shown_label.classification == "SECRET"
    assert page.is_settled


def test_packages_are_sealed_entered_and_named_in_the_end(
    page: DisseminatePage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    assert page._seal.text() == "Seal 2 packages"
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()

    written = sorted(medium.glob("*.pli"))
    assert len(written) == 2
    assert [one.event for one in dispatches(clerk, asked)] == [DispatchEvent.SEALED] * 2
    assert page.notice.tone is Tone.DONE
    assert page.notice.sentence.startswith(f"2 packages were written to “{medium}”")
    assert page.notice.sentence.endswith("Remove the medium before you hand it over.")
    assert all(one.name in page.notice.sentence for one in written)
    assert "D-2026-00001  Cabinet du préfet: SECRET" in page.notice.sentence


def test_the_preview_is_what_that_reader_will_hold(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot, tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    page._preview._who.setCurrentText(PARTNER)
    with qtbot.waitSignal(page._preview.shown, timeout=20_000):
        page._preview._switch.click()

    text = extracted(page._preview.content, tool, tmp_path)
    assert "DIFFUSION RESTREINTE" in text
    assert "La source travaille pour un fournisseur." in text
    assert "livraison" not in text
    assert page._preview.pdf.page_count == 1
    page._preview._switch.click()
    assert page._middle.currentWidget() is page._table


def extracted(pdf: bytes, tool: Callable[[str, str], str], folder: Path) -> str:
    file = folder / "preview.pdf"
    file.write_bytes(pdf)
    program = tool("pdftotext", "apt install poppler-utils")
    return subprocess.run([program, str(file), "-"], capture_output=True, text=True, check=True).stdout


def test_where_to_write_is_asked_before_anything_is_drawn(
    clerk: Clerk, note: Note, asked: Ask, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(clerk, note, tmp_path / "no such folder", qtbot)
    tick(page, clerk, asked, qtbot, READER)
    page._seal.click()

    assert page._sealing is None
    assert page._folder._below.text().startswith("There is no folder “")
    assert dispatches(clerk, asked) == []


def test_a_recipient_to_whom_nothing_may_go_is_named(
    page: DisseminatePage, clerk: Clerk, asked: Ask, office: Office, qtbot: QtBot
) -> None:
    asked(clerk, lambda session: _only_special(session, office.note))
    tick(page, clerk, asked, qtbot, READER, PARTNER)

    assert not page._seal.isEnabled()
    assert page.notice.sentence == (
        f"Nothing can be sealed to: {READER}, {PARTNER}. Settle what the table says, or untick them to seal to the "
        "others."
    )
    assert cells(page, 1)[-1] == "nothing of it is theirs to read"


def _only_special(session: Session, uid: str) -> None:
    compartment, stored = session.find_note(uid)
    label = stored.note.portions[3].label
    assert label is not None
    portions = tuple(portion.marked(label) for portion in stored.note.portions)
    save_note(session, compartment, replace(stored.note, portions=portions), changes=())


def test_unmarked_paragraphs_are_named_each_with_a_way_to_it(
    clerk: Clerk, note: Note, medium: Path, asked: Ask, qtbot: QtBot
) -> None:
    added = plain_portion("Sans mention.", randomness=clerk.session.randomness)
    unmarked = replace(note, portions=(*note.portions, added))
    page = shown(clerk, unmarked, medium, qtbot)

    assert page._unmarked._sentence.text().startswith("These paragraphs carry no mark yet: 5.")
    assert not page.is_settled
    with qtbot.waitSignal(page.portion_asked) as wanted:
        page._unmarked.ways[0].click()
    assert wanted.args == [5]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DiskError(DiskProblem.FULL, file="D-1.pli"), "The disk is full"),
        (NoRoomError(), "The stamps"),
    ],
    ids=["a full disk", "a page without room"],
)
def test_what_fails_half_way_leaves_nothing_and_voids_the_numbers(
    page: DisseminatePage,
    clerk: Clerk,
    asked: Ask,
    medium: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    sentence: str,
) -> None:
    real = write
    calls: list[object] = []

    def second_fails(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise error
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing_module, "write", second_fails)
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    page._seal.click()
    qtbot.waitUntil(lambda: page.notice.tone is Tone.REFUSED and page.notice.isVisible(), timeout=20_000)

    assert page.notice.sentence.startswith(sentence)
    assert list(medium.iterdir()) == []
    assert [one.event for one in dispatches(clerk, asked)] == [DispatchEvent.VOID] * 2
    assert page._seal.isEnabled()


def test_giving_up_leaves_nothing_and_voids_the_numbers(
    page: DisseminatePage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write

    def give_up_meanwhile(*arguments: object, **named: object) -> object:
        page._give_up()
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing_module, "write", give_up_meanwhile)
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()

    assert page.notice.sentence.startswith("Given up: nothing is left on the medium")
    assert list(medium.iterdir()) == []
    assert [one.event for one in dispatches(clerk, asked)] == [DispatchEvent.VOID] * 2


def test_the_page_is_not_left_while_packages_are_written(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER)
    page._seal.click()
    with qtbot.assertNotEmitted(page.left):
        page.leave()
    assert page.notice.sentence == "Packages are being written: cancel first, or wait."
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        pass

    with qtbot.waitSignal(page.left):
        page.leave()


def test_escape_asks_to_go_back(page: DisseminatePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.back_asked):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_the_directory_is_narrowed_down_by_typing(page: DisseminatePage) -> None:
    page._recipients._filter.setText("liaison")

    hidden = [page._recipients._list.item(row).isHidden() for row in range(2)]
    assert hidden == [True, False]


def test_everything_has_a_name_and_is_reached_with_tab(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER)
    controls = [
        one
        for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        for one in page.findChildren(kind)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert len(controls) >= 9
    assert [type(one).__name__ for one in controls if not one.accessibleName()] == []


def test_the_same_packages_again_are_not_one_click_away(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER)
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()
    assert not page._seal.isEnabled()

    tick(page, clerk, asked, qtbot, READER, PARTNER)
    qtbot.waitUntil(page._seal.isEnabled)


def test_all_that_a_cell_says_stands_below_the_table(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    model = page._table.model()
    page._table.setCurrentIndex(model.index(4, 1))
    assert page._why.text() == f"{READER}, § 4 – does not hold SPÉCIAL FRANCE"

    page._table.setCurrentIndex(model.index(5, 2))
    assert page._why.text() == f"{PARTNER} – DIFFUSION RESTREINTE, 2 of 4 §"
    assert page._preview._who.currentText() == PARTNER


def test_a_refused_recipient_is_told_why_and_can_be_left_out(
    page: DisseminatePage, clerk: Clerk, asked: Ask, office: Office, qtbot: QtBot
) -> None:
    asked(clerk, lambda session: _only_special(session, office.note))
    tick(page, clerk, asked, qtbot, READER, PARTNER)

    assert [one.text() for one in page._refused_bar.sentences] == [
        f"{name}: Nothing of the note is theirs to read: the table says why, paragraph by paragraph."
        for name in (READER, PARTNER)
    ]
    assert page._refused_bar.ways[0].accessibleName() == f"Leave {READER} out"
    page.activateWindow()
    page._refused_bar.ways[1].setFocus()
    QTest.keyClick(page._refused_bar.ways[1], Qt.Key.Key_Tab)
    assert page._table.hasFocus()
    page._refused_bar.ways[0].click()
    qtbot.waitUntil(lambda: page._table.plan is not None and len(page._table.plan.rows) == 1)
    assert len(page._refused_bar.ways) == 1


def test_everybody_who_receives_something_needs_no_word(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)

    assert not page._refused_bar.isVisible()


def test_a_name_is_typed_and_taken_with_enter(page: DisseminatePage, qtbot: QtBot) -> None:
    field = page._recipients._filter
    QTest.keyClicks(field, "liaison")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(page._recipients.chosen) == 1

    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert page._recipients._list.currentRow() == 0


def test_what_was_sealed_stands_in_a_table_until_the_choice_changes(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER)
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()

    assert page._middle.currentWidget() is page._outcome
    (line,) = page._outcome.model.lines
    assert (line.number, line.recipient, line.portions) == ("D-2026-00001", READER, 3)
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    assert page._middle.currentWidget() is page._table


def test_what_a_copy_tells_of_others_stands_in_the_table_before_it_is_sealed(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot, tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    assert len(cells(page, 1)) == 6

    page._order.distribution.setChecked(True)

    assert cells(page, 1)[-1] == f"copy 1 of 2; distribution list: {READER}, {PARTNER}"
    assert cells(page, 2)[-1] == f"copy 2 of 2; distribution list: {READER}, {PARTNER}"
    text = previewed(page, PARTNER, qtbot, tool, tmp_path)
    assert text.count(PARTNER) >= 2
    assert READER in text


def test_a_copy_names_nobody_else_unless_the_sender_asks(
    page: DisseminatePage, clerk: Clerk, asked: Ask, qtbot: QtBot, tool: Callable[[str, str], str], tmp_path: Path
) -> None:
    tick(page, clerk, asked, qtbot, READER, PARTNER)

    text = previewed(page, PARTNER, qtbot, tool, tmp_path)

    assert PARTNER in text
    assert READER not in text


def previewed(page: DisseminatePage, name: str, qtbot: QtBot, tool: Callable[[str, str], str], folder: Path) -> str:
    """The words of the paper that somebody would get."""
    page._preview._who.setCurrentText(name)
    with qtbot.waitSignal(page._preview.shown, timeout=20_000):
        page._preview._switch.click()
    return extracted(page._preview.content, tool, folder)


def test_state_and_clearance_stand_beside_each_name(page: DisseminatePage) -> None:
    row = next(
        page._recipients._list.item(number)
        for number in range(2)
        if page._recipients._list.item(number).text() == PARTNER
    )

    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == (
        f"{PARTNER}, DIFFUSION RESTREINTE · endorsed, fingerprint compared"
    )
    assert [chip.text for chip in row.data(CHIPS_ROLE)] == ["DR"]


def test_a_group_expands_into_the_people_in_it(
    clerk: Clerk, note: Note, medium: Path, asked: Ask, qtbot: QtBot
) -> None:
    def make(session: Session) -> None:
        group = make_group(session, "Tous")
        set_members(session, group.id, [one.id for one in contacts(session)])

    asked(clerk, make)
    page = DisseminatePage(clerk, note, folder=medium)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    people = page._recipients._list
    qtbot.waitUntil(lambda: people.count() == 3)
    assert people.item(0).text() == "Group “Tous”"
    assert people.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Group “Tous”, 2 people"

    people.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: page._table.plan is not None and len(page._table.plan.rows) == 2)
    assert count(page) == 2
    people.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert [people.item(row).checkState() for row in range(2)] == [Qt.CheckState.Unchecked] * 2
    assert count(page) == 1
    people.item(1).setCheckState(Qt.CheckState.Checked)
    assert [people.item(row).checkState() for row in range(2)] == [Qt.CheckState.Checked] * 2


def count(page: DisseminatePage) -> int:
    return len(page._recipients.chosen)


def test_a_medium_that_is_taken_out_half_way_is_said_and_its_folder_not_made_anew(
    page: DisseminatePage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write

    def taken_out(*arguments: object, **named: object) -> object:
        written = real(*arguments, **named)  # type: ignore[arg-type]
        shutil.rmtree(medium)
        return written

    monkeypatch.setattr(sealing_module, "write", taken_out)
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    page._seal.click()
    qtbot.waitUntil(lambda: page.notice.tone is Tone.REFUSED and page.notice.isVisible(), timeout=20_000)

    assert page.notice.sentence.startswith(f"The folder “{medium}” is gone: was the medium taken out?")
    assert not medium.exists()
    assert [one.event for one in dispatches(clerk, asked)] == [DispatchEvent.VOID] * 2


def test_what_a_session_before_left_without_its_name_has_it_now(
    page: DisseminatePage, clerk: Clerk, asked: Ask, medium: Path, qtbot: QtBot
) -> None:
    tick(page, clerk, asked, qtbot, READER)
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()
    (first,) = medium.glob("*.pli")
    first.rename(first.with_name(f"{first.name}.part"))
    tick(page, clerk, asked, qtbot, READER, PARTNER)
    qtbot.waitUntil(page._seal.isEnabled)
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()

    assert len(list(medium.glob("*.pli"))) == 3
    assert first.exists()
    assert page.notice.sentence.endswith(
        "1 package that an interrupted sealing had left here, registered and whole, has its name now."
    )
