"""Which key marks what, taken from the policy: the first letter of each mark that no other mark has taken before it.

Levels come first, lowest first, then mentions: under the French policy N, D, S, T, and F for SF, whose S is taken.
They are letters because digits need Shift on a French keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cloison.labels.layout import ScreenColours
from cloison.labels.picker import levels
from cloison.labels.policy import Policy
from cloison.labels.rendering import portion_text
from cloison.ui.chips import NEUTRAL, level_colours
from cloison.ui.editor.marks import LevelChoice, MentionChoice

_MOST_OF_A_TAG: Final = 6  # a list of states is no row of buttons


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkKey:
    """A key (empty where no letter was left), the mark as it is written, its name, its colours, and what it does."""

    key: str
    mark: str
    name: str
    colours: ScreenColours
    choice: LevelChoice | MentionChoice


def mark_keys(policy: Policy) -> tuple[MarkKey, ...]:
    """The levels a new label may have, lowest first, then the mentions of short lists; others are typed (``[S-…]``)."""
    taken: set[str] = set()
    return tuple(
        MarkKey(key=_letter(f"{mark} {name}", taken), mark=mark, name=name, colours=colours, choice=choice)
        for mark, name, colours, choice in _offered(policy)
    )


def _offered(policy: Policy) -> Iterator[tuple[str, str, ScreenColours, LevelChoice | MentionChoice]]:
    for level in levels(policy):
        yield portion_text(level), level.name, level_colours(policy, level), LevelChoice(classification=level.name)
    for placed in policy.categories:
        category = placed.category
        if not category.obsolete and category.asks_for is None and len(placed.tag.categories) <= _MOST_OF_A_TAG:
            choice = MentionChoice(category=placed.ref)
            yield portion_text(category), category.name, category.chip or NEUTRAL, choice


def _letter(text: str, taken: set[str]) -> str:
    """The first letter of ``text`` not yet taken; what marks a note is typed without accents."""
    for letter in text.upper():
        if letter.isascii() and letter.isalpha() and letter not in taken:
            taken.add(letter)
            return letter
    return ""
