"""Where words stand in a text, whatever their case and accents; no Qt in here.

A match covers whole characters: one that folds to two (``ß``, ``ﬁ``) is found whole or not at all, and a combining
accent belongs to the letter before it. Places are counted in UTF-16 units, as Qt counts them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_APOSTROPHE: Final = "\u2019"  # what a keyboard gives and what a printer sets are found alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From ``start`` to ``end`` in UTF-16 units."""

    start: int
    end: int


def folded(text: str) -> str:
    """``text`` without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one)).replace(_APOSTROPHE, "'")


def spans(text: str, sought: str) -> Iterator[Span]:
    """Where ``sought`` stands in ``text``, from the left, none over another; nothing where nothing is sought."""
    wanted, whole = folded(sought), folded(text)
    at = whole.find(wanted) if wanted else -1
    if at < 0:
        return
    starts, ends = _edges(text)
    while at >= 0:
        start, end = starts.get(at), ends.get(at + len(wanted))
        if start is None or end is None:
            at = whole.find(wanted, at + 1)
        else:
            yield Span(start=start, end=end)
            at = whole.find(wanted, at + len(wanted))


def _edges(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """By place in the folded text: where a character starts there, and where one ends there, in UTF-16 units."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    place = unit = 0
    for character in text:
        fold = folded(character)
        if fold:
            starts[place] = unit
        place += len(fold)
        unit += 2 if ord(character) > 0xFFFF else 1
        ends[place] = unit
    return starts, ends
