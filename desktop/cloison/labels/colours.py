"""Contrast of colours, as WCAG 2.2 defines it, and the colour names SPIF knows."""

from __future__ import annotations

import re

BLACK = "#000000"
WHITE = "#FFFFFF"

NAMED = {
    "aqua": "#00FFFF",
    "black": BLACK,
    "blue": "#0000FF",
    "fuchsia": "#FF00FF",
    "fuschia": "#FF00FF",  # as the SPIF schema spells it
    "gray": "#808080",
    "green": "#008000",
    "lime": "#00FF00",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#FFA500",
    "purple": "#800080",
    "red": "#FF0000",
    "silver": "#C0C0C0",
    "teal": "#008080",
    "white": WHITE,
    "yellow": "#FFFF00",
}


_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def is_colour(text: str) -> bool:
    """Whether `text` is written #RRGGBB."""
    return _COLOUR.fullmatch(text) is not None


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours (#RRGGBB), from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def readable_on(background: str) -> str:
    """Black or white, whichever reads better; one of the two always reaches 4.5."""
    return max((BLACK, WHITE), key=lambda text: contrast(text, background))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
