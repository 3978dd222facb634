"""What is copied here stays on the clipboard for a few seconds, and out of the histories that ask before they keep.

Every copy passes here, whichever field it came from, and under X11 whatever is selected too. It is replaced by its bare
words and our own token, beside marks that tell clipboard histories to look away. It is taken back by a blank in its
place and not by emptying: a manager that finds the clipboard empty puts back what it saw last (measured, parcellite).
A history that ignores the marks keeps what it saw: nothing on this side reaches it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

from cloison.ui.editor.clips import MIME_TYPE

# KDE's Klipper and those that follow it, Windows' history and its cloud, macOS' managers. The last two: not tried.
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
LOOK_AWAY: Final = {
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
    "org.nspasteboard.ConcealedType": b"1",
}
BLANK: Final = " "


class OutThere(Enum):
    """What a session has on the clipboard or the selection."""

    OURS = "words that were copied here"
    NOTHING = "nothing of ours"


class CopiedHere(QObject):
    """Follows both the clipboard and the selection; ``held`` hears what is out there."""

    def __init__(
        self,
        clipboard: QClipboard,
        *,
        seconds: int,
        held: Callable[[OutThere], object] = lambda what: None,
        parent: QObject | None = None,
    ) -> None:
        """Nothing of ours is out there yet; what will be stays for ``seconds``."""
        super().__init__(parent)
        self._clipboard = clipboard
        self._held = held
        self._words: dict[QClipboard.Mode, str] = {}
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            timer = QTimer(self, singleShot=True)
            timer.timeout.connect(partial(self._take_back, mode))
            self._timers[mode] = timer
        self.keep_for(seconds)
        clipboard.changed.connect(self._changed)

    def keep_for(self, seconds: int) -> None:
        """What is copied from now on stays for so long."""
        for timer in self._timers.values():
            timer.setInterval(seconds * 1000)

    def take_back(self) -> None:
        """Take back what is still ours, now."""
        for mode in tuple(self._words):
            self._take_back(mode)

    def cover(self) -> None:
        """The session ends: a blank at once.

        Whoever clears up after it is still to do so: a manager that lost our blank with us would put back what it saw.
        """
        self._held = lambda what: None
        self.take_back()

    def _changed(self, mode: QClipboard.Mode) -> None:
        if not self._is_own(mode):
            if mode in self._words and not self._is_still_ours(mode):
                self._forget(mode)
            return
        source: QMimeData | None = self._clipboard.mimeData(mode)
        if source is None or not source.hasText() or source.text() == BLANK:
            self._forget(mode)
        elif source.hasFormat(next(iter(LOOK_AWAY))):
            self._words[mode] = source.text()
            self._timers[mode].start()
            self._held(OutThere.OURS)
        else:
            # Comes back here with the marks on it.
            self._clipboard.setMimeData(hidden(source), mode)

    def _take_back(self, mode: QClipboard.Mode) -> None:
        if mode in self._words and self._is_still_ours(mode):
            self._clipboard.setText(BLANK, mode)
        self._forget(mode)

    def _forget(self, mode: QClipboard.Mode) -> None:
        self._timers[mode].stop()
        if self._words.pop(mode, None) is not None and not self._words:
            self._held(OutThere.NOTHING)

    def _is_own(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Clipboard:
            return self._clipboard.ownsClipboard()
        return mode is QClipboard.Mode.Selection and self._clipboard.ownsSelection()

    def _is_still_ours(self, mode: QClipboard.Mode) -> bool:
        """By its owner, or by its words: a manager may have taken it over."""
        return self._is_own(mode) or self._clipboard.text(mode) == self._words[mode]


def hidden(source: QMimeData) -> QMimeData:
    """The bare words of ``source`` and our token, marked so that histories look away."""
    made = QMimeData()
    made.setText(source.text())
    if source.hasFormat(MIME_TYPE):
        made.setData(MIME_TYPE, source.data(MIME_TYPE))
    for name, value in LOOK_AWAY.items():
        made.setData(name, value)
    return made
