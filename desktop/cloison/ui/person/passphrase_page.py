"""Changing the passphrase: an old secret, a new passphrase twice, and the new recovery code that goes with it."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.passphrase import change_passphrase
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.flow_page import FlowPage
from cloison.ui.lane import Task
from cloison.ui.notice import Tone
from cloison.ui.person.new_passphrase import NewPassphrase
from cloison.ui.person.recovery_sheet import RecoverySheet
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.passphrase_field import PassphraseField
from cloison.ui.unlock.recovery_field import RecoveryField
from cloison.ui.working import Working
from cloison.vault.unlocking import PassphraseSecret, RecoverySecret, Secret
from cloison.vault.ways_in import Relocked
from cloison_crypto.argon2 import Argon2Cost, calibrate
from cloison_crypto.secrets import wipe
from cloison_crypto.slots import passphrase_bytes

_WIDTH = 480


class PassphrasePage(FlowPage):
    """``changed`` when the new passphrase holds and its recovery code was typed back."""

    changed = Signal()

    def __init__(
        self, clerk: Clerk, *, by_recovery: bool, cost: Argon2Cost | None = None, parent: QWidget | None = None
    ) -> None:
        """``by_recovery`` asks for the recovery code in place of the old passphrase; ``cost`` None measures."""
        words = clerk.words
        super().__init__(clerk, words.text("Change the passphrase"), parent=parent)
        self._cost = cost
        self._sheet: RecoverySheet | None = None
        self._old = PassphraseField(words.text("Passphrase so far"), words)
        self._code = RecoveryField(words)
        self._new = NewPassphrase(
            clerk.kit, lambda: (clerk.session.vault.member.alias, clerk.session.vault.folder.name)
        )
        self._other_way = button("", role="quiet")
        self._working = Working()
        self._change = button(words.text("Change"), role="primary")
        self._finish = button(words.text("Finish"), role="primary")
        self._place()
        self._old.entered.connect(self._new.setFocus)
        self._code.entered.connect(self._new.setFocus)
        self._new.entered.connect(self._start)
        self._change.clicked.connect(self._start)
        self._finish.clicked.connect(self._end)
        self._other_way.clicked.connect(self._swap)
        self._show_way(by_recovery=by_recovery)

    def arrive(self) -> None:
        """The focus on the old secret."""
        self._old_field().setFocus()

    def leave(self) -> None:
        """Not before the new recovery code was typed back: it is shown this once."""
        if self._sheet is None:
            super().leave()
        else:
            self.say(self.clerk.words.text("Type the two groups of the new recovery code first."), Tone.BEWARE)

    def _start(self) -> None:
        if not self._old_field().text:
            self._old_field().setFocus()
        elif self._form.isEnabled() and self._new.will_do():
            self._measure()

    def _measure(self) -> None:
        self.notice.clear()
        self._set_enabled(is_enabled=False)
        self._working.start(self.clerk.words.text("Measuring how fast this machine is…"))
        given = self._cost
        self.clerk.work(self, lambda task: given or _measured(task), self._apply, refused=self._refuse)

    def _apply(self, cost: Argon2Cost) -> None:
        self._working.start(self.clerk.words.text("Changing the passphrase…"))
        is_code, old, new = self._is_by_code(), self._old_field().text, self._new.passphrase

        def change(session: Session) -> Relocked:
            return _change(session, old=old, is_code=is_code, new=new, cost=cost)

        self.clerk.ask(self, change, self._after, refused=self._refuse)

    def _after(self, changed: Relocked) -> None:
        self._working.stop()
        for field in (self._new, self._old, self._code):
            field.clear()
        if changed.recovery_code is None:
            self._leave_changed()
        else:
            self._show_code(changed.recovery_code)

    def _show_code(self, code: str) -> None:
        words = self.clerk.words
        self._form.hide()
        self._change.hide()
        self._finish.show()
        self._sheet = RecoverySheet(self.clerk.kit, code)
        self._sheet.setMaximumWidth(_WIDTH)
        self._sheet.entered.connect(self._end)
        self.body.insertWidget(1, self._sheet)
        self._sheet.setFocus()
        self.say(
            words.text(
                "The passphrase is changed. The old one and the old recovery code open the vault no more; copies made "
                "before still open with them. Write down the new recovery code: it is shown this once."
            ),
            Tone.DONE,
        )

    def _end(self) -> None:
        if self._sheet is not None and self._sheet.will_do():
            self._leave_changed()

    def _leave_changed(self) -> None:
        self._sheet = None
        self.changed.emit()
        self.back_asked.emit()

    def _refuse(self, sentence: str) -> None:
        self._working.stop()
        self._set_enabled(is_enabled=True)
        self.refuse(sentence)
        self._old_field().clear()
        self._old_field().setFocus()

    def _swap(self) -> None:
        self._show_way(by_recovery=not self._is_by_code())
        self._old_field().setFocus()

    def _show_way(self, *, by_recovery: bool) -> None:
        words = self.clerk.words
        self._old.setVisible(not by_recovery)
        self._code.setVisible(by_recovery)
        self._other_way.setText(words.text("Use the passphrase" if by_recovery else "Use the recovery code"))
        self._other_way.setAccessibleName(self._other_way.text())

    def _is_by_code(self) -> bool:
        return self._code.isVisibleTo(self._form)

    def _old_field(self) -> PassphraseField | RecoveryField:
        return self._code if self._is_by_code() else self._old

    def _set_enabled(self, *, is_enabled: bool) -> None:
        self._form.setEnabled(is_enabled)
        self._change.setEnabled(is_enabled)

    def _place(self) -> None:
        words = self.clerk.words
        self._form = QWidget()
        self._form.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(self._form)
        inside.setContentsMargins(0, 0, 0, 0)
        explained = words.text("A new recovery code goes with the new passphrase: have paper at hand.")
        for part in (PlainLabel(explained, role="muted"), self._old, self._code, row(self._other_way), self._new):
            inside.addWidget(part)
        self.body.addWidget(self._form)
        self.body.addWidget(self._working)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        self.footer.addWidget(self._change)
        self.footer.addWidget(self._finish)
        self._finish.hide()


def _measured(task: Task) -> Argon2Cost:
    return calibrate(time.perf_counter)


def _change(session: Session, *, old: str, is_code: bool, new: str, cost: Argon2Cost) -> Relocked:
    old_passphrase = bytearray() if is_code else passphrase_bytes(old)
    new_passphrase = passphrase_bytes(new)
    secret: Secret = RecoverySecret(code=old) if is_code else PassphraseSecret(passphrase=old_passphrase)
    try:
        return change_passphrase(session, old=secret, new=new_passphrase, cost=cost)
    finally:
        wipe(old_passphrase)
        wipe(new_passphrase)
