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

from collections.abc import Iterable, Sequence
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


def restored(policy: Policy, history: Sequence[Step], revision: int, *, now: datetime) -> RestoredNote:
    """The revision of that number out of ``history``, which begins with number 1 and ends with today's note."""
    restoring = _Restoring(policy, history, revision, now=now)
    portions = [restoring.portion(one) for one in restoring.old.all_portions]
    note = replace(restoring.today, language=restoring.old.language, title=portions[0], portions=tuple(portions[1:]))
    return RestoredNote(
        note=note,
        changes=tuple(restoring.changes(portions)),
        kept_high=tuple(number for number, one in enumerate(portions) if one.uid in restoring.kept_high),
    )


class _Restoring:
    """One revision on its way back."""

    def __init__(self, policy: Policy, history: Sequence[Step], revision: int, *, now: datetime) -> None:
        self._policy = policy
        self._now = now
        self._since = history[revision:]
        self.old = history[revision - 1].note
        self.today = history[-1].note
        self._worth_then = floors_in(change for step in history[:revision] for change in step.changes)
        floors = floors_in(change for step in history for change in step.changes)
        self._worth_today = {one.uid: one.label or floors.get(one.uid) for one in self.today.all_portions}
        self._floors: dict[str, Label | None] = {}
        self.kept_high: set[str] = set()

    def portion(self, old: Portion) -> Portion:
        """It as it comes back."""
        then = old.label or self._worth_then.get(old.uid)
        worth = _joined(self._policy, [then, self._worth_today.get(old.uid), *self._raises(old)], self._now)
        if worth is not None and then is not None and not covers(self._policy, then, worth):
            self.kept_high.add(old.uid)
        if old.label is None or self._is_unsettled_today(old):
            self._floors[old.uid] = worth
            return replace(old, label=None)
        return replace(old, label=worth)

    def changes(self, portions: Iterable[Portion]) -> Iterable[LabelChange]:
        """What becomes of marks; what an unmarked portion is at least worth is said anew, so that it is found again."""
        for one in portions:
            before = self._worth_today.get(one.uid)
            after = one.label or self._floors.get(one.uid)
            is_told = before is not None and after is not None and same_course(before, after)
            if after is not None and (one.label is None or not is_told):
                yield LabelChange(portion_uid=one.uid, before=before, after=after, reason=None)

    def _is_unsettled_today(self, old: Portion) -> bool:
        """Whether the very same words are there today and nobody has settled what they are worth."""
        today = next((one for one in self.today.all_portions if one.uid == old.uid), None)
        return today is not None and today.label is None and today.content == old.content

    def _raises(self, old: Portion) -> list[Label]:
        """The marks that somebody raised since and that may be about these words."""
        raised: list[Label] = []
        is_word_for_word = True
        for step in self._since:
            is_word_for_word = is_word_for_word and _has(step.note, old)
            raised += [
                change.after
                for change in step.changes
                if change.portion_uid == old.uid or (not is_word_for_word and self._may_be_of(change, step, old))
                if self._rises(change, old)
            ]
        return raised

    def _may_be_of(self, change: LabelChange, step: Step, old: Portion) -> bool:
        """Whether the change was about a portion at all: the whole and the evaluation have uids of their own."""
        evaluation = step.note.evaluation
        return change.portion_uid not in {step.note.uid, None if evaluation is None else evaluation.uid}

    def _rises(self, change: LabelChange, old: Portion) -> bool:
        """A first mark is no raise, except of words that nobody had marked."""
        if change.before is None:
            return old.label is None
        return not covers(self._policy, change.before, change.after)


def _has(note: Note, portion: Portion) -> bool:
    return any(one.uid == portion.uid and one.content == portion.content for one in note.all_portions)


def _joined(policy: Policy, labels: Iterable[Label | None], now: datetime) -> Label | None:
    """All of them together; the one that says it all already is kept as it is."""
    known = [label for label in labels if label is not None]
    if not known:
        return None
    whole = next((label for label in known if all(covers(policy, label, other) for other in known)), None)
    return whole if whole is not None else together(policy, known, created=now)
