"""An earlier revision put in the place of today's note: the text comes back, no mark falls.

Nobody is asked for a reason: a person who restores a text means its words. Whatever would fall stays at today's mark,
and may be lowered afterwards, paragraph by paragraph, by the act that is there for it. What stays high is told apart:

* a portion that is there today, under the same uid, is worth at least what it is worth today;
* one that is no longer there word for word may have given its words to any other portion since, in which they were
  marked: so every mark that somebody raised since then applies to it. That is more than need be, and never less;
* one that nobody had marked stays unmarked, and is at least worth all of that.

A raise of the whole, its end, and the evaluation are decisions about the note and not its text: they stay as they are
today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import covers
from cloison.labels.succession import same_course
from cloison.notes.changes import floors_in
from cloison.notes.marking import LabelChange, together
from cloison.notes.note import Note
from cloison.notes.portion import Portion


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A revision and what it did to marks."""

    note: Note
    changes: tuple[LabelChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredNote:
    """The note to be saved, what that does to marks, and the numbers of portions that stay above what they were."""

    note: Note
    changes: tuple[LabelChange, ...]
    kept_high: tuple[int, ...]


def restored(
    policy: Policy, old: Note, *, before: Iterable[LabelChange], since: Iterable[Step], now: datetime
) -> RestoredNote:
    """The text of ``old`` in the place of today's note.

    ``before`` are all changes of marks up to that revision and in it; ``since`` are the later ones in order, of which
    the last is today's. They are gone through once, so that they need not all be held at the same time.
    """
    restoring = _Restoring(policy, old, floors_in(before), now=now)
    for step in since:
        restoring.follow(step)
    portions = {number: restoring.portion(one) for number, one in old.numbered.items()}
    today = restoring.today
    return RestoredNote(
        note=replace(today, language=old.language).with_numbered(portions),
        changes=tuple(restoring.changes(portions.values())),
        kept_high=tuple(number for number, one in portions.items() if one.uid in restoring.kept_high),
    )


class _Restoring:
    """One revision on its way back."""

    def __init__(self, policy: Policy, old: Note, worth_then: dict[str, Label], *, now: datetime) -> None:
        self._policy = policy
        self._now = now
        self._old = old
        self._worth_then = worth_then
        self._floors_today = dict(worth_then)
        self._word_for_word = {one.uid for one in old.numbered.values()}
        self._raises: dict[str, list[Label]] = {one.uid: [] for one in old.numbered.values()}
        self._floors: dict[str, Label | None] = {}
        self.today = old
        self.kept_high: set[str] = set()

    def follow(self, step: Step) -> None:
        """One more revision since then."""
        self.today = step.note
        self._floors_today |= floors_in(step.changes)
        contents = {one.uid: one.content for one in step.note.numbered.values()}
        changes = [change for change in step.changes if self._is_of_a_portion(change, step)]
        raised = [change for change in changes if self._rises(change)]
        marked = [change for change in changes if change.before is None]
        for one in self._old.numbered.values():
            if contents.get(one.uid) != one.content:
                self._word_for_word.discard(one.uid)
            # A first mark is no raise, except of words that nobody had marked.
            for change in (*raised, *marked) if one.label is None else raised:
                if change.portion_uid == one.uid or one.uid not in self._word_for_word:
                    self._raises[one.uid].append(change.after)

    def portion(self, old: Portion) -> Portion:
        """It as it comes back."""
        today = next((one for one in self.today.numbered.values() if one.uid == old.uid), None)
        then = old.label or self._worth_then.get(old.uid)
        worth = _joined(self._policy, [then, self._worth_of(today), *self._raises[old.uid]], self._now)
        if worth is not None and then is not None and not covers(self._policy, then, worth):
            self.kept_high.add(old.uid)
        # The very same words are there today, and nobody has settled what they are worth.
        is_unsettled = today is not None and today.label is None and today.content == old.content
        if old.label is None or is_unsettled:
            self._floors[old.uid] = worth
            return replace(old, label=None)
        return replace(old, label=worth)

    def changes(self, portions: Iterable[Portion]) -> Iterable[LabelChange]:
        """What becomes of marks; what an unmarked portion is at least worth is said anew, so that it is found again."""
        today = {one.uid: self._worth_of(one) for one in self.today.numbered.values()}
        for one in portions:
            before = today.get(one.uid)
            after = one.label or self._floors.get(one.uid)
            is_told = before is not None and after is not None and same_course(before, after)
            if after is not None and (one.label is None or not is_told):
                yield LabelChange(portion_uid=one.uid, before=before, after=after, reason=None)

    def _worth_of(self, today: Portion | None) -> Label | None:
        return None if today is None else today.label or self._floors_today.get(today.uid)

    def _is_of_a_portion(self, change: LabelChange, step: Step) -> bool:
        """The whole and the evaluation have uids of their own."""
        evaluation = step.note.evaluation
        return change.portion_uid not in {step.note.uid, None if evaluation is None else evaluation.uid}

    def _rises(self, change: LabelChange) -> bool:
        return change.before is not None and not covers(self._policy, change.before, change.after)


def _joined(policy: Policy, labels: Iterable[Label | None], now: datetime) -> Label | None:
    """All of them together; the one that says it all already is kept as it is."""
    known = [label for label in labels if label is not None]
    if not known:
        return None
    whole = next((label for label in known if all(covers(policy, label, other) for other in known)), None)
    return whole if whole is not None else together(policy, known, created=now)
