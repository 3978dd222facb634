"""Which text of the old paragraphs is in which of the new ones, from what Qt says of a change; no Qt in here.

Qt names a position, how many characters went and how many came. Everything before and after is where it was: the start
of the first paragraph touched flows into the first new one, the end of the last into the last. What came in between
was typed, or came from the clipboard, or – where text went at the same time – may be that very text, moved: so
whatever came takes on what went.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph as the guard last saw it; ``length`` in UTF-16 units, without the end of the paragraph."""

    uid: str
    cell: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The paragraphs a change touched: rows before, lengths after; ``offset`` counts from where the first begins."""

    before: tuple[Row, ...]
    after: tuple[int, ...]
    offset: int
    removed: int
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflow:
    """What is in one new paragraph, by index into ``before``: text that ``stayed``, text it may have ``replaced``.

    ``is_new_text`` says that something came in, ``is_shared`` that a paragraph which stayed here stayed elsewhere too.
    """

    stayed: tuple[int, ...]
    replaced: tuple[int, ...]
    is_new_text: bool
    is_shared: bool


def inflows(change: Change) -> tuple[Inflow, ...]:
    """One per new paragraph."""
    last_old, last_new = len(change.before) - 1, len(change.after) - 1
    old_spans = _spans([row.length for row in change.before])
    went = (change.offset, change.offset + change.removed)
    came = (change.offset, change.offset + change.added)
    has_start = change.offset > 0
    has_end = old_spans[-1][1] > went[1]
    # Where typing begins in an empty paragraph and takes the end of the next one in, it was still begun in the first.
    began = {0} if last_old > 0 else set()
    lost = tuple(sorted(began | {index for index, span in enumerate(old_spans) if _overlap(span, went)}))
    is_split = has_start and has_end and last_old == 0 and last_new > 0
    found = []
    for index, span in enumerate(_spans(change.after)):
        stayed = {0} if has_start and index == 0 else set()
        if has_end and index == last_new:
            stayed.add(last_old)
        is_new_text = _overlap(span, came)
        found.append(
            Inflow(
                stayed=tuple(sorted(stayed)),
                replaced=lost if is_new_text else (),
                is_new_text=is_new_text,
                is_shared=is_split and bool(stayed),
            )
        )
    return tuple(found)


def _spans(lengths: Sequence[int]) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for length in lengths:
        spans.append((start, start + length))
        start += length + 1
    return spans


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    return min(first[1], second[1]) > max(first[0], second[0])
