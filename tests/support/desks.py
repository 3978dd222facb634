"""Desks on real vaults, and what a hand does at one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cloison.actions.session import Session
from cloison.notes.note import Note
from cloison.ui.clerk import Clerk
from cloison.ui.desk.desk import Desk
from cloison.ui.door import Door
from cloison.ui.outcome import Done
from cloison.ui.tasks import Where

Ask = Callable[[Clerk, Callable[[Session], object]], object]


class Desks:
    """Makes desks on vaults, and ends them as the process would."""

    def __init__(self, clerk_of: Callable[[Path], Clerk], qtbot: QtBot) -> None:
        self._clerk_of = clerk_of
        self._qtbot = qtbot

    def open(self, vault: Path, *, by_recovery: bool = False, start_in: str | None = None) -> Desk:
        desk = self.open_bare(vault, by_recovery=by_recovery, start_in=start_in)
        self._qtbot.waitUntil(lambda: bool(desk.listing.compartments))
        return desk

    def open_bare(self, vault: Path, *, by_recovery: bool = False, start_in: str | None = None) -> Desk:
        """As ``open``, for a vault that has no compartment."""
        clerk = self._clerk_of(vault)
        door = Door(clerk.kit, vaults=vault.parent, cost=None)
        desk = Desk(clerk.kit, clerk.session, by_recovery=by_recovery, start_in=start_in)
        self._qtbot.addWidget(door)
        self._qtbot.addWidget(desk.frame)
        door.resize(1280, 800)
        desk.show_in_place_of(door)
        desk.frame.activateWindow()
        return desk

    def end(self, desk: Desk) -> None:
        """Say the last words, in their lane."""
        words = desk.last_words()
        with self._qtbot.waitCallback() as said:
            desk.clerk.kit.runner.start(Where.DRAFTS, words, owner=desk, then=said)
        assert isinstance((said.args or [None])[0], Done)


def open_first(desk: Desk, qtbot: QtBot) -> None:
    desk.frame.list.view.setCurrentIndex(desk.frame.list.rows.index(0))
    qtbot.waitUntil(lambda: desk.writing.uid is not None)


def type_at_end(desk: Desk, text: str) -> None:
    cursor = desk.editor.view.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    desk.editor.view.setTextCursor(cursor)
    QTest.keyClicks(desk.editor.view, text)


def stored(desk: Desk, asked: Ask, uid: str) -> tuple[Note, int, Note | None]:
    def read(session: Session) -> tuple[Note, int, Note | None]:
        compartment, found = session.find_note(uid)
        return found.note, found.revision, compartment.drafts.get(uid)

    found = asked(desk.clerk, read)
    assert isinstance(found, tuple)
    return found


def texts(desk: Desk) -> list[str]:
    return [portion.text for portion in desk.editor.note().all_portions]
