"""An authority's card as a file, and its whole fingerprint as somebody typed it from paper.

The fingerprint is never shown: whoever types what is on the screen compares nothing.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field
from cloison.ui.directory.cards import CARD_PATTERN, read_card_file
from cloison.ui.directory.file_row import FileRow
from cloison.ui.kit import Kit


class AuthorityForm(QWidget):
    """``entered`` is Return in the fingerprint."""

    entered = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """An empty form; a card can be picked or dropped on it."""
        super().__init__(parent)
        words = kit.words
        self._words = words
        self._carte: bytes | None = None
        self._file = FileRow(
            words,
            words.text("Choose the card…"),
            empty=words.text("No card yet: drop one here, or choose it."),
            pattern=CARD_PATTERN,
        )
        self._typed = QLineEdit()
        self._typed.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        self._fingerprint = Field(
            words.text("Its fingerprint"),
            self._typed,
            advice=words.text("All 52 characters, as printed or read out to you. Spaces and capitals do not matter."),
        )
        self._place()
        self._file.take_drops_on(self)
        self._file.chosen.connect(self.take)
        self._typed.returnPressed.connect(self.entered)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given at all."""
        return self._carte is None and not self._typed.text().strip()

    @property
    def given(self) -> tuple[bytes, str] | None:
        """The card file and what was typed; None where nothing was."""
        return None if self._carte is None else (self._carte, self._typed.text())

    def take(self, path: Path) -> None:
        """Read a card file and say whose it is, or why it is none."""
        carte, sentence = read_card_file(path, self._words)
        self._carte = carte
        if carte is None:
            self._file.show_bad(sentence)
        else:
            self._file.show_good(sentence)
            self._typed.setFocus()

    def will_do(self) -> bool:
        """Whether the fingerprint typed is that of the card, and the card an authority's; says what is wrong."""
        from cloison.directory.carte import read_carte
        from cloison.directory.errors import DirectoryError
        from cloison.directory.fingerprints import check_authority
        from cloison.wording.errors import sentence_for

        if self._carte is None:
            self._fingerprint.show_fault(self._words.text("Choose the authority’s card first."))
            return False
        try:
            check_authority(read_carte(self._carte).card.fingerprint, self._typed.text())
        except DirectoryError as error:
            self._fingerprint.show_fault(sentence_for(error, self._words) or "")
            return False
        self._fingerprint.show_advice()
        return True

    def clear(self) -> None:
        """Start again."""
        self._carte = None
        self._file.clear()
        self._typed.clear()
        self._fingerprint.show_advice()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(self._file)
        layout.addWidget(self._fingerprint)
        self.setFocusProxy(self._file)
