"""Marking paragraphs: raising and first marks take effect, lowering is asked for, what is forbidden is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, new_label
from cloison.labels.picker import Refusal, outstanding, toggle, with_level
from cloison.labels.policy import Policy
from cloison.labels.validity import Reason, ValidityRule, marking_faults
from cloison.ui.editor.standing import UNMARKED, Standing, covers, marked
from cloison_crypto.secrets import Clock


class MarkProblem(Enum):
    """Why a paragraph cannot be marked so."""

    POLICY = "policy"
    NO_LEVEL = "no level"
    TWO_ORIGINS = "two origins"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRefused:
    """Paragraph ``number`` cannot be marked so; ``reasons`` are the policy's, where the policy forbids it."""

    number: int
    problem: MarkProblem
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """Somebody wants the mark of one paragraph to fall: that takes a reason."""

    uid: str
    number: int
    before: Label
    after: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChoice:
    """A level picked for a paragraph; mentions stay as they are."""

    classification: str

    def apply(self, policy: Policy, standing: Standing, clock: Clock) -> Label | Refusal:
        """The label that makes of ``standing``."""
        if standing.label is None:
            return _whole(policy, None, new_label(policy, classification=self.classification, created=clock()))
        return _today(policy, standing.label, with_level(policy, standing.label, self.classification), clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionChoice:
    """A category added or taken away; the level stays."""

    category: CategoryRef

    def apply(self, policy: Policy, standing: Standing, clock: Clock) -> Label | Refusal | MarkProblem:
        """The label that makes of ``standing``; a paragraph that is not settled has no level to add to."""
        if standing.mark is None:
            return MarkProblem.NO_LEVEL
        return _today(policy, standing.mark, toggle(policy, standing.mark, self.category), clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChoice:
    """A whole label, as typed at the start of a line."""

    label: Label

    def apply(self, policy: Policy, standing: Standing, clock: Clock) -> Label | Refusal:
        """That label."""
        return self.label


Choice = LevelChoice | MentionChoice | LabelChoice


def unknown_now(policy: Policy, label: Label) -> tuple[Reason, ...]:
    """What of ``label``, made under an earlier version of ``policy``, this one does not have."""
    faults = marking_faults(policy, label.classification, label.categories)
    rules = (ValidityRule.UNKNOWN_CLASSIFICATION, ValidityRule.UNKNOWN_CATEGORY)
    return tuple(one for one in faults if one.rule in rules)


def made_now(policy: Policy, label: Label, clock: Clock) -> Label:
    """A label changed now is made now, under the policy as it is now; its dates and its originator stay."""
    made = new_label(
        policy,
        classification=label.classification,
        categories=label.categories,
        inputs=label.inputs,
        created=clock(),
    )
    return replace(
        made,
        privacy_mark=label.privacy_mark,
        review=label.review,
        succession=label.succession,
        originator=label.originator,
    )


def outcome_of(
    policy: Policy, choice: Choice, *, uid: str, number: int, standing: Standing, clock: Clock
) -> Label | Lowering | MarkRefused:
    """What ``choice`` comes to on one paragraph."""
    if len(standing.origins) > 1:
        return MarkRefused(number=number, problem=MarkProblem.TWO_ORIGINS)
    label = _applied(policy, choice, number, standing, clock)
    if isinstance(label, MarkRefused):
        return label
    if standing.label is not None and not covers(policy, marked(label), marked(standing.label)):
        if standing.origins:
            return MarkRefused(number=number, problem=MarkProblem.FOREIGN)
        return Lowering(uid=uid, number=number, before=standing.label, after=label)
    return label


def fresh_outcome(
    policy: Policy, choice: Choice, *, number: int, standing: Standing, clock: Clock
) -> Label | MarkRefused:
    """What ``choice`` comes to on a paragraph without words: no word can fall, and the mentions were only copied."""
    return _applied(policy, choice, number, UNMARKED if isinstance(choice, LevelChoice) else standing, clock)


def _applied(policy: Policy, choice: Choice, number: int, standing: Standing, clock: Clock) -> Label | MarkRefused:
    label = choice.apply(policy, standing, clock)
    if isinstance(label, MarkProblem):
        return MarkRefused(number=number, problem=label)
    if isinstance(label, Refusal):
        return MarkRefused(number=number, problem=MarkProblem.POLICY, reasons=label.reasons)
    return label


def _today(policy: Policy, before: Label, outcome: Label | Refusal, clock: Clock) -> Label | Refusal:
    if isinstance(outcome, Refusal):
        return outcome
    unknown = unknown_now(policy, outcome)
    return Refusal(reasons=unknown) if unknown else _whole(policy, before, made_now(policy, outcome, clock))


def _whole(policy: Policy, before: Label | None, changed: Label) -> Label | Refusal:
    """A label set at once must not lack what could only be picked in a further step."""
    known = () if before is None else outstanding(policy, before)
    reasons = tuple(one for one in outstanding(policy, changed) if one not in known)
    return Refusal(reasons=reasons) if reasons else changed
