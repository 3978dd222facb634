"""Contrast of every pair of colours that the window puts on one another (WCAG 2.2 AA)."""

import re

import pytest

from cloison.labels.colours import contrast
from cloison.ui import sizes
from cloison.ui.palette import DARK, LIGHT, Palette
from cloison.ui.sheet import style_sheet

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
TEXT_PAIRS = [
    ("text", "ground"),
    ("text", "panel"),
    ("text", "selection"),
    ("muted", "ground"),
    ("muted", "panel"),
    ("muted", "selection"),
    ("rail_text", "rail"),
    ("rail_text", "rail_raised"),
    ("rail_muted", "rail"),
    ("accent", "panel"),
    ("accent", "ground"),
    ("accent", "selection"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("on_danger", "danger"),
    ("danger", "panel"),
    ("danger", "ground"),
    ("ok", "panel"),
    ("ok", "ground"),
    ("warn", "panel"),
    ("warn", "ground"),
    ("warn", "selection"),
    ("text", "line"),
]
EDGE_PAIRS = [
    ("border", "panel"),
    ("border", "ground"),
    ("accent", "panel"),
    ("accent", "ground"),
    ("focus_filled", "accent"),
    ("focus_filled", "danger"),
    ("rail_focus", "rail"),
]


@BOTH
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_can_be_read(palette: Palette, pair: tuple[str, str]) -> None:
    text, background = (getattr(palette, name) for name in pair)

    assert contrast(text, background) >= 4.5


@BOTH
@pytest.mark.parametrize("pair", EDGE_PAIRS, ids="-on-".join)
def test_edges_and_focus_can_be_seen(palette: Palette, pair: tuple[str, str]) -> None:
    edge, background = (getattr(palette, name) for name in pair)

    assert contrast(edge, background) >= 3


@BOTH
def test_every_colour_of_the_sheet_is_of_the_palette(palette: Palette) -> None:
    known = {getattr(palette, name) for name in palette.__slots__ if name != "scheme"}

    assert set(re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(palette))) <= known


def test_a_control_is_as_high_as_its_target() -> None:
    heights = re.findall(r"QPushButton \{.*?padding: (\d+)px .*?min-height: (\d+)px", style_sheet(LIGHT), re.DOTALL)

    assert [2 * (1 + int(padding)) + int(height) for padding, height in heights] == [sizes.TARGET]


def test_the_focus_ring_is_two_pixels_everywhere() -> None:
    rings = re.findall(r":focus \{ border: (\d+)px", style_sheet(LIGHT))

    assert set(rings) == {str(sizes.FOCUS_RING)}
