"""Merging a compartment into another one: all its notes go there, then it is put away with its register."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.actions.merge_compartments import merge_some, plan_merge
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.filing.place_page import PlacePage
from cloison.ui.lane import Task

_AT_ONCE = 4  # a slice of the records lane


class MergePage(PlacePage):
    """``merged`` says what to tell of it; ``some_moved``: it stopped on the way, and the lists are others now."""

    merged = Signal(str)
    some_moved = Signal()

    def __init__(
        self, clerk: Clerk, source: CompartmentLine, places: Sequence[CompartmentLine], *, parent: QWidget | None = None
    ) -> None:
        """Merge ``source`` into one of ``places``."""
        words = clerk.words
        title = words.text("Merge “{name}” into another compartment", name=source.name)
        advice = words.text(
            "Every note of it goes to the one you choose, with its history. It is then put away: it keeps its register "
            "and is in no list. Notes do not come back by themselves."
        )
        super().__init__(clerk, title, advice, places, parent=parent)
        self.go.setText(words.text("Merge"))
        self.go.setAccessibleName(words.text("Merge"))
        self._source = source

    def enter(self) -> None:
        """A choice, and no more: what cannot be taken back is a press of its own."""
        self.go.setFocus()

    def act(self, place: str, reason: str | None) -> None:
        """Merge."""
        self.clerk.ask_in_slices(
            self,
            partial(self._merge, place=place, reason=reason),
            self._done,
            refused=self._stopped,
            progress=self.follow,
        )

    def _merge(self, session: Session, task: Task, *, place: str, reason: str | None) -> Generator[None, None, int]:
        merge = plan_merge(session, self._source.id, place, reason=reason)
        left = merge.notes
        while True:
            yield
            left = merge_some(session, merge, most=_AT_ONCE)
            task.report(done=merge.notes - left, total=max(1, merge.notes))
            if not left:
                return merge.notes

    def _done(self, notes: int) -> None:
        self.working.stop()
        self.merged.emit(
            self.clerk.words.plural(
                "“{name}” was merged and put away: {count} note moved.",
                "“{name}” was merged and put away: {count} notes moved.",
                notes,
                name=self._source.name,
            )
        )

    def _stopped(self, sentence: str) -> None:
        self.some_moved.emit()
        self.stopped(sentence)
