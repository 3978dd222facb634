"""The words of somebody else's fingerprint, to follow along as they are read out: each line is ticked by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cloison.directory.fingerprints import fingerprint_qr
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.controls import button, row, rule
from cloison.ui.directory.language_choice import LanguageChoice
from cloison.ui.directory.qr_view import SMALL_MODULE, QrView
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.wording.word_lines import LINES, word_lines


class WordsPanel(QFrame):
    """``agreed``: every line was heard as it stands here."""

    agreed = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Hidden, and nobody's."""
        super().__init__(parent)
        self.setProperty("role", "sheet")
        words = kit.words
        self._fingerprint = b""
        self._choice = LanguageChoice(words, parent=self)
        self.lines = [CheckBox(kit.theme, "") for _ in range(LINES)]
        self.code = QrView(module=SMALL_MODULE)
        self.agree = button(words.text("All six lines are the same"))
        self._code_name = words.text("QR code of the fingerprint; it holds its 52 characters")
        self._place(
            words.text("Its holder reads the words from their own screen. Tick each line that is the same."),
            words.text("Side by side, hold their code against this one: scanned, both say the same."),
        )
        for line in self.lines:
            line.toggled.connect(self._follow)
        self._choice.chosen.connect(self._show_words)
        self.agree.clicked.connect(self.agreed)
        self.hide()

    def start(self, fingerprint: bytes) -> None:
        """Show the words of ``fingerprint``, no line ticked."""
        self._fingerprint = fingerprint
        self.code.show_code(fingerprint_qr(fingerprint), self._code_name)
        self._show_words()
        self.lines[0].setFocus()

    def forget(self) -> None:
        """Show nobody's any more."""
        self.code.show_code((), self._code_name)
        for line in self.lines:
            line.setChecked(False)
            line.set_text("")
        self._follow()

    def _show_words(self) -> None:
        for line, text in zip(self.lines, word_lines(self._fingerprint, self._choice.language), strict=True):
            line.set_text(text)
            line.setChecked(False)
        self._follow()

    def _follow(self) -> None:
        self.agree.setEnabled(all(line.isChecked() for line in self.lines))

    def _place(self, by_ear: str, by_eye: str) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for line in self.lines:
            lines.addWidget(line)
        seen = QHBoxLayout()
        seen.setSpacing(sizes.SPACE_4)
        seen.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        seen.addWidget(PlainLabel(by_eye, role="muted"), 1, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(PlainLabel(by_ear, role="muted"))
        layout.addWidget(row(*self._choice.buttons.values()))
        layout.addLayout(lines)
        layout.addWidget(row(self.agree))
        layout.addWidget(rule())
        layout.addLayout(seen)
