"""A page that makes a new member key: what opens the vault now, what shall go on, and the new recovery code.

What would fall is said first, with a second button that goes on all the same.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cloison.actions.members import list_slots
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.notice import Tone
from cloison.ui.person.code_page import CodePage
from cloison.ui.person.keep_fields import KeepFields, kept_secrets
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.typed import secret_of
from cloison.ui.unlock.way import Way
from cloison.ui.unlock.way_fields import WayFields
from cloison.vault.errors import SlotSummary, WaysWouldFallError
from cloison.vault.unlocking import Secret
from cloison.vault.ways_in import Relocked
from cloison.wording.ways import ways_text

Relock: TypeAlias = Callable[[Session, Secret, Sequence[Secret], Collection[str]], Relocked]
"""From the session, the secret that opens the vault, the others given, and the slots that may fall."""


class RelockPage(CodePage):
    """``changed``, with a sentence, once the new key holds and a new recovery code was typed back."""

    changed = Signal(str)

    def __init__(
        self, clerk: Clerk, title: str, *, explained: str, act: str, working: str, parent: QWidget | None = None
    ) -> None:
        """``act`` is what the button says, ``working`` what is said while it is done."""
        super().__init__(clerk, title, parent=parent)
        words = clerk.words
        self._doing = working
        self._ways: tuple[Way, ...] = ()
        self._falling: tuple[SlotSummary, ...] = ()
        self._said = ""
        self._explained = PlainLabel(explained, role="muted")
        self._old = WayFields(words, passphrase=words.text("Passphrase so far"))
        self._keep = KeepFields(words)
        self._change = button(act, role="primary")
        self._anyway = button(words.text("Go on without them"))
        self._change.clicked.connect(self._start)
        self._anyway.clicked.connect(self._start_anyway)
        self._old.way_changed.connect(self._show_keep)

    def arrive(self) -> None:
        """The focus on the old secret; the member's ways are asked for."""
        self._old.present.setFocus()
        self.clerk.ask(self, list_slots, self._show_ways, refused=self.refuse)

    @abstractmethod
    def relock(self) -> Relock:
        """What to do in the lane of the vault, with all that was typed in hand."""

    @abstractmethod
    def done_sentence(self, changed: Relocked) -> str:
        """What to say once it is done."""

    def will_do(self) -> bool:
        """Whether what else the page asks for is there."""
        return True

    def begin(self) -> None:
        """Start; a page that must measure first does so here and then calls ``run``."""
        self.run()

    def run(self) -> None:
        """Make the new key."""
        self._working.start(self._doing)
        typed, kept, ways, kit = self._old.typed(), self._keep.kept(), self._ways, self.clerk.kit
        relock, may_fall = self.relock(), {one.id for one in self._falling}

        def act(session: Session) -> Relocked | WaysWouldFallError:
            with secret_of(typed, kit) as old, kept_secrets(kept, typed, ways, kit) as also:
                try:
                    return relock(session, old, also, may_fall)
                except WaysWouldFallError as error:
                    return error

        self.clerk.ask(self, act, self._after, refused=self._refuse)

    def _start(self) -> None:
        self._falling = ()
        self._start_anyway()

    def _start_anyway(self) -> None:
        if not self._old.is_filled:
            self._old.present.setFocus()
        elif self._form.isEnabled() and self.will_do():
            self.notice.clear()
            self._set_enabled(is_enabled=False)
            self.begin()

    def _after(self, outcome: Relocked | WaysWouldFallError) -> None:
        self._working.stop()
        if isinstance(outcome, WaysWouldFallError):
            self._warn(outcome.slots)
            return
        self._old.clear()
        self._keep.clear()
        self._said = self.done_sentence(outcome)
        if outcome.recovery_code is None:
            self.leave_done()
        else:
            self._show_code(outcome.recovery_code)

    def _warn(self, falling: tuple[SlotSummary, ...]) -> None:
        words = self.clerk.words
        self._falling = falling
        self._set_enabled(is_enabled=True)
        self._anyway.show()
        self.say(
            words.text(
                "Nothing was changed. These ways would no longer open the vault: {ways}. Give what they need, or go on "
                "without them.",
                ways=ways_text(falling, words),
            ),
            Tone.BEWARE,
        )

    def _show_code(self, code: str) -> None:
        for one in (self._form, self._change, self._anyway):
            one.hide()
        self.show_code(code)
        told = self.clerk.words.text("Write down the new recovery code: it is shown this once.")
        self.say(f"{self._said} {told}", Tone.DONE)

    def leave_done(self) -> None:
        """Leave, and say what is so now."""
        super().leave_done()
        self.changed.emit(self._said)

    def _refuse(self, sentence: str) -> None:
        self._working.stop()
        self._set_enabled(is_enabled=True)
        self.refuse(sentence)
        self._old.clear()
        self._keep.clear()
        self._old.present.setFocus()

    def _show_ways(self, slots: tuple[SlotSummary, ...]) -> None:
        self._ways = tuple(Way(one.kind) for one in slots)
        self._old.offer(self._ways)
        self._show_keep()

    def _show_keep(self) -> None:
        self._keep.show_for(self._ways, present=self._old.way)

    def _set_enabled(self, *, is_enabled: bool) -> None:
        for one in (self._form, self._change, self._anyway):
            one.setEnabled(is_enabled)

    def place(self, *parts: QWidget) -> None:
        """Lay the form out, with ``parts`` of the page's own below the old secret."""
        self.place_form(self._explained, self._old, row(self._old.others), *parts, self._keep)
        for one in (self._anyway, self._change, self.finish):
            self.footer.addWidget(one)
        self._anyway.hide()
