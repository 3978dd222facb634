"""Paragraphs of a note by number and kind, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.portion import Kind
from cloison.wording.catalogue import N_, Catalogue

_KINDS: Final[dict[Kind, str]] = {
    Kind.PARAGRAPH: N_("paragraph"),
    Kind.HEADING: N_("heading"),
    Kind.ITEM: N_("list item"),
    Kind.QUOTE: N_("quote"),
    Kind.TABLE: N_("table"),
    Kind.IMAGE: N_("picture"),
    Kind.ATTACHMENT: N_("attachment"),
}
# A line does not break between a sign and its number, nor between two numbers.
_NUMBERS: Final = re.compile(r"(?<=§) | (?=[\d…])")
_LEAST_FOR_A_RANGE: Final = 3
_MOST_NAMED: Final = 8


def kind_name(kind: Kind, words: Catalogue) -> str:
    """What a portion is on the page."""
    return words.text(_KINDS[kind])


def numbered(numbers: Sequence[int], words: Catalogue) -> str:
    """Numbers as a list, runs of three and more as a range: ``title, 1–4, 7, attachment 2, evaluation``."""
    return ", ".join(_pieces(sorted(set(numbers)), words))


def portion_name(number: int, words: Catalogue) -> str:
    """What a part of a note is called: a paragraph or an attachment by its number, the title, the evaluation."""
    if number >= FIRST_NUMBER:
        return words.text("Attachment {number}", number=number - FIRST_NUMBER + 1)
    if number == EVALUATION:
        return words.text("Evaluation")
    return words.text("Title") if number == 0 else words.text("§ {number}", number=number)


def named(numbers: Sequence[int], words: Catalogue) -> str:
    """Paragraphs by number and sign, the first few of many: ``§ 4``, ``§§ 1–3, 7``, ``title, 2``."""
    shown = tuple(sorted(set(numbers)))[:_MOST_NAMED]
    text = numbered(shown, words) + (", …" if len(set(numbers)) > _MOST_NAMED else "")
    if shown and shown[0] > 0 and shown[-1] < FIRST_NUMBER:
        text = words.plural("§ {paragraphs}", "§§ {paragraphs}", len(shown), paragraphs=text)
    return _NUMBERS.sub("\N{NO-BREAK SPACE}", text)


def _pieces(numbers: Sequence[int], words: Catalogue) -> Iterator[str]:
    if 0 in numbers:
        yield words.text("title")
    for run in _runs([one for one in numbers if 0 < one < FIRST_NUMBER]):
        yield _run(run)
    for run in _runs([one - FIRST_NUMBER + 1 for one in numbers if one >= FIRST_NUMBER]):
        yield words.plural("attachment {numbers}", "attachments {numbers}", len(run), numbers=_run(run))
    if EVALUATION in numbers:
        yield words.text("evaluation")


def _run(run: Sequence[int]) -> str:
    return f"{run[0]}–{run[-1]}" if len(run) >= _LEAST_FOR_A_RANGE else ", ".join(map(str, run))


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
