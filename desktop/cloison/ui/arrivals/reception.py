"""Packages handed in, one after another: each is read and checked in its turn, and waits for a person's word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.open_package import Accepted, accept
from cloison.actions.quarantine import Quarantined, hold
from cloison.actions.take_receipt import TakenReceipt, take_receipt
from cloison.dissemination.checks import Milestone, Opened
from cloison.dissemination.opening import Waiting
from cloison.dissemination.receipt_file import OpenedReceipt
from cloison.labels.label import Label
from cloison.ui.arrivals.looking import Look, look
from cloison.ui.clerk import Clerk
from cloison.wording.arrivals import waiting_text


class Stage(Enum):
    """How far a package is."""

    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"
    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done with it here."""
        return self in (Stage.ACCEPTED, Stage.HELD, Stage.REFUSED)


Key = Path | str
"""What tells one package from another before it is read: its file, or its uid in quarantine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One package: what was found in it, what it was refused for, under which number it was accepted into what.

    ``sentence`` says why it was refused or waits, or why it could not be kept where somebody wanted to.
    """

    key: Key
    name: str
    stage: Stage = Stage.WAITING
    milestone: Milestone | None = None
    opened: Opened | None = None
    receipt: OpenedReceipt | None = None
    error: Exception | None = None
    sentence: str = ""
    accepted: Accepted | None = None
    compartment: str = ""
    taken: TakenReceipt | None = None

    @property
    def label(self) -> Label | None:
        """The mark of what is in it, where that is known."""
        if self.opened is not None:
            return self.opened.manifest.label
        return None if self.receipt is None else self.receipt.receipt.label


class Reception(QObject):
    """``changed`` carries the key of a package of which something is to be told; ``held``: the quarantine grew.

    ``received`` carries what was accepted, ``answered``: a receipt was taken in.
    """

    changed = Signal(object)
    received = Signal(object)
    answered = Signal()
    held = Signal()

    def __init__(self, clerk: Clerk, *, parent: QObject | None = None) -> None:
        """Nothing was handed in."""
        super().__init__(parent)
        self._clerk = clerk
        self._packages: dict[Key, Incoming] = {}

    @property
    def packages(self) -> tuple[Incoming, ...]:
        """All that was handed in, in that order."""
        return tuple(self._packages.values())

    def package(self, key: Key) -> Incoming:
        """What is known of one that was handed in."""
        return self._packages[key]

    def take(self, paths: Iterable[Path]) -> None:
        """Read these files in their turn."""
        for path in paths:
            self._begin(Incoming(key=path, name=path.name))
        self._next()

    def take_held(self, held: Iterable[Quarantined]) -> None:
        """Check these, which waited in quarantine, in their turn."""
        words = self._clerk.words
        for one in held:
            name = one.sender or words.text("sender not known here")
            self._begin(Incoming(key=one.uid, name=words.text("Quarantine: {sender}", sender=name)))
        self._next()

    def accept(self, key: Key, compartment_id: str, name: str) -> None:
        """Keep a checked package in a compartment, which is called ``name``."""
        opened = self._packages[key].opened
        if opened is None:
            return
        self._clerk.ask(
            self,
            lambda session: accept(session, opened, compartment_id),
            partial(self._accepted, key, name),
            refused=partial(self._not_accepted, key),
        )

    def take_receipt(self, key: Key) -> None:
        """Keep a checked receipt: it closes the line of its dispatch."""
        receipt = self._packages[key].receipt
        if receipt is not None:
            self._clerk.ask(
                self,
                lambda session: take_receipt(session, receipt),
                partial(self._taken, key),
                refused=partial(self._not_accepted, key),
            )

    def _begin(self, line: Incoming) -> None:
        """One that was settled before is read anew, in the same place; one that is under way stays as it is."""
        known = self._packages.get(line.key)
        if known is None or known.stage.is_settled:
            if known is not None and known.opened is not None and known.accepted is None:
                known.opened.discard()
            self._set(line)

    def _next(self) -> None:
        stages = [one.stage for one in self.packages]
        if Stage.CHECKING in stages or Stage.WAITING not in stages:
            return
        line = self.packages[stages.index(Stage.WAITING)]
        self._set(replace(line, stage=Stage.CHECKING))
        look(
            self._clerk,
            self,
            line.key,
            partial(self._looked, line.key),
            refused=partial(self._refuse, line.key),
            passed=partial(self._passed, line.key),
        )

    def _passed(self, key: Key, milestone: Milestone) -> None:
        self._set(replace(self._packages[key], milestone=milestone))

    def _looked(self, key: Key, outcome: Look) -> None:
        if isinstance(outcome, Waiting):
            self._clerk.ask(
                self,
                lambda session: hold(session, outcome),
                partial(self._holds, key, outcome),
                refused=partial(self._refuse, key),
            )
        elif isinstance(outcome, Exception):
            self._refuse(key, self._clerk.sentence(outcome), outcome)
        elif isinstance(outcome, OpenedReceipt):
            self._end(key, stage=Stage.CHECKED, receipt=outcome)
        else:
            self._end(key, stage=Stage.CHECKED, opened=outcome)

    def _holds(self, key: Key, waiting: Waiting, held: Quarantined) -> None:
        sentence = waiting_text(held.reason, held.key_id, self._clerk.words)
        self._end(key, stage=Stage.HELD, error=waiting.error, sentence=sentence)
        self.held.emit()

    def _refuse(self, key: Key, sentence: str, error: Exception | None = None) -> None:
        self._end(key, stage=Stage.REFUSED, error=error, sentence=sentence)

    def _end(
        self,
        key: Key,
        *,
        stage: Stage,
        opened: Opened | None = None,
        receipt: OpenedReceipt | None = None,
        error: Exception | None = None,
        sentence: str = "",
    ) -> None:
        line = self._packages[key]
        self._set(replace(line, stage=stage, opened=opened, receipt=receipt, error=error, sentence=sentence))
        self._next()

    def _accepted(self, key: Key, name: str, accepted: Accepted) -> None:
        line = self._packages[key]
        self._set(replace(line, stage=Stage.ACCEPTED, accepted=accepted, compartment=name, sentence=""))
        self.received.emit(accepted)

    def _taken(self, key: Key, taken: TakenReceipt) -> None:
        self._set(replace(self._packages[key], stage=Stage.ACCEPTED, taken=taken, sentence=""))
        self.answered.emit()

    def _not_accepted(self, key: Key, sentence: str) -> None:
        self._set(replace(self._packages[key], sentence=sentence))

    def _set(self, line: Incoming) -> None:
        self._packages[line.key] = line
        self.changed.emit(line.key)
