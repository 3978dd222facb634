"""The settings page: each setting with its value, where it comes from, and a padlock and the reason where it is shut.

What is changed is in the person's file at once, and holds from then on; what only the next unlocking takes up says so.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.settings.checks import Value
from cloison.settings.person import choose
from cloison.settings.values import Settings
from cloison.ui import sizes
from cloison.ui.causes.causes import Cause
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, rule
from cloison.ui.flow_page import FlowPage
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.settings.rows import row_for
from cloison.wording.catalogue import N_
from cloison.wording.settings import title

_WIDTH: Final = 560
GROUPS: Final = (
    (N_("Window"), ("language", "theme")),
    (N_("Locking and copying"), ("idle_lock_seconds", "clipboard_seconds")),
    (N_("Vault"), ("vault", "member", "policy", "backups_kept", "bin_days", "may_save_attachments")),
    (N_("Smart cards"), ("card_library",)),
)
_CAUSES: Final = {
    Cause.SCREEN: N_("the screen is locked"),
    Cause.USER: N_("another user takes the screen"),
    Cause.SLEEP: N_("the machine goes to sleep"),
    Cause.LID: N_("the lid is closed"),
}


class SettingsPage(FlowPage):
    """``changed`` carries the settings as they are from now on."""

    changed = Signal(object)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Show what holds now."""
        super().__init__(clerk, clerk.words.text("Settings"), parent=parent)
        self.rows = {name: row_for(clerk.kit, name) for _, names in GROUPS for name in names}
        self.heard = PlainLabel(role="muted")
        for made in self.rows.values():
            made.chosen.connect(self._choose)
            made.why_asked.connect(lambda reason: self.say(reason, Tone.PLAIN))
        self._place()
        self._show(clerk.kit.settings)

    def arrive(self) -> None:
        """The focus on the first setting."""
        self._tell_heard()
        next(iter(self.rows.values())).setFocus()

    def _choose(self, name: str, value: Value) -> None:
        kit = self.clerk.kit
        self.clerk.ask(
            self,
            lambda session: choose(kit.places(), kit.settings, name=name, value=value),
            lambda settings: self._take(name, settings),
            refused=self._put_back,
        )

    def _take(self, name: str, settings: Settings) -> None:
        words = self.clerk.words
        self.changed.emit(settings)
        self._show(settings)
        self.say(words.text("Kept in your settings: {setting}.", setting=title(name, words)), Tone.DONE)

    def _put_back(self, sentence: str) -> None:
        self._show(self.clerk.kit.settings)
        self.refuse(sentence)

    def _show(self, settings: Settings) -> None:
        for one in self.rows.values():
            one.show_setting(settings)

    def _tell_heard(self) -> None:
        words, heard = self.clerk.words, self.clerk.kit.heard()
        told = [words.text(sentence) for cause, sentence in _CAUSES.items() if cause in heard]
        if told:
            text = words.text(
                "This system tells us, and the vault then locks too, when {causes}.", causes=", ".join(told)
            )
        else:
            text = words.text("This system does not tell us when its screen is locked: lock the vault with Ctrl+L.")
        self.heard.setText(text)

    def _place(self) -> None:
        words = self.clerk.words
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_4)
        for number, (heading, names) in enumerate(GROUPS):
            if number:
                inside.addWidget(rule())
            inside.addWidget(PlainLabel(words.text(heading), role="heading"))
            for name in names:
                inside.addWidget(self.rows[name])
                if name == "idle_lock_seconds":
                    inside.addWidget(self.heard)
        file = self.clerk.kit.places().person
        inside.addWidget(PlainLabel(words.text("Your settings are kept in {file}.", file=file), role="muted"))
        inside.addStretch(1)
        self.body.addWidget(at_most(_WIDTH, holder))
        self.body.addStretch(1)
