"""What the whole note is worth, worked out anew only when a mark or the number of paragraphs changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cloison.labels.elements import CategoryType
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import Because, Dropped, RollUp, dropped, roll_up
from cloison.notes.attachment import FIRST_NUMBER
from cloison.notes.compilation import CompilationRaise
from cloison.notes.evaluation import NUMBER as EVALUATION
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Portion
from cloison.ui.editor.standing import Standing
from cloison_crypto.secrets import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMarking:
    """``rolled`` is None while nothing is known; its indexes are paragraph numbers (0 is the title).

    ``unmarked`` are the numbers of the paragraphs nobody has settled. One of these that is known to be at least worth
    something counts at that. ``dropped`` are values that fell away in the roll-up. ``raised`` is the recorded raise of
    the whole, counted in; so are attachments and the ``evaluation``, under their own numbers.
    """

    rolled: RollUp | None
    unmarked: tuple[int, ...]
    dropped: tuple[Dropped, ...] = ()
    raised: CompilationRaise | None = None
    evaluation: Evaluation | None = None
    attachments: tuple[Portion, ...] = ()


def note_marking(
    policy: Policy,
    standings: Sequence[Standing],
    *,
    attachments: Sequence[Portion] = (),
    evaluation: Evaluation | None,
    raised: CompilationRaise | None,
    clock: Clock,
) -> NoteMarking:
    """The marking of the note whose paragraphs are worth ``standings``; ``raised`` is a recorded compilation raise."""
    unmarked = tuple(number for number, one in enumerate(standings) if not one.is_settled)
    known = [(number, one.label) for number, one in enumerate(standings) if one.label is not None]
    beside: list[tuple[int, Label | None]] = [
        *((number, one.label) for number, one in enumerate(attachments, start=FIRST_NUMBER)),
        *(() if evaluation is None else ((EVALUATION, evaluation.label),)),
    ]
    known += [(number, label) for number, label in beside if label is not None]
    unmarked += tuple(number for number, label in beside if label is None)
    labels = [label for _, label in known] + ([raised.label] if raised is not None else [])
    if not labels:
        return NoteMarking(rolled=None, unmarked=unmarked, evaluation=evaluation, attachments=tuple(attachments))
    now = clock()
    numbers = _Numbers(known=tuple(number for number, _ in known))
    fallen = dropped(policy, labels, created=now) if any(map(_may_drop, labels)) else ()
    return NoteMarking(
        rolled=numbers.of_roll_up(roll_up(policy, labels, created=now)),
        unmarked=unmarked,
        dropped=tuple(map(numbers.of_dropped, fallen)),
        raised=raised,
        evaluation=evaluation,
        attachments=tuple(attachments),
    )


def _may_drop(label: Label) -> bool:
    """Whether it has, or may come to have, values that could fall away: few notes do, and each Enter would ask."""
    return label.succession is not None or any(ref.type is CategoryType.PERMISSIVE for ref in label.categories)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """Indexes turned into paragraph numbers; a recorded raise is no paragraph and falls out."""

    known: tuple[int, ...]

    def of(self, indexes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(self.known[index] for index in indexes if index < len(self.known))

    def of_roll_up(self, rolled: RollUp) -> RollUp:
        because = Because(
            classification=self.of(rolled.because.classification),
            categories=tuple((ref, self.of(indexes)) for ref, indexes in rolled.because.categories),
        )
        decisions = tuple(replace(one, indexes=self.of(one.indexes)) for one in rolled.decision_required)
        return replace(rolled, because=because, decision_required=decisions)

    def of_dropped(self, fallen: Dropped) -> Dropped:
        return replace(fallen, indexes=self.of(fallen.indexes), against=self.of(fallen.against))
