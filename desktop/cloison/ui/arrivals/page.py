"""Receiving: files are read with every check, shown as a list; a person accepts each package into a compartment.

Nothing is written before that. A refusal is one sentence, and what was read is forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.quarantine import Quarantined
from cloison.dissemination.sealing import EXTENSION
from cloison.ui import sizes
from cloison.ui.arrivals.file_list import FileList
from cloison.ui.arrivals.package_view import PackageView
from cloison.ui.arrivals.reception import Incoming, Key, Reception, Stage
from cloison.ui.arrivals.words import accepted_sentence, taken_sentence
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.pick import pick_files
from cloison.ui.plain import PlainLabel
from cloison.ui.taking_files import TakesFiles

_MUCH: Final = 100


class ReceivePage(TakesFiles, FlowPage):
    """``received`` carries what was accepted, ``note_asked`` the uid of a note somebody wants to read.

    ``held``: the quarantine grew; ``quarantine_asked``: somebody wants to see it. ``answered``: a receipt was taken in;
    ``receipt_asked`` carries the uid of a package somebody wants to answer.
    """

    received = Signal(object)
    held = Signal()
    quarantine_asked = Signal()
    answered = Signal()
    receipt_asked = Signal(str)
    requirements_asked = Signal()
    note_asked = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet: some are dropped, picked or handed to ``read``."""
        words = clerk.words
        super().__init__(clerk, words.text("Receive packages"), parent=parent)
        self._reception = Reception(clerk, parent=self)
        self._target = _drop_target(clerk)
        self._files = FileList(clerk)
        self._view = PackageView(clerk)
        self._choose = button(words.text("Choose packages…"))
        self._accept = button(words.text("Accept"), role="primary")
        self._next = button(words.text("Next package"))
        self._read = button(words.text("Read the note"), role="primary")
        self._take = button(words.text("Take it in"), role="primary")
        self._answer = button(words.text("Receipt…"))
        self._requirements = button(words.text("Show the requirements"))
        self._quarantine = button(words.text("Show the quarantine"))
        self._place()
        self._connect()
        self.setAcceptDrops(True)

    def arrive(self) -> None:
        """The focus on the way to a package."""
        self._choose.setFocus()

    def read(self, path: Path) -> None:
        """Read and check the file at ``path`` in its turn."""
        self.take((path,))

    def take(self, paths: Sequence[Path]) -> None:
        """Read and check these, one after another; the first is shown unless somebody is at another one."""
        if not paths:
            return
        present = self._present
        self._reception.take(paths)
        self._show_taken(present, paths[0])

    def take_held(self, held: Sequence[Quarantined]) -> None:
        """Check these anew, which waited in quarantine."""
        present = self._present
        self._reception.take_held(held)
        self._show_taken(present, held[0].uid)

    def _show_taken(self, present: Incoming | None, first: Key) -> None:
        self._files.show_packages(self._reception.packages)
        self._target.hide()
        if present is None or present.stage.is_settled:
            self._files.pick(first)
        self._show_present()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits for its turn or is being checked."""
        return not any(one.stage in (Stage.WAITING, Stage.CHECKING) for one in self._reception.packages)

    @property
    def _present(self) -> Incoming | None:
        key = self._files.present
        return None if key is None else self._reception.package(key)

    def _follow(self, key: Key) -> None:
        self._files.show_packages(self._reception.packages)
        if key == self._files.present:
            self._show_present()
        else:
            self._show_buttons()

    def _show_present(self) -> None:
        line = self._present
        self._view.setVisible(line is not None)
        self._show_buttons()
        if line is None:
            return
        self._view.show_package(line)
        self.show_label(line.label)
        self._say_result(line)
        self._move_focus(line)

    def _say_result(self, line: Incoming) -> None:
        if line.taken is not None:
            self.say(taken_sentence(line.taken, self.clerk.words), Tone.DONE)
        elif line.stage is Stage.ACCEPTED:
            self.say(accepted_sentence(line, self.clerk.words), Tone.DONE)
        elif line.stage is Stage.HELD:
            self.say(line.sentence, Tone.BEWARE)
        elif line.sentence:
            self.refuse(line.sentence)
        else:
            self.notice.clear()

    def _move_focus(self, line: Incoming) -> None:
        """To what is to be done next, unless somebody walks through the list with the keys."""
        if self._files.hasFocus():
            return
        if line.stage is Stage.ACCEPTED:
            self._read.setFocus()
        elif line.stage is Stage.HELD:
            self._quarantine.setFocus()
        elif line.receipt is not None:
            self._take.setFocus()
        elif line.stage is Stage.REFUSED:
            self._choose.setFocus()

    def _show_buttons(self) -> None:
        line = self._present
        stage = None if line is None else line.stage
        is_receipt = line is not None and line.receipt is not None
        self._take.setVisible(stage is Stage.CHECKED and is_receipt)
        self._answer.setVisible(stage is Stage.ACCEPTED and not is_receipt)
        self._requirements.setVisible(line is not None and line.taken is not None and bool(line.taken.requirement_ids))
        self._accept.setVisible(stage is Stage.CHECKED and not is_receipt)
        self._accept.setEnabled(stage is Stage.CHECKED and self._view.compartments.currentIndex() >= 0)
        self._read.setVisible(stage is Stage.ACCEPTED)
        self._quarantine.setVisible(stage is Stage.HELD)
        self._next.setVisible(stage is not None and stage.is_settled and self._first_checked() is not None)

    def _first_checked(self) -> Key | None:
        return next((one.key for one in self._reception.packages if one.stage is Stage.CHECKED), None)

    def _offered(self) -> None:
        self._show_buttons()
        if not self._files.hasFocus():
            self._accept.setFocus()

    def _keep(self) -> None:
        line, chosen = self._present, self._view.compartments.currentData()
        if line is None or chosen is None:
            return
        self._accept.setEnabled(False)
        self._reception.accept(line.key, chosen, self._view.compartments.currentText())

    def _keep_receipt(self) -> None:
        if (line := self._present) is not None:
            self._reception.take_receipt(line.key)

    def _ask_receipt(self) -> None:
        line = self._present
        if line is not None and line.opened is not None:
            self.receipt_asked.emit(line.opened.manifest.uid)

    def _go_on(self) -> None:
        if (key := self._first_checked()) is not None:
            self._files.pick(key)

    def _ask_note(self) -> None:
        line = self._present
        if line is not None and line.accepted is not None:
            self.note_asked.emit(line.accepted.note.uid)
        elif line is not None and line.taken is not None:
            self.note_asked.emit(line.taken.note_uid)

    def _pick(self) -> None:
        words = self.clerk.words
        pattern = words.text("Packages ({pattern})", pattern=f"*{EXTENSION}")
        pick_files(self, words, words.text("Receive packages"), pattern, self.take)

    def _connect(self) -> None:
        self._reception.changed.connect(self._follow)
        self._reception.received.connect(self.received)
        self._reception.held.connect(self.held)
        self._reception.answered.connect(self.answered)
        self._take.clicked.connect(self._keep_receipt)
        self._answer.clicked.connect(self._ask_receipt)
        self._requirements.clicked.connect(self.requirements_asked)
        self._quarantine.clicked.connect(self.quarantine_asked)
        self._files.picked.connect(self._show_present)
        self._view.offered.connect(self._offered)
        self._view.refused.connect(self.refuse)
        self._view.compartments.currentIndexChanged.connect(self._show_buttons)
        self._choose.clicked.connect(self._pick)
        self._accept.clicked.connect(self._keep)
        self._next.clicked.connect(self._go_on)
        self._read.clicked.connect(self._ask_note)

    def _place(self) -> None:
        self._view.hide()
        self._view.into.hide()
        columns = QHBoxLayout()
        columns.setSpacing(sizes.SPACE_5)
        columns.addWidget(self._files)
        columns.addWidget(self._view, 1)
        self.body.addWidget(self._target)
        self.body.addLayout(columns, 1)
        bottom = Qt.AlignmentFlag.AlignBottom
        self.footer.setSpacing(sizes.SPACE_4)
        self.footer.addWidget(self._choose, 0, bottom)
        self.footer.addWidget(self._view.into, _MUCH)
        self.footer.addStretch(1)
        for one in (
            self._next,
            self._quarantine,
            self._requirements,
            self._answer,
            self._accept,
            self._take,
            self._read,
        ):
            self.footer.addWidget(one, 0, bottom)
            one.hide()


def _drop_target(clerk: Clerk) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "sheet")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6)
    layout.addWidget(PlainLabel(clerk.words.text("Drop packages here"), role="heading"))
    layout.addWidget(
        PlainLabel(
            clerk.words.text("They are read and checked in memory. Nothing is written before you accept it."),
            role="muted",
        )
    )
    return frame
