"""The unlock screen: one field with the focus in it, the member's other ways quietly below.

The libraries of the vault are loaded after the screen is shown, while the passphrase is being typed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.controls import Field, button, row
from cloison.ui.kit import Kit
from cloison.ui.notice import Notice, Tone
from cloison.ui.outcome import Done, Failed, Outcome
from cloison.ui.plain import PlainLabel
from cloison.ui.tasks import Where
from cloison.ui.unlock.delays import seconds_after
from cloison.ui.unlock.opening import MemberWays, members_of, open_with
from cloison.ui.unlock.way import Way
from cloison.ui.unlock.way_fields import WayFields
from cloison.ui.working import Working
from cloison.wording.catalogue import N_

if TYPE_CHECKING:
    from cloison.actions.session import Session

_WIDTH = 400
_SECOND_MS = 1000
_AFTER_SHOWN_MS = 150
"""The screen is painted and the first key taken before the libraries of the vault claim the interpreter."""

_WRONG: Final = {
    Way.PASSPHRASE: N_("This passphrase does not open the vault."),
    Way.KEYRING: N_("This passphrase does not open the vault with the keyring of this machine."),
    Way.CARD: N_("This passphrase does not open the vault with this card."),
    Way.KEY_FILE: N_("This key file does not open the vault."),
    Way.RECOVERY: N_("This recovery code does not open the vault."),
}


class UnlockScreen(QWidget):
    """One vault, locked. ``unlocked`` carries the session and whether the recovery code opened it."""

    unlocked = Signal(object, bool)
    other_vault_asked = Signal()
    new_vault_asked = Signal()
    restore_asked = Signal()

    def __init__(self, kit: Kit, vault: Path, *, parent: QWidget | None = None) -> None:
        """Ask for the passphrase of ``vault``."""
        super().__init__(parent)
        self._kit = kit
        self._vault = vault
        self._failures = 0
        self._wait = 0
        self._is_at_work = False
        self._has_heard = False
        words = kit.words
        self._name = PlainLabel(vault.name.removesuffix(".cloison"), role="title")
        self._alias = ChoiceBox()
        self._who = Field(words.text("Who are you?"), self._alias)
        self._who.hide()
        self.fields = WayFields(words, passphrase=words.text("Passphrase"))
        self._members: dict[str, tuple[Way, ...]] = {}
        self._notice = Notice(kit.theme)
        self._working = Working()
        self._open = button(words.text("Unlock"), role="primary")
        self._ticks = QTimer(self, interval=_SECOND_MS)
        self._place()
        self._connect()

    @property
    def chosen_member(self) -> str | None:
        """Who is opening the vault, where there is a choice."""
        return self._alias.currentText() or None

    @property
    def notice(self) -> Notice:
        """What it has to say."""
        return self._notice

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Put the focus where typing goes, then load what unlocking will need."""
        super().showEvent(event)
        self.fields.present.setFocus()
        QTimer.singleShot(_AFTER_SHOWN_MS, self, self._ask_members)

    def _ask_members(self) -> None:
        self._kit.runner.start(Where.WORK, lambda task: members_of(self._vault), owner=self, then=self._show_members)

    def _show_members(self, outcome: Outcome[tuple[MemberWays, ...]]) -> None:
        self._has_heard = True
        if not isinstance(outcome, Done) or not outcome.value or self._members:
            return
        self._members = {one.alias: one.ways for one in outcome.value}
        if len(self._members) == 1:
            self._name.setText(outcome.value[0].alias)
        else:
            with QSignalBlocker(self._alias):
                self._alias.addItems(list(self._members))
                self._alias.setCurrentText(self._kit.settings.member or "")
            self._who.show()
        self._offer_ways()

    def _change_member(self) -> None:
        """Somebody else begins anew, with the first of their ways."""
        self.fields.clear()
        self.fields.choose(Way.PASSPHRASE)
        self._offer_ways()

    def _offer_ways(self) -> None:
        """The ways of whoever is chosen; what is being typed stays, and so does the focus in it."""
        alias = self._alias.currentText() or next(iter(self._members), "")
        has_focus = self.fields.isAncestorOf(self.focusWidget() or self)
        self.fields.offer(self._members.get(alias, ()))
        if has_focus and not self.fields.present.line.hasFocus():
            self.fields.present.setFocus()

    def _try(self) -> None:
        if self._is_at_work or self._wait or not self.fields.is_filled:
            return
        if not self._has_heard:
            # Whoever types fast is done before it is known who there is, and may not be the only one.
            QTimer.singleShot(_AFTER_SHOWN_MS, self, self._try)
            return
        typed = self.fields.typed()
        attempt = open_with(self._kit, self._vault, alias=self._alias.currentText() or None, typed=typed)
        self._begin()
        self._kit.runner.start(
            Where.RECORDS,
            attempt.run,
            owner=self,
            then=lambda outcome: self._after(outcome, by_recovery=typed.way is Way.RECOVERY),
            expected=attempt.expected,
        )

    def _after(self, outcome: Outcome[Session], *, by_recovery: bool) -> None:
        self._end()
        if isinstance(outcome, Done):
            self.fields.clear()
            self.unlocked.emit(outcome.value, by_recovery)
        elif isinstance(outcome, Failed):
            self._refuse(outcome.error)

    def _refuse(self, error: Exception) -> None:
        from cloison.vault.errors import WrongPassphraseError
        from cloison.wording.errors import sentence_for

        if not isinstance(error, WrongPassphraseError):
            self._notice.say(sentence_for(error, self._kit.words) or "", Tone.REFUSED)
            # A PIN that was refused must not be sent again by one more click: the card counts.
            self.fields.pin.clear()
            return
        self._failures += 1
        self._wait = seconds_after(self._failures)
        self._notice.say(self._kit.words.text(_WRONG[self.fields.way]), Tone.REFUSED)
        self.fields.clear()
        self.fields.present.setFocus()
        self._count_down()
        self._ticks.start()

    def _tick(self) -> None:
        self._wait = max(self._wait - 1, 0)
        self._count_down()
        if not self._wait:
            self._ticks.stop()

    def _count_down(self) -> None:
        words = self._kit.words
        waiting = words.text("Unlock in {seconds} s", seconds=self._wait)
        self._open.setText(waiting if self._wait else words.text("Unlock"))
        self._open.setEnabled(not self._wait and not self._is_at_work)

    def _begin(self) -> None:
        self._is_at_work = True
        for one in self._controls():
            one.setEnabled(False)
        self._notice.clear()
        self._working.start(self._kit.words.text("Unlocking…"))

    def _end(self) -> None:
        self._is_at_work = False
        for one in self._controls():
            one.setEnabled(True)
        self._working.stop()

    def _controls(self) -> tuple[QWidget, ...]:
        return (self._alias, self.fields, self.fields.others, self._open)

    def _connect(self) -> None:
        self._ticks.timeout.connect(self._tick)
        self._open.clicked.connect(self._try)
        self.fields.entered.connect(self._try)
        self.fields.way_changed.connect(self._notice.clear)
        self._alias.currentTextChanged.connect(self._change_member)

    def _place(self) -> None:
        words = self._kit.words
        other = button(words.text("Open another vault…"), role="quiet")
        other.clicked.connect(self.other_vault_asked)
        new = button(words.text("Create a vault…"), role="quiet")
        new.clicked.connect(self.new_vault_asked)
        restore = button(words.text("Restore a backup…"), role="quiet")
        restore.clicked.connect(self.restore_asked)
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        sheet.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_6, sizes.SPACE_5)
        inside.setSpacing(sizes.SPACE_4)
        heading = QVBoxLayout()
        heading.setSpacing(0)
        heading.addWidget(PlainLabel("CLOISON", role="section"))
        heading.addWidget(self._name)
        inside.addLayout(heading)
        for part in (self._who, self.fields, self._open, self._working, self._notice):
            inside.addWidget(part)
        inside.addWidget(row(self.fields.others))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_5, sizes.SPACE_5, sizes.SPACE_5, sizes.SPACE_4)
        layout.addStretch(2)
        layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        layout.addWidget(row(other, restore, new, stretch_before=True))
