"""A fingerprint to be read out or held up: its characters, its words in French or English, its QR code."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.directory.fingerprints import fingerprint_qr
from cloison.ui import sizes
from cloison.ui.controls import row
from cloison.ui.directory.language_choice import LanguageChoice
from cloison.ui.directory.qr_view import QrView
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import Catalogue
from cloison.wording.word_lines import word_lines
from cloison_crypto.identity import fingerprint_text

_GROUPS_A_LINE = 5


class FingerprintView(QFrame):
    """One fingerprint, three ways."""

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self._words = words
        self._fingerprint = b""
        self.characters = PlainLabel(role="heading")
        self.lines = PlainLabel()
        for one in (self.characters, self.lines):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code = QrView()
        self._choice = LanguageChoice(words, parent=self)
        self._choice.chosen.connect(self._show_words)
        self._place()

    def show_fingerprint(self, fingerprint: bytes) -> None:
        """Show ``fingerprint``."""
        self._fingerprint = fingerprint
        groups = fingerprint_text(fingerprint).split()
        lines = (groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE))
        self.characters.setText("\n".join("  ".join(line) for line in lines))
        self.characters.setAccessibleName(" ".join(groups))
        self.code.show_code(
            fingerprint_qr(fingerprint),
            self._words.text("QR code of the fingerprint; it holds its 52 characters"),
        )
        self._show_words()

    def _show_words(self) -> None:
        self.lines.setText("\n".join(word_lines(self._fingerprint, self._choice.language)))

    def _place(self) -> None:
        words = self._words
        text = QVBoxLayout()
        text.setSpacing(sizes.SPACE_2)
        text.addWidget(PlainLabel(words.text("Fingerprint, to read out to whoever compares it"), role="muted"))
        text.addWidget(self.characters)
        text.addWidget(row(PlainLabel(words.text("In words"), role="muted"), *self._choice.buttons.values()))
        text.addWidget(self.lines)
        text.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4)
        layout.setSpacing(sizes.SPACE_5)
        layout.addLayout(text, 1)
        layout.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
