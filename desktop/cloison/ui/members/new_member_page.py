"""A new member: their name and their passphrase, which they type themselves; then their recovery code, shown once."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cloison.actions.members import NewMember, add_member
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.notice import Tone
from cloison.ui.person.code_page import CodePage
from cloison.ui.person.new_passphrase import NewPassphrase
from cloison.ui.person.passphrase_page import measured
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.typed import typed_passphrase
from cloison.vault.names import MOST_NAME
from cloison_crypto.argon2 import Argon2Cost
from cloison_crypto.secrets import wipe


class NewMemberPage(CodePage):
    """``added``, with a sentence, once they are a member and their recovery code was typed back."""

    added = Signal(str)

    def __init__(self, clerk: Clerk, *, cost: Argon2Cost | None = None, parent: QWidget | None = None) -> None:
        """An empty form; ``cost`` None measures."""
        words = clerk.words
        super().__init__(clerk, words.text("Add a member"), parent=parent)
        self._cost = cost
        self._said = ""
        self.name = QLineEdit(maxLength=MOST_NAME)
        self._name = Field(
            words.text("What they are called"), self.name, advice=words.text("The unlock screen offers this name.")
        )
        self.passphrase = NewPassphrase(clerk.kit, lambda: (self.name.text(), clerk.session.vault.folder.name))
        self.add = button(words.text("Make them a member"), role="primary")
        self._place()
        self.name.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.entered.connect(self._start)
        self.add.clicked.connect(self._start)

    def arrive(self) -> None:
        """The focus on the name."""
        self.name.setFocus()

    def leave_done(self) -> None:
        """Leave, and say who is a member now."""
        super().leave_done()
        self.added.emit(self._said)

    def _start(self) -> None:
        words = self.clerk.words
        if not self._alias():
            self._name.show_fault(words.text("Give the member a name."))
            self.name.setFocus()
        elif self._form.isEnabled() and self.passphrase.will_do():
            self._name.show_advice()
            self.notice.clear()
            self._set_enabled(is_enabled=False)
            self._working.start(words.text("Measuring how fast this machine is…"))
            given = self._cost
            self.clerk.work(self, lambda task: given or measured(task), self._apply, refused=self._refuse)

    def _apply(self, cost: Argon2Cost) -> None:
        alias, text = self._alias(), self.passphrase.passphrase

        def act(session: Session) -> NewMember:
            passphrase = typed_passphrase(text)
            try:
                return add_member(session, alias, passphrase=passphrase, cost=cost)
            finally:
                wipe(passphrase)

        self._working.start(self.clerk.words.text("Making their keys…"))
        self.clerk.ask(self, act, self._after, refused=self._refuse)

    def _after(self, made: NewMember) -> None:
        self._working.stop()
        self.passphrase.clear()
        for hidden in (self._form, self.add):
            hidden.hide()
        self._said = self.clerk.words.text(
            "{member} is a member of the vault, with keys of their own.", member=made.member.alias
        )
        written = self.clerk.words.text("Have them write their recovery code down: it is shown this once.")
        self.say(f"{self._said} {written}", Tone.DONE)
        self.show_code(made.recovery_code)

    def _refuse(self, sentence: str) -> None:
        self._working.stop()
        self._set_enabled(is_enabled=True)
        self.refuse(sentence)
        self.name.setFocus()

    def _alias(self) -> str:
        return unicodedata.normalize("NFC", " ".join(self.name.text().split()))

    def _set_enabled(self, *, is_enabled: bool) -> None:
        self._form.setEnabled(is_enabled)
        self.add.setEnabled(is_enabled)

    def _place(self) -> None:
        words = self.clerk.words
        explained = PlainLabel(
            words.text(
                "The new member chooses the passphrase and types it here. They are read into no compartment yet. At "
                "their first session without you, they can renew their keys; you then compare the fingerprint with "
                "them."
            ),
            role="muted",
        )
        self.place_form(explained, self._name, self.passphrase)
        self.footer.addWidget(self.add)
        self.footer.addWidget(self.finish)
