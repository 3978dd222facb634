"""The sheet of a fingerprint, laid out: plain values that say what ink goes where."""

from __future__ import annotations

from collections.abc import Iterator

from cloison.rendering.breaking import break_lines
from cloison.rendering.fingerprint_page import FingerprintPage, WordBlock
from cloison.rendering.fonts import Face
from cloison.rendering.ink import GREY, Ink, Line, Rule, Span, Text
from cloison.rendering.margins import MEASURE, SIDE
from cloison.rendering.sheets import Sheet

_TOP = 90.0
_MODULE = 5.0  # points: about 5 cm a side
_QUIET = 4


def fingerprint_sheet(page: FingerprintPage) -> Sheet:
    """The inks of the sheet, from top to bottom; ``page`` has been through ``printable``."""
    y = _TOP
    inks: list[Ink] = []
    for text, face, size, leading in _head(page):
        for line in _broken(text, face, size):
            inks.append(Text(x=SIDE, y=y, line=line))
            y += leading
    y += 18.0
    for characters in page.characters:
        inks.append(Text(x=SIDE, y=y, line=(Span(text=characters, face=Face.BOLD, size=20.0),)))
        y += 30.0
    y += 12.0
    side = (len(page.code) + 2 * _QUIET) * _MODULE
    inks.extend(_code(page.code, x=SIDE + MEASURE - side, y=y - 12.0))
    below = y + side
    for block in page.words:
        inks.extend(_block(block, y=y))
        y += 20.0 * (len(block.lines) + 1) + 12.0
    y = max(y, below) + 12.0
    for line in _broken(page.advice, Face.REGULAR, 11.0):
        inks.append(Text(x=SIDE, y=y, line=line))
        y += 16.0
    return tuple(inks)


def _head(page: FingerprintPage) -> Iterator[tuple[str, Face, float, float]]:
    yield page.title, Face.REGULAR, 13.0, 26.0
    yield page.name, Face.BOLD, 22.0, 28.0
    for fact in page.facts:
        yield fact, Face.REGULAR, 11.0, 16.0


def _block(block: WordBlock, *, y: float) -> Iterator[Ink]:
    yield Text(x=SIDE, y=y, line=(Span(text=block.heading, face=Face.SEMIBOLD, size=11.0, colour=GREY),))
    for number, words in enumerate(block.lines, start=1):
        yield Text(x=SIDE, y=y + 20.0 * number, line=(Span(text=words, face=Face.REGULAR, size=11.0),))


def _code(code: tuple[tuple[bool, ...], ...], *, x: float, y: float) -> Iterator[Ink]:
    """Dark modules side by side are one stroke, as wide as a module: no gap shows between them."""
    for row, modules in enumerate(code, start=_QUIET):
        middle = y + (row + 0.5) * _MODULE
        for left, right in _runs(modules):
            yield Rule(x=x + left * _MODULE, y=middle, x2=x + right * _MODULE, y2=middle, weight=_MODULE)


def _runs(modules: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where dark begins and ends in a row, the quiet zone counted in."""
    start: int | None = None
    for column, is_dark in enumerate((*modules, False), start=_QUIET):
        if is_dark and start is None:
            start = column
        elif not is_dark and start is not None:
            yield start, column
            start = None


def _broken(text: str, face: Face, size: float) -> tuple[Line, ...]:
    return break_lines((Span(text=text, face=face, size=size),), first=MEASURE, rest=MEASURE)
