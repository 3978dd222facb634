"""Scrolling to what was just opened: a person should not have to look for what their press has shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from cloison.ui import sizes

_LAID_OUT_MS: Final = 40  # layouts settle one inside the other, each in a turn of its own


def bring_into_view(widget: QWidget) -> None:
    """Let all of ``widget`` be seen, or its beginning, once it is laid out."""
    QTimer.singleShot(_LAID_OUT_MS, widget, lambda: _bring(widget))


def _bring(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    inside = None if around is None else around.widget()
    if around is None or inside is None:
        return
    top = widget.mapTo(inside, QPoint()).y() - sizes.SPACE_3
    bar = around.verticalScrollBar()
    lowest = top + widget.height() + 2 * sizes.SPACE_3 - around.viewport().height()
    bar.setValue(min(max(bar.value(), lowest), top))
