"""Moving notes to another compartment, one after the other: each is moved whole, or stays."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.actions.move_note import Moved, move_note
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.filing.place_page import PlacePage
from cloison.ui.lane import Task


class MovePage(PlacePage):
    """``moved`` says what to tell of notes that were moved; ``some_moved``: the lists are others now."""

    moved = Signal(str)
    some_moved = Signal()

    def __init__(
        self, clerk: Clerk, uids: Sequence[str], places: Sequence[CompartmentLine], *, parent: QWidget | None = None
    ) -> None:
        """Move these to one of ``places``."""
        words = clerk.words
        title = words.plural("Move {count} note", "Move {count} notes", len(uids))
        advice = words.text(
            "Everything that belongs to a note goes with it. Both registers say so; paper copies stay on the register "
            "they were made under."
        )
        super().__init__(clerk, title, advice, places, parent=parent)
        self._left = list(uids)

    def act(self, place: str, reason: str | None) -> None:
        """Move them."""
        self.clerk.ask_in_slices(
            self,
            partial(self._move, place=place, reason=reason),
            self._done,
            refused=self._stopped,
            progress=self.follow,
        )

    def _move(
        self, session: Session, task: Task, *, place: str, reason: str | None
    ) -> Generator[None, None, tuple[Moved, ...]]:
        moved: list[Moved] = []
        total = len(self._left)
        while self._left:
            moved.append(move_note(session, self._left[0], place, reason=reason))
            self._left.pop(0)
            task.report(done=len(moved), total=total)
            yield
        return tuple(moved)

    def _done(self, moved: tuple[Moved, ...]) -> None:
        self.working.stop()
        words = self.clerk.words
        numbers = ", ".join(one.number for one in moved)
        self.moved.emit(
            words.plural(
                "{count} note was moved and entered in both registers: {numbers}.",
                "{count} notes were moved and entered in both registers: {numbers}.",
                len(moved),
                numbers=numbers,
            )
        )

    def _stopped(self, sentence: str) -> None:
        self.some_moved.emit()
        self.stopped(sentence)
