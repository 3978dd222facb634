"""In which language a fingerprint is read out: either side may have learnt the words in the other one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from cloison.ui.controls import button
from cloison.ui.tab_order import stop_at_checked
from cloison.wording.catalogue import Catalogue
from cloison.wording.word_lines import LANGUAGES


class LanguageChoice(QObject):
    """``buttons`` to be placed, of which one is pressed; ``chosen`` when another is."""

    chosen = Signal()

    def __init__(self, words: Catalogue, *, parent: QObject | None = None) -> None:
        """The language the program speaks, where there is a list of words in it."""
        super().__init__(parent)
        self.language = words.language if words.language in LANGUAGES else "en"
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for language, name in LANGUAGES.items():
            made = button(name)
            made.setCheckable(True)
            made.setChecked(language == self.language)
            self._group.addButton(made)
            self.buttons[language] = made
        stop_at_checked(self._group)
        self._group.buttonClicked.connect(self._choose)

    def _choose(self) -> None:
        self.language = next(language for language, made in self.buttons.items() if made.isChecked())
        self.chosen.emit()
