"""Page 3: what the vault is for, who you are, where it lies, and its first compartment."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field, button
from cloison.ui.first_run.answers import Purpose
from cloison.ui.first_run.page import Page
from cloison.ui.kit import Kit
from cloison.ui.new_folder import new_folder_fault
from cloison.ui.pick import pick_folder
from cloison.ui.plain import PlainLabel

_LONGEST_NAME = 100


class PersonPage(Page):
    """Purpose, name, folder, compartment; an authority endorses cards, and needs no compartment for it."""

    def __init__(self, kit: Kit, vaults: Path, *, parent: QWidget | None = None) -> None:
        """Propose a folder below ``vaults``, named after whoever is typed."""
        words = kit.words
        super().__init__(
            words.text("Who you are"),
            words.text("Your keys are made on this machine. Your name goes on your card and in the registers."),
            parent=parent,
        )
        self._words = words
        self._vaults = vaults
        self._is_folder_own = True
        self._name = QLineEdit(maxLength=_LONGEST_NAME)
        self._folder = QLineEdit(str(vaults / "cloison.cloison"))
        self._compartment = QLineEdit(words.text("Current work"), maxLength=_LONGEST_NAME)
        self._choose = button(words.text("Choose…"))
        self._purposes = QButtonGroup(self)
        self._notes = self._purpose(words.text("My own notes, and what I exchange"))
        self._authority = self._purpose(words.text("An authority: it endorses the cards of others"))
        self._place()
        self._name.textEdited.connect(self._propose_folder)
        self._folder.textEdited.connect(self._own_no_more)
        self._choose.clicked.connect(self._pick)
        self._purposes.buttonClicked.connect(lambda pressed: self._follow())
        for line in (self._name, self._folder, self._compartment):
            line.returnPressed.connect(self.advanced)

    @property
    def purpose(self) -> Purpose:
        """What the vault is for."""
        return Purpose.AUTHORITY if self._authority.isChecked() else Purpose.NOTES

    @property
    def name(self) -> str:
        """Who."""
        return unicodedata.normalize("NFC", " ".join(self._name.text().split()))

    @property
    def folder(self) -> Path:
        """Where the vault will be made."""
        return Path(self._folder.text().strip()).expanduser()

    @property
    def compartment(self) -> str:
        """What the first compartment is called."""
        return unicodedata.normalize("NFC", " ".join(self._compartment.text().split()))

    def arrive(self) -> None:
        """The focus on the name."""
        self._name.setFocus()

    def will_do(self) -> bool:
        """A name, a folder that is new or empty, a compartment."""
        words = self._words
        for field in (self._name_field, self._folder_field, self._compartment_field):
            field.show_advice()
        if not self.name:
            self._name_field.show_fault(words.text("Type your name."))
        elif (fault := new_folder_fault(self.folder, words)) is not None:
            self._folder_field.show_fault(fault)
        elif not self.compartment and self.purpose is Purpose.NOTES:
            self._compartment_field.show_fault(words.text("Give the compartment a name."))
        else:
            return True
        return False

    def _follow(self) -> None:
        words, is_authority = self._words, self.purpose is Purpose.AUTHORITY
        self._compartment_field.setVisible(not is_authority)
        advice = words.text("As its card will name it, for those who follow it.") if is_authority else ""
        self._name_field.rename(words.text("Name of the authority") if is_authority else words.text("Your name"))
        self._name_field.show_advice(advice)

    def _purpose(self, text: str) -> QRadioButton:
        made = QRadioButton(text)
        made.setAccessibleName(text)
        made.setChecked(not self._purposes.buttons())
        self._purposes.addButton(made)
        return made

    def _propose_folder(self, name: str) -> None:
        if self._is_folder_own:
            self._folder.setText(str(self._vaults / f"{_slug(name) or 'cloison'}.cloison"))

    def _own_no_more(self) -> None:
        self._is_folder_own = False

    def _pick(self) -> None:
        pick_folder(self, self._words, self._words.text("Where the vault is kept"), self._take)

    def _take(self, parent: Path) -> None:
        self._is_folder_own = False
        self._folder.setText(str(parent / self.folder.name))

    def _place(self) -> None:
        words = self._words
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_2)
        inside.addWidget(self._folder, 1)
        inside.addWidget(self._choose)
        line.setFocusProxy(self._folder)
        self._name_field = Field(words.text("Your name"), self._name)
        self._folder_field = Field(
            words.text("Folder of the vault"),
            line,
            advice=words.text("On a disk of this machine or a medium of your own, never on a shared drive."),
        )
        self._folder.setAccessibleName(words.text("Folder of the vault"))
        self._compartment_field = Field(
            words.text("First compartment"),
            self._compartment,
            advice=words.text("Each compartment is a file with a key of its own. You can add others later."),
        )
        purposes = QVBoxLayout()
        purposes.setSpacing(0)
        purposes.addWidget(PlainLabel(words.text("What this vault is for")))
        purposes.addWidget(self._notes)
        purposes.addWidget(self._authority)
        self.body.addLayout(purposes)
        for field in (self._name_field, self._folder_field, self._compartment_field):
            self.body.addWidget(field)


def _slug(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
