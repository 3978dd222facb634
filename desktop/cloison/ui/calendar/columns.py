"""What the calendar says of each date: the day, what happens, mark, reference, paragraphs, compartment."""

from __future__ import annotations

from datetime import UTC

from cloison.actions.calendar import DueLine
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.ui.line_table import Column
from cloison.wording.calendar import due_text
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import short_day
from cloison.wording.policy_changes import part_names


def calendar_columns(policy: Policy, words: Catalogue) -> tuple[Column[DueLine], ...]:
    """The columns of the calendar."""

    def label(line: DueLine) -> Label | None:
        return line.label if line.label.policy_id == policy.id else None

    def what(line: DueLine) -> str:
        return due_text(line, "" if line.becomes is None else portion_mark(policy, line.becomes), words)

    def mark(line: DueLine) -> str:
        return portion_mark(policy, line.label).strip("[]")

    return (
        Column(name=N_("Date"), width=120, text=lambda line: short_day(line.at, words, zone=UTC)),
        Column(name=N_("What happens"), width=None, text=what),
        Column(name=N_("Mark"), width=80, text=mark, label=label),
        Column(name=N_("Note"), width=130, text=lambda line: line.reference),
        Column(name=N_("Paragraphs"), width=150, text=lambda line: part_names(line.numbers, words)),
        Column(name=N_("Compartment"), width=150, text=lambda line: line.compartment),
    )
