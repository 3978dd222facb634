"""How far an authority is followed here: up to which clearance, for which nationalities, under which policies."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.actions.policies import list_policies
from cloison.directory.authority import Scope
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field
from cloison.ui.directory.clearance_field import ClearanceField
from cloison.ui.plain import PlainLabel

_NATIONALITY: Final = re.compile(r"[A-Z]{3}")


class ScopeForm(QWidget):
    """Left empty, each of the three is without limit."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Without limits."""
        super().__init__(parent)
        words = clerk.words
        self._words = words
        self.clearance = ClearanceField(
            clerk,
            words.text("Up to which clearance"),
            advice=words.text("The highest mark it may give here, as in [DR]. Nothing typed: any."),
        )
        self.nationalities = QLineEdit()
        self._nations = Field(
            words.text("For which nationalities"),
            self.nationalities,
            advice=words.text("Three capitals each, as in FRA DEU. Nothing typed: all."),
        )
        known = {one.id: one for one in list_policies(clerk.session.policies)}
        self.policies = {id: self._box(clerk, one) for id, one in known.items()}
        self.nationalities.textEdited.connect(lambda typed: self._nations.show_advice())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(self.clearance)
        layout.addWidget(self._nations)
        layout.addWidget(PlainLabel(words.text("Under which policies; none ticked: all")))
        for box in self.policies.values():
            layout.addWidget(box)

    def scope(self) -> Scope | None:
        """The limits; None, said where it is wrong, for what is none."""
        if not self.clearance.is_empty and not self.clearance.will_do():
            return None
        typed = self.nationalities.text().upper().replace(",", " ").split()
        wrong = next((one for one in typed if not _NATIONALITY.fullmatch(one)), None)
        if wrong is not None:
            self._nations.show_fault(
                self._words.text("“{value}” is no nationality: three capitals are, as in FRA or DEU.", value=wrong)
            )
            return None
        ticked = frozenset(id for id, box in self.policies.items() if box.isChecked())
        return Scope(
            clearance=None if self.clearance.is_empty else self.clearance.clearance,
            nationalities=frozenset(typed) or None,
            policies=ticked or None,
        )

    def clear(self) -> None:
        """Without limits."""
        self.clearance.clear()
        self.nationalities.clear()
        self._nations.show_advice()
        for box in self.policies.values():
            box.setChecked(False)

    def _box(self, clerk: Clerk, policy: Policy) -> CheckBox:
        return CheckBox(clerk.kit.theme, policy.name)
