"""What readers asked about the note that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cloison.actions.requirements import Requirement
from cloison.labels.policy import Policy
from cloison.ui.chip_view import ChipView
from cloison.ui.controls import row
from cloison.ui.kit import Kit
from cloison.ui.plain import OneLineLabel, PlainLabel
from cloison.ui.window.few_lines import FewLines
from cloison.wording.receipts import requirement_state_text

_MOST: Final = 3


class RequirementsView(FewLines):
    """Hidden while nothing was asked."""

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """Nothing was asked."""
        words = kit.words
        super().__init__(words, words.text("REQUIREMENTS"), most=_MOST, parent=parent)
        self.show_all = self.way_to_all(words.text("Requirements…"))
        self._kit = kit
        self._policy = policy
        self.hide()

    def show_requirements(self, found: Sequence[Requirement]) -> None:
        """Show these, those that wait first."""
        self.show_first(_ordered(found), self._line)
        self.setVisible(bool(found))

    def _line(self, one: Requirement) -> Iterator[Sequence[QWidget]]:
        chip = ChipView(self._kit.theme)
        chip.show_mark(self._policy, one.label)
        state = PlainLabel(requirement_state_text(one, self._kit.words), role="muted")
        state.setWordWrap(False)
        yield (row(chip, state),)
        yield (OneLineLabel(one.text),)
        yield (OneLineLabel(one.sender, role="muted"),)


def shown_of_requirements(found: Sequence[Requirement]) -> list[Requirement]:
    """The few that are shown: those that wait first."""
    return _ordered(found)[:_MOST]


def _ordered(found: Sequence[Requirement]) -> list[Requirement]:
    return sorted(found, key=lambda one: not one.is_open)
