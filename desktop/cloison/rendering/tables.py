"""Tables as strips: a row to a strip, its cells wrapped into columns, the header again on every page.

A row keeps together unless it is so high that it might not fit any page; then it goes on line by line. The inks of a
row are in the order of its cells, so that text taken from the page has each cell whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from cloison.notes.table import Table
from cloison.rendering.breaking import break_lines
from cloison.rendering.flow import Strip
from cloison.rendering.fonts import Face, width
from cloison.rendering.ink import Ink, Line, Rule, Span, Text

TALLEST_HEADER = 80.0  # points: a higher one is not said again
TALLEST_ROW = 140.0  # points: with the header, less than the text of any page
_ABOVE, _BELOW = 3.0, 4.0
_COLOUR = "#6B7580"  # dark enough for a photocopy
_SIZES = ((9.5, 4.0), (8.5, 3.5), (7.5, 2.5), (6.5, 2.0), (5.5, 1.5))  # of the type, and what is left free beside it
_WORD_END = re.compile(r"[ \n]+")
_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """Where the columns stand: their left edges and the right edge of the last."""

    edges: tuple[float, ...]
    size: float
    pad: float

    @property
    def leading(self) -> float:
        return self.size * 1.3

    def room(self, column: int) -> float:
        """The width that words have in that column."""
        return self.edges[column + 1] - self.edges[column] - 2 * self.pad


def table_strips(table: Table, *, measure: float, gap: float) -> Iterator[Strip]:
    """The rows of ``table``, ``gap`` above the first; never wider than ``measure``."""
    grid = _grid(table, measure)
    rows = [_row(grid, cells, face=_face(table, number)) for number, cells in enumerate(table.rows)]
    top = _across(grid, 0.0)
    first = (replace(rows[0][0], inks=(top, *rows[0][0].inks)), *rows[0][1:])
    is_glued = table.has_header and len(rows) > 1  # a header does not stand at the foot of a page
    yield from (
        replace(strip, gap=0.0 if number else gap, is_glued=strip.is_glued or is_glued)
        for number, strip in enumerate(first)
    )
    is_repeated = table.has_header and sum(strip.height for strip in first) <= TALLEST_HEADER
    head = first if is_repeated else (Strip(height=0.0, inks=(top,)),)
    for row in rows[1:]:
        yield from (replace(strip, head=head) for strip in row)


def _grid(table: Table, measure: float) -> _Grid:
    """The largest type in which no word is cut, a number least of all; the smallest where there is none."""
    words = [_widest(table, column, _WORD_END) for column in range(table.columns)]
    lines = [_widest(table, column, _LINE_END) for column in range(table.columns)]
    for size, pad in _SIZES:
        least = [wide * size + 2 * pad for wide in words]
        if sum(least) <= measure:
            break
    else:
        least = [0.0] * table.columns
    more = [wide * size + 2 * pad - low for wide, low in zip(lines, least, strict=True)]
    widths = [low + share for low, share in zip(least, _shared(more, measure - sum(least)), strict=True)]
    return _Grid(edges=tuple(accumulate(widths, initial=0.0)), size=size, pad=pad)


def _face(table: Table, row: int) -> Face:
    return Face.SEMIBOLD if table.has_header and row == 0 else Face.REGULAR


def _widest(table: Table, column: int, end: re.Pattern[str]) -> float:
    """The width of the widest part of a column at size 1, a little more: rounding is not to break what just fits."""
    return 0.01 + max(
        width(part, _face(table, number), 1.0)
        for number, row in enumerate(table.rows)
        for part in end.split(row[column])
    )


def _shared(wanted: Sequence[float], measure: float) -> list[float]:
    """Who wants little gets it, the others share what is left alike."""
    widths = [0.0] * len(wanted)
    left = measure
    for place, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[column] = min(wanted[column], left / (len(wanted) - place))
        left -= widths[column]
    return widths


def _row(grid: _Grid, cells: Sequence[str], *, face: Face) -> tuple[Strip, ...]:
    broken = [
        break_lines((Span(text=cell, face=face, size=grid.size),), first=grid.room(column), rest=grid.room(column))
        for column, cell in enumerate(cells)
    ]
    count = max(map(len, broken))
    height = _ABOVE + count * grid.leading + _BELOW
    if height <= TALLEST_ROW:
        return (_framed(grid, _texts(grid, broken, 0, count), height, is_last=True),)
    return tuple(_lines(grid, broken, count))


def _lines(grid: _Grid, broken: Sequence[tuple[Line, ...]], count: int) -> Iterator[Strip]:
    for number in range(count):
        is_last = number == count - 1
        height = grid.leading + (_ABOVE if number == 0 else 0.0) + (_BELOW if is_last else 0.0)
        top = 0.0 if number == 0 else -_ABOVE
        texts = tuple(text.moved(0.0, top) for text in _texts(grid, broken, number, number + 1))
        yield replace(_framed(grid, texts, height, is_last=is_last), is_glued=number in (0, count - 2))


def _texts(grid: _Grid, broken: Sequence[tuple[Line, ...]], start: int, end: int) -> tuple[Ink, ...]:
    return tuple(
        Text(x=grid.edges[column] + grid.pad, y=_ABOVE + (number + 0.76) * grid.leading, line=line)
        for column, lines in enumerate(broken)
        for number, line in enumerate(lines[start:end])
    )


def _framed(grid: _Grid, texts: tuple[Ink, ...], height: float, *, is_last: bool) -> Strip:
    """The strip with its upright rules, and the one below where the row ends."""
    upright = (Rule(x=x, y=0.0, x2=x, y2=height, weight=0.5, colour=_COLOUR) for x in grid.edges)
    below = (_across(grid, height),) if is_last else ()
    return Strip(height=height, inks=(*upright, *below, *texts))


def _across(grid: _Grid, y: float) -> Rule:
    return Rule(x=grid.edges[0], y=y, x2=grid.edges[-1], y2=y, weight=0.5, colour=_COLOUR)
