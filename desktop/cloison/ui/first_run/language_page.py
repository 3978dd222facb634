"""Page 1: the language, said in each of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from cloison.ui.first_run.page import Page
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel

_NAMES = {"fr": "Français", "en": "English"}


class LanguagePage(Page):
    """``language_chosen`` carries ``fr`` or ``en`` when the other one is picked."""

    language_chosen = Signal(str)

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """Offer both, the present one picked."""
        words = kit.words
        super().__init__(
            words.text("Welcome to Cloison"),
            words.text(
                "Notes whose paragraphs each carry a mark, kept in compartments, handed to each reader as far as they "
                "may read. Everything stays on this machine: Cloison has no network code."
            ),
            parent=parent,
        )
        self._group = QButtonGroup(self)
        self.body.addWidget(PlainLabel("Langue · Language", role="heading"))
        for language, name in _NAMES.items():
            choice = QRadioButton(name)
            choice.setAccessibleName(name)
            choice.setChecked(language == words.language)
            choice.clicked.connect(lambda _, chosen=language: self._choose(chosen))
            self._group.addButton(choice)
            self.body.addWidget(choice)
        self._language = words.language

    def arrive(self) -> None:
        """The focus on the present language."""
        picked = self._group.checkedButton()
        (picked or self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Return goes on, as in a field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.advanced.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, language: str) -> None:
        if language != self._language:
            self.language_chosen.emit(language)
