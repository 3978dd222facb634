"""The fields of one way into the vault at a time, and quiet buttons that lead to the member's other ways."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.plain import PlainLabel
from cloison.ui.unlock.key_file_field import KeyFileField
from cloison.ui.unlock.passphrase_field import PassphraseField
from cloison.ui.unlock.recovery_field import RecoveryField
from cloison.ui.unlock.typed import Typed
from cloison.ui.unlock.way import BY_PASSPHRASE, USE, Way
from cloison.wording.catalogue import Catalogue

Present = PassphraseField | RecoveryField | KeyFileField


class WayFields(QWidget):
    """``entered`` is Return in the last field; ``way_changed`` follows a click on another way."""

    entered = Signal()
    way_changed = Signal()

    def __init__(self, words: Catalogue, *, passphrase: str, parent: QWidget | None = None) -> None:
        """The passphrase first, under the label ``passphrase``; the recovery code beside it, until more is known."""
        super().__init__(parent)
        self._words = words
        self.way = Way.PASSPHRASE
        self.passphrase = PassphraseField(passphrase, words)
        self.pin = PassphraseField(words.text("PIN of the card"), words)
        self.recovery = RecoveryField(words)
        self.key_file = KeyFileField(words, advice=words.text("The one made for this vault, on its own medium."))
        self._beside = PlainLabel(words.text("With the keyring of this machine."), role="muted")
        self._others = QWidget()
        self._buttons: dict[Way, QPushButton] = {}
        self._place()
        self.passphrase.entered.connect(self._after_passphrase)
        for field in (self.pin, self.recovery, self.key_file):
            field.entered.connect(self.entered)
        self.offer(())

    @property
    def present(self) -> Present:
        """The field that comes first."""
        if self.way is Way.RECOVERY:
            return self.recovery
        return self.key_file if self.way is Way.KEY_FILE else self.passphrase

    @property
    def is_filled(self) -> bool:
        """Whether there is something to try."""
        return bool(self.present.text) and (self.way is not Way.CARD or bool(self.pin.text))

    def offer(self, ways: Sequence[Way]) -> None:
        """Show these ways; the present one stays where it is among them. None of them: as for somebody unknown."""
        ways = ways or (Way.PASSPHRASE, Way.RECOVERY)
        for way, one in self._buttons.items():
            one.setVisible(way in ways)
        self._offered = tuple(ways)
        self.choose(self.way if self.way in ways else next(way for way in Way if way in ways))

    def choose(self, way: Way) -> None:
        """Show the fields of one way."""
        self.way = way
        self.passphrase.setVisible(way in BY_PASSPHRASE)
        self._beside.setVisible(way is Way.KEYRING)
        self.pin.setVisible(way is Way.CARD)
        self.key_file.setVisible(way is Way.KEY_FILE)
        self.recovery.setVisible(way is Way.RECOVERY)
        for other, one in self._buttons.items():
            one.setVisible(other in self._offered and other is not way)
        self.setFocusProxy(self.present)

    def button(self, way: Way) -> QPushButton:
        """The button that leads to a way."""
        return self._buttons[way]

    def typed(self) -> Typed:
        """What is in the fields."""
        text = self.present.text if self.way is not Way.KEY_FILE else ""
        return Typed(way=self.way, text=text, pin=self.pin.text, key_file=self.key_file.path)

    def clear(self) -> None:
        """Empty every secret."""
        for field in (self.passphrase, self.pin, self.recovery):
            field.clear()

    def _after_passphrase(self) -> None:
        if self.way is Way.CARD and not self.pin.text:
            self.pin.setFocus()
        else:
            self.entered.emit()

    def _swap(self, way: Way) -> None:
        self.choose(way)
        self.present.setFocus()
        self.way_changed.emit()

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self.passphrase, self._beside, self.pin, self.key_file, self.recovery):
            layout.addWidget(part)
        row = QVBoxLayout(self._others)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes.SPACE_1)
        for way in Way:
            made = button(self._words.text(USE[way]), role="quiet")
            made.clicked.connect(partial(self._swap, way))
            self._buttons[way] = made
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def others(self) -> QWidget:
        """The buttons, for whoever places them."""
        return self._others
