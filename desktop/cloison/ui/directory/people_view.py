"""People: who they are, how far their card is established, what they may read; adding and comparing cards."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.actions.cards import add_contact, confirm_contact
from cloison.actions.people import Contact, contacts
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.directory.cards import CARD_PATTERN, read_card_file
from cloison.ui.directory.details import ContactDetails
from cloison.ui.directory.view import DirectoryView
from cloison.ui.pick import pick_file
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.wording.states import clearance_text
from cloison.wording.trust import trust_text

_LIST_WIDTH: Final = 300


class PeopleView(DirectoryView):
    """A list, and what is known of the one picked in it."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._contacts: dict[str, Contact] = {}
        self._list = TwoLineList(clerk.kit.theme, words.text("People"))
        self._list.setFixedWidth(_LIST_WIDTH)
        self._details = ContactDetails(clerk)
        self._typed = QLineEdit()
        self._compare = button(words.text("Compare"))
        self._fingerprint = Field(
            words.text("Compare the fingerprint"),
            self._typed,
            advice=words.text(
                "Type the first 20 characters or more, as its holder reads them to you from their own screen."
            ),
        )
        self._add = button(words.text("Add a card…"))
        self._place()
        self._list.currentItemChanged.connect(self._show)
        self._add.clicked.connect(self._pick)
        self._compare.clicked.connect(self._confirm)
        self._typed.returnPressed.connect(self._confirm)
        self.setFocusProxy(self._list)

    def refresh(self) -> None:
        """Read the directory again; the same person stays picked."""
        self.clerk.ask(self, contacts, self._fill, refused=self.refuse)

    def take(self, path: Path) -> None:
        """Take in a card file, or say why not."""
        carte, sentence = read_card_file(path, self.clerk.words)
        if carte is None:
            self.refuse(sentence)
            return
        self.clerk.ask(self, lambda session: add_contact(session, carte), self._added, refused=self.refuse)

    @property
    def picked(self) -> Contact | None:
        """Who is picked."""
        return self._contacts.get(str(self._list.present_id))

    def pick(self, contact_id: str) -> None:
        """Pick somebody."""
        self._list.pick(contact_id)

    def _fill(self, found: tuple[Contact, ...]) -> None:
        present = self.picked
        self._contacts = {one.id: one for one in found}
        self._list.clear()
        for one in found:
            self._list.add(one.card.name, self._about(one), one.id)
        self._list.setCurrentRow(0)
        if present is not None:
            self.pick(present.id)

    def _about(self, one: Contact) -> str:
        words = self.clerk.words
        clearance = clearance_text(self.clerk.policy, one.standing.clearance, words)
        return f"{clearance} · {trust_text(one.standing, words)}"

    def _show(self) -> None:
        picked = self.picked
        self._details.setVisible(picked is not None)
        is_open = picked is not None and not picked.is_mine
        self._fingerprint.setVisible(is_open)
        self._compare.setVisible(is_open)
        self._fingerprint.show_advice()
        self._typed.clear()
        if picked is not None:
            self._details.show_contact(picked)

    def _added(self, one: Contact) -> None:
        words = self.clerk.words
        text = words.text(
            "{name} is in the directory: {state}.", name=one.card.name, state=trust_text(one.standing, words)
        )
        self.done(text)
        self.clerk.ask(self, lambda session: one.id, self.pick, refused=self.refuse)

    def _confirm(self) -> None:
        picked, typed = self.picked, self._typed.text()
        if picked is None:
            return
        self._fingerprint.show_advice()
        self.clerk.ask(
            self,
            lambda session: confirm_contact(session, picked.id, typed),
            self._confirmed,
            refused=self._fingerprint.show_fault,
        )

    def _confirmed(self, one: Contact) -> None:
        self.done(
            self.clerk.words.text("The fingerprint of {name} is compared; who and when is kept.", name=one.card.name)
        )

    def _pick(self) -> None:
        pick_file(self, self.clerk.words, self.clerk.words.text("Add a card"), CARD_PATTERN, self.take)

    def _place(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(sizes.SPACE_2)
        left.addWidget(self._list, 1)
        left.addWidget(row(self._add))
        right = QVBoxLayout()
        right.setSpacing(sizes.SPACE_4)
        right.addWidget(self._details)
        right.addWidget(self._fingerprint)
        right.addWidget(row(self._compare))
        right.addWidget(PlainLabel(self.clerk.words.text("Cards can be dropped anywhere on this page."), role="muted"))
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_5)
        layout.addLayout(left)
        layout.addLayout(right, 1)
