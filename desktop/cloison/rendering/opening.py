"""The block that opens the first page (IGI 1300 §7.1.2): issuing authority, level and declassification, the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from cloison.rendering.breaking import break_lines
from cloison.rendering.flow import Strip, text_strip
from cloison.rendering.fonts import Face
from cloison.rendering.ink import GREY, Ink, Line, Rule, Span, Text, line_width
from cloison.rendering.page import PageModel, Words

GUTTER = 18.0
_LEADING = 14.0
_RULE = 0.75
STRUCK = "#C8102E"
"""The red diagonal through a date that counts no more (IGI 1300)."""


def opening_strips(model: PageModel, *, measure: float, pages: int) -> Iterator[Strip]:
    """The block, which ``pages``, the total of pages, is part of; all its strips stay together where a page allows."""
    yield from _authority(model, measure=measure)
    yield _rule(measure=measure, gap=8.0)
    yield from _level(model, measure=measure)
    yield from _record(model, measure=measure, pages=pages)
    yield from _numbered(model.words.annexes, model.first_page.annexes, model.words, measure=measure)
    yield from _numbered(model.words.distribution, model.distribution, model.words, measure=measure)
    yield _rule(measure=measure, gap=5.0)


def _authority(model: PageModel, *, measure: float) -> Iterator[Strip]:
    for number, text in enumerate(model.first_page.authority):
        face = Face.BOLD if number == 0 else Face.REGULAR
        for line in break_lines([Span(text=text, face=face, size=10.5)], first=measure, rest=measure):
            yield text_strip(line, leading=_LEADING, is_glued=True)


def _level(model: PageModel, *, measure: float) -> Iterator[Strip]:
    """Level on the left, declassification on the right; one below the other where they do not fit side by side.

    A changed date leaves the former one there, struck by a red diagonal, and stands below it.
    """
    stamps = sorted(model.first_page.level, key=lambda stamp: stamp.order)
    level: list[Span] = []
    for stamp in stamps:
        if level:
            level.append(Span(text=" – ", face=Face.BOLD, size=12.0))
        level.append(Span(text=stamp.text, face=Face.BOLD, size=12.0, colour=stamp.colour))
    dates = tuple(_dates(model))
    if not level and not dates:
        return
    first = dates[0].line if dates else ()
    if line_width(tuple(level)) + GUTTER + line_width(first) <= measure:
        yield _beside(tuple(level), dates[:1], measure=measure)
        for date in dates[1:]:
            yield _beside((), (date,), measure=measure)
    else:
        for line in break_lines(level, first=measure, rest=measure):
            yield text_strip(line, leading=17.0, is_glued=True)
        for date in dates:
            for line in break_lines(date.line, first=measure, rest=measure):
                yield _beside((), (replace(date, line=line),), measure=measure)
    yield _rule(measure=measure, gap=2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Date:
    """A date of the block; one that counts no more is struck through."""

    line: Line
    is_struck: bool


def _dates(model: PageModel) -> Iterator[_Date]:
    """The former dates, the one that counts below them."""
    first, words = model.first_page, model.words
    for text in first.struck:
        yield _Date(line=(_bold(text),), is_struck=True)
    if first.declassification is not None:
        yield _Date(line=(_bold(f"{words.declassification} {first.declassification}"),), is_struck=False)
    elif first.review is not None:
        yield _Date(line=(_bold(f"{words.review} {first.review}"),), is_struck=False)


def _beside(level: Line, dates: tuple[_Date, ...], *, measure: float) -> Strip:
    """The level at the left, a date at the right."""
    inks: list[Ink] = [Text(x=0.0, y=14.5, line=level)] if level else []
    for date in dates:
        x = measure - line_width(date.line)
        inks.append(Text(x=x, y=14.5, line=date.line))
        if date.is_struck:
            inks.append(Rule(x=x - 2.0, y=18.5, x2=measure, y2=3.5, weight=1.4, colour=STRUCK))
    return Strip(height=19.0, gap=1.0, inks=tuple(inks), is_glued=True)


def _bold(text: str) -> Span:
    return Span(text=text, face=Face.SEMIBOLD, size=10.5)


def _record(model: PageModel, *, measure: float, pages: int) -> Iterator[Strip]:
    """Names and values in two columns, row by row."""
    words, first = model.words, model.first_page
    cells = [
        (words.reference, model.reference),
        (words.date, first.date),
        (words.registration, first.registration),
        (words.author_reference, first.author_reference),
        (words.subject_level, first.subject_level),
        (words.pages, str(pages)),
    ]
    filled = [(_name(f"{name}{words.colon}"), value) for name, value in cells if value]
    if model.copy_number is not None:
        filled.append((_name(words.copy_number), f"{model.copy_number.number} / {model.copy_number.total}"))
    column = (measure - GUTTER) / 2
    for left, right in zip_longest(filled[::2], filled[1::2]):
        texts = [_cell(*left, x=0.0, column=column)]
        if right is not None:
            texts.append(_cell(*right, x=column + GUTTER, column=column))
        yield from _rows(texts)


def _numbered(what: str, entries: Sequence[str], words: Words, *, measure: float) -> Iterator[Strip]:
    """Each entry under the other, the name in front of the first."""
    name = _name(f"{what}{words.colon}")
    for number, entry in enumerate(entries, start=1):
        hang = name.width
        if number == 1:
            yield from _rows([_cell(name, f"1. {entry}", x=0.0, column=measure, hang=hang)])
        else:
            empty = name.with_text("")
            yield from _rows([_cell(empty, f"{number}. {entry}", x=hang, column=measure - hang)])


def _name(name: str) -> Span:
    return Span(text=f"{name} ", face=Face.REGULAR, size=9.5, colour=GREY)


def _cell(name: Span, value: str, *, x: float, column: float, hang: float = 0.0) -> list[Text]:
    """The lines of one cell: ``Référence : CAB/2026/0042``."""
    spans = (name, Span(text=value, face=Face.REGULAR, size=10.5))
    lines = break_lines(spans, first=column, rest=column - hang)
    return [Text(x=x if n == 0 else x + hang, y=_LEADING * 0.76, line=line) for n, line in enumerate(lines)]


def _rows(cells: list[list[Text]]) -> Iterator[Strip]:
    """Cells side by side, a strip for each line, so that a cell of any length can go on over the page."""
    for number, texts in enumerate(zip_longest(*cells)):
        inks = tuple(text for text in texts if text is not None)
        yield Strip(height=_LEADING, gap=2.0 if number == 0 else 0.0, inks=inks, is_glued=True)


def _rule(*, measure: float, gap: float) -> Strip:
    rule = Rule(x=0.0, y=_RULE / 2, x2=measure, y2=_RULE / 2, weight=_RULE)
    return Strip(height=_RULE, gap=gap, inks=(rule,), is_glued=True)
