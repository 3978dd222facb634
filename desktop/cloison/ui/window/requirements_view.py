"""What readers asked about the note that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.requirements import Requirement
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.ui.window.section import section
from cloison.wording.receipts import requirement_state_text

_MOST: Final = 3


class RequirementsView(QWidget):
    """Hidden while nothing was asked; ``asked`` is a wish to see them all."""

    asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Nothing was asked."""
        super().__init__(parent)
        self._kit = kit
        self._policy = policy
        self._lines = QVBoxLayout()
        self._lines.setSpacing(sizes.SPACE_1)
        self._others = PlainLabel(role="muted")
        self._show = button(kit.words.text("Requirements…"), role="quiet")
        self._show.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(kit.words.text("REQUIREMENTS")))
        layout.addLayout(self._lines)
        layout.addWidget(self._others)
        layout.addWidget(row(self._show))
        self.hide()

    def show_requirements(self, found: Sequence[Requirement]) -> None:
        """Show these, those that wait first."""
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        ordered = shown_of_requirements(found)
        for one in ordered:
            self._add(one)
        others = len(found) - len(ordered)
        self._others.setText(self._kit.words.plural("and {count} other", "and {count} others", max(0, others)))
        self._others.setVisible(others > 0)
        self.setVisible(bool(found))

    def _add(self, one: Requirement) -> None:
        chip = ChipView(self._kit.theme)
        chip.show_mark(self._policy, one.label)
        state = PlainLabel(requirement_state_text(one, self._kit.words), role="muted")
        state.setWordWrap(False)
        for part in (row(chip, state), OneLineLabel(one.text), OneLineLabel(one.sender, role="muted")):
            self._lines.addWidget(part)
            part.show()


def shown_of_requirements(found: Sequence[Requirement]) -> list[Requirement]:
    """The few that are shown: those that wait first."""
    return sorted(found, key=lambda one: not one.is_open)[:_MOST]
