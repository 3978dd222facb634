"""The moment after Ctrl+M: the next key marks, whatever else it does at other times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cloison.ui.editor.keys import MarkKey

_MODIFIERS: Final = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
}
_ENDING: Final = {QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod}


class KeyMode(QObject):
    """Waits for one key on ``field``. ``chosen`` carries a ``MarkKey``, ``ended`` comes in any case."""

    chosen = Signal(object)
    began = Signal()
    ended = Signal()

    def __init__(self, field: QWidget, keys: Sequence[MarkKey]) -> None:
        """Nothing is waited for yet."""
        super().__init__(field)
        self._field = field
        self._keys = {one.key: one for one in keys if one.key}
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether the next key marks."""
        return self._is_on

    def begin(self) -> None:
        """Wait for the next key."""
        if not self._is_on:
            self._is_on = True
            self._field.installEventFilter(self)
            self.began.emit()

    def end(self) -> None:
        """Wait no more."""
        if self._is_on:
            self._is_on = False
            self._field.removeEventFilter(self)
            self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the key before the field sees it."""
        if isinstance(event, QKeyEvent) and event.key() not in _MODIFIERS:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
                return True
        if event.type() in _ENDING:
            self.end()
        return False

    def _take(self, event: QKeyEvent) -> None:
        chosen = self._keys.get(event.text().upper()) or self._keys.get(_letter(event.key()))
        self.end()
        if chosen is not None:
            self.chosen.emit(chosen)


def _letter(key: int) -> str:
    """The letter on a key held together with Ctrl, or on a keyboard of another script."""
    return chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
