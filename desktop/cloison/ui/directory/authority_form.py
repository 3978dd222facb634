"""An authority's card as a file, and its whole fingerprint as somebody typed it from paper.

The fingerprint is never shown: whoever types what is on the screen compares nothing.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field, button
from cloison.ui.directory.cards import CARD_PATTERN, dropped_files, read_card_file
from cloison.ui.kit import Kit
from cloison.ui.pick import pick_file
from cloison.ui.plain import OneLineLabel


class AuthorityForm(QWidget):
    """``entered`` is Return in the fingerprint."""

    entered = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """An empty form; a card can be picked or dropped on it."""
        super().__init__(parent)
        words = kit.words
        self._words = words
        self._carte: bytes | None = None
        self._file = OneLineLabel(words.text("No card yet: drop one here, or choose it."), role="muted")
        self._choose = button(words.text("Choose the card…"))
        self._typed = QLineEdit()
        self._typed.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        self._fingerprint = Field(
            words.text("Its fingerprint"),
            self._typed,
            advice=words.text("All 52 characters, as printed or read out to you. Spaces and capitals do not matter."),
        )
        self._place()
        self.setAcceptDrops(True)
        self._choose.clicked.connect(self._pick)
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
        self._file.setText(sentence)
        self._file.setProperty("role", "" if carte else "danger")
        self._file.style().polish(self._file)
        (self._typed if carte else self._choose).setFocus()

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
        self._file.setText(self._words.text("No card yet: drop one here, or choose it."))
        self._typed.clear()
        self._fingerprint.show_advice()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the first file."""
        for path in dropped_files(event.mimeData())[:1]:
            event.acceptProposedAction()
            self.take(path)

    def _pick(self) -> None:
        pick_file(self, self._words, self._words.text("The authority’s card"), CARD_PATTERN, self.take)

    def _place(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(sizes.SPACE_3)
        line.addWidget(self._choose)
        line.addWidget(self._file, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addLayout(line)
        layout.addWidget(self._fingerprint)
        self.setFocusProxy(self._choose)
