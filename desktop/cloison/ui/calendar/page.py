"""The declassification calendar: every date of the notes in open compartments, the earliest first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.calendar import DueLine, clock_set_back, due_list
from cloison.actions.session import Session
from cloison.ui.calendar.clock_bar import ClockBar
from cloison.ui.calendar.columns import calendar_columns
from cloison.ui.clerk import Clerk
from cloison.ui.flow_page import FlowPage
from cloison.ui.line_table import LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.wording.calendar import clock_text


class CalendarPage(FlowPage):
    """``note_asked`` carries the uid of a note somebody wants to open."""

    note_asked = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Calendar"), parent=parent)
        self._model = LineModel(calendar_columns(clerk.policy, words), words, self)
        self._empty = PlainLabel(words.text("No date is set in the open compartments."), role="muted")
        self._empty.hide()
        self.clock = ClockBar(clerk)
        self.table = line_table(clerk, self._model, words.text("Calendar"))
        self.table.activated.connect(self._open)
        self.clock.confirmed.connect(self._confirmed)
        self.clock.refused.connect(self.refuse)
        self.body.addWidget(self.clock)
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def arrive(self) -> None:
        """Read the dates; the focus on the first."""
        self.table.setFocus()
        self.clerk.ask(self, _read, self._show, refused=self.refuse)

    def _confirmed(self, number: str) -> None:
        self.say(self.clerk.words.text("The clock is vouched for, and entered as {number}.", number=number), Tone.DONE)
        self.clerk.ask(self, lambda session: session.set_back(), self.clock.show_clock, refused=self.refuse)

    def _show(self, found: tuple[tuple[DueLine, ...], datetime | None, datetime | None]) -> None:
        lines, behind, entered = found
        self.clock.show_clock(entered)
        self._model.show_lines(lines)
        self._empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
        if lines:
            self.table.selectRow(0)
        if behind is not None:
            self.say(clock_text(behind, self.clerk.words), Tone.BEWARE)

    def _open(self, index: QModelIndex) -> None:
        self.note_asked.emit(self._model.lines[index.row()].uid)


def _read(session: Session) -> tuple[tuple[DueLine, ...], datetime | None, datetime | None]:
    return due_list(session), clock_set_back(session), session.set_back()
