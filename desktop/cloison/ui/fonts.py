"""Source Sans 3, from the application's own resources, so that the window looks the same on every machine."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

FAMILY: Final = "Source Sans 3"
FILES: Final = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-Italic.ttf",
    "SourceSans3-SemiBold.ttf",
    "SourceSans3-Bold.ttf",
)


class FontMissingError(Exception):
    """A font file of the application is not there or is not a font: the installation is damaged."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


@cache
def load_fonts() -> None:
    """Make ``FAMILY`` known to Qt, once per process; raises ``FontMissingError``.

    Qt is not asked whether it knows the family: it would list every font of the system first, which takes longer.
    """
    folder = resources.files("cloison_resources").joinpath("fonts")
    for name in FILES:
        content = folder.joinpath(name).read_bytes()
        if QFontDatabase.addApplicationFontFromData(content) < 0:
            raise FontMissingError(name)


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """``FAMILY`` at ``pixels`` and ``weight``."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    return made
