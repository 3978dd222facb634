"""A new compartment: its name, the highest mark it takes, and whether reading it takes a need to know of its own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.actions.compartments import add_compartment
from cloison.actions.session import Session
from cloison.labels.label import new_label
from cloison.labels.picker import levels
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCompartment:
    """What was asked for; ``ceiling`` is the name of a level, None without one."""

    name: str
    ceiling: str | None
    need_to_know: bool

    def make(self, session: Session) -> str:
        """Make it; its name."""
        ceiling = None
        if self.ceiling is not None:
            ceiling = new_label(session.policy, classification=self.ceiling, created=session.now())
        return add_compartment(session, self.name, ceiling=ceiling, need_to_know=self.need_to_know).name


class CompartmentForm(QWidget):
    """``asked`` carries a ``NewCompartment``."""

    asked = Signal(object)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(parent)
        words = clerk.words
        self._words = words
        self.name = QLineEdit(maxLength=_LONGEST_NAME)
        self._name = Field(words.text("Name"), self.name)
        self.ceiling = ChoiceBox()
        self.ceiling.addItem(words.text("no ceiling"), None)
        for level in levels(clerk.policy):
            self.ceiling.addItem(level.name, level.name)
        self.need_to_know = CheckBox(clerk.kit.theme, words.text("Reading it takes a need to know of its own"))
        create = button(words.text("Create"), role="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        advice = words.text("A note above its ceiling is refused.")
        parts = (self._name, Field(words.text("Highest mark"), self.ceiling, advice=advice), self.need_to_know)
        for part in (*parts, row(create)):
            layout.addWidget(part)
        create.clicked.connect(self._ask)
        self.name.returnPressed.connect(self._ask)

    def clear(self) -> None:
        """Start again."""
        self.name.clear()
        self.ceiling.setCurrentIndex(0)
        self.need_to_know.setChecked(False)

    def _ask(self) -> None:
        name = unicodedata.normalize("NFC", " ".join(self.name.text().split()))
        if not name:
            self._name.show_fault(self._words.text("Give the compartment a name."))
            return
        self._name.show_advice()
        self.asked.emit(
            NewCompartment(name=name, ceiling=self.ceiling.currentData(), need_to_know=self.need_to_know.isChecked())
        )
