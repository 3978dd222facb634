"""What stands around the text of every page, the blank and the last included: stamps, reference, holder, copy.

The level stamp is centred; the next one stands at its right where there is room, below it otherwise. The text area is
what is left between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.labels.rendering import Stamp
from cloison.rendering.breaking import break_lines
from cloison.rendering.errors import NoRoomError
from cloison.rendering.fonts import CAPITAL, Face
from cloison.rendering.ink import GREY, Box, Ink, Line, Rule, Span, Text, line_width
from cloison.rendering.page import PageModel

WIDTH, HEIGHT = 595.276, 841.89  # A4, in points
SIDE = 70.866  # 25 mm
EDGE = 28.346  # 10 mm, between the rim of the paper and the stamps
MEASURE = WIDTH - 2 * SIDE
STAMPS_END = WIDTH - 56.693  # 20 mm: no stamp stands further right
LEAST_TEXT = 240.0  # points of height below which a page is no page

_STAMP_SIZE = 17.0
_STAMP_LEADING = 21.0
_STAMP_WEIGHT = 3.75
_STAMP_GAP = 10.0
_FOOT_SIZE = 8.5
_FOOT_LEADING = 11.0
PAGE_NUMBER_WIDTH = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Inks above and below the text area, which reaches from ``top`` to ``bottom``; ``foot_y`` is the page number's."""

    head: tuple[Ink, ...]
    foot: tuple[Ink, ...]
    top: float
    bottom: float
    foot_y: float


def margins(model: PageModel) -> Margins:
    """The margins of every page of ``model``; raises ``NoRoomError``."""
    head, head_height = stamp_rows(model.top)
    tail, tail_height = stamp_rows(model.bottom)
    top = max(EDGE + head_height + 18.0, 2 * EDGE)
    tail_top = HEIGHT - EDGE - tail_height
    lines = _foot_lines(model)
    foot_top = tail_top - (10.0 if tail else 0.0) - len(lines) * _FOOT_LEADING
    if foot_top - 14.0 - top < LEAST_TEXT:
        raise NoRoomError
    first_y = foot_top + _FOOT_SIZE
    texts = (Text(x=SIDE, y=first_y + n * _FOOT_LEADING, line=line) for n, line in enumerate(lines) if line)
    rule = Rule(x=SIDE, y=foot_top - 4.0, x2=WIDTH - SIDE, y2=foot_top - 4.0, weight=0.5, colour=GREY)
    return Margins(
        head=tuple(ink.moved(0.0, EDGE) for ink in head),
        foot=(rule, *texts, *(ink.moved(0.0, tail_top) for ink in tail)),
        top=top,
        bottom=foot_top - 14.0,
        foot_y=first_y,
    )


def page_number(model: PageModel, around: Margins, *, number: int, pages: int) -> Text:
    """``page 2 / 3``, at the right of the foot."""
    line = (_foot_span(f"{model.words.page} {number} / {pages}"),)
    return Text(x=WIDTH - SIDE - line_width(line), y=around.foot_y, line=line)


def _foot_span(text: str) -> Span:
    return Span(text=text, face=Face.REGULAR, size=_FOOT_SIZE, colour=GREY)


def _foot_lines(model: PageModel) -> list[Line]:
    """Reference, holder and copy, as many on a line as fit; what is longer than a line is broken."""
    words = model.words
    reference = model.reference if model.reference_on_every_page else None
    named = ((words.reference, reference), (words.holder, model.holder), (words.copy, model.copy_id))
    room = MEASURE - PAGE_NUMBER_WIDTH
    lines: list[Line] = []
    for part in (f"{name}{words.colon} {value}" for name, value in named if value):
        beside = (*lines[-1], _foot_span(f"   ·   {part}")) if lines else (_foot_span(part),)
        if line_width(beside) <= room:
            lines[-1:] = [beside]
        else:
            lines.extend(break_lines([_foot_span(part)], first=room, rest=room))
    return lines or [()]


def stamp_rows(stamps: Sequence[Stamp]) -> tuple[tuple[Ink, ...], float]:
    """The stamps from the top of their zone and the left of the paper, and its height (0 where there is none)."""
    inks: list[Ink] = []
    y = height = right = 0.0
    for stamp in sorted(stamps, key=lambda one: one.order):
        drawn, wide, high = _stamp(stamp)
        if inks and right + _STAMP_GAP + wide <= STAMPS_END:
            x = right + _STAMP_GAP
        else:
            y += height + _STAMP_GAP if inks else 0.0
            height = 0.0
            x = (WIDTH - wide) / 2
        inks.extend(ink.moved(x, y) for ink in drawn)
        right, height = x + wide, max(height, high)
    return tuple(inks), y + height


def _stamp(stamp: Stamp) -> tuple[tuple[Ink, ...], float, float]:
    """One stamp at the origin, its width and its height, the stroke of its box included."""
    span = Span(text=stamp.text, face=Face.BOLD, size=_STAMP_SIZE, colour=stamp.colour)
    lines = break_lines([span], first=MEASURE, rest=MEASURE)
    across, down = (10.0 + _STAMP_WEIGHT, 6.5 + _STAMP_WEIGHT) if stamp.boxed else (0.0, 0.0)
    wide = max(map(line_width, lines)) + 2 * across
    high = CAPITAL * _STAMP_SIZE + (len(lines) - 1) * _STAMP_LEADING + 2 * down
    inks: list[Ink] = []
    if stamp.boxed:
        half = _STAMP_WEIGHT / 2
        inks.append(
            Box(
                x=half, y=half, width=wide - 2 * half, height=high - 2 * half, weight=_STAMP_WEIGHT, colour=stamp.colour
            )
        )
    for number, line in enumerate(lines):
        y = down + CAPITAL * _STAMP_SIZE + number * _STAMP_LEADING
        inks.append(Text(x=(wide - line_width(line)) / 2, y=y, line=line))
    return tuple(inks), wide, high
