"""The disseminate sheet: recipients, the table of who receives what, the rendition of each, and sealing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cloison.actions.consent import ConsentTerms, record_consent
from cloison.actions.dissemination_plan import Plan, Row, plan
from cloison.actions.seal_note import Sealed, told_on_each
from cloison.labels.label import Label
from cloison.notes.note import Note, note_label
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.dissemination.consent_form import ConsentForm, Missing, missing_consent
from cloison.ui.dissemination.order_form import OrderForm
from cloison.ui.dissemination.outcome_table import OutcomeTable
from cloison.ui.dissemination.plan_table import PlanTable
from cloison.ui.dissemination.preview import Preview
from cloison.ui.dissemination.recipients import WIDTH, Recipients, read_people
from cloison.ui.dissemination.refused_bar import RefusedBar
from cloison.ui.dissemination.sealing import Order, Sealing
from cloison.ui.dissemination.unmarked import UnmarkedBar
from cloison.ui.dissemination.verdicts import can_be_sealed
from cloison.ui.dissemination.words import finished_sentence, sealed_sentence, sealing_verb
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.outcome import Step
from cloison.ui.plain import PlainLabel
from cloison.ui.tab_order import put_before
from cloison.ui.working import Working
from cloison.vault.consent_store import StoredConsent

_NOTHING, _TABLE = 0, 1


class DisseminatePage(FlowPage):
    """For one saved note; ``portion_asked`` is the number of an unmarked paragraph somebody wants to go to."""

    portion_asked = Signal(int)
    dispatched = Signal()

    def __init__(self, clerk: Clerk, note: Note, *, folder: Path | None, parent: QWidget | None = None) -> None:
        """``folder`` is where packages were written last."""
        words = clerk.words
        super().__init__(clerk, words.text("Disseminate {reference}", reference=note.reference), parent=parent)
        self._note = note
        self._sealing: Sealing | None = None
        self._told = ""
        self._recipients = Recipients(clerk)
        self._table = PlanTable(clerk)
        self._preview = Preview(clerk)
        self._middle = QStackedWidget()
        self._middle.setProperty("role", "plain")
        self._why = PlainLabel(role="muted")
        self._consent = ConsentForm(clerk)
        self._record = button(words.text("Record the originator’s consent…"))
        self._record.hide()
        self._unmarked = UnmarkedBar(clerk)
        self._refused_bar = RefusedBar(clerk)
        self._empty = PlainLabel(
            words.text("Tick recipients: the table shows who receives which paragraph."), role="muted"
        )
        self._outcome = OutcomeTable(clerk)
        self._order = OrderForm(clerk, folder=folder)
        self._folder, self._seal = self._order.folder, self._order.seal
        self._working = Working(words.text("Cancel"))
        self._place()
        self._connect()
        self._show_note_label()
        self._show_plan(None)

    def arrive(self) -> None:
        """Read the directory; the focus on the recipients."""
        self.clerk.ask(self, read_people, self._recipients.show_people, refused=self.refuse)
        self._recipients.setFocus()

    def leave(self) -> None:
        """Not while packages are being written: Cancel comes first."""
        if self._sealing is None:
            super().leave()
        else:
            self.say(self.clerk.words.text("Packages are being written: cancel first, or wait."), Tone.BEWARE)

    @property
    def folder(self) -> Path | None:
        """Where packages are written, if that is a folder."""
        return self._folder.given

    def _choose(self) -> None:
        self.notice.clear()
        chosen = self._recipients.chosen
        if not chosen:
            self._show_plan(None)
            return
        self.clerk.search(
            self, lambda session: plan(session, self._note.uid, chosen), self._show_plan, refused=self.refuse
        )

    def _show_plan(self, found: Plan | None) -> None:
        self._show_copies(found)
        self._middle.setCurrentIndex(_NOTHING if found is None else _TABLE)
        self._why.setText("")
        self._follow_cell()
        self._refused_bar.show_plan(found)
        put_before(self._table, self._refused_bar.ways)
        self._say_what_hinders(found)
        count = 0 if found is None else len(found.packages)
        self._order.show_count(count)
        self._show_seal()
        if self._told:
            # What was just done is said before what still hinders, which stands above the table too.
            self.say(self._told, Tone.DONE)
            self._told = ""

    def _show_copies(self, found: Plan | None) -> None:
        """The table, and the copies that are looked at, with what each tells of the others."""
        options = self._order.options
        told = {} if found is None else told_on_each(self.clerk.policy, found, options)
        self._table.show_plan(found, told)
        self._preview.show_plan(found, options)

    @property
    def _missing(self) -> tuple[Row, Missing] | None:
        """What the reader one is at is kept from for want of a consent, in the cell one is in."""
        present = self._table.present
        missing = None if present is None else missing_consent(*present)
        return None if present is None or missing is None else (present[0], missing)

    def _follow_cell(self) -> None:
        self._record.setVisible(self._missing is not None)

    def _close_consent(self) -> None:
        """Back to the table and what stands around it."""
        self._consent.forget()
        self._middle.setCurrentWidget(self._table)
        self._refused_bar.setVisible(bool(self._refused_bar.sentences))
        self._follow_cell()
        self._table.setFocus()

    def _open_consent(self) -> None:
        found, table = self._missing, self._table.plan
        if found is not None and table is not None and self._sealing is None:
            reader, missing = found
            # In place of the table, so that all of it is in sight in a low window too.
            self._middle.setCurrentWidget(self._consent)
            for one in (self._refused_bar, self._record):
                one.hide()
            self._consent.open_form(missing, reader, table.rows)

    def _record_consent(self, numbers: tuple[int, ...], terms: ConsentTerms) -> None:
        self.clerk.ask(
            self,
            lambda session: record_consent(session, self._note.uid, numbers, terms),
            self._consent_recorded,
            refused=self.refuse,
        )

    def _consent_recorded(self, recorded: StoredConsent) -> None:
        self._close_consent()
        self._choose()
        self._told = self.clerk.words.text(
            "The consent is recorded and entered as {number} in the register of consents.", number=recorded.number
        )

    def _say_what_hinders(self, found: Plan | None) -> None:
        if found is None or not found.refused:
            return
        names = ", ".join(one.contact.card.name for one in found.refused)
        sentence = self.clerk.words.plural(
            "Nothing can be sealed to {names}. Settle what the table says, or untick that name to seal to the others.",
            "Nothing can be sealed to: {names}. Settle what the table says, or untick them to seal to the others.",
            len(found.refused),
            names=names,
        )
        self.say(sentence, Tone.BEWARE)

    def _start(self) -> None:
        self.notice.clear()
        order = Order(
            uid=self._note.uid,
            contact_ids=self._recipients.chosen,
            folder=self._folder.folder,
            options=self._order.options,
        )
        self._sealing = Sealing(self.clerk, order, parent=self)
        self._sealing.step.connect(self._follow)
        self._sealing.sealed.connect(self._sealed)
        self._sealing.refused.connect(self._refused)
        self._sealing.given_up.connect(self._given_up)
        self._set_enabled(is_enabled=False)
        self._working.start(self.clerk.words.text("Drawing numbers…"))
        self._sealing.start()

    def _follow(self, step: Step) -> None:
        self._working.follow(sealing_verb(step, self.clerk.words), step)

    def _sealed(self, packages: tuple[Sealed, ...]) -> None:
        finished = 0 if self._sealing is None else self._sealing.finished_earlier
        self._stop()
        told = sealed_sentence(self.clerk.policy, packages, self.clerk.words)
        self.say("\n".join(filter(None, (told, finished_sentence(finished, self.clerk.words)))), Tone.DONE)
        self._outcome.show_packages(packages)
        self._preview.show_plan(None, self._order.options)
        self._why.setText("")
        self._middle.setCurrentWidget(self._outcome)
        # The same again takes a word: another tick, or the sheet anew.
        self._seal.setEnabled(False)
        self.dispatched.emit()

    def _refused(self, sentence: str) -> None:
        self._stop()
        self.refuse(sentence)

    def _given_up(self) -> None:
        self._stop()
        self.say(
            self.clerk.words.text("Given up: nothing is left on the medium, and the numbers are entered as void."),
            Tone.PLAIN,
        )
        self.dispatched.emit()

    def _stop(self) -> None:
        if self._sealing is not None:
            self._sealing.deleteLater()
        self._sealing = None
        self._working.stop()
        self._set_enabled(is_enabled=True)
        self._show_seal()

    def _show_seal(self) -> None:
        found = self._table.plan
        self._seal.setEnabled(found is not None and can_be_sealed(found))

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for one in (self._recipients, self._order):
            one.setEnabled(is_enabled)

    def _give_up(self) -> None:
        if self._sealing is not None:
            self._sealing.give_up()

    def _show_note_label(self) -> None:
        rolled = note_label(self.clerk.policy, self._note, now=self.clerk.session.now())
        label: Label | None = None if rolled is None else rolled.label
        self._chip.show_mark(self.clerk.policy, label)
        self.show_label(label, is_settled=not self._note.unmarked)
        self._unmarked.show_numbers(self._note.unmarked)

    def _connect(self) -> None:
        self._recipients.chosen_changed.connect(self._choose)
        self._table.looked_at.connect(self._preview.look_at)
        self._table.cell_changed.connect(self._follow_cell)
        self._table.activated.connect(self._open_consent)
        self._record.clicked.connect(self._open_consent)
        self._consent.recorded.connect(self._record_consent)
        self._consent.left.connect(self._close_consent)
        self._table.cell_said.connect(self._why.setText)
        self._preview.shown.connect(lambda: self._middle.setCurrentWidget(self._preview.pdf))
        self._preview.refused.connect(self.refuse)
        self._preview.hidden.connect(lambda: self._middle.setCurrentIndex(_TABLE))
        self._unmarked.portion_asked.connect(self.portion_asked)
        self._order.ticked.connect(lambda: self._show_copies(self._table.plan))
        self._refused_bar.left_out.connect(self._recipients.leave_out)
        self._order.seal_asked.connect(self._start)
        self._working.given_up.connect(self._give_up)

    def _place(self) -> None:
        self._chip = ChipView(self.clerk.kit.theme)
        for part in (self._empty, self._table, self._preview.pdf, self._outcome, self._consent):
            self._middle.addWidget(part)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.setSpacing(sizes.SPACE_3)
        head.addWidget(self._chip)
        head.addWidget(PlainLabel(self.clerk.words.text("as you have it"), role="muted"), 1)
        head.addWidget(self._preview)
        right = QVBoxLayout()
        right.setSpacing(sizes.SPACE_3)
        right.addLayout(head)
        right.addWidget(self._unmarked)
        right.addWidget(self._refused_bar)
        right.addWidget(self._middle, 1)
        below = QHBoxLayout()
        below.setSpacing(sizes.SPACE_3)
        below.addWidget(self._why, 1)
        below.addWidget(self._record)
        right.addLayout(below)
        columns = QHBoxLayout()
        columns.setSpacing(sizes.SPACE_4)
        self._recipients.setFixedWidth(WIDTH)
        columns.addWidget(self._recipients)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self._working)
        self.footer.addWidget(self._order, 1)
