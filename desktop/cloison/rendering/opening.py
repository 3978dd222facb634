"""The block that opens the first page (IGI 1300 §7.1.2): issuing authority, level and declassification, the record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from cloison.rendering.breaking import break_lines
from cloison.rendering.flow import Strip, text_strip
from cloison.rendering.fonts import Face
from cloison.rendering.ink import GREY, Line, Rule, Span, Text, line_width
from cloison.rendering.page import PageModel

GUTTER = 18.0
_LEADING = 14.0
_RULE = 0.75


def opening_strips(model: PageModel, *, measure: float, pages: int) -> Iterator[Strip]:
    """The block, which ``pages``, the total of pages, is part of; all its strips stay together where a page allows."""
    yield from _authority(model, measure=measure)
    yield _rule(measure=measure, gap=8.0)
    yield from _level(model, measure=measure)
    yield from _record(model, measure=measure, pages=pages)
    yield from _annexes(model, measure=measure)
    yield _rule(measure=measure, gap=5.0)


def _authority(model: PageModel, *, measure: float) -> Iterator[Strip]:
    for number, text in enumerate(model.first_page.authority):
        face = Face.BOLD if number == 0 else Face.REGULAR
        for line in break_lines([Span(text=text, face=face, size=10.5)], first=measure, rest=measure):
            yield text_strip(line, leading=_LEADING, is_glued=True)


def _level(model: PageModel, *, measure: float) -> Iterator[Strip]:
    """Level on the left, declassification on the right; one below the other where they do not fit side by side."""
    stamps = sorted(model.first_page.level, key=lambda stamp: stamp.order)
    level: list[Span] = []
    for stamp in stamps:
        if level:
            level.append(Span(text=" – ", face=Face.BOLD, size=12.0))
        level.append(Span(text=stamp.text, face=Face.BOLD, size=12.0, colour=stamp.colour))
    date = _declassification(model)
    if not level and not date:
        return
    if line_width(tuple(level)) + GUTTER + line_width(date) <= measure:
        inks = (Text(x=0.0, y=14.5, line=tuple(level)), Text(x=measure - line_width(date), y=14.5, line=date))
        yield Strip(height=19.0, gap=1.0, inks=tuple(ink for ink in inks if ink.line), is_glued=True)
    else:
        for line in (*break_lines(level, first=measure, rest=measure), *break_lines(date, first=measure, rest=measure)):
            yield text_strip(line, leading=17.0, is_glued=True)
    yield _rule(measure=measure, gap=2.0)


def _declassification(model: PageModel) -> Line:
    if model.first_page.declassification is None:
        return ()
    text = f"{model.words.declassification} {model.first_page.declassification}"
    return (Span(text=text, face=Face.SEMIBOLD, size=10.5),)


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


def _annexes(model: PageModel, *, measure: float) -> Iterator[Strip]:
    """Each title under the other, the name in front of the first."""
    name = _name(f"{model.words.annexes}{model.words.colon}")
    for number, title in enumerate(model.first_page.annexes, start=1):
        hang = name.width
        if number == 1:
            yield from _rows([_cell(name, f"1. {title}", x=0.0, column=measure, hang=hang)])
        else:
            empty = name.with_text("")
            yield from _rows([_cell(empty, f"{number}. {title}", x=hang, column=measure - hang)])


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
