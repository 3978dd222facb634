"""A clearance as the mark that is typed, [S-SF], or picked from the list of levels, and shown as it reads."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.labels.clearance import Clearance
from cloison.labels.errors import MarkError
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.directory.clearance_chip import ClearanceView, label_of_clearance
from cloison.ui.in_view import bring_into_view
from cloison.ui.picker.panel import LabelPicker
from cloison.ui.picker.picking import Picking
from cloison.ui.plain import PlainLabel

_LIST_HEIGHT = 260


class ClearanceField(QWidget):
    """``changed``: another clearance, or none any more."""

    changed = Signal()

    def __init__(self, clerk: Clerk, label: str, *, advice: str, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self.line = QLineEdit()
        self._pick = button(words.text("Pick it…"))
        self._pick.setCheckable(True)
        self._pick.setAccessibleName(words.text("Pick it from the list"))
        self._field = Field(label, self._beside(), advice=advice)
        self.line.setAccessibleName(label)
        self._shown = ClearanceView(clerk)
        self.refusal = PlainLabel(role="danger")
        self.picker = LabelPicker(clerk.kit)
        self._panel = self._place()
        self.line.textChanged.connect(self._follow)
        self._pick.toggled.connect(self._show_picker)
        self.picker.picked.connect(self._take)
        self.picker.refused.connect(self._field.show_fault)
        self.setFocusProxy(self.line)
        self._follow()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.line.text().strip()

    @property
    def clearance(self) -> Clearance | None:
        """What is typed, for that level and all below it; None where it is no mark of the policy."""
        try:
            return Clearance.from_mark(self._clerk.policy, self.line.text().strip())
        except MarkError:
            return None

    def will_do(self) -> bool:
        """Whether a mark is typed; says what is wrong with it otherwise."""
        try:
            Clearance.from_mark(self._clerk.policy, self.line.text().strip())
        except MarkError as error:
            self._field.show_fault(self._clerk.sentence(error))
            return False
        return True

    def show_refusal(self, sentence: str) -> None:
        """Say why this clearance cannot be given, below how it reads; nothing where it can."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def show_clearance(self, clearance: Clearance | None, policy: Policy) -> None:
        """Type what stands for a clearance; nothing for one that no mark stands for."""
        label = label_of_clearance(policy, clearance)
        self.line.setText("" if label is None else portion_mark(policy, label))

    def clear(self) -> None:
        """Empty it again."""
        self.line.clear()
        self._pick.setChecked(False)

    def _follow(self) -> None:
        self._field.show_advice()
        found = self.clearance
        self._shown.setVisible(found is not None)
        if found is not None:
            self._shown.show_clearance(found)
        self.changed.emit()

    def _show_picker(self, is_open: bool) -> None:  # noqa: FBT001 - a slot
        self._panel.setVisible(is_open)
        if is_open:
            self.picker.start(self._picking())
            bring_into_view(self._panel)
            self.picker.filter.setFocus()

    def _picking(self) -> Picking:
        """From what is typed on, where it is a mark already."""
        policy, now = self._clerk.policy, self._clerk.session.now()
        try:
            label = read_mark(policy, self.line.text().strip(), created=now)
        except MarkError:
            label = None
        return Picking(policy=policy, now=now, label=label)

    def _take(self) -> None:
        picked = self.picker.picking
        if picked is not None and picked.label is not None:
            self.line.setText(portion_mark(self._clerk.policy, picked.label))

    def _beside(self) -> QWidget:
        made = QWidget()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._pick)
        made.setFocusProxy(self.line)
        return made

    def _place(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("role", "sheet")
        panel.setFixedHeight(_LIST_HEIGHT)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_3, sizes.SPACE_3)
        inside.setSpacing(sizes.SPACE_2)
        inside.addWidget(self.picker.filter)
        inside.addWidget(self.picker, 1)
        panel.hide()
        self.refusal.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        for part in (self._field, self._shown, self.refusal, panel):
            layout.addWidget(part)
        return panel
