"""Running strips of text over pages: what is glued together stays on one page where a page can hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cloison.rendering.ink import Ink, Line, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One line across the text area: its inks from its own top left, the ``gap`` above it unless it opens a page."""

    height: float
    gap: float = 0.0
    inks: tuple[Ink, ...] = ()
    is_glued: bool = False  # to the strip that follows


def text_strip(line: Line, *, leading: float, x: float = 0.0, gap: float = 0.0, is_glued: bool = False) -> Strip:
    """A strip holding one line, its baseline where a line of that leading has it."""
    return Strip(height=leading, gap=gap, inks=(Text(x=x, y=leading * 0.76, line=line),), is_glued=is_glued)


def paginate(strips: Sequence[Strip], *, height: float) -> tuple[tuple[Ink, ...], ...]:
    """The inks of each page, from the top left of the text area. At least one page, which may be empty."""
    pages: list[list[Ink]] = [[]]
    y = 0.0
    for chunk in _chunks(strips):
        if y > 0 and y + _height(chunk) > height:
            pages.append([])
            y = 0.0
        for strip in chunk:
            if y > 0 and y + strip.gap + strip.height > height:
                pages.append([])
                y = 0.0
            top = y + strip.gap if y > 0 else 0.0
            pages[-1].extend(ink.moved(0.0, top) for ink in strip.inks)
            y = top + strip.height
    return tuple(tuple(page) for page in pages)


def _height(chunk: Sequence[Strip]) -> float:
    return sum(strip.gap + strip.height for strip in chunk)


def _chunks(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        chunk.append(strip)
        if not strip.is_glued:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
