"""Where the policy asks for recovery, the table shows the package nobody chose, or says why nothing leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import add_compartment
from cloison.actions.people import contacts
from cloison.actions.policy_import import import_policy
from cloison.actions.recovery import set_recovery
from cloison.actions.session import Session
from cloison.notes.note import Note
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.batch_page import BatchPage
from cloison.ui.dissemination.page import DisseminatePage
from policies import ASKS_FOR_COMPARED_RECOVERY, followed, fr_version, signed_by
from service import Clock, found_service, write_marked

Ask = Callable[[Clerk, Callable[[Session], object]], object]
OFFICER, READER, RECOVERY = "Officier", "Lecteur", "Secours"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The officer's vault, and a SECRET and a low note in it."""

    clerk: Clerk
    secret: Note
    low: Note
    medium: Path


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, clerk_of: Callable[[Path], Clerk]) -> Desk:
    service = found_service(tmp_path, clock)
    signed = signed_by(service.authority, fr_version(2, ASKS_FOR_COMPARED_RECOVERY))
    officer, reader, recovery = (
        service.member(name, clearance) for name, clearance in ((OFFICER, "S-SF"), (READER, "S"), (RECOVERY, "S-SF"))
    )
    for one in (reader, recovery):
        service.introduce(one, officer)
    import_policy(officer, signed, name="fr")
    officer = followed(officer)
    compartment = add_compartment(officer, "Dossier", ceiling=None, need_to_know=False)
    secret = write_marked(officer, compartment, "[S] Titre", ["[S] un", "[S-SF] deux"])
    low = write_marked(officer, compartment, "[DR] Bas", ["[DR] un"])
    service.close()
    medium = tmp_path / "medium"
    medium.mkdir()
    return Desk(clerk=clerk_of(tmp_path / OFFICER), secret=secret, low=low, medium=medium)


def id_of(desk: Desk, asked: Ask, name: str) -> str:
    found = asked(desk.clerk, contacts)
    assert isinstance(found, tuple)
    return str(next(one.id for one in found if one.card.name == name))


def page_of(desk: Desk, note: Note, asked: Ask, qtbot: QtBot) -> DisseminatePage:
    page = DisseminatePage(desk.clerk, note, folder=desk.medium)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.arrive()
    qtbot.waitUntil(lambda: page._recipients._list.count() == 2)
    page._recipients.tick(id_of(desk, asked, READER))
    qtbot.waitUntil(lambda: page._table.plan is not None)
    return page


def headings(page: DisseminatePage) -> list[str]:
    model = page._table.model()
    return [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())]


def test_without_a_recovery_contact_nothing_leaves_and_the_bar_says_why(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    page = page_of(desk, desk.secret, asked, qtbot)

    assert headings(page) == ["Paragraph", READER]
    (sentence,) = page._refused_bar.sentences
    assert sentence.text().startswith("At this level the policy asks for a package to the organisation’s recovery")
    assert not page._seal.isEnabled()


def test_the_recovery_package_is_a_column_of_its_own_and_is_sealed_with_the_others(
    desk: Desk, asked: Ask, qtbot: QtBot
) -> None:
    asked(desk.clerk, lambda session: set_recovery(session, id_of_recovery(session)))
    page = page_of(desk, desk.secret, asked, qtbot)

    assert headings(page) == ["Paragraph", READER, f"Recovery: {RECOVERY}"]
    assert page._table.model().index(2, 2).data() == "goes out"
    (sentence,) = page._refused_bar.sentences
    assert sentence.text() == f"The policy asks for recovery: a package goes to {RECOVERY} as well."
    assert page._seal.text() == "Seal 2 packages"
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._seal.click()
    assert [one.recipient for one in page._outcome.model.lines] == [READER, RECOVERY]
    assert len(list(desk.medium.glob("*.pli"))) == 2


def id_of_recovery(session: Session) -> str:
    return next(one.id for one in contacts(session) if one.card.name == RECOVERY)


def test_below_that_level_nothing_is_said_of_it(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    page = page_of(desk, desk.low, asked, qtbot)

    assert page._refused_bar.sentences == []
    assert page._seal.isEnabled()


def test_in_a_batch_a_note_without_its_recovery_is_left_out_and_says_why(desk: Desk, asked: Ask, qtbot: QtBot) -> None:
    page = BatchPage(desk.clerk, (desk.secret.uid, desk.low.uid), folder=desk.medium)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    qtbot.waitUntil(lambda: page._recipients._list.count() == 2)
    page._recipients.tick(id_of(desk, asked, READER))
    qtbot.waitUntil(lambda: page._table.model().columnCount() == 2)
    model = page._table.model()

    assert [model.index(row, 1).data() for row in range(2)] == ["cannot be sealed", "1 of 1 §"]
    assert "recovery contact" in page._table.sentence(model.index(0, 1))
    assert page._order.seal.text() == "Seal 1 package"
    asked(desk.clerk, lambda session: set_recovery(session, id_of_recovery(session)))
    page._plan()
    qtbot.waitUntil(lambda: page._order.seal.text() == "Seal 3 packages")
    with qtbot.waitSignal(page.dispatched, timeout=20_000):
        page._order.seal.click()
    assert [len(one.sealed) for one in page._outcome.model.lines] == [2, 1]
