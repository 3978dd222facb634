"""What is known of one person, line by line. The fingerprint is not among it: it is typed, not read off the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cloison.actions.people import Contact
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.directory.clearance_chip import ClearanceView
from cloison.ui.plain import PlainLabel
from cloison.wording.dates import short_day
from cloison.wording.states import clearance_text, need_to_know_text, role_text, suites_text
from cloison.wording.trust import trust_text


class ContactDetails(QFrame):
    """One person."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._clerk = clerk
        words = clerk.words
        self._name = PlainLabel(role="title")
        self._clearance = ClearanceView(clerk)
        self._lines = {
            words.text("Card"): PlainLabel(),
            words.text("Fingerprint"): PlainLabel(),
            words.text("Role"): PlainLabel(),
            words.text("Clearance"): self._clearance.text,
            words.text("Nationality"): PlainLabel(),
            words.text("Need to know"): PlainLabel(),
            words.text("Valid until"): PlainLabel(),
            words.text("Keys"): PlainLabel(),
        }
        self._place()

    def show_contact(self, contact: Contact) -> None:
        """Show ``contact``."""
        words, standing = self._clerk.words, contact.standing
        self._name.setText(contact.card.name)
        self._clearance.show_clearance(standing.clearance)
        texts = (
            trust_text(standing, words),
            self._compared(contact),
            role_text(contact.card.role, words),
            clearance_text(self._clerk.policy, standing.clearance, words),
            standing.nationality or words.text("not established"),
            need_to_know_text(standing.need_to_know, words),
            short_day(standing.until or contact.card.expires, words),
            suites_text(contact.card.identity.suites, words),
        )
        for shown, text in zip(self._lines.values(), texts, strict=True):
            shown.setText(text)

    def _compared(self, contact: Contact) -> str:
        words = self._clerk.words
        if contact.is_mine:
            return words.text("my own")
        if contact.compared_at is None:
            return words.text("not compared with its holder yet")
        return words.text(
            "compared by {name} on {day}", name=contact.compared_by or "", day=short_day(contact.compared_at, words)
        )

    def _place(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes.SPACE_4)
        grid.setVerticalSpacing(sizes.SPACE_1)
        grid.setColumnStretch(1, 1)
        for number, (name, shown) in enumerate(self._lines.items()):
            grid.addWidget(PlainLabel(name, role="muted"), number, 0)
            grid.addWidget(self._clearance if shown is self._clearance.text else shown, number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(self._name)
        layout.addLayout(grid)
