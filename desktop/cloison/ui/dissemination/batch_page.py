"""Disseminating several notes at once: the readers, the table note × reader, sealing note by note."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cloison.actions.batch_plan import NotePlan, plan_note
from cloison.actions.people import chosen_contacts
from cloison.actions.session import Session
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.dissemination.batch_outcome import BatchOutcome
from cloison.ui.dissemination.batch_sealing import BatchSealing, NoteOrder, NoteOutcome
from cloison.ui.dissemination.batch_table import BatchTable
from cloison.ui.dissemination.order_form import OrderForm
from cloison.ui.dissemination.recipients import WIDTH, Recipients, read_people
from cloison.ui.dissemination.sealing import Order
from cloison.ui.dissemination.words import batch_sentence, sealing_verb
from cloison.ui.flow_page import FlowPage
from cloison.ui.lane import Task
from cloison.ui.notice import Tone
from cloison.ui.outcome import Step
from cloison.ui.plain import PlainLabel
from cloison.ui.window.on_screen import Shown, together
from cloison.ui.working import Working


class BatchPage(FlowPage):
    """For saved notes; ``dispatched`` when the register grew."""

    dispatched = Signal()

    def __init__(
        self, clerk: Clerk, uids: tuple[str, ...], *, folder: Path | None, parent: QWidget | None = None
    ) -> None:
        """``folder`` is where packages were written last."""
        words = clerk.words
        title = words.plural("Disseminate {count} note", "Disseminate {count} notes", len(uids))
        super().__init__(clerk, title, parent=parent)
        self._uids = uids
        self._planning: Task | None = None
        self._sealing: BatchSealing | None = None
        self._recipients = Recipients(clerk)
        self._table = BatchTable(clerk)
        self._why = PlainLabel(role="muted")
        self._outcome = BatchOutcome(clerk)
        self._middle = QStackedWidget()
        self._middle.setProperty("role", "plain")
        self._order = OrderForm(clerk, folder=folder)
        self._working = Working(words.text("Cancel"))
        self._place()
        self._recipients.chosen_changed.connect(self._plan)
        self._table.selectionModel().currentChanged.connect(self._say_cell)
        self._order.seal_asked.connect(self._start)
        self._working.given_up.connect(self._give_up)
        self._order.seal.setEnabled(False)

    @property
    def folder(self) -> Path | None:
        """Where packages are written, if that is a folder."""
        return self._order.folder.given

    def arrive(self) -> None:
        """Read the directory and the notes; the focus on the recipients."""
        self.clerk.ask(self, read_people, self._recipients.show_people, refused=self.refuse)
        self._plan()
        self._recipients.setFocus()

    def leave(self) -> None:
        """Not while packages are being written: Cancel comes first."""
        if self._sealing is None:
            super().leave()
        else:
            self.say(self.clerk.words.text("Packages are being written: cancel first, or wait."), Tone.BEWARE)

    def _plan(self) -> None:
        if self._planning is not None:
            self.clerk.drop(self._planning)
        self.notice.clear()
        chosen, uids = self._recipients.chosen, self._uids

        def plan_each(session: Session, task: Task) -> Generator[None, None, tuple[NotePlan, ...]]:
            planned: list[NotePlan] = []
            readers = chosen_contacts(session, chosen)
            for uid in uids:
                planned.append(plan_note(session, uid, readers))
                task.report(done=len(planned), total=len(uids))
                yield
            return tuple(planned)

        self._planning = self.clerk.ask_in_slices(
            self, plan_each, self._show_plans, refused=self.refuse, progress=self._follow_planning
        )

    def _follow_planning(self, step: Step) -> None:
        if step.total > 1:
            verb = self.clerk.words.text("Reading: {done} of {total} notes…", done=step.done, total=step.total)
            self._working.follow(verb, step)

    def _show_plans(self, planned: tuple[NotePlan, ...]) -> None:
        self._planning = None
        self._working.stop()
        self._table.show_notes(planned)
        self._middle.setCurrentWidget(self._table)
        self._why.setText("")
        self._show_highest(planned)
        count = sum(one.packages for one in planned)
        self._order.show_count(count)
        self._order.seal.setEnabled(count > 0)
        self._say_left_out(planned)

    def _say_left_out(self, planned: tuple[NotePlan, ...]) -> None:
        cells = len(planned) * len(self._recipients.chosen)
        left_out = cells - sum(len(one.sendable) for one in planned)
        if left_out:
            self.say(
                self.clerk.words.plural(
                    "In {count} cell nothing can be sealed: it is left out. The line below the table says why.",
                    "In {count} cells nothing can be sealed: they are left out. The line below the table says why.",
                    left_out,
                ),
                Tone.BEWARE,
            )

    def _show_highest(self, planned: tuple[NotePlan, ...]) -> None:
        """Titles and banners are on the page, and no paragraph is: an unmarked title counts as its note does."""
        titles = [
            Shown(label=one.note.title.label or one.label, is_settled=one.note.title.label is not None)
            for one in planned
        ]
        banners = [
            Shown(label=row.rendition.label, is_settled=True)
            for one in planned
            if one.table is not None
            for row in one.table.rows
            if row.rendition is not None
        ]
        highest = together(self.clerk.policy, (*titles, *banners), created=self.clerk.session.now())
        if highest is not None:
            self.show_label(highest.label, is_settled=highest.is_settled)

    def _start(self) -> None:
        self.notice.clear()
        orders = [
            NoteOrder(
                order=Order(
                    uid=one.note.uid,
                    contact_ids=one.sendable,
                    folder=self._order.folder.folder,
                    options=self._order.options,
                ),
                reference=one.note.reference,
                packages=one.packages,
            )
            for one in self._table.notes
            if one.sendable
        ]
        self._sealing = BatchSealing(self.clerk, orders, parent=self)
        self._sealing.step.connect(self._follow)
        self._sealing.finished.connect(self._finished)
        self._set_enabled(is_enabled=False)
        self._sealing.start()

    def _follow(self, step: Step) -> None:
        self._working.follow(sealing_verb(step, self.clerk.words), step)

    def _finished(self, outcomes: tuple[NoteOutcome, ...]) -> None:
        if self._sealing is not None:
            self._sealing.deleteLater()
        self._sealing = None
        self._working.stop()
        self._set_enabled(is_enabled=True)
        self._order.seal.setEnabled(False)
        self._why.setText("")
        self._outcome.show_outcomes(outcomes)
        self._middle.setCurrentWidget(self._outcome)
        self._outcome.setFocus()
        is_whole = all(one.sealed for one in outcomes)
        self.say(
            batch_sentence(outcomes, self._order.folder.folder, self.clerk.words),
            Tone.DONE if is_whole else Tone.BEWARE,
        )
        self.dispatched.emit()

    def _give_up(self) -> None:
        if self._sealing is not None:
            self._sealing.give_up()
        elif self._planning is not None:
            self.clerk.drop(self._planning)
            self._planning = None
            self._working.stop()

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for one in (self._recipients, self._order):
            one.setEnabled(is_enabled)

    def _say_cell(self, index: QModelIndex) -> None:
        self._why.setText(self._table.sentence(index))

    def _place(self) -> None:
        for part in (self._table, self._outcome):
            self._middle.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(sizes.SPACE_3)
        right.addWidget(self._middle, 1)
        right.addWidget(self._why)
        columns = QHBoxLayout()
        columns.setSpacing(sizes.SPACE_4)
        self._recipients.setFixedWidth(WIDTH)
        columns.addWidget(self._recipients)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self._working)
        self.footer.addWidget(self._order, 1)
