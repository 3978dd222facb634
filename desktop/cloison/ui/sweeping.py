"""A short process of its own that puts a blank on the clipboard, after a session ended with something of ours there.

The supervisor starts it; it holds nothing. It stays for a moment, so that a clipboard manager which took our words over
takes the blank over too. Under Wayland only the window in front may do this, and there is none: the compositor drops
what the session offered when it ends.
"""

from __future__ import annotations

import os
from typing import Final, NoReturn

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from cloison.ui.clipboard import BLANK

STAY_MS: Final = 700
"""Managers that poll look twice a second."""


def main() -> NoReturn:
    """Put the blank there, and end."""
    application = QGuiApplication(["cloison"])
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        application.clipboard().setText(BLANK, mode)
    QTimer.singleShot(STAY_MS, application.quit)
    application.exec()
    os._exit(0)
