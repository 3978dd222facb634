"""Changing the passphrase: an old secret, a new passphrase twice, and the new recovery code that goes with it."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from cloison.actions.passphrase import change_passphrase
from cloison.actions.session import Session
from cloison.ui.clerk import Clerk
from cloison.ui.lane import Task
from cloison.ui.person.new_passphrase import NewPassphrase
from cloison.ui.person.relock_page import Relock, RelockPage
from cloison.ui.unlock.typed import typed_passphrase
from cloison.ui.unlock.way import Way
from cloison.vault.unlocking import Secret
from cloison.vault.ways_in import Relocked
from cloison_crypto.argon2 import DEFAULT, Argon2Cost, calibrate
from cloison_crypto.secrets import wipe


class PassphrasePage(RelockPage):
    """Another passphrase, wherever one is asked for."""

    def __init__(
        self, clerk: Clerk, *, by_recovery: bool, cost: Argon2Cost | None = None, parent: QWidget | None = None
    ) -> None:
        """``by_recovery`` asks for the recovery code in place of the old passphrase; ``cost`` None measures."""
        words = clerk.words
        super().__init__(
            clerk,
            words.text("Change the passphrase"),
            explained=words.text("A new recovery code goes with the new passphrase: have paper at hand."),
            act=words.text("Change"),
            working=words.text("Changing the passphrase…"),
            parent=parent,
        )
        self._given_cost = cost
        self._cost = cost or DEFAULT
        self._new = NewPassphrase(
            clerk.kit, lambda: (clerk.session.vault.member.alias, clerk.session.vault.folder.name)
        )
        self.place(self._new)
        self._old.entered.connect(self._new.setFocus)
        self._new.entered.connect(self._start)
        if by_recovery:
            self._old.choose(Way.RECOVERY)

    def will_do(self) -> bool:
        """Whether the new passphrase is strong enough and typed twice."""
        return self._new.will_do()

    def begin(self) -> None:
        """Measure the machine first."""
        self._working.start(self.clerk.words.text("Measuring how fast this machine is…"))
        given = self._given_cost
        self.clerk.work(self, lambda task: given or measured(task), self._apply, refused=self._refuse)

    def relock(self) -> Relock:
        """Change the passphrase."""
        new, cost = self._new.passphrase, self._cost

        def change(session: Session, old: Secret, also: Sequence[Secret], may_fall: Collection[str]) -> Relocked:
            passphrase = typed_passphrase(new)
            try:
                return change_passphrase(session, old=old, new=passphrase, cost=cost, also=also, may_fall=may_fall)
            finally:
                wipe(passphrase)

        return change

    def done_sentence(self, changed: Relocked) -> str:
        """What is so now."""
        self._new.clear()
        return self.clerk.words.text(
            "The passphrase is changed. The old one and the old recovery code open the vault no more; copies made "
            "before still open with them."
        )

    def _apply(self, cost: Argon2Cost) -> None:
        self._cost = cost
        self.run()


def measured(task: Task) -> Argon2Cost:
    """What a passphrase shall cost on this machine."""
    return calibrate(time.perf_counter)
