"""One setting: its name, its value, what it does and where it comes from, and a padlock where it is shut."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.settings.checks import Value
from cloison.settings.values import Origin, Settings, Source
from cloison.ui import sizes
from cloison.ui.controls import Field, button
from cloison.ui.icons import icon
from cloison.ui.kit import Kit
from cloison.wording.settings import advice, origin_sentence, title, value_text

PADLOCK: Final = "lock"


class SettingRow(QWidget):
    """``chosen`` carries the name and the value somebody chose; None goes back to what holds without them.

    ``why_asked`` carries the reason why it is shut, when somebody presses the padlock.
    """

    chosen = Signal(str, object)
    why_asked = Signal(str)

    def __init__(self, kit: Kit, name: str, control: QWidget, *, parent: QWidget | None = None) -> None:
        """``control`` is what shows and changes the value."""
        super().__init__(parent)
        words = kit.words
        self.name = name
        self.kit = kit
        self.control = control
        self._origin = Origin()
        # What is shut is passed over by Tab; its padlock is not, and says why.
        self.padlock = button("", role="quiet")
        self.padlock.setFixedWidth(sizes.TARGET)
        self.padlock.clicked.connect(lambda: self.why_asked.emit(origin_sentence(self._origin, words)))
        self.padlock.hide()
        self.back = button(words.text("Reset"), role="quiet")
        self.back.setAccessibleName(words.text("Reset: {setting}", setting=title(name, words)))
        self.back.clicked.connect(lambda: self.chosen.emit(self.name, None))
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(sizes.SPACE_2)
        across.addWidget(self.padlock)
        across.addWidget(control, 1)
        across.addWidget(self.back)
        holder.setFocusProxy(control)
        self.field = Field(title(name, words), holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        self.setFocusProxy(control)
        self._draw()
        kit.theme.palette_changed.connect(self._draw)

    @property
    def said(self) -> str:
        """What stands below the value."""
        return f"{advice(self.name, self.kit.words)} {origin_sentence(self._origin, self.kit.words)}"

    def show_setting(self, settings: Settings) -> None:
        """Show the value and where it comes from."""
        self._origin = origin = settings.origin(self.name)
        self.show_value(getattr(settings, self.name))
        self.field.show_advice(self.said)
        self.control.setAccessibleName(title(self.name, self.kit.words))
        self.control.setAccessibleDescription(self.said)
        self.padlock.setAccessibleName(origin_sentence(origin, self.kit.words))
        self.padlock.setVisible(origin.source is Source.MACHINE)
        self.back.setVisible(origin.source is Source.PERSON)
        self.let_change(is_open=origin.source is not Source.MACHINE)

    def show_value(self, value: Value) -> None:
        """Show a value: each kind of row does it in its own way."""
        raise NotImplementedError

    def let_change(self, *, is_open: bool) -> None:
        """Open or shut the control."""
        self.control.setEnabled(is_open)

    def text_of(self, value: Value) -> str:
        """What a value means, in words."""
        return value_text(self.name, value, self.kit.words)

    def _draw(self) -> None:
        self.padlock.setIcon(icon(PADLOCK, self.kit.theme.palette.muted))
