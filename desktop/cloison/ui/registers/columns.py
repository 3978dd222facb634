"""What a register says of each line: number, date, what happened, mark, who, compartment."""

from __future__ import annotations

from collections.abc import Callable

from cloison.actions.registers import Line
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.ui.line_table import Column
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import minute
from cloison.wording.registers import entry_text


def register_columns(
    policy: Policy, words: Catalogue, state_of: Callable[[Line], str] = lambda line: ""
) -> tuple[Column[Line], ...]:
    """The columns of a register; ``state_of`` says what has become of what an entry records, where that is known."""

    def mark(line: Line) -> str:
        label = _label(policy, line)
        return "?" if label is None else portion_mark(policy, label).strip("[]")

    def entry(line: Line) -> str:
        state = state_of(line)
        text = entry_text(line.entry.facts, words)
        return words.text("{state} – {entry}", entry=text, state=state) if state else text

    return (
        Column(name=N_("Number"), width=130, text=lambda line: line.entry.number),
        Column(name=N_("Date"), width=140, text=lambda line: minute(line.entry.at, words)),
        Column(name=N_("Entry"), width=None, text=entry),
        Column(name=N_("Mark"), width=80, text=mark, label=lambda line: _label(policy, line)),
        Column(name=N_("Entered by"), width=150, text=lambda line: line.entry.by),
        Column(name=N_("Compartment"), width=150, text=lambda line: line.compartment),
    )


def _label(policy: Policy, line: Line) -> Label | None:
    """The label of the entry; None for one that this vault's policy cannot read."""
    try:
        label = label_from_xml(line.entry.facts.label.encode())
    except LabelsError:
        return None
    return label if label.policy_id == policy.id else None
