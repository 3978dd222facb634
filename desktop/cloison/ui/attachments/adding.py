"""A file put to a note in three steps, each in its lane: begun in the vault, sealed aside, kept in the vault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cloison.actions.attachments import begin, end, fill, keep_filled
from cloison.actions.session import Session
from cloison.actions.write_note import Saved
from cloison.labels.label import Label
from cloison.ui.clerk import Clerk
from cloison.ui.lane import Task
from cloison.vault.blob_files import IncomingFile
from cloison.vault.compartment import Compartment
from cloison.vault.files import disk_errors

_KIBIBYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    compartment: Compartment
    incoming: IncomingFile


class Adding(QObject):
    """One file; ``attached`` carries what was saved, ``refused`` a sentence, ``step`` how far it is, in KiB."""

    attached = Signal(object)
    refused = Signal(str)
    given_up = Signal()
    step = Signal(object)

    def __init__(self, clerk: Clerk, uid: str, path: Path, label: Label, *, parent: QObject | None = None) -> None:
        """For the note of that uid; nothing has begun."""
        super().__init__(parent)
        self._clerk = clerk
        self._uid = uid
        self._path = path
        self._label = label
        self._task: Task | None = None
        self._is_given_up = False

    def start(self) -> None:
        """Begin."""

        def begin_in(session: Session) -> _Begun:
            compartment, _ = session.find_note(self._uid)
            return _Begun(compartment=compartment, incoming=begin(compartment))

        self._clerk.ask(self, begin_in, self._fill, refused=self.refused.emit)

    def give_up(self) -> None:
        """Nothing is to stay of it; ``given_up`` follows, unless it was kept already."""
        self._is_given_up = True
        if self._task is not None:
            self._clerk.drop(self._task)

    def _fill(self, begun: _Begun) -> None:
        if self._is_given_up:
            self._end(begun)
            return
        self._task = self._clerk.work(
            self,
            lambda task: self._read(begun, task),
            lambda _: self._keep(begun),
            refused=lambda sentence: self._end(begun, sentence),
            progress=self.step.emit,
            given_up=lambda: self._end(begun),
        )

    def _read(self, begun: _Begun, task: Task) -> None:
        with disk_errors(self._path.name):
            total = self._path.stat().st_size // _KIBIBYTE + 1
        fill(begun.incoming, self._path, step=lambda done: task.report(done=done // _KIBIBYTE, total=total))

    def _keep(self, begun: _Begun) -> None:
        self._task = None
        if self._is_given_up:
            self._end(begun)
            return

        def keep(session: Session) -> Saved:
            try:
                return keep_filled(
                    session, begun.compartment, self._uid, begun.incoming, name=self._path.name, label=self._label
                )
            finally:
                end(begun.compartment, begun.incoming)

        self._clerk.ask(self, keep, self.attached.emit, refused=self.refused.emit)

    def _end(self, begun: _Begun, sentence: str = "") -> None:
        """Nothing stays of it."""
        self._task = None
        self._clerk.ask(
            self,
            lambda session: end(begun.compartment, begun.incoming),
            lambda _: self.refused.emit(sentence) if sentence else self.given_up.emit(),
            refused=self.refused.emit,
        )
