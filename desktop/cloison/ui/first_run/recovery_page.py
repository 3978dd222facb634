"""Page 5: the recovery code, shown once, and two of its groups typed back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cloison.ui.first_run.page import Page
from cloison.ui.kit import Kit
from cloison.ui.person.recovery_sheet import RecoverySheet


class RecoveryPage(Page):
    """Shows ``code``; will do once it was typed back."""

    def __init__(self, kit: Kit, code: str, *, parent: QWidget | None = None) -> None:
        """Ask for two groups of ``code``."""
        words = kit.words
        super().__init__(
            words.text("Write down the recovery code"),
            words.text(
                "It opens the vault if you forget the passphrase. It is shown this once: write it on paper and keep it "
                "in a safe, away from this machine."
            ),
            parent=parent,
        )
        self._sheet = RecoverySheet(kit, code)
        self._sheet.entered.connect(self.advanced)
        self.body.addWidget(self._sheet)

    def arrive(self) -> None:
        """The focus on what is typed back."""
        self._sheet.setFocus()

    def will_do(self) -> bool:
        """Both groups are right."""
        return self._sheet.will_do()
