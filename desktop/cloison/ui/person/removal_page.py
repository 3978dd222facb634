"""Removing a way into the vault: the keys change, so that what it opened opens nothing written from then on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from cloison.actions.session import Session
from cloison.actions.ways import remove_way
from cloison.ui.clerk import Clerk
from cloison.ui.person.relock_page import Relock, RelockPage
from cloison.vault.errors import SlotSummary
from cloison.vault.unlocking import Secret
from cloison.vault.ways_in import Relocked
from cloison.wording.ways import way_text, ways_text


class RemovalPage(RelockPage):
    """One way in, to be removed."""

    def __init__(self, clerk: Clerk, slot: SlotSummary, *, parent: QWidget | None = None) -> None:
        """Ask for what opens the vault, this way or another."""
        words = clerk.words
        super().__init__(
            clerk,
            words.text("Remove a way in: {way}", way=way_text(slot.kind, words)),
            explained=words.text(
                "The keys change with it. The recovery code is replaced: have paper at hand. Copies of the vault made "
                "before still open as they did."
            ),
            act=words.text("Remove"),
            working=words.text("Changing the keys…"),
            parent=parent,
        )
        self._slot = slot
        self.place()
        self._old.entered.connect(self._start)

    def relock(self) -> Relock:
        """Remove it, and what the keyring keeps for it."""
        id, keystores = self._slot.id, self.clerk.kit.keystores

        def remove(session: Session, old: Secret, also: Sequence[Secret], may_fall: Collection[str]) -> Relocked:
            ring = keystores().keyring()
            return remove_way(session, id, given=(old, *also), keyring=ring, may_fall=may_fall)

        return remove

    def done_sentence(self, changed: Relocked) -> str:
        """What is so now."""
        words = self.clerk.words
        return words.text(
            "This opens the vault no more: {ways}. Copies made before still open with it.",
            ways=ways_text(changed.gone, words),
        )
