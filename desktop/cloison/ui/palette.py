"""The colours of the window, light and dark, as frozen values; the colours of marks are policy data and not here.

Contrast is held by a test on these values: 4.5 for text, 3 for borders of controls and the focus ring (WCAG 2.2 AA).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Scheme(Enum):
    """Which of the two palettes."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Every colour of one scheme, each as ``#RRGGBB``.

    ``rail`` is dark in both schemes, so it has its own text colours; ``focus_filled`` is the ring on a filled button.
    """

    scheme: Scheme
    ground: str
    panel: str
    rail: str
    rail_raised: str
    text: str
    muted: str
    rail_text: str
    rail_muted: str
    accent: str
    on_accent: str
    accent_strong: str
    selection: str
    danger: str
    on_danger: str
    ok: str
    warn: str
    line: str
    border: str
    rail_focus: str
    focus_filled: str


LIGHT: Final = Palette(
    scheme=Scheme.LIGHT,
    ground="#F6F7F9",
    panel="#FFFFFF",
    rail="#1B2430",
    rail_raised="#2B3747",
    text="#17202B",
    muted="#5A6675",
    rail_text="#E8ECF2",
    rail_muted="#A0ABB9",
    accent="#1F5FBF",
    on_accent="#FFFFFF",
    accent_strong="#184C99",
    selection="#E3ECF9",
    danger="#B3261E",
    on_danger="#FFFFFF",
    ok="#1E6B34",
    warn="#8A5A00",
    line="#D9DEE5",
    border="#7A8696",
    rail_focus="#7FB0FF",
    focus_filled="#000000",
)

DARK: Final = Palette(
    scheme=Scheme.DARK,
    ground="#14181E",
    panel="#1B2129",
    rail="#0F1318",
    rail_raised="#222B36",
    text="#E8ECF2",
    muted="#A0ABB9",
    rail_text="#E8ECF2",
    rail_muted="#A0ABB9",
    accent="#7FB0FF",
    on_accent="#0B1524",
    accent_strong="#A3C6FF",
    selection="#243650",
    danger="#FF8A80",
    on_danger="#2A0A08",
    ok="#7AD69A",
    warn="#F0C36A",
    line="#313A46",
    border="#7C8797",
    rail_focus="#7FB0FF",
    focus_filled="#0B1524",
)

PALETTES: Final = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}
