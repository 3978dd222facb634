"""One print run: numbers drawn, copies laid out and seen, then reserved, written one by one and confirmed.

Every number that was drawn ends on the register: printed, spoilt, or void.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.files import write_part
from cloison.actions.print_copy import NumberedCopy, confirm, draw_copy, give_up, number_copies, reserve, spoil
from cloison.actions.session import Session
from cloison.ui.clerk import EXPECTED, Clerk
from cloison.ui.lane import Task
from cloison.ui.outcome import Step
from cloison.wording.paper import paper_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCopy:
    """A numbered copy and the very bytes that are shown and written."""

    copy: NumberedCopy
    pdf: bytes


class PrintRun(QObject):
    """``drawn`` carries the copies to look at, ``written`` those that were, with a sentence where others failed."""

    drawn = Signal(tuple)
    written = Signal(tuple, str)
    given_up = Signal(tuple)
    refused = Signal(str)
    step = Signal(object)

    def __init__(self, clerk: Clerk, uid: str, *, parent: QObject | None = None) -> None:
        """For the note ``uid``; nothing is drawn yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._uid = uid
        self._copies: tuple[DrawnCopy, ...] = ()
        self._done: list[DrawnCopy] = []
        self._is_stopping = False

    def number(self, holders: Sequence[str]) -> None:
        """Draw a number for each holder's copy and lay the copies out."""
        self._clerk.ask(
            self,
            lambda session: number_copies(session, self._uid, holders, words_for=paper_words),
            self._draw,
            refused=self.refused.emit,
        )

    def give_up(self) -> None:
        """Enter the numbers that were drawn as never used; while writing, those of the copies not yet written."""
        self._is_stopping = True
        if self._copies and not self._done:
            copies, self._copies = self._copies, ()
            self._void([one.copy for one in copies], lambda: self.given_up.emit(copies))

    def write(self, folder: Path) -> None:
        """Reserve every number, then write the copies into ``folder``."""
        self._is_stopping = False
        copies, self._copies = self._copies, ()
        self._clerk.ask(
            self,
            lambda session: reserve(session, [one.copy for one in copies]),
            lambda _: self._write_next(folder, list(copies), len(copies)),
            refused=self.refused.emit,
        )

    def _draw(self, numbered: tuple[NumberedCopy, ...]) -> None:
        policy = self._clerk.policy

        def draw_all(task: Task) -> tuple[DrawnCopy, ...] | Exception:
            try:
                return tuple(DrawnCopy(copy=one, pdf=draw_copy(policy, one)) for one in numbered)
            except EXPECTED as error:
                return error

        self._clerk.work(self, draw_all, partial(self._show, numbered), refused=self.refused.emit)

    def _show(self, numbered: tuple[NumberedCopy, ...], found: tuple[DrawnCopy, ...] | Exception) -> None:
        if isinstance(found, Exception):
            sentence = self._clerk.sentence(found)
            self._void(numbered, lambda: self.refused.emit(sentence))
            return
        self._copies = found
        self.drawn.emit(found)

    def _write_next(self, folder: Path, left: list[DrawnCopy], total: int) -> None:
        self.step.emit(Step(done=total - len(left), total=total))
        if not left:
            self._finish("")
            return
        if self._is_stopping:
            self._void([one.copy for one in left], lambda: self._finish(""))
            return
        present, *others = left

        def write_copy(task: Task) -> Exception | None:
            return _write_out(folder, present)

        self._clerk.work(
            self, write_copy, partial(self._enter, folder, present, others, total), refused=self.refused.emit
        )

    def _enter(
        self, folder: Path, present: DrawnCopy, others: list[DrawnCopy], total: int, error: Exception | None
    ) -> None:
        if error is None:
            self._done.append(present)
            self._clerk.ask(
                self,
                lambda session: confirm(session, present.copy, present.pdf),
                lambda _: self._write_next(folder, others, total),
                refused=self.refused.emit,
            )
            return
        sentence = self._clerk.sentence(error)

        def close_lines(session: Session) -> None:
            spoil(session, present.copy)
            give_up(session, [one.copy for one in others])

        self._clerk.ask(self, close_lines, lambda _: self._finish(sentence), refused=self.refused.emit)

    def _void(self, copies: Sequence[NumberedCopy], then: Callable[[], None]) -> None:
        self._clerk.ask(self, lambda session: give_up(session, copies), lambda _: then(), refused=self.refused.emit)

    def _finish(self, sentence: str) -> None:
        done, self._done = tuple(self._done), []
        self.written.emit(done, sentence)


def _write_out(folder: Path, drawn: DrawnCopy) -> Exception | None:
    """Write one copy; what hindered it, having left nothing behind."""
    part = None
    try:
        part = write_part(folder / drawn.copy.file_name, drawn.pdf)
        part.publish()
    except EXPECTED as error:
        if part is not None:
            part.discard()
        return error
    return None
