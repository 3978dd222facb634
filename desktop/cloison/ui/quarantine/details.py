"""What is known of one package that waits, line by line: nothing in it is verified but that it is sealed to me."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cloison.actions.quarantine import Quarantined
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.plain import PlainLabel
from cloison.wording.arrivals import wait_reason_text, waiting_text
from cloison.wording.dates import minute
from cloison_crypto.identity import fingerprint_text

_KIBIBYTE: Final = 1024


class HeldDetails(QFrame):
    """One package."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._words = words = clerk.words
        self.lines = {
            words.text("State"): PlainLabel(),
            words.text("Sender"): PlainLabel(),
            words.text("Key it claims"): PlainLabel(),
            words.text("Arrived"): PlainLabel(),
            words.text("Size"): PlainLabel(),
        }
        self.advice = PlainLabel()
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes.SPACE_4)
        grid.setVerticalSpacing(sizes.SPACE_1)
        grid.setColumnStretch(1, 1)
        for number, (name, shown) in enumerate(self.lines.items()):
            grid.addWidget(PlainLabel(name, role="muted"), number, 0)
            grid.addWidget(shown, number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_3)
        layout.addLayout(grid)
        layout.addWidget(self.advice)

    def show_held(self, held: Quarantined, *, is_openable: bool) -> None:
        """Show it, and what to do with it."""
        words = self._words
        texts = (
            words.text("would open now") if is_openable else wait_reason_text(held.reason, words),
            held.sender or words.text("not known here"),
            fingerprint_text(held.key_id),
            minute(held.arrived, words),
            words.text("{size} KiB", size=-(-held.size // _KIBIBYTE)),
        )
        for shown, text in zip(self.lines.values(), texts, strict=True):
            shown.setText(text)
        self.advice.setText(
            words.text("What it waited for has come: it would open now. Check it, then accept it into a compartment.")
            if is_openable
            else waiting_text(held.reason, held.key_id, words)
        )
