"""Cyclic garbage is collected on the main thread alone.

Python collects it on whichever thread happens to allocate. A widget or timer caught in a cycle would then be destroyed
by a lane, while Qt still delivers its events on the main thread: measured, a segmentation fault in ``notify``.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 500


class Collecting(QObject):
    """From construction on, as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        """Take the collector off all threads."""
        super().__init__(parent)
        gc.disable()
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self.collect)
        self._looks.start()

    def collect(self) -> None:
        """Collect as far as Python itself would have by now."""
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counts) if count > most]
        if due:
            gc.collect(max(due))
