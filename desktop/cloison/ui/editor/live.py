"""What the whole note is worth, worked out anew only when a mark or the number of paragraphs changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import Because, RollUp, roll_up
from cloison.ui.editor.standing import Standing
from cloison_crypto.secrets import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMarking:
    """``rolled`` is None while nothing is known; its ``because`` holds paragraph numbers (0 is the title).

    ``unmarked`` are the numbers of the paragraphs nobody has settled. One of these that is known to be at least worth
    something counts at that.
    """

    rolled: RollUp | None
    unmarked: tuple[int, ...]


def note_marking(policy: Policy, standings: Sequence[Standing], *, raised: Label | None, clock: Clock) -> NoteMarking:
    """The marking of the note whose paragraphs are worth ``standings``; ``raised`` is a recorded compilation raise."""
    unmarked = tuple(number for number, one in enumerate(standings) if not one.is_settled)
    known = [(number, one.label) for number, one in enumerate(standings) if one.label is not None]
    labels = [label for _, label in known] + ([raised] if raised is not None else [])
    if not labels:
        return NoteMarking(rolled=None, unmarked=unmarked)
    rolled = roll_up(policy, labels, created=clock())
    return NoteMarking(rolled=replace(rolled, because=_numbered(rolled.because, known)), unmarked=unmarked)


def _numbered(because: Because, known: Sequence[tuple[int, Label]]) -> Because:
    """Indexes turned into paragraph numbers; a recorded raise is no paragraph and falls out."""

    def numbers(indexes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(known[index][0] for index in indexes if index < len(known))

    return Because(
        classification=numbers(because.classification),
        categories=tuple((ref, numbers(indexes)) for ref, indexes in because.categories),
    )
