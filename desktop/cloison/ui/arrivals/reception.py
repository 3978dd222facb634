"""Packages handed in, one after another: each is read and checked in its turn, and waits for a person's word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.open_package import Accepted, accept, read, receiver
from cloison.dissemination.checks import Opened, Receiver
from cloison.ui.arrivals.history import HistoryAcrossLanes
from cloison.ui.clerk import EXPECTED, Clerk
from cloison.ui.lane import Task


class Stage(Enum):
    """How far a file is."""

    WAITING = "waiting"
    CHECKING = "checking"
    CHECKED = "checked"
    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done with it."""
        return self in (Stage.ACCEPTED, Stage.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file: what was found in it, what it was refused for, under which number it was accepted into what.

    ``sentence`` says why it was refused, or why it could not be kept where somebody wanted to.
    """

    path: Path
    stage: Stage = Stage.WAITING
    opened: Opened | None = None
    error: Exception | None = None
    sentence: str = ""
    accepted: Accepted | None = None
    compartment: str = ""


class Reception(QObject):
    """``changed`` carries the path of a file of which something is to be told."""

    changed = Signal(object)
    received = Signal(object)

    def __init__(self, clerk: Clerk, *, parent: QObject | None = None) -> None:
        """Nothing was handed in."""
        super().__init__(parent)
        self._clerk = clerk
        self._files: dict[Path, Incoming] = {}

    @property
    def files(self) -> tuple[Incoming, ...]:
        """All that was handed in, in that order."""
        return tuple(self._files.values())

    def file(self, path: Path) -> Incoming:
        """What is known of a file that was handed in."""
        return self._files[path]

    def take(self, paths: Iterable[Path]) -> None:
        """Read these in their turn; one that was settled before is read anew, in the same place."""
        for path in paths:
            known = self._files.get(path)
            if known is None or known.stage.is_settled:
                self._set(Incoming(path=path))
        self._next()

    def accept(self, path: Path, compartment_id: str, name: str) -> None:
        """Keep a checked package in a compartment, which is called ``name``."""
        opened = self._files[path].opened
        if opened is None:
            return
        self._clerk.ask(
            self,
            lambda session: accept(session, opened, compartment_id),
            partial(self._accepted, path, name),
            refused=partial(self._not_accepted, path),
        )

    def _next(self) -> None:
        stages = [one.stage for one in self.files]
        if Stage.CHECKING in stages or Stage.WAITING not in stages:
            return
        path = self.files[stages.index(Stage.WAITING)].path
        self._set(Incoming(path=path, stage=Stage.CHECKING))
        self._clerk.ask(self, receiver, partial(self._check, path), refused=partial(self._not_read, path))

    def _check(self, path: Path, checks: Receiver) -> None:
        across = replace(checks, history=HistoryAcrossLanes(self._clerk.kit.runner, checks.history))

        def read_package(task: Task) -> Opened | Exception:
            try:
                return read(path, across)
            except EXPECTED as error:
                return error

        self._clerk.work(self, read_package, partial(self._checked, path), refused=partial(self._not_read, path))

    def _checked(self, path: Path, outcome: Opened | Exception) -> None:
        if isinstance(outcome, Exception):
            sentence = self._clerk.sentence(outcome)
            self._set(Incoming(path=path, stage=Stage.REFUSED, error=outcome, sentence=sentence))
        else:
            self._set(Incoming(path=path, stage=Stage.CHECKED, opened=outcome))
        self._next()

    def _not_read(self, path: Path, sentence: str) -> None:
        self._set(Incoming(path=path, stage=Stage.REFUSED, sentence=sentence))
        self._next()

    def _accepted(self, path: Path, name: str, accepted: Accepted) -> None:
        before = self._files[path]
        self._set(replace(before, stage=Stage.ACCEPTED, accepted=accepted, compartment=name, sentence=""))
        self.received.emit(accepted)

    def _not_accepted(self, path: Path, sentence: str) -> None:
        self._set(replace(self._files[path], sentence=sentence))

    def _set(self, line: Incoming) -> None:
        self._files[line.path] = line
        self.changed.emit(line.path)
