"""Adding a way into the vault: one that is there already, and what the new one needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.members import list_slots
from cloison.actions.session import Session
from cloison.actions.ways import add_key_file, add_recovery_code, add_way
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.folder_field import FolderField
from cloison.ui.kit import Kit
from cloison.ui.notice import Tone
from cloison.ui.person.code_page import CodePage
from cloison.ui.person.new_passphrase import NewPassphrase
from cloison.ui.person.passphrase_page import measured
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.passphrase_field import PassphraseField
from cloison.ui.unlock.typed import Typed, secret_of
from cloison.ui.unlock.way import BY_PASSPHRASE, Way
from cloison.ui.unlock.way_fields import WayFields
from cloison.vault.errors import SlotSummary
from cloison.wording.ways import protection_text, way_text
from cloison_crypto.argon2 import DEFAULT, Argon2Cost

_SUFFIX = ".cle"


class WayPage(CodePage):
    """``added``, with a sentence, once the vault opens the new way too and a new recovery code was typed back."""

    added = Signal(str)

    def __init__(
        self, clerk: Clerk, way: Way, *, cost: Argon2Cost | None = None, parent: QWidget | None = None
    ) -> None:
        """``way`` is the new one; ``cost`` None measures."""
        words = clerk.words
        super().__init__(clerk, words.text("Add a way in: {way}", way=way_text(way.value, words)), parent=parent)
        self._way = way
        self._cost = cost
        self._said = ""
        self.old = WayFields(words, passphrase=words.text("Passphrase so far"))
        self.new = NewPassphrase(clerk.kit, lambda: (clerk.session.vault.member.alias,))
        self.pin = PassphraseField(words.text("PIN of the card"), words)
        self.folder = FolderField(
            words,
            words.text("Where to write the key file"),
            advice=words.text("A medium that lies elsewhere than the vault."),
        )
        self.add = button(words.text("Add"), role="primary")
        self._place()
        self.old.entered.connect(self._start)
        self.pin.entered.connect(self._start)
        self.new.entered.connect(self._start)
        self.add.clicked.connect(self._start)

    def arrive(self) -> None:
        """The focus on what opens the vault now; the member's ways are asked for."""
        self.old.present.setFocus()
        self.clerk.ask(self, list_slots, self._show_ways, refused=self.refuse)

    def _show_ways(self, slots: tuple[SlotSummary, ...]) -> None:
        ways = tuple(Way(one.kind) for one in slots)
        beside = tuple(way for way in ways if way in BY_PASSPHRASE)
        # A second factor stands beside a passphrase: the one that opens the vault serves for both.
        self.old.offer(beside if self._way in (Way.KEYRING, Way.CARD) and beside else ways)

    def _start(self) -> None:
        if not self.old.is_filled:
            self.old.present.setFocus()
        elif self._form.isEnabled() and self._will_do():
            self.notice.clear()
            self._set_enabled(is_enabled=False)
            self._measure()

    def _will_do(self) -> bool:
        if self._way is Way.CARD and not self.pin.text:
            self.pin.setFocus()
            return False
        if self._way is Way.KEY_FILE:
            return self.folder.will_do()
        return self._way is not Way.PASSPHRASE or self.new.will_do()

    def _measure(self) -> None:
        given = self._cost if self._way in BY_PASSPHRASE else DEFAULT
        self._working.start(self.clerk.words.text("Measuring how fast this machine is…"))
        self.clerk.work(self, lambda task: given or measured(task), self._apply, refused=self._refuse)

    def _apply(self, cost: Argon2Cost) -> None:
        self._working.start(self.clerk.words.text("Adding it…"))
        self.clerk.ask(self, self._act(cost), self._after, refused=self._refuse)

    def _act(self, cost: Argon2Cost) -> Callable[[Session], str | None]:
        """What to do in the lane of the vault: a new recovery code comes back where one was made."""
        old, kit, way = self.old.typed(), self.clerk.kit, self._way
        if way is Way.RECOVERY:
            return lambda session: _add_code(session, old, kit)
        if way is Way.KEY_FILE:
            file = self.folder.folder / f"{self.clerk.session.vault.folder.stem}{_SUFFIX}"
            return lambda session: _add_file(session, old, kit, file)
        text = self.new.passphrase if way is Way.PASSPHRASE else old.text
        new = Typed(way=way, text=text, pin=self.pin.text)
        return lambda session: _add(session, old, kit, new, cost)

    def _after(self, code: str | None) -> None:
        words = self.clerk.words
        self._working.stop()
        for one in (self.old, self.new, self.pin):
            one.clear()
        for hidden in (self._form, self.add):
            hidden.hide()
        self._said = words.text("This opens the vault from now on: {way}.", way=way_text(self._way.value, words))
        if code is None:
            self.leave_done()
        else:
            self.say(self._said, Tone.DONE)
            self.show_code(code)

    def leave_done(self) -> None:
        """Leave, and say which way is there now."""
        super().leave_done()
        self.added.emit(self._said)

    def _refuse(self, sentence: str) -> None:
        self._working.stop()
        self._set_enabled(is_enabled=True)
        self.refuse(sentence)
        self.old.clear()
        self.pin.clear()
        self.old.present.setFocus()

    def _set_enabled(self, *, is_enabled: bool) -> None:
        self._form.setEnabled(is_enabled)
        self.add.setEnabled(is_enabled)

    def _place(self) -> None:
        words = self.clerk.words
        explained = PlainLabel(protection_text(self._way.value, words), role="muted")
        self.place_form(explained, self.old, row(self.old.others), self.new, self.pin, self.folder)
        self.new.setVisible(self._way is Way.PASSPHRASE)
        self.pin.setVisible(self._way is Way.CARD)
        self.folder.setVisible(self._way is Way.KEY_FILE)
        self.footer.addWidget(self.add)
        self.footer.addWidget(self.finish)


def _add(session: Session, old: Typed, kit: Kit, new: Typed, cost: Argon2Cost) -> None:
    with secret_of(old, kit) as by, secret_of(new, kit) as secret:
        add_way(session, by=by, new=secret, cost=cost)


def _add_code(session: Session, old: Typed, kit: Kit) -> str:
    with secret_of(old, kit) as by:
        return add_recovery_code(session, by=by)


def _add_file(session: Session, old: Typed, kit: Kit, file: Path) -> None:
    with secret_of(old, kit) as by:
        add_key_file(session, by=by, file=file)
