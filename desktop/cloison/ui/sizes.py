"""The measures of the window in pixels: type, spacing, radii, targets, columns."""

from __future__ import annotations

from typing import Final

TEXT_TINY: Final = 12
TEXT_SMALL: Final = 13
TEXT_BASE: Final = 15
TEXT_EDITOR: Final = 16
TEXT_HEADING: Final = 18
TEXT_TITLE: Final = 22
TEXT_DISPLAY: Final = 28

SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_5: Final = 24
SPACE_6: Final = 32

RADIUS_CHIP: Final = 4
RADIUS_CONTROL: Final = 6
RADIUS_SHEET: Final = 10

TARGET: Final = 32
FOCUS_RING: Final = 2
STRIP: Final = 26
MOTION_MS: Final = 150

RAIL_WIDTH: Final = 200
LIST_WIDTH: Final = 270
INSPECTOR_WIDTH: Final = 250
MEASURE_CHARACTERS: Final = 75
LEAST_WIDTH: Final = 1024
LEAST_HEIGHT: Final = 640
USUAL_WIDTH: Final = 1320
USUAL_HEIGHT: Final = 840
DRAWER_BELOW: Final = 1100
