"""Laying out the pages about a policy: each level and category as a page in small, drawn with the stamps of notes."""

from __future__ import annotations

from collections.abc import Iterator

from cloison.rendering.breaking import break_lines
from cloison.rendering.flow import Strip, paginate, text_strip
from cloison.rendering.fonts import Face
from cloison.rendering.ink import GREY, Box, Ink, Line, Rule, Span, Text, line_width
from cloison.rendering.margins import EDGE, HEIGHT, MEASURE, SIDE, WIDTH, stamp_rows
from cloison.rendering.policy_page import MiniPage, PolicyDocument, PolicyEntry, PolicySection
from cloison.rendering.sheets import Sheet

_TOP = 1.5 * EDGE
_BOTTOM = HEIGHT - 1.75 * EDGE
_NAMES = 132.0  # width of the column of names
_PAD = 9.0
_FRAME = "#9AA4AF"
_FRAME_X = EDGE  # of the paper: stamps stand in the frame as they stand on a page
_COLUMNS = (0.0, 60.0, 315.0)  # name, marking, portion mark; the note stands below
_LAST = MEASURE


def policy_sheets(document: PolicyDocument) -> tuple[Sheet, ...]:
    """Every page of `document`, which has been through `printable`."""
    strips = [*_title(document), *(strip for one in document.sections for strip in _section(one, document))]
    pages = paginate(strips, height=_BOTTOM - _TOP)
    return tuple(
        (*(ink.moved(SIDE, _TOP) for ink in inks), *_foot(document, number=number, pages=len(pages)))
        for number, inks in enumerate(pages, start=1)
    )


def _title(document: PolicyDocument) -> Iterator[Strip]:
    for line in _broken(document.title, Face.BOLD, 18.0):
        yield text_strip(line, leading=24.0, is_glued=True)


def _foot(document: PolicyDocument, *, number: int, pages: int) -> tuple[Ink, ...]:
    y = HEIGHT - EDGE
    left = (_grey(document.reference, 8.5),)
    right = (_grey(f"{document.page} {number} / {pages}", 8.5),)
    rule = Rule(x=SIDE, y=y - 12.0, x2=WIDTH - SIDE, y2=y - 12.0, weight=0.5, colour=GREY)
    return rule, Text(x=SIDE, y=y, line=left), Text(x=WIDTH - SIDE - line_width(right), y=y, line=right)


def _section(section: PolicySection, document: PolicyDocument) -> Iterator[Strip]:
    size, gap = (14.5, 20.0) if section.is_part else (12.0, 15.0)
    for number, line in enumerate(_broken(section.heading, Face.BOLD, size)):
        yield text_strip(line, leading=size * 1.4, gap=gap if number == 0 else 0.0, is_glued=True)
    if section.page is not None:
        yield _mini_page(section.page, is_glued=bool(section.rows))
    for number, row in enumerate(section.rows):
        # All but the last row, and the heading with them, stay together: a level is read at one glance.
        is_last = number == len(section.rows) - 1
        yield from _row(f"{row.name}{document.colon}", row.value, is_glued=not is_last)
    if section.columns is not None:
        yield from _entry(section.columns, face=Face.SEMIBOLD, is_glued=True)
    for entry in section.entries:
        yield from _entry(entry, face=Face.REGULAR, is_glued=False)


def _row(name: str, value: str, *, is_glued: bool) -> Iterator[Strip]:
    names = break_lines([_grey(name, 10.0)], first=_NAMES - 8.0, rest=_NAMES - 8.0)
    values = break_lines([_black(value, 10.0)], first=MEASURE - _NAMES, rest=MEASURE - _NAMES)
    count = max(len(names), len(values))
    for number in range(count):
        inks = [Text(x=0.0, y=9.8, line=names[number])] if number < len(names) else []
        inks += [Text(x=_NAMES, y=9.8, line=values[number])] if number < len(values) else []
        is_inside = number < count - 1
        yield Strip(height=12.6, gap=1.2 if number == 0 else 0.0, inks=tuple(inks), is_glued=is_glued or is_inside)


def _entry(entry: PolicyEntry, *, face: Face, is_glued: bool) -> Iterator[Strip]:
    cells = (entry.name, entry.marking, entry.mark)
    ends = (*_COLUMNS[1:], _LAST)
    columns = [
        break_lines([Span(text=text, face=face, size=9.0)], first=end - start - 8.0, rest=end - start - 8.0)
        for text, start, end in zip(cells, _COLUMNS, ends, strict=True)
    ]
    notes = break_lines([_grey(entry.note, 9.0)], first=_LAST - _COLUMNS[1], rest=_LAST) if entry.note else ()
    count = max(map(len, columns))
    for number in range(count):
        inks = tuple(
            Text(x=start, y=9.0, line=lines[number])
            for start, lines in zip(_COLUMNS, columns, strict=True)
            if number < len(lines)
        )
        is_inside = number < count - 1 or bool(notes)
        yield Strip(height=12.0, gap=1.5 if number == 0 else 0.0, inks=inks, is_glued=is_glued or is_inside)
    for number, line in enumerate(notes):
        yield text_strip(line, leading=12.0, x=_COLUMNS[1], is_glued=is_glued or number < len(notes) - 1)


def _mini_page(page: MiniPage, *, is_glued: bool) -> Strip:
    """A frame as wide as a page, its stamps at their true size, one paragraph between them."""
    head, head_height = stamp_rows(page.top)
    tail, tail_height = stamp_rows(page.bottom)
    spans = (Span(text=f"{page.mark} ", face=Face.SEMIBOLD, size=11.0), _black(page.text, 11.0))
    lines = break_lines(spans, first=MEASURE, rest=MEASURE)
    text_top = _PAD + head_height + (_PAD if head else 0.0)
    tail_top = text_top + 15.0 * len(lines) + (_PAD if tail else 0.0)
    height = tail_top + tail_height + _PAD
    across = SIDE  # from the edge of the paper to the text area, from which strips are set
    inks: list[Ink] = [
        Box(x=_FRAME_X - across, y=0.0, width=WIDTH - 2 * _FRAME_X, height=height, weight=0.6, colour=_FRAME)
    ]
    inks += [ink.moved(-across, _PAD) for ink in head]
    inks += [Text(x=0.0, y=text_top + 11.4 + 15.0 * number, line=line) for number, line in enumerate(lines)]
    inks += [ink.moved(-across, tail_top) for ink in tail]
    return Strip(height=height + 4.0, gap=6.0, inks=tuple(inks), is_glued=is_glued)


def _broken(text: str, face: Face, size: float) -> tuple[Line, ...]:
    return break_lines([Span(text=text, face=face, size=size)], first=MEASURE, rest=MEASURE)


def _black(text: str, size: float) -> Span:
    return Span(text=text, face=Face.REGULAR, size=size)


def _grey(text: str, size: float) -> Span:
    return Span(text=text, face=Face.REGULAR, size=size, colour=GREY)
