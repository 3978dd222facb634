"""Running strips of text over pages: what is glued together stays on one page where a page can hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cloison.rendering.ink import Ink, Line, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One line across the text area: its inks from its own top left, the ``gap`` above it unless it opens a page.

    ``head`` is set above it once more where it opens a page: the header of the table it belongs to.
    """

    height: float
    gap: float = 0.0
    inks: tuple[Ink, ...] = ()
    is_glued: bool = False  # to the strip that follows
    head: tuple[Strip, ...] = ()


def text_strip(line: Line, *, leading: float, x: float = 0.0, gap: float = 0.0, is_glued: bool = False) -> Strip:
    """A strip holding one line, its baseline where a line of that leading has it."""
    return Strip(height=leading, gap=gap, inks=(Text(x=x, y=leading * 0.76, line=line),), is_glued=is_glued)


def paginate(strips: Sequence[Strip], *, height: float) -> tuple[tuple[Ink, ...], ...]:
    """The inks of each page, from the top left of the text area. At least one page, which may be empty."""
    filling = _Filling(height)
    for chunk in _chunks(strips):
        if not filling.holds(_height(chunk)):
            filling.turn()
        for strip in chunk:
            if not filling.holds(strip.gap + strip.height):
                filling.turn()
            for one in (*(strip.head if filling.y == 0 else ()), strip):
                filling.add(one)
    return tuple(tuple(page) for page in filling.pages)


class _Filling:
    """Pages that are being filled; ``y`` is where the next strip goes on the last of them."""

    def __init__(self, height: float) -> None:
        self.pages: list[list[Ink]] = [[]]
        self.y = 0.0
        self._height = height

    def holds(self, height: float) -> bool:
        """Whether so much fits the page; an empty page holds anything."""
        return self.y == 0 or self.y + height <= self._height

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append([])
        self.y = 0.0

    def add(self, strip: Strip) -> None:
        """Put the strip below the last."""
        top = self.y + strip.gap if self.y > 0 else 0.0
        self.pages[-1].extend(ink.moved(0.0, top) for ink in strip.inks)
        self.y = top + strip.height


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
