"""What the list says of each requirement: when, from whom, about which note, how it stands, the question."""

from __future__ import annotations

from cloison.actions.requirements import Requirement
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.ui.line_table import Column
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import short_day
from cloison.wording.receipts import requirement_state_text


def requirement_columns(policy: Policy, words: Catalogue) -> tuple[Column[Requirement], ...]:
    """The columns."""

    def label(one: Requirement) -> Label | None:
        return one.label if one.label.policy_id == policy.id else None

    def mark(one: Requirement) -> str:
        return "?" if label(one) is None else portion_mark(policy, one.label).strip("[]")

    return (
        Column(name=N_("Date"), width=96, text=lambda one: short_day(one.at, words)),
        Column(name=N_("Asked by"), width=150, text=lambda one: one.sender),
        Column(name=N_("Mark"), width=80, text=mark, label=label),
        Column(name=N_("Question"), width=None, text=lambda one: one.text),
        Column(name=N_("About"), width=110, text=lambda one: one.reference),
        Column(name=N_("State"), width=96, text=lambda one: requirement_state_text(one, words)),
    )
