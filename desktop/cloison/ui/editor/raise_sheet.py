"""The sheets on which the whole note is raised above its paragraphs, and on which a raise is taken back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.labels.declassification import AuthorityDecision
from cloison.notes.compilation import MOST_NAME, MOST_REASON
from cloison.ui import sizes
from cloison.ui.controls import Field, button
from cloison.ui.editor.sheet import Sheet
from cloison.ui.kit import Kit
from cloison.ui.picker.panel import LabelPicker
from cloison.ui.picker.picking import Picking
from cloison.ui.plain import PlainLabel


class RaiseSheet(Sheet):
    """``asked`` carries a label that covers all paragraphs and says more, and the reason."""

    asked = Signal(object, str)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Nothing to pick from yet."""
        super().__init__(kit, kit.words.text("Raise the whole note"), parent=parent)
        self.picker = LabelPicker(kit)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(kit.words.text("Why is the whole worth more than its parts? Kept on record"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.reason.setMaxLength(MOST_REASON)
        self._raise = button(kit.words.text("Raise"), role="primary")
        self.head.addWidget(self.picker.filter, 1)
        self.body.addWidget(self.picker, 1)
        self.acts.addWidget(self.reason, 1)
        self.acts.addWidget(self._raise)
        self.picker.picked.connect(self._follow)
        self.picker.refused.connect(self.refuse)
        self.reason.textChanged.connect(self._follow)
        self.reason.returnPressed.connect(self._raise.setFocus)
        self._raise.setAutoDefault(True)
        self._raise.clicked.connect(self._do)
        self.setFocusProxy(self.picker.filter)

    def start(self, picking: Picking) -> None:
        """Begin with ``picking``, whose floor is what the note is worth now."""
        self.reason.clear()
        self.picker.start(picking)

    def _follow(self) -> None:
        self.forget_refusal()
        self._raise.setEnabled(self.picker.label is not None and bool(self.reason.text().strip()))

    def _do(self) -> None:
        self.asked.emit(self.picker.label, self.reason.text().strip())


class LiftSheet(Sheet):
    """``asked`` carries the authority's decision and the reason."""

    asked = Signal(object, str)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Empty fields."""
        words = kit.words
        super().__init__(kit, words.text("Take the raise back"), parent=parent)
        self._authority, self._reference, self._day, self._reason = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self._authority, self._reference):
            line.setMaxLength(MOST_NAME)
        self._reason.setMaxLength(MOST_REASON)
        self._day_field = Field(words.text("Its date"), self._day, advice=words.text("As in 2027-12-31"))
        self._lift = button(words.text("Take the raise back"), role="primary")
        facts = QHBoxLayout()
        facts.setSpacing(sizes.SPACE_3)
        for field in (
            Field(words.text("Authority"), self._authority),
            Field(words.text("Reference of its decision"), self._reference),
            self._day_field,
        ):
            facts.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        advice = words.text("Only a decision of the authority takes a raise back.")
        self.body.addWidget(PlainLabel(advice, role="muted"))
        self.body.addLayout(facts)
        self.body.addWidget(Field(words.text("Reason"), self._reason))
        self.body.addStretch(1)
        self.acts.addStretch(1)
        self.acts.addWidget(self._lift)
        for line in (self._authority, self._reference, self._day, self._reason):
            line.textChanged.connect(self._follow)
        self._lift.clicked.connect(self._do)
        self.setFocusProxy(self._authority)

    def start(self) -> None:
        """Begin anew."""
        for line in (self._authority, self._reference, self._day, self._reason):
            line.clear()
        self._follow()

    def _follow(self) -> None:
        self.forget_refusal()
        self._day_field.show_advice()
        lines = (self._authority, self._reference, self._day, self._reason)
        self._lift.setEnabled(all(line.text().strip() for line in lines))

    def _do(self) -> None:
        day = _day(self._day.text())
        if day is None:
            self._day_field.show_fault(self.words.text("This is no day. Write it as 2027-12-31."))
            return
        decision = AuthorityDecision(
            authority=self._authority.text().strip(), reference=self._reference.text().strip(), day=day
        )
        self.asked.emit(decision, self._reason.text().strip())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
