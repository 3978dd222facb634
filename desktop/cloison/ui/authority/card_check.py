"""The card that is to be endorsed: whose it is, and its fingerprint compared with them before anything is signed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.directory.card import Card
from cloison.directory.errors import FingerprintError
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.directory.cards import CARD_PATTERN, read_card_file
from cloison.ui.directory.compare_form import CompareForm
from cloison.ui.directory.file_row import FileRow
from cloison.ui.plain import PlainLabel
from cloison.wording.dates import short_day
from cloison.wording.states import role_text


class CardCheck(QWidget):
    """``compared``: the card is its holder's; ``changed``: there is another card, or none."""

    compared = Signal()
    changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """No card."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self.carte: bytes | None = None
        self.card: Card | None = None
        self.folder: Path | None = None
        self.is_compared = False
        self.file = FileRow(
            words,
            words.text("Choose the card…"),
            empty=words.text("No card yet: drop one here, or choose it."),
            pattern=CARD_PATTERN,
        )
        self.about = PlainLabel(role="muted")
        self.form = CompareForm(clerk.kit, words.text("Its fingerprint, from its holder"), words.text("Compare"))
        self.compared_text = PlainLabel(words.text("The fingerprint is compared: the card is its holder’s."), role="ok")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self.file, self.about, self.form, self.compared_text):
            layout.addWidget(part)
        self.file.chosen.connect(self.take)
        self.form.compared.connect(self._check)
        self.clear()

    def take(self, path: Path) -> None:
        """Read a card file."""
        from cloison.directory.carte import read_carte

        self.clear()
        carte, sentence = read_card_file(path, self._clerk.words)
        if carte is None:
            self.file.show_bad(sentence)
            return
        self.carte, self.card, self.folder = carte, read_carte(carte).card, path.parent
        self.file.show_good(sentence)
        self._tell(self.card)

    def clear(self) -> None:
        """No card again."""
        self.carte, self.card, self.folder, self.is_compared = None, None, None, False
        self.file.clear()
        for part in (self.about, self.form, self.compared_text):
            part.hide()
        self.changed.emit()

    def _tell(self, card: Card) -> None:
        words = self._clerk.words
        self.about.setText(
            words.text(
                "{role}, number {serial} of these keys, valid until {day}",
                role=role_text(card.role, words),
                serial=card.serial,
                day=short_day(card.expires, words),
            )
        )
        self.form.start(card.fingerprint)
        self.about.show()
        self.form.show()
        self.form.setFocus()
        self.changed.emit()

    def _check(self, typed: str) -> None:
        from cloison.directory.fingerprints import check_person

        if self.card is None:
            return
        try:
            check_person(self.card.fingerprint, typed)
        except FingerprintError as error:
            self.form.show_fault(self._clerk.sentence(error))
            return
        self.is_compared = True
        self.form.hide()
        self.compared_text.show()
        self.compared.emit()
        self.changed.emit()
