"""My card: what I hand out, and the fingerprint I read to whoever compares it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.cards import export_card
from cloison.actions.endorsements import Person, look_up
from cloison.actions.people import myself
from cloison.actions.warnings import Ending, Warned, endings
from cloison.directory.card import Card
from cloison.rendering.pdf import draw_fingerprint
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row, rule
from cloison.ui.directory.cards import CARD_EXTENSION, file_stem
from cloison.ui.directory.details import ContactDetails
from cloison.ui.directory.endorsements_view import EndorsementsView
from cloison.ui.directory.fingerprint_view import FingerprintView
from cloison.ui.directory.renew_form import RenewForm
from cloison.ui.directory.view import DirectoryView
from cloison.ui.directory.warnings_view import WarningsView
from cloison.ui.directory.writing_out import write_out
from cloison.ui.folder_field import FolderField
from cloison.ui.lane import Task
from cloison.wording.endings import ending_text
from cloison.wording.fingerprint_page import fingerprint_page

SHEET_EXTENSION: Final = ".pdf"
_WIDTH: Final = 720


class MyCardView(DirectoryView):
    """The card, its fingerprint three ways, and writing it to a file."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._details = ContactDetails(clerk)
        self._fingerprint = FingerprintView(words)
        self._endorsements = EndorsementsView(clerk)
        self._folder = FolderField(
            words,
            words.text("Write my card to"),
            advice=words.text("The file holds your name, public keys and endorsements, and nothing secret."),
        )
        self._export = button(words.text("Write the card"), role="primary")
        self.warnings = WarningsView(clerk.kit.theme)
        self.renew = RenewForm(clerk)
        self.sheet = button(words.text("Write its fingerprint as a sheet for paper"))
        self._place()
        self._export.clicked.connect(self._start)
        self.sheet.clicked.connect(self._start_sheet)
        self.renew.renewed.connect(self.done)
        self.renew.refused.connect(self.refuse)

    def refresh(self) -> None:
        """Read it again."""
        self.clerk.ask(self, lambda session: look_up(session, myself(session)), self._show, refused=self.refuse)
        self.clerk.ask(self, endings, self._warn, refused=self.refuse)

    def _show(self, mine: Person) -> None:
        self._details.show_contact(mine.contact)
        self._fingerprint.show_fingerprint(mine.contact.card.fingerprint)
        self._endorsements.show_endorsements(mine.endorsements)
        self.filled.emit()

    def _warn(self, found: tuple[Warned, ...]) -> None:
        mine = (one for one in found if one.ending in (Ending.MY_CARD, Ending.MY_ENDORSEMENT))
        self.warnings.show_warnings([ending_text(one, self.clerk.words) for one in mine])
        self.filled.emit()

    def _start(self) -> None:
        if not self._folder.will_do():
            return
        name = self.clerk.session.vault.member.alias
        path = self._folder.folder / f"{file_stem(name)}{CARD_EXTENSION}"
        self.clerk.ask(
            self, export_card, lambda carte: write_out(self, path, carte, self._written), refused=self.refuse
        )

    def _start_sheet(self) -> None:
        if self._folder.will_do():
            self.clerk.ask(self, myself, lambda mine: self._draw(mine.card), refused=self.refuse)

    def _draw(self, card: Card) -> None:
        words, now = self.clerk.words, self.clerk.session.now()
        path = self._folder.folder / f"{file_stem(card.name)}{SHEET_EXTENSION}"

        def draw(task: Task) -> bytes:
            return draw_fingerprint(fingerprint_page(card, words, now=now))

        def write(drawn: bytes) -> None:
            write_out(self, path, drawn, self._sheet_written)

        self.clerk.work(self, draw, write, refused=self.refuse)

    def _sheet_written(self, path: Path) -> None:
        self.done(self.clerk.words.text("The sheet was written to “{file}”. Print it and hand it out.", file=path))

    def _written(self, path: Path) -> None:
        self.done(self.clerk.words.text("Your card was written to “{file}”.", file=path))

    def _place(self) -> None:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        for part in (
            self.warnings,
            self._details,
            self._fingerprint,
            self._endorsements,
            self._folder,
            row(self._export, self.sheet),
            rule(),
            self.renew,
        ):
            inside.addWidget(part)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(at_most(_WIDTH, holder))
