"""The sheets on which the whole note is raised above its paragraphs, and on which a raise is taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cloison.notes.compilation import MOST_REASON
from cloison.ui.controls import Field, button
from cloison.ui.decision_fields import DecisionFields
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
        self._raise.clicked.connect(self._do)
        self.setFocusProxy(self.picker.filter)

    def start(self, picking: Picking) -> None:
        """Begin with ``picking``, whose floor is what the note is worth now."""
        self.forget()
        self.picker.start(picking)

    def forget(self) -> None:
        """No reason was typed, and undo brings none back."""
        self.reason.setText("")

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
        self._decision = DecisionFields(words)
        self._reason = QLineEdit()
        self._reason.setMaxLength(MOST_REASON)
        self._lift = button(words.text("Take the raise back"), role="primary")
        advice = words.text("Only a decision of the authority takes a raise back.")
        self.body.addWidget(PlainLabel(advice, role="muted"))
        self.body.addWidget(self._decision)
        self.body.addWidget(Field(words.text("Reason"), self._reason))
        self.body.addStretch(1)
        self.acts.addStretch(1)
        self.acts.addWidget(self._lift)
        self._decision.changed.connect(self._follow)
        self._reason.textChanged.connect(self._follow)
        self._lift.clicked.connect(self._do)
        self.setFocusProxy(self._decision)

    def start(self) -> None:
        """Begin anew."""
        self._decision.forget()
        self._reason.setText("")
        self._follow()

    def _follow(self) -> None:
        self.forget_refusal()
        self._lift.setEnabled(self._decision.is_filled and bool(self._reason.text().strip()))

    def _do(self) -> None:
        decision = self._decision.decision()
        if decision is not None:
            self.asked.emit(decision, self._reason.text().strip())
