"""A clearance on a chip: the highest level it holds and its categories, in the colours of the policy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cloison.labels.clearance import Clearance
from cloison.labels.label import Label, new_label
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.plain import PlainLabel
from cloison.wording.states import clearance_text

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


def label_of_clearance(policy: Policy, clearance: Clearance | None) -> Label | None:
    """The highest label that is read with it; None for no clearance, and for one of a policy that is not at hand."""
    if clearance is None or clearance.policy_id != policy.id:
        return None
    held = [one.name for one in policy.levels if one.name in clearance.classifications]
    known = [ref for ref in clearance.categories if policy.find_category(ref) is not None]
    return new_label(policy, classification=held[-1], categories=known, created=_ANY_TIME) if held else None


class ClearanceView(QWidget):
    """The chip, and the clearance in words beside it."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._clerk = clerk
        self._chip = ChipView(clerk.kit.theme)
        self.text = PlainLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.text, 1)

    def show_clearance(self, clearance: Clearance | None) -> None:
        """Show ``clearance``."""
        policy = self._clerk.policy
        label = label_of_clearance(policy, clearance)
        self._chip.setVisible(label is not None)
        if label is not None:
            self._chip.show_mark(policy, label)
        self.text.setText(clearance_text(policy, clearance, self._clerk.words))
