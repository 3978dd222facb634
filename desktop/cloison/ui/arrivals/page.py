"""Receiving: a package is read with every check, shown as a list; a person accepts it into a compartment.

Nothing is written before that. A refusal is one sentence, and what was read is forgotten.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from cloison.actions.compartments import CompartmentLine, list_compartments
from cloison.actions.open_package import Accepted, accept, read, receiver
from cloison.dissemination.opening import Opened, Receiver
from cloison.dissemination.sealing import EXTENSION
from cloison.ui import sizes
from cloison.ui.arrivals.check_list import CheckList
from cloison.ui.arrivals.checks import checklist
from cloison.ui.arrivals.history import HistoryAcrossLanes
from cloison.ui.arrivals.proposal import proposed_compartment
from cloison.ui.arrivals.summary import PackageSummary
from cloison.ui.clerk import EXPECTED, Clerk
from cloison.ui.controls import Field, button
from cloison.ui.directory.cards import dropped_files
from cloison.ui.flow_page import FlowPage
from cloison.ui.lane import Task
from cloison.ui.notice import Tone
from cloison.ui.pick import pick_file
from cloison.ui.plain import PlainLabel
from cloison.ui.working import Working


class ReceivePage(FlowPage):
    """``received`` carries what was accepted, ``note_asked`` the uid of a note somebody wants to read."""

    received = Signal(object)
    note_asked = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """No package yet: one is dropped, picked or handed to ``read``."""
        words = clerk.words
        super().__init__(clerk, words.text("Receive a package"), parent=parent)
        self._opened: Opened | None = None
        self._accepted: Accepted | None = None
        self._target = _drop_target(clerk)
        self._checks = CheckList(clerk)
        self._summary = PackageSummary(clerk)
        self._compartments = QComboBox()
        self._into = Field(words.text("Keep it in"), self._compartments)
        self._working = Working()
        self._choose = button(words.text("Choose a package…"))
        self._accept = button(words.text("Accept"), role="primary")
        self._read = button(words.text("Read it"), role="primary")
        self._place()
        self.setAcceptDrops(True)
        self._choose.clicked.connect(self._pick)
        self._accept.clicked.connect(self._keep)
        self._read.clicked.connect(self._ask_note)
        self._show_step()

    def arrive(self) -> None:
        """The focus on the way to a package."""
        self._choose.setFocus()

    def read(self, path: Path) -> None:
        """Read and check the package at ``path``."""
        self._opened, self._accepted = None, None
        self.notice.clear()
        self.show_label(None)
        self._show_step()
        self._target.hide()
        self._working.start(self.clerk.words.text("Checking “{file}”…", file=path.name))
        self.clerk.ask(self, receiver, lambda checks: self._check(path, checks), refused=self._refuse)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the first file."""
        for path in dropped_files(event.mimeData())[:1]:
            event.acceptProposedAction()
            self.read(path)

    def _check(self, path: Path, checks: Receiver) -> None:
        history = HistoryAcrossLanes(self.clerk.kit.runner, checks.history)
        across = replace(checks, history=history)

        def read_package(task: Task) -> Opened | Exception:
            try:
                return read(path, across)
            except EXPECTED as error:
                return error

        self.clerk.work(self, read_package, self._show, refused=self._refuse)

    def _show(self, outcome: Opened | Exception) -> None:
        self._working.stop()
        error = outcome if isinstance(outcome, Exception) else None
        self._checks.show_checks(checklist(error, self.clerk.words))
        self._checks.show()
        if isinstance(outcome, Exception):
            self._refuse(self.clerk.sentence(outcome))
            return
        self._opened = outcome
        self._summary.show_package(outcome)
        self.show_label(outcome.manifest.label)
        self.clerk.ask(self, list_compartments, self._offer, refused=self._refuse)

    def _offer(self, compartments: tuple[CompartmentLine, ...]) -> None:
        self._compartments.clear()
        offered = [one for one in compartments if one.notes is not None]
        for one in offered:
            self._compartments.addItem(one.name, one.id)
        if self._opened is not None:
            proposed = proposed_compartment(self.clerk.policy, self._opened.manifest.label, offered)
            self._compartments.setCurrentIndex(self._compartments.findData(proposed))
        self._show_step()
        self._accept.setFocus()

    def _keep(self) -> None:
        opened, compartment = self._opened, self._compartments.currentData()
        if opened is None or compartment is None:
            return
        self._accept.setEnabled(False)
        self.clerk.ask(self, lambda session: accept(session, opened, compartment), self._kept, refused=self._refuse)

    def _kept(self, accepted: Accepted) -> None:
        self._accepted, self._opened = accepted, None
        self._show_step()
        self.say(
            self.clerk.words.text(
                "Kept in “{compartment}” and entered as {number} in the register of arrivals.",
                compartment=self._compartments.currentText(),
                number=accepted.number,
            ),
            Tone.DONE,
        )
        self._read.setFocus()
        self.received.emit(accepted)

    def _ask_note(self) -> None:
        if self._accepted is not None:
            self.note_asked.emit(self._accepted.note.uid)

    def _refuse(self, sentence: str) -> None:
        self._working.stop()
        self._show_step()
        self.refuse(sentence)
        self._choose.setFocus()

    def _pick(self) -> None:
        pattern = self.clerk.words.text("Packages ({pattern})", pattern=f"*{EXTENSION}")
        pick_file(self, self.clerk.words, self.clerk.words.text("Receive a package"), pattern, self.read)

    def _show_step(self) -> None:
        is_open = self._opened is not None
        self._summary.setVisible(is_open or self._accepted is not None)
        self._into.setVisible(is_open)
        self._accept.setVisible(is_open)
        self._accept.setEnabled(is_open)
        self._read.setVisible(self._accepted is not None)

    def _place(self) -> None:
        self._checks.hide()
        for part in (self._target, self._working, self._checks, self._summary, self._into):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.footer.addWidget(self._choose)
        self.footer.addStretch(1)
        self.footer.addWidget(self._accept)
        self.footer.addWidget(self._read)


def _drop_target(clerk: Clerk) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "sheet")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6)
    layout.addWidget(PlainLabel(clerk.words.text("Drop a package here"), role="heading"))
    layout.addWidget(
        PlainLabel(
            clerk.words.text("It is read and checked in memory. Nothing is written before you accept it."), role="muted"
        )
    )
    return frame
