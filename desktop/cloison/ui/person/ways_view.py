"""The ways into the vault on the page of one's access: what each protects from, one removed, another added."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cloison.actions.members import list_slots
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.ui.unlock.way import Way
from cloison.vault.errors import SlotSummary
from cloison.wording.catalogue import N_
from cloison.wording.ways import protection_text, way_text, weakest_text

_ADD: Final = {
    Way.PASSPHRASE: N_("Passphrase…"),
    Way.KEYRING: N_("Keyring of this machine…"),
    Way.CARD: N_("Smart card…"),
    Way.KEY_FILE: N_("Key file…"),
    Way.RECOVERY: N_("Recovery code…"),
}
_SINGLE: Final = (Way.PASSPHRASE, Way.RECOVERY)
_HEIGHT: Final = 164


class WaysView(QWidget):
    """``addition_asked`` carries the way, ``removal_asked`` the slot; ``refused`` a sentence."""

    addition_asked = Signal(object)
    removal_asked = Signal(object)
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until ``refresh``."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self._slots: dict[str, SlotSummary] = {}
        self.list = TwoLineList(clerk.kit.theme, words.text("Ways into the vault"))
        self.list.setFixedHeight(_HEIGHT)
        self.remove = button(words.text("Remove…"))
        self.weakest = PlainLabel(role="warn")
        self._add: dict[Way, QPushButton] = {}
        self._place()
        self.remove.clicked.connect(self._ask_removal)

    def refresh(self) -> None:
        """Read the ways."""
        self._clerk.ask(self, list_slots, self._fill, refused=self.refused.emit)

    def button(self, way: Way) -> QPushButton:
        """The button that adds a way."""
        return self._add[way]

    def _fill(self, slots: tuple[SlotSummary, ...]) -> None:
        words = self._clerk.words
        self._slots = {one.id: one for one in slots}
        self.list.clear()
        for one in slots:
            self.list.add(way_text(one.kind, words).capitalize(), protection_text(one.kind, words), one.id)
        self.list.setCurrentRow(0)
        self.remove.setEnabled(len(slots) > 1)
        weakest = weakest_text(slots, words)
        self.weakest.setText(weakest or "")
        self.weakest.setVisible(weakest is not None)
        kinds = {one.kind for one in slots}
        for way, one_button in self._add.items():
            one_button.setVisible(way not in _SINGLE or way.value not in kinds)

    def _ask_removal(self) -> None:
        slot = self._slots.get(str(self.list.present_id))
        if slot is not None:
            self.removal_asked.emit(slot)

    def _place(self) -> None:
        words = self._clerk.words
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for way, message in _ADD.items():
            self._add[way] = button(words.text(message))
            self._add[way].clicked.connect(partial(self.addition_asked.emit, way))
        self.weakest.hide()
        layout.addWidget(self.list)
        layout.addWidget(self.weakest)
        layout.addWidget(row(self.remove))
        layout.addWidget(PlainLabel(words.text("Add a way in:"), role="muted"))
        layout.addWidget(row(*self._add.values()))
