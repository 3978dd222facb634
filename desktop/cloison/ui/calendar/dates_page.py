"""When a note is declassified or looked at again: set or changed by an authority's decision."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cloison.actions.calendar import date_note, former_dates
from cloison.actions.session import Session
from cloison.actions.write_note import Saved
from cloison.labels.label import Label, Succession
from cloison.labels.marks import portion_mark
from cloison.labels.picker import levels
from cloison.labels.succession import in_force
from cloison.notes.dating import Dates
from cloison.notes.note import Note, note_label
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.decision_fields import DayField, DecisionFields
from cloison.ui.flow_page import FlowPage
from cloison.ui.plain import PlainLabel
from cloison.ui.window.section import section
from cloison.wording.calendar import course_text


class DatesPage(FlowPage):
    """``note_changed`` carries the uid of a note whose dates were changed, and what to say of it."""

    note_changed = Signal(str, str)

    def __init__(self, clerk: Clerk, note: Note, *, parent: QWidget | None = None) -> None:
        """For a note as it is kept."""
        words = clerk.words
        super().__init__(clerk, words.text("Dates of the note"), parent=parent)
        self._note = note
        rolled = note_label(clerk.policy, note, now=clerk.session.now())
        self._label = None if rolled is None else rolled.label
        self._fall = QRadioButton(words.text("It becomes lower by itself"))
        self._review = QRadioButton(words.text("Its authority looks at it again"))
        self._never = QRadioButton(words.text("Neither: no date"))
        self._day = DayField(words.text("On this day"), words)
        self._to = ChoiceBox()
        self._to_field = Field(words.text("And is then"), self._to)
        self._decision = DecisionFields(words)
        self._do = button(words.text("Keep the date"), role="primary")
        self._now = PlainLabel(self._course(self._label) or words.text("No date is set."))
        self._former = PlainLabel(role="muted")
        self._fill()
        self._place()
        self._connect()
        self._follow()

    def arrive(self) -> None:
        """The focus on the first choice; former dates are looked up."""
        self._fall.setFocus()
        self.clerk.ask(self, self._read, self._show_former, refused=self.refuse)

    def _read(self, session: Session) -> tuple[Label, ...]:
        return former_dates(session, self._note.uid)

    def _show_former(self, former: tuple[Label, ...]) -> None:
        texts = " ".join(self._course(one) for one in former)
        self._former.setText(self.clerk.words.text("Before: {dates}", dates=texts) if texts else "")
        self._former.setVisible(bool(texts))

    def _course(self, label: Label | None) -> str:
        if label is None:
            return ""
        becomes = "" if label.succession is None else self._mark(in_force(label, now=label.succession.at))
        return course_text(label, becomes, self.clerk.words)

    def _mark(self, label: Label) -> str:
        return portion_mark(self.clerk.policy, label)

    def _fill(self) -> None:
        """The levels below the whole, lowest first."""
        for level in levels(self.clerk.policy):
            if self._label is not None and level.name == self._label.classification:
                break
            self._to.addItem(level.name)
        self._fall.setChecked(True)
        self._former.hide()

    def _place(self) -> None:
        words = self.clerk.words
        group = QButtonGroup(self)
        for one in (self._now, self._former, section(words.text("FROM NOW ON"))):
            self.body.addWidget(one)
        for choice in (self._fall, self._review, self._never):
            group.addButton(choice)
            self.body.addWidget(choice)
        for field in (self._day, self._to_field):
            self.body.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(section(words.text("DECIDED BY")))
        self.body.addWidget(self._decision)
        advice = words.text(
            "It counts for every paragraph that would become lower. What came from others keeps theirs."
        )
        self.body.addWidget(PlainLabel(advice, role="muted"))
        self.body.addStretch(1)
        self.footer.addStretch(1)
        self.footer.addWidget(self._do)

    def _connect(self) -> None:
        for choice in (self._fall, self._review, self._never):
            choice.toggled.connect(self._follow)
        self._day.line.textChanged.connect(self._follow)
        self._decision.changed.connect(self._follow)
        self._do.clicked.connect(self._keep)

    def _follow(self) -> None:
        self._day.setVisible(not self._never.isChecked())
        self._to_field.setVisible(self._fall.isChecked())
        has_day = self._never.isChecked() or bool(self._day.line.text().strip())
        can_fall = not self._fall.isChecked() or self._to.count() > 0
        self._do.setEnabled(has_day and can_fall and self._decision.is_filled)

    def _dates(self) -> Dates | None:
        if self._never.isChecked():
            return Dates()
        day = self._day.day()
        if day is None:
            return None
        if self._review.isChecked():
            return Dates(review=day)
        return Dates(succession=Succession(at=day, classification=self._to.currentText()))

    def _keep(self) -> None:
        dates, decision = self._dates(), self._decision.decision()
        if dates is None or decision is None:
            return
        self._do.setEnabled(False)
        self.clerk.ask(
            self,
            lambda session: date_note(session, self._note.uid, None, dates, decision=decision),
            self._done,
            refused=self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self.refuse(sentence)
        self._follow()

    def _done(self, saved: Saved) -> None:
        words = self.clerk.words
        if saved.note == self._note:
            self._refused(words.text("Nothing in this note would change by that. Nothing was changed."))
            return
        sentence = words.text("The date is kept, with the decision: revision {revision}.", revision=saved.revision)
        self.note_changed.emit(saved.note.uid, sentence)
