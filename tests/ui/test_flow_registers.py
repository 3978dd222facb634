"""Registers as tables: what was entered, newest first, and whether the chain holds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cloison.actions.people import contacts
from cloison.actions.print_copy import print_to_folder
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.registers.facts import Kind
from cloison.ui.clerk import Clerk
from cloison.ui.marked_cells import LABEL_ROLE
from cloison.ui.notice import Tone
from cloison.ui.registers.page import RegisterPage
from office import COMPARTMENT, OFFICER, PARTNER, READER, Office, opened
from service import Clock, words_for


@pytest.fixture
def clerk(clerk_of: Callable[[Path], Clerk], office: Office, tmp_path: Path, clock: Clock) -> Clerk:
    """The officer's, after two packages and a copy."""
    officer = opened(office.officer, clock)
    ids = {one.card.name: one.id for one in contacts(officer)}
    for name in (READER, PARTNER):
        seal_note(officer, office.note, [ids[name]], tmp_path, options=SealOptions(), words_for=words_for)
        clock.advance(minutes=5)
    print_to_folder(officer, office.note, ["Colonel Mercier"], tmp_path, words_for=words_for)
    officer.vault.close()
    return clerk_of(office.officer)


def shown(clerk: Clerk, kind: Kind, qtbot: QtBot) -> RegisterPage:
    page = RegisterPage(clerk, kind)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    page.show()
    page.arrive()
    qtbot.waitUntil(lambda: page.notice.isVisible())
    return page


def row(page: RegisterPage, number: int) -> list[str]:
    model = page.table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(number, column).data(role)) for column in range(model.columnCount())]


def test_dispatches_are_listed_newest_first(clerk: Clerk, qtbot: QtBot) -> None:
    page = shown(clerk, Kind.DISPATCH, qtbot)

    assert page.table.model().rowCount() == 2
    number, _, what, mark, by, compartment = row(page, 0)
    assert (number, mark, by, compartment) == ("D-2026-00002", "DR", OFFICER, COMPARTMENT)
    assert what.endswith(f"sealed to {PARTNER}")
    assert page.table.model().index(1, 3).data(LABEL_ROLE).classification == "SECRET"


def test_copies_show_number_reserved_then_with_its_holder(clerk: Clerk, qtbot: QtBot) -> None:
    page = shown(clerk, Kind.COPY, qtbot)

    assert [row(page, number)[0] for number in range(2)] == ["C-2026-00001"] * 2
    assert "printed for Colonel Mercier" in row(page, 0)[2]
    assert "reserved for Colonel Mercier" in row(page, 1)[2]


def test_an_empty_register_says_so(clerk: Clerk, qtbot: QtBot) -> None:
    page = shown(clerk, Kind.ARRIVAL, qtbot)

    assert page._empty.isVisible()
    assert not page.table.isVisible()


def test_what_was_verified_is_said(clerk: Clerk, qtbot: QtBot) -> None:
    page = shown(clerk, Kind.DISPATCH, qtbot)

    assert page.notice.sentence == "Verified: 4 entries in the open compartments, none altered, removed or moved."
    assert page.notice.tone is Tone.DONE


def test_an_altered_register_shows_no_line_and_names_the_first_bad_entry(
    clerk: Clerk, office: Office, asked: Callable[..., object], qtbot: QtBot
) -> None:
    asked(clerk, lambda session: _alter(session, office.compartment))

    page = shown(clerk, Kind.DISPATCH, qtbot)

    assert page.notice.tone is Tone.REFUSED
    assert page.notice.sentence.startswith(
        f"The register of the compartment “{COMPARTMENT}” was altered: its entry 2 is the first that does not follow."
    )
    assert page.table.model().rowCount() == 0


def _alter(session: Session, compartment_id: str) -> None:
    """What somebody with the keys and a database tool could do."""
    database = session.vault.compartment(compartment_id).chain._file.database
    for (trigger,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'chain'"):
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute("UPDATE chain SET body = CAST(replace(body, 'Liaison', 'Mission') AS BLOB) WHERE sequence = 2")
