"""Icons: Lucide's outlines, drawn in the colours of the palette at the resolution of the screen."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SMALL: Final = 16
NORMAL: Final = 20
LARGE: Final = 28
BESIDE: Final = 18
BEFORE_WORDS: Final = 6
_SCALES: Final = (1.0, 1.5, 2.0, 3.0)


class IconMissingError(Exception):
    """The application has no icon of that ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@cache
def icon(name: str, colour: str, *, disabled: str | None = None, pixels: int = NORMAL) -> QIcon:
    """The icon ``name`` in ``colour`` (#RRGGBB), in ``disabled`` where the control is; raises ``IconMissingError``."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(picture(name, colour, pixels=pixels, scale=scale))
        if disabled is not None:
            made.addPixmap(picture(name, disabled, pixels=pixels, scale=scale), QIcon.Mode.Disabled)
    return made


@cache
def icon_before_words(name: str, colour: str) -> QIcon:
    """As ``icon``, with room at its right: Qt leaves hardly any between a button's picture and its words."""
    made = QIcon()
    for scale in _SCALES:
        padded = QPixmap(round((BESIDE + BEFORE_WORDS) * scale), round(BESIDE * scale))
        padded.fill(Qt.GlobalColor.transparent)
        painter = QPainter(padded)
        painter.drawPixmap(0, 0, picture(name, colour, pixels=round(BESIDE * scale)))
        painter.end()
        padded.setDevicePixelRatio(scale)
        made.addPixmap(padded)
    return made


def picture(name: str, colour: str, *, pixels: int = NORMAL, scale: float = 1.0) -> QPixmap:
    """The icon ``name`` as a picture ``pixels`` wide on a screen of ``scale``; raises ``IconMissingError``."""
    renderer = QSvgRenderer(QByteArray(_outline(name).replace("currentColor", colour).encode()))
    drawn = QPixmap(round(pixels * scale), round(pixels * scale))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


@cache
def _outline(name: str) -> str:
    file = resources.files("cloison_resources").joinpath("icons", f"{name}.svg")
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise IconMissingError(name) from error
