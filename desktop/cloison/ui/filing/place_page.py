"""Choosing a compartment to put notes into, and doing it: what moving and merging have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cloison.actions.compartments import CompartmentLine
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.outcome import Step
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.ui.working import Working


class PlacePage(FlowPage):
    """A page with a list of compartments, a reason and one button; ``act`` is what it does, ``begun`` comes before."""

    begun = Signal()

    def __init__(
        self, clerk: Clerk, title: str, advice: str, places: Sequence[CompartmentLine], *, parent: QWidget | None = None
    ) -> None:
        """``places`` are the compartments to choose from."""
        super().__init__(clerk, title, parent=parent)
        words = clerk.words
        self.places = TwoLineList(clerk.kit.theme, words.text("Compartments"))
        for one in places:
            detail = words.text("need-to-know") if one.need_to_know else words.text("ordinary")
            self.places.add(one.name, detail, one.id)
        self.places.setCurrentRow(0)
        self.reason = QLineEdit()
        self._reason_field = Field(
            words.text("Reason"), self.reason, advice=words.text("Needed to leave a need-to-know compartment.")
        )
        self.go = button(title, role="primary")
        self.go.setEnabled(bool(places))
        self.working = Working()
        self.body.addWidget(PlainLabel(advice, role="muted"))
        self.body.addWidget(self.places, 1)
        if not places:
            self.body.addWidget(PlainLabel(words.text("No other compartment is open."), role="muted"))
        self.body.addWidget(self.working)
        self.footer.addWidget(self._reason_field, 1)
        self.footer.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        self.go.clicked.connect(self._go)
        self.places.itemActivated.connect(lambda item: self.enter())

    @property
    def chosen(self) -> str | None:
        """The compartment whose row is the present one."""
        found = self.places.present_id
        return found if isinstance(found, str) else None

    def arrive(self) -> None:
        """The focus on the compartments."""
        self.places.setFocus()

    def enter(self) -> None:
        """Enter on a compartment: go there."""
        self._go()

    def act(self, place: str, reason: str | None) -> None:
        """Do it; a page says how."""
        raise NotImplementedError

    def follow(self, step: Step) -> None:
        """How far it is."""
        verb = self.clerk.words.text("Moving: {done} of {total}", done=step.done, total=step.total)
        self.working.follow(verb, step)

    def stopped(self, sentence: str) -> None:
        """Why it did not go on."""
        self.working.stop()
        self.go.setEnabled(True)
        self.say(sentence, Tone.REFUSED)

    def _go(self) -> None:
        place = self.chosen
        if place is not None and self.go.isEnabled():
            self.go.setEnabled(False)
            self.begun.emit()
            self.act(place, self.reason.text().strip() or None)
