"""Paragraphs of a note by number and kind, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cloison.notes.portion import Kind
from cloison.wording.catalogue import N_, Catalogue

_KINDS: Final[dict[Kind, str]] = {
    Kind.PARAGRAPH: N_("paragraph"),
    Kind.HEADING: N_("heading"),
    Kind.ITEM: N_("list item"),
    Kind.QUOTE: N_("quote"),
}
_LEAST_FOR_A_RANGE = 3


def kind_name(kind: Kind, words: Catalogue) -> str:
    """What a portion is on the page."""
    return words.text(_KINDS[kind])


def numbered(numbers: Sequence[int], words: Catalogue) -> str:
    """Numbers as a list, runs of three and more as a range: ``title, 1–4, 7``; 0 is the title."""
    return ", ".join(_pieces(sorted(set(numbers)), words))


def _pieces(numbers: Sequence[int], words: Catalogue) -> Iterator[str]:
    if numbers and numbers[0] == 0:
        yield words.text("title")
        numbers = numbers[1:]
    for run in _runs(numbers):
        if len(run) >= _LEAST_FOR_A_RANGE:
            yield f"{run[0]}–{run[-1]}"
        else:
            yield from map(str, run)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
