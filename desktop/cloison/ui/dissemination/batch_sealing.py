"""Sealing several notes one after another: each note goes to all of its readers or to none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cloison.actions.seal_note import Sealed
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.sealing import Order, Sealing
from cloison.ui.outcome import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOrder:
    """What to seal of one note, how the note is called, and how many packages that makes."""

    order: Order
    reference: str
    packages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOutcome:
    """What came of one note; ``sentence`` says why nothing was sealed, where nothing was."""

    reference: str
    sealed: tuple[Sealed, ...] = ()
    sentence: str = ""


class BatchSealing(QObject):
    """``finished`` carries an outcome for each note, in order; ``step`` counts packages over all of them."""

    finished = Signal(tuple)
    step = Signal(object)

    def __init__(self, clerk: Clerk, orders: Sequence[NoteOrder], *, parent: QObject | None = None) -> None:
        """Not started."""
        super().__init__(parent)
        self._clerk = clerk
        self._orders = tuple(orders)
        self._total = sum(one.packages for one in orders)
        self._done = 0
        self._outcomes: list[NoteOutcome] = []
        self._sealing: Sealing | None = None
        self._is_given_up = False

    def start(self) -> None:
        """Begin with the first note."""
        self.step.emit(Step(done=0, total=self._total))
        self._next()

    def give_up(self) -> None:
        """Stop after the package that is being written; notes that were sealed before stay so."""
        self._is_given_up = True
        if self._sealing is not None:
            self._sealing.give_up()

    def _next(self) -> None:
        number = len(self._outcomes)
        if number < len(self._orders) and not self._is_given_up:
            self._seal(self._orders[number])
            return
        not_begun = self._clerk.words.text("Given up before it was begun: nothing was drawn or written.")
        rest = (NoteOutcome(reference=one.reference, sentence=not_begun) for one in self._orders[number:])
        self.finished.emit((*self._outcomes, *rest))

    def _seal(self, order: NoteOrder) -> None:
        self._sealing = sealing = Sealing(self._clerk, order.order, parent=self)
        sealing.step.connect(self._follow)
        sealing.sealed.connect(lambda packages: self._end(sealed=packages))
        sealing.refused.connect(lambda sentence: self._end(sentence=sentence))
        sealing.given_up.connect(
            lambda: self._end(
                sentence=self._clerk.words.text("Given up: nothing of it was kept, and its numbers are void.")
            )
        )
        sealing.start()

    def _follow(self, step: Step) -> None:
        self.step.emit(Step(done=self._done + step.done, total=self._total))

    def _end(self, *, sealed: tuple[Sealed, ...] = (), sentence: str = "") -> None:
        order = self._orders[len(self._outcomes)]
        if self._sealing is not None:
            self._is_given_up = self._is_given_up or self._sealing.is_medium_lost
            self._sealing.deleteLater()
        self._sealing = None
        self._done += order.packages
        self._outcomes.append(NoteOutcome(reference=order.reference, sealed=sealed, sentence=sentence))
        self._next()
