"""Page 4: the passphrase, twice, with its strength in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from cloison.ui.first_run.page import Page
from cloison.ui.kit import Kit
from cloison.ui.person.new_passphrase import NewPassphrase


class PassphrasePage(Page):
    """Asks for a new passphrase."""

    def __init__(self, kit: Kit, known: Callable[[], Sequence[str]], *, parent: QWidget | None = None) -> None:
        """``known`` are names somebody who guesses would try first."""
        words = kit.words
        super().__init__(
            words.text("Your passphrase"),
            words.text(
                "It opens the vault, and nobody can give it back to you. Four or five words that have nothing to do "
                "with each other are easy to keep in mind and hard to guess."
            ),
            parent=parent,
        )
        self._new = NewPassphrase(kit, known)
        self._new.entered.connect(self.advanced)
        self.body.addWidget(self._new)

    @property
    def passphrase(self) -> str:
        """What was typed, twice the same."""
        return self._new.passphrase

    def arrive(self) -> None:
        """The focus on the first field."""
        self._new.setFocus()

    def will_do(self) -> bool:
        """Strong enough and twice the same."""
        return self._new.will_do()

    def clear(self) -> None:
        """Forget what was typed."""
        self._new.clear()
