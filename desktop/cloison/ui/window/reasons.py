"""Why a note is worth what it is, in words that name its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cloison.labels.rollup import RollUp
from cloison.wording.catalogue import Catalogue
from cloison.wording.portions import numbered

_MOST_NAMED: Final = 8
# A line does not break between a sign and its number, nor between two numbers.
_NUMBERS: Final = re.compile(r"(?<=§) | (?=[\d…])")
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def because_text(rolled: RollUp, words: Catalogue) -> str:
    """Which paragraphs make the level what it is, and which each category; a line for each."""
    lines = [_because(rolled.label.classification, rolled.because.classification, words)]
    lines += [_because(ref.name, numbers, words) for ref, numbers in rolled.because.categories]
    return "\n".join(lines)


def portion_name(number: int, words: Catalogue) -> str:
    """What a paragraph is called: its number, or that it is the title."""
    return words.text("Title") if number == 0 else words.text("§ {number}", number=number)


def _because(what: str, numbers: Sequence[int], words: Catalogue) -> str:
    return _NUMBERS.sub(NO_BREAK, _sentence(what, numbers, words))


def _sentence(what: str, numbers: Sequence[int], words: Catalogue) -> str:
    paragraphs = [one for one in numbers if one > 0]
    named = numbered(paragraphs[:_MOST_NAMED], words) + (", …" if len(paragraphs) > _MOST_NAMED else "")
    if not numbers:
        return words.text("{what} by a decision on the whole note", what=what)
    if not paragraphs:
        return words.text("{what} because of the title", what=what)
    values = {"what": what, "paragraphs": named}
    if len(paragraphs) == len(numbers):
        return words.plural(
            "{what} because of § {paragraphs}", "{what} because of §§ {paragraphs}", len(paragraphs), **values
        )
    return words.plural(
        "{what} because of the title and § {paragraphs}",
        "{what} because of the title and §§ {paragraphs}",
        len(paragraphs),
        **values,
    )
