"""My own card anew: the same keys for longer, or new keys; what each leads to is said before it is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.actions.renewal import reissue_card, renew_identity
from cloison.actions.session import Session
from cloison.directory.card import Card
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.in_view import bring_into_view
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.passphrase_field import PassphraseField
from cloison.ui.working import Working
from cloison.vault.ways import PassphraseSecret
from cloison.wording.dates import day
from cloison_crypto.secrets import wipe
from cloison_crypto.slots import passphrase_bytes

_FIELD_WIDTH = 420


class RenewForm(QWidget):
    """``renewed`` and ``refused`` carry a sentence."""

    renewed = Signal(str)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Both ways folded away."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self.reissue = ConfirmBar(words, words.text("Issue the card for longer…"), done_by="primary")
        self.reissue.explain(
            words.text(
                "The keys stay, and the fingerprint with them: what others compared goes on holding. The card runs for "
                "five more years; hand it out again."
            )
        )
        self.new_keys = button(words.text("Make new keys…"))
        self.passphrase = PassphraseField(words.text("Your passphrase"), words)
        self.passphrase.setMaximumWidth(_FIELD_WIDTH)
        self.make = button(words.text("Make new keys"), role="danger")
        self.keep = button(words.text("Leave it as it is"))
        self._working = Working()
        self._sheet = QFrame()
        self._place()
        self.reissue.confirmed.connect(self._reissue)
        self.new_keys.clicked.connect(self._open)
        self.keep.clicked.connect(self._fold)
        self.make.clicked.connect(self._start)
        self.passphrase.entered.connect(self._start)

    def _reissue(self) -> None:
        self._clerk.ask(self, reissue_card, self._reissued, refused=self.refused.emit)

    def _reissued(self, card: Card) -> None:
        words = self._clerk.words
        self.renewed.emit(
            words.text(
                "Your card is issued anew, number {serial}, until {day}. Write it to a file and hand it out.",
                serial=card.serial,
                day=day(card.expires, words),
            )
        )

    def _open(self) -> None:
        self._sheet.show()
        bring_into_view(self._sheet)
        self.passphrase.setFocus()

    def _fold(self) -> None:
        self.passphrase.clear()
        self._sheet.hide()
        self.new_keys.setFocus()

    def _start(self) -> None:
        typed = self.passphrase.text
        if not typed:
            self.passphrase.setFocus()
            return
        self.passphrase.clear()
        self._set_enabled(is_enabled=False)
        self._working.start(self._clerk.words.text("Making new keys…"))
        self._clerk.ask(self, lambda session: _renew(session, typed), self._renewed, refused=self._refuse)

    def _renewed(self, card: Card) -> None:
        self._set_enabled(is_enabled=True)
        self._fold()
        self.renewed.emit(
            self._clerk.words.text(
                "Your keys are new. Write the card to a file, have its fingerprint compared by those you write to, and "
                "have the authority endorse it."
            )
        )

    def _refuse(self, sentence: str) -> None:
        self._set_enabled(is_enabled=True)
        self.refused.emit(sentence)
        self.passphrase.setFocus()

    def _set_enabled(self, *, is_enabled: bool) -> None:
        if is_enabled:
            self._working.stop()
        for one in (self.make, self.keep, self.passphrase):
            one.setEnabled(is_enabled)

    def _place(self) -> None:
        words = self._clerk.words
        self._sheet.setProperty("role", "sheet")
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        inside.setSpacing(sizes.SPACE_3)
        told = (
            words.text("When your keys may be in other hands, or when somebody asks for new ones."),
            words.text("The fingerprint is another one: everybody compares it anew, the authority endorses anew."),
            words.text("Until then you are sent nothing above the lowest levels."),
            words.text("The old keys sign the new card, and are kept for reading what was sealed to them."),
        )
        inside.addWidget(PlainLabel("\n".join(f"•  {sentence}" for sentence in told)))
        for part in (self.passphrase, self._working, row(self.make, self.keep)):
            inside.addWidget(part)
        self._sheet.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(words.text("My card anew"), role="heading"))
        for part in (self.reissue, row(self.new_keys), self._sheet):
            layout.addWidget(part)


def _renew(session: Session, typed: str) -> Card:
    passphrase = passphrase_bytes(typed)
    try:
        return renew_identity(session, PassphraseSecret(passphrase=passphrase))
    finally:
        wipe(passphrase)
