"""Endorsing a card: whose it is, what its holder may see, and the file that is handed back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.cards import Granted, endorse
from cloison.directory.card import Card
from cloison.ui import sizes
from cloison.ui.authority.card_check import CardCheck
from cloison.ui.authority.grant_form import GrantForm
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row, rule
from cloison.ui.directory.cards import CARD_EXTENSION, file_stem
from cloison.ui.directory.view import DirectoryView
from cloison.ui.directory.writing_out import write_out
from cloison.ui.folder_field import FolderField
from cloison.ui.plain import PlainLabel
from cloison.wording.dates import day
from cloison.wording.states import clearance_text

_WIDTH: Final = 620


class EndorseView(DirectoryView):
    """A card, its fingerprint, what is granted, where the file goes."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """No card yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self.check = CardCheck(clerk)
        self.grant = GrantForm(clerk)
        self.folder = FolderField(
            words,
            words.text("Write the endorsed card to"),
            advice=words.text("The file goes back to its holder, who adds it to their own directory."),
        )
        self.endorse = button(words.text("Endorse the card"), role="primary")
        self._given = QWidget()
        self._place()
        self.check.file.take_drops_on(self)
        self.check.changed.connect(self._follow)
        self.check.compared.connect(self._begin_granting)
        self.endorse.clicked.connect(self._start)
        self._follow()

    def refresh(self) -> None:
        """Nothing of it is in the vault."""

    def begin(self) -> None:
        """On the card."""
        self.check.file.setFocus()

    def take(self, path: Path) -> None:
        """Take a card that was dropped."""
        self.check.take(path)

    def _follow(self) -> None:
        """What is granted comes after the card is known to be its holder's."""
        self._given.setVisible(self.check.is_compared)

    def _begin_granting(self) -> None:
        if self.folder.given is None and self.check.folder is not None:
            self.folder.set_folder(self.check.folder)
        self._given.show()
        self.grant.setFocus()

    def _start(self) -> None:
        granted = self.grant.granted()
        carte = self.check.carte
        if carte is None or granted is None or not self.folder.will_do():
            return
        self.clerk.ask(
            self,
            lambda session: endorse(session, carte, granted),
            lambda made: self._write(granted, *made),
            refused=self.refuse,
        )

    def _write(self, granted: Granted, card: Card, content: bytes) -> None:
        name = f"{file_stem(card.name)}-{self.clerk.session.now():%Y-%m-%d}{CARD_EXTENSION}"
        write_out(self, self.folder.folder / name, content, lambda path: self._written(granted, card, path))

    def _written(self, granted: Granted, card: Card, path: Path) -> None:
        words = self.clerk.words
        self.check.clear()
        self.grant.clear()
        self.done(
            words.text(
                "Card endorsed: {name}, {clearance}, {nationality}, until {day}. It was written to {file}.",
                name=card.name,
                clearance=clearance_text(self.clerk.policy, granted.clearance, words),
                nationality=granted.nationality,
                day=day(granted.until, words),
                file=path,
            )
        )
        self.begin()

    def _place(self) -> None:
        words = self.clerk.words
        inner = QVBoxLayout(self._given)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(sizes.SPACE_3)
        seen = PlainLabel(words.text("What its holder may see"), role="heading")
        for part in (rule(), seen, self.grant, self.folder, row(self.endorse)):
            inner.addWidget(part)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        inside.addWidget(PlainLabel(words.text("The card to endorse"), role="heading"))
        inside.addWidget(self.check)
        inside.addWidget(self._given)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(at_most(_WIDTH, holder))
