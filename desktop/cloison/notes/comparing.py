"""What differs between two revisions of a note: portion by portion under their uids, and word by word inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from cloison.labels.label import Label
from cloison.notes.note import Note
from cloison.notes.portion import Portion

MOST_WORDS: Final = 4_000
"""Of a longer portion it is only said that it is another: comparing takes time that grows with the square."""

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")


class State(Enum):
    """What became of a portion or of some words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words that are in both, or in one of the two alone; never CHANGED."""

    state: State
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPortion:
    """One portion; ``number`` is its place in the later revision, in the earlier one where it was removed.

    A portion under another mark, or one whose picture is another, is CHANGED though its words are the same.
    """

    number: int
    state: State
    before: Label | None
    after: Label | None
    stretches: tuple[Stretch, ...]


def compare(earlier: Note, later: Note) -> tuple[ComparedPortion, ...]:
    """Every portion and attachment of both, in the order of the later one; what was removed stands where it was."""
    old, new = tuple(earlier.numbered.items()), tuple(later.numbered.items())
    matcher = SequenceMatcher(None, [one.uid for _, one in old], [one.uid for _, one in new], autojunk=False)
    return tuple(_compared(old, new, matcher.get_opcodes()))


def _compared(
    old: Sequence[tuple[int, Portion]],
    new: Sequence[tuple[int, Portion]],
    opcodes: Sequence[tuple[str, int, int, int, int]],
) -> Iterator[ComparedPortion]:
    for kind, old_start, old_end, new_start, new_end in opcodes:
        if kind == "equal":
            for (_, before), (number, after) in zip(old[old_start:old_end], new[new_start:new_end], strict=True):
                yield _both(number, before, after)
            continue
        for number, portion in old[old_start:old_end]:
            yield _one(number, portion, State.REMOVED)
        for number, portion in new[new_start:new_end]:
            yield _one(number, portion, State.ADDED)


def _both(number: int, before: Portion, after: Portion) -> ComparedPortion:
    is_same = (before.content, before.kind, before.label) == (after.content, after.kind, after.label)
    return ComparedPortion(
        number=number,
        state=State.SAME if is_same else State.CHANGED,
        before=before.label,
        after=after.label,
        stretches=tuple(_stretches(before.text, after.text)),
    )


def _one(number: int, portion: Portion, state: State) -> ComparedPortion:
    is_added = state is State.ADDED
    return ComparedPortion(
        number=number,
        state=state,
        before=None if is_added else portion.label,
        after=portion.label if is_added else None,
        stretches=(Stretch(state=state, text=portion.text),) if portion.text else (),
    )


def _stretches(before: str, after: str) -> Iterator[Stretch]:
    if before == after:
        yield from [Stretch(state=State.SAME, text=after)] if after else []
        return
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        yield Stretch(state=State.REMOVED, text=before)
        yield Stretch(state=State.ADDED, text=after)
        return
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if kind == "equal":
            yield Stretch(state=State.SAME, text=come)
            continue
        if gone:
            yield Stretch(state=State.REMOVED, text=gone)
        if come:
            yield Stretch(state=State.ADDED, text=come)
