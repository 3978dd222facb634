"""A label on its way: what is picked so far, under which policy, above which floor. No widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from cloison.labels.elements import CategoryRef
from cloison.labels.errors import LabelError
from cloison.labels.label import Label, new_label, same_marking
from cloison.labels.picker import Refusal, outstanding, toggle, with_input, with_level
from cloison.labels.policy import Policy
from cloison.labels.rollup import covers
from cloison.labels.validity import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """``label`` is None while no level is picked; a ``floor`` is a label that must be covered, and more."""

    policy: Policy
    now: datetime
    label: Label | None = None
    floor: Label | None = None

    @property
    def outstanding(self) -> tuple[Reason, ...]:
        """What is still to be picked, or wrong with what is."""
        return () if self.label is None else outstanding(self.policy, self.label)

    @property
    def is_more_than_floor(self) -> bool:
        """Whether it says more than its floor, where it has one."""
        return self.floor is None or (self.label is not None and not same_marking(self.label, self.floor))

    @property
    def is_whole(self) -> bool:
        """Whether the label can be applied."""
        return self.label is not None and not self.outstanding and self.is_more_than_floor

    def pick_level(self, name: str) -> Picking | Refusal:
        """At that level, with what else is picked."""
        if self.label is None:
            return replace(self, label=new_label(self.policy, classification=name, created=self.now))
        return self._to(with_level(self.policy, self.label, name))

    def toggle(self, category: CategoryRef) -> Picking | Refusal:
        """With that category, or without; a level comes first."""
        return Refusal() if self.label is None else self._to(toggle(self.policy, self.label, category))

    def give(self, category: CategoryRef, text: str) -> Picking | Refusal:
        """With what was typed for a category; nothing typed takes the value away."""
        if self.label is None:
            return Refusal()
        if not text.strip():
            inputs = tuple(one for one in self.label.inputs if one.ref != category)
            return replace(self, label=replace(self.label, inputs=inputs))
        return self._to(with_input(self.policy, self.label, category, text))

    def toggle_privacy_mark(self, name: str) -> Picking | Refusal:
        """With that privacy mark, or with none where it was picked."""
        if self.label is None:
            return Refusal()
        mark = None if self.label.privacy_mark == name else name
        return self._to(replace(self.label, privacy_mark=mark))

    def take(self, label: Label) -> Picking | Refusal:
        """A whole label that is at hand, made now; refused where the policy does not allow it any more."""
        made = self.remade(label)
        if made is None:
            return Refusal()
        faults = outstanding(self.policy, made)
        return Refusal(reasons=faults) if faults else self._to(made)

    def remade(self, label: Label) -> Label | None:
        """``label`` as made now under the policy; None where the policy does not know it any more."""
        try:
            made = new_label(
                self.policy,
                classification=label.classification,
                categories=label.categories,
                inputs=label.inputs,
                created=self.now,
            )
        except LabelError:
            return None
        return replace(made, privacy_mark=label.privacy_mark) if label.policy_id == self.policy.id else None

    def _to(self, outcome: Label | Refusal) -> Picking | Refusal:
        if isinstance(outcome, Refusal):
            return outcome
        if self.floor is not None and not covers(self.policy, outcome, self.floor):
            return Refusal(is_below=True)
        return replace(self, label=outcome)
